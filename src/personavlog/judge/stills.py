"""Defects of keyframes, one per way in which generated pictures really fail; each as strong as a viewer notices at
once."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from personavlog.backbones.findings import DefectKind
from personavlog.backbones.parts import Side
from personavlog.judge.case import PlantedStill, Random, Still, StillDefect
from personavlog.media.arrays import Box, Pixels
from personavlog.metrics.person.outline import SKIN, skin_distance

ABSENT = ("a grand piano", "a green parrot", "a yellow submarine", "a wooden rocking horse", "a red telephone box")
"""Things that hardly any board asks for."""


SIDES: tuple[Side, ...] = ("left", "right")
TURNS = tuple((side, float(degrees)) for side in SIDES for degrees in (60, -60, 110, -110))
SHOWN = 0.08
"""Of the face's area: least part of an arm that must show before anybody would miss it."""
NEW_ARM = 0.4
"""Of the face's area: how much of a second arm must show."""
BLOCKS, TRIES = 6, 200
FREE = 0.02
"""Most of a block that may lie on the person: their limbs must stay whole."""


def _shown(still: Still, pixels: Pixels) -> PlantedStill:
    return PlantedStill(np.ascontiguousarray(pixels, np.uint8), still.board, still.reference)


def extra_limb(still: Still, random: Random) -> PlantedStill | None:
    """One arm drawn twice, turned about its shoulder, so that a good part of the second one shows. None without parts,
    or where none would show."""
    if still.face is None:
        return None
    for at in random.permutation(len(TURNS)):
        picture = still.figure.with_another(*TURNS[int(at)])
        if picture is not None and _changed(picture, still) > NEW_ARM * _area(still.face):
            return _shown(still, picture)
    return None


def missing_limb(still: Still, random: Random) -> PlantedStill | None:
    """One of the arms that show is taken away, from the shoulder on. None without parts, or where no arm shows."""
    arms = still.figure.arms(SHOWN * _area(still.face)) if still.face else ()
    picture = still.figure.without(arms[int(random.integers(len(arms)))]) if arms else None
    return None if picture is None else _shown(still, picture)


def _area(face: Box) -> float:
    return (face[2] - face[0]) * (face[3] - face[1])


def _changed(picture: Pixels, still: Still) -> int:
    return int((cv2.absdiff(picture, still.pixels).max(axis=2) > 20).sum())


def blur(still: Still, random: Random) -> PlantedStill:
    """Out of focus: a Gaussian of 1 % of the shorter side."""
    return _shown(
        still, np.asarray(cv2.GaussianBlur(still.pixels, (0, 0), 0.01 * min(still.pixels.shape[:2])), np.uint8)
    )


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
    return (
        None
        if still.face is None or still.stranger is None
        else replace(_shown(still, still.pixels), reference=still.stranger)
    )


def wrong_clothes(still: Still, random: Random) -> PlantedStill | None:
    """The upper body's clothes in another colour: their hue turned by a third to two thirds of the circle, and made
    vivid."""
    if still.face is None:
        return None
    worn = still.figure.worn & (skin_distance(still.pixels, still.face) >= SKIN)
    if worn.sum() < 0.1 * _area(still.face):
        return None
    hsv = cv2.cvtColor(still.pixels, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(int) + int(random.integers(60, 120))) % 180
    hsv[..., 1] = np.maximum(hsv[..., 1], 150)
    hsv[..., 2] = np.maximum(hsv[..., 2], 90)
    return _shown(still, np.where(worn[..., None], cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), still.pixels))


def missing_prop(still: Still, random: Random) -> PlantedStill | None:
    """The board asks for one more thing, which is not there."""
    if len(still.board.props) >= 5:
        return None
    thing = str(random.choice(ABSENT))
    board = still.board.model_copy(
        update={
            "props": (*still.board.props, thing),
            "action": f"{still.board.action} {thing.capitalize()} stands close by."[:300],
        }
    )
    return replace(_shown(still, still.pixels), board=board)


def wrong_place(still: Still, random: Random) -> PlantedStill:
    """The board asks for a place that the picture does not show."""
    return replace(_shown(still, still.pixels), board=still.board.model_copy(update={"place": still.elsewhere}))


def broken_background(still: Still, random: Random) -> PlantedStill | None:
    """Blocks of the picture beside the person replaced by others, turned over, as failed tiling leaves them. None where
    the person leaves no room."""
    height, width = still.pixels.shape[:2]
    side, placed = min(height, width) // 5, 0
    picture = still.pixels.copy()
    for _ in range(TRIES):
        x, y = int(random.integers(0, width - side)), int(random.integers(0, height - side))
        u, v = int(random.integers(0, width - side)), int(random.integers(0, height - side))
        if placed < BLOCKS and still.figure.mask[y : y + side, x : x + side].mean() <= FREE:
            picture[y : y + side, x : x + side] = still.pixels[v : v + side, u : u + side][::-1, ::-1]
            placed += 1
    return _shown(still, picture) if placed else None


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
