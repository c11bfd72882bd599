"""Defects of clips, as video models really make them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from personavlog.judge.case import Moving, MovingDefect, PlantedMoving, Random
from personavlog.media.arrays import Box, Pixels
from personavlog.metrics.face import detect


def frozen(moving: Moving, random: Random) -> PlantedMoving:
    """The first frame all along."""
    return PlantedMoving(tuple(moving.frames[0] for _ in moving.frames), moving.description)


def stutter(moving: Moving, random: Random) -> PlantedMoving:
    """Every frame shown three times: the motion of 8 frames per second."""
    return PlantedMoving(
        tuple(moving.frames[number // 3 * 3] for number in range(len(moving.frames))), moving.description
    )


def flicker(moving: Moving, random: Random) -> PlantedMoving:
    """The light jumps by up to 12 % from frame to frame."""
    factors = 1 + random.uniform(-0.12, 0.12, len(moving.frames))
    return PlantedMoving(
        tuple(_times(frame, factor) for frame, factor in zip(moving.frames, factors, strict=True)), moving.description
    )


def _times(frame: Pixels, factor: float) -> Pixels:
    return np.asarray(np.clip(frame.astype(np.float32) * factor, 0, 255), np.uint8)


def followed(frames: Sequence[Pixels], face: Box) -> list[Box]:
    """Where the face is in every frame: found anew in every third one, where it was last otherwise."""
    places: list[Box] = []
    for number, frame in enumerate(frames):
        if number % 3 == 0:
            x, y = (face[0] + face[2]) / 2, (face[1] + face[3]) / 2
            found = min(detect(frame), key=lambda one: _apart(one.box, x, y), default=None)
            face = found.box if found is not None and _apart(found.box, x, y) < face[3] - face[1] else face
        places.append(face)
    return places


def _apart(box: Box, x: float, y: float) -> float:
    return float(np.hypot((box[0] + box[2]) / 2 - x, (box[1] + box[3]) / 2 - y))


def face_warp(moving: Moving, random: Random) -> PlantedMoving | None:
    """From the middle on the face melts: it is bent sideways in waves that grow to a quarter of its width."""
    if moving.face is None:
        return None
    count = len(moving.frames)
    strength = np.clip(np.linspace(-1, 1, count), 0, 1) * 0.25
    places = followed(moving.frames, moving.face)
    bent = (
        _bent(frame, place, float(share)) for frame, place, share in zip(moving.frames, places, strength, strict=True)
    )
    return PlantedMoving(tuple(bent), moving.description)


def _bent(frame: Pixels, face: Box, share: float) -> Pixels:
    x0, y0, x1, y1 = face
    height, width = frame.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    near = np.exp(-(((x - (x0 + x1) / 2) / (x1 - x0)) ** 2 + ((y - (y0 + y1) / 2) / (y1 - y0)) ** 2) * 2)
    moved = x + near * share * (x1 - x0) * np.sin((y - y0) / (y1 - y0) * 4 * np.pi).astype(np.float32)
    return np.asarray(
        cv2.remap(frame, moved.astype(np.float32), y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def identity_switch(moving: Moving, random: Random) -> PlantedMoving | None:
    """From the middle on the person wears another one's face."""
    if moving.face is None or moving.stranger is None:
        return None
    half, portrait = len(moving.frames) // 2, moving.stranger
    places = followed(moving.frames, moving.face)
    switched = (
        _with_face(frame, portrait, place) for frame, place in zip(moving.frames[half:], places[half:], strict=True)
    )
    return PlantedMoving((*moving.frames[:half], *switched), moving.description)


def _with_face(frame: Pixels, portrait: Pixels, face: Box) -> Pixels:
    """``portrait``, a face and nothing else, blended over the frame's."""
    x0, y0, x1, y1 = (round(value) for value in face)
    height, width = frame.shape[:2]
    x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return frame
    grid_y, grid_x = np.mgrid[-1 : 1 : (y1 - y0) * 1j, -1 : 1 : (x1 - x0) * 1j]
    weight = np.clip((1.05 - np.hypot(grid_x, grid_y)) * 5, 0, 1)[..., None]
    new = cv2.resize(portrait, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    out = frame.copy()
    out[y0:y1, x0:x1] = (new * weight + out[y0:y1, x0:x1] * (1 - weight)).astype(np.uint8)
    return out


def wrong_action(moving: Moving, random: Random) -> PlantedMoving | None:
    """The clip is judged against another shot's description, with another camera."""
    fitting = [one for one in moving.others if one.camera is not moving.description.camera]
    return PlantedMoving(moving.frames, fitting[int(random.integers(len(fitting)))]) if fitting else None


MOVING_DEFECTS: tuple[MovingDefect, ...] = (
    MovingDefect("frozen", "misaligned", frozen),
    MovingDefect("stutter", "anomaly", stutter),
    MovingDefect("flicker", "anomaly", flicker),
    MovingDefect("face warp", "anomaly", face_warp),
    MovingDefect("identity switch", "anomaly", identity_switch),
    MovingDefect("wrong action", "misaligned", wrong_action),
)
