"""Defects of keyframes, one per way in which generated pictures really fail; each as strong as a viewer notices at once."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from personavlog.backbones.findings import DefectKind
from personavlog.judge.case import Box, Pixels, PlantedStill, Random, Still, StillDefect

ABSENT = ("a grand piano", "a green parrot", "a yellow submarine", "a wooden rocking horse", "a red telephone box")
"""Things that hardly any board asks for."""


def _shown(still: Still, pixels: Pixels) -> PlantedStill:
    return PlantedStill(np.ascontiguousarray(pixels, np.uint8), still.board, still.reference)


def _body(still: Still) -> Box | None:
    """Below the chin, three faces wide: x0, y0, x1, y1 in px; None where the picture shows no face or less than half a face of body."""
    if still.face is None:
        return None
    x0, y0, x1, y1 = still.face
    height, width = still.pixels.shape[:2]
    tall, middle = y1 - y0, (x0 + x1) / 2
    box = (max(middle - 1.5 * tall, 0), y1 + 0.15 * tall, min(middle + 1.5 * tall, width), min(y1 + 3 * tall, height))
    return box if box[3] - box[1] > 0.5 * tall else None


def _skin(still: Still) -> tuple[int, int, int]:
    assert still.face is not None
    x0, y0, x1, y1 = (round(value) for value in still.face)
    cheek = still.pixels[round(y0 + 0.5 * (y1 - y0)) : round(y0 + 0.7 * (y1 - y0)), round(x0 + 0.25 * (x1 - x0)) : round(x0 + 0.75 * (x1 - x0))]
    red, green, blue = np.median(cheek.reshape(-1, 3), axis=0)
    return int(red), int(green), int(blue)


def extra_limb(still: Still, random: Random) -> PlantedStill | None:
    """A third forearm with a hand, in the skin's colour, growing from the body."""
    body = _body(still)
    if body is None or still.face is None:
        return None
    unit = still.face[3] - still.face[1]
    start = np.array([(body[0] + body[2]) / 2 + random.choice([-0.6, 0.6]) * unit, body[1] + 0.5 * unit])
    angle = random.uniform(-0.9, -0.3) if start[0] > (body[0] + body[2]) / 2 else random.uniform(np.pi + 0.3, np.pi + 0.9)
    end = start + 1.3 * unit * np.array([np.cos(angle), np.sin(angle)])
    picture = still.pixels.copy()
    cv2.line(picture, _point(start), _point(end), _skin(still), max(2, round(0.26 * unit)), cv2.LINE_AA)
    for finger in (-0.5, -0.2, 0.1, 0.4):
        tip = end + 0.4 * unit * np.array([np.cos(angle + finger), np.sin(angle + finger)])
        cv2.line(picture, _point(end), _point(tip), _skin(still), max(1, round(0.09 * unit)), cv2.LINE_AA)
    return _shown(still, picture)


def _point(place: np.ndarray) -> tuple[int, int]:
    return round(float(place[0])), round(float(place[1]))


def missing_limb(still: Still, random: Random) -> PlantedStill | None:
    """One side of the body below the shoulder painted over with what is beside it."""
    body = _body(still)
    if body is None:
        return None
    x0, y0, x1, y1 = (round(value) for value in body)
    left = bool(random.integers(2))
    mask = np.zeros(still.pixels.shape[:2], np.uint8)
    third = (x1 - x0) // 3
    mask[y0 + (y1 - y0) // 4 : y1, x0 if left else x1 - third : x0 + third if left else x1] = 255
    return _shown(still, np.asarray(cv2.inpaint(still.pixels, mask, 5, cv2.INPAINT_TELEA), np.uint8))


def blur(still: Still, random: Random) -> PlantedStill:
    """Out of focus: a Gaussian of 1 % of the shorter side."""
    return _shown(still, np.asarray(cv2.GaussianBlur(still.pixels, (0, 0), 0.01 * min(still.pixels.shape[:2])), np.uint8))


def low_resolution(still: Still, random: Random) -> PlantedStill:
    """A tenth of the size, enlarged again."""
    height, width = still.pixels.shape[:2]
    small = cv2.resize(still.pixels, (max(1, width // 10), max(1, height // 10)), interpolation=cv2.INTER_AREA)
    return _shown(still, np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8))


def over_exposure(still: Still, random: Random) -> PlantedStill:
    """Two and a half times the light; half the picture burns out."""
    return _shown(still, np.clip(still.pixels.astype(np.float32) * 2.5, 0, 255).astype(np.uint8))


def wrong_person(still: Still, random: Random) -> PlantedStill | None:
    """The same picture, but the person it should show is another one."""
    return None if still.face is None or still.stranger is None else replace(_shown(still, still.pixels), reference=still.stranger)


def wrong_clothes(still: Still, random: Random) -> PlantedStill | None:
    """The body below the chin in another colour: its hue turned by a third to two thirds of the circle, and made vivid."""
    body = _body(still)
    if body is None:
        return None
    x0, y0, x1, y1 = (round(value) for value in body)
    picture = still.pixels.copy()
    hsv = cv2.cvtColor(picture[y0:y1, x0:x1], cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(int) + int(random.integers(60, 120))) % 180
    hsv[..., 1] = np.maximum(hsv[..., 1], 150)
    hsv[..., 2] = np.maximum(hsv[..., 2], 90)
    picture[y0:y1, x0:x1] = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    return _shown(still, picture)


def missing_prop(still: Still, random: Random) -> PlantedStill | None:
    """The board asks for one more thing, which is not there."""
    if len(still.board.props) >= 5:
        return None
    thing = str(random.choice(ABSENT))
    board = still.board.model_copy(update={"props": (*still.board.props, thing), "action": f"{still.board.action} {thing.capitalize()} stands close by."[:300]})
    return replace(_shown(still, still.pixels), board=board)


def wrong_place(still: Still, random: Random) -> PlantedStill:
    """The board asks for a place that the picture does not show."""
    return replace(_shown(still, still.pixels), board=still.board.model_copy(update={"place": still.elsewhere}))


def broken_background(still: Still, random: Random) -> PlantedStill:
    """Blocks of the picture beside the person swapped and turned over, as failed tiling leaves them."""
    height, width = still.pixels.shape[:2]
    side = min(height, width) // 5
    picture = still.pixels.copy()
    keep = still.face or (width / 2, 0.0, width / 2, 0.0)
    free = [x for x in range(0, width - side, side) if x + side < keep[0] - 0.3 * side or x > keep[2] + 0.3 * side] or [0]
    for _ in range(6):
        x, y = int(random.choice(free)), int(random.integers(0, height - side))
        u, v = int(random.integers(0, width - side)), int(random.integers(0, height - side))
        picture[y : y + side, x : x + side] = still.pixels[v : v + side, u : u + side][::-1, ::-1]
    return _shown(still, picture)


STILL_DEFECTS: tuple[StillDefect, ...] = (
    StillDefect("extra limb", DefectKind.LIMBS, extra_limb),
    StillDefect("missing limb", DefectKind.LIMBS, missing_limb),
    StillDefect("blur", DefectKind.CLARITY, blur),
    StillDefect("low resolution", DefectKind.CLARITY, low_resolution),
    StillDefect("over-exposure", DefectKind.CLARITY, over_exposure),
    StillDefect("wrong person", DefectKind.MISALIGNED, wrong_person),
    StillDefect("wrong clothes", DefectKind.CLOTHES, wrong_clothes),
    StillDefect("missing prop", DefectKind.MISALIGNED, missing_prop),
    StillDefect("wrong place", DefectKind.MISALIGNED, wrong_place),
    StillDefect("broken background", DefectKind.SCENE, broken_background),
)
