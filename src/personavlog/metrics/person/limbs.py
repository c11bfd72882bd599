"""Whether the person has the arms that the painter drew: MODNet's matte of the picture against the recorded outline and
arms.

A matting network knows what belongs to a person. What it finds outside the outline is a limb too many; an arm's points
that it does not find are one too few.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from personavlog.media.arrays import Box, Mask, Pixels
from personavlog.metrics.person import matte, outline
from personavlog.metrics.score import Score
from personavlog.scene import SceneLimb, SceneRecord

Part = tuple[slice, slice]
VERSION = "limbs-4 modnet"
NAME = "proxy.limbs"
FLOOR = 0.75
"""Calibrated on 22 keyframes of eight styles, thirteen of them near enough: sound 0.93 to 1; a missing arm 0 to 0.44 in
15 of 18, another arm 0.03 to 0.70 in 10 of 12. Of other films 3 of 10 sound ones fell below it."""
NOISE = 0.12
"""From ``benchmarks/tolerances.py``: 0.116, which is one of an arm's nine points more or less."""
SMALLEST = 0.15
"""Of the frame's shorter side: a smaller face belongs to a figure that the network, which learned portraits, does not
see reliably: of four wide keyframes it told the person from the place in two."""
SEEN, ARM = 0.6, 1.2
"""Share of the outline that the network must find, and the most that an arm can cover, in faces: with less, or more, it
took the place for the person or the person for the place, as in 6 of 16 sound keyframes of eight films (watercolour,
pixel art)."""
AROUND = (3.2, 2.0, 3.2)
"""Heights of the face to both sides, above and below its middle: as far as arms reach, and what the network sees."""
EDGE = 0.5
"""Heights of the face: as near to the edge of what it looks at the network often leaves out what it cuts."""
HALO = 0.10
"""Of the face's height: how far hair and soft edges leave the outline."""
COLOUR, RARE = 8, 0.002
"""Levels of L*a*b* (0 to 255) that are one colour with their neighbours, and the share of the person from which on a
colour is theirs."""
SKIN = 16.0
"""Distance from the face's colour in a*b* within which a point of a bare arm is skin."""


def limbs(picture: Pixels, scene: SceneRecord | None) -> Score:
    """The smaller of: the least share of a recorded arm's points that show an arm, and 1 minus the area of the largest
    thing beyond the outline, in faces.

    0 to 1; None for a picture whose painter records no outline, that shows no face, or the person from far. Fingers and
    legs are not counted.
    """
    if scene is None or not scene.outline or scene.face_box is None:
        return Score(
            name=NAME, value=None, tolerance=NOISE, paper=False, note="The picture's maker records no outline."
        )
    if scene.face_box[3] - scene.face_box[1] < SMALLEST * min(picture.shape[:2]):
        return Score(
            name=NAME,
            value=None,
            tolerance=NOISE,
            paper=False,
            note="The person is too far away for arms to be judged.",
        )
    person, near = _person(picture, scene.face_box), _near(picture.shape, scene.face_box)
    edge = EDGE * (scene.face_box[3] - scene.face_box[1])
    there = {limb.name: _there(picture, limb, person, scene.face_box) for limb in _within(scene.limbs, near, edge)}
    beyond = _beyond(person & _own_colours(picture, scene, near), scene)
    if _seen(person, scene, near) < SEEN or beyond > ARM:
        return Score(
            name=NAME,
            value=None,
            tolerance=NOISE,
            paper=False,
            note="The network cannot tell the person from the place in this picture.",
        )
    least = min(there.values(), default=1.0)
    return Score(
        name=NAME,
        value=min(least, max(1 - beyond, 0.0)),
        tolerance=NOISE,
        paper=False,
        enough=FLOOR,
        note=_words(there, beyond),
    )


def _words(there: dict[str, float], beyond: float) -> str:
    arms = "".join(f"The {name} is found at {share:.0%} of its points. " for name, share in there.items())
    return f"{arms}Beyond the outline lies a part of {beyond:.2f} face areas."


def _person(picture: Pixels, face: Box) -> Mask:
    """What the network takes for the person, looked at from as near as arms reach."""
    near, found = _near(picture.shape, face), np.zeros(picture.shape[:2], np.bool_)
    found[near] = matte.portrait_alpha(np.ascontiguousarray(picture[near])) > 0.5
    return found


def _near(shape: tuple[int, ...], face: Box) -> Part:
    """The rows and columns that arms reach."""
    tall, x, y = face[3] - face[1], (face[0] + face[2]) / 2, (face[1] + face[3]) / 2
    beside, above, below = (round(tall * reach) for reach in AROUND)
    return (
        slice(max(round(y) - above, 0), min(round(y) + below, shape[0])),
        slice(max(round(x) - beside, 0), min(round(x) + beside, shape[1])),
    )


def _within(limbs: tuple[SceneLimb, ...], near: Part, edge: float) -> Iterator[SceneLimb]:
    """The arms' points that are looked at, ``edge`` px from where that ends."""
    rows, columns = near
    for limb in limbs:
        points = tuple(
            (x, y)
            for x, y in limb.points
            if rows.start + edge <= y < rows.stop - edge and columns.start + edge <= x < columns.stop - edge
        )
        if points:
            yield limb.model_copy(update={"points": points})


def _own_colours(picture: Pixels, scene: SceneRecord, near: Part) -> Mask:
    """(h, w): where the picture has a colour that the person has too: another arm has, most of a place has not."""
    lab = cv2.cvtColor(cv2.GaussianBlur(picture, (0, 0), 1.0), cv2.COLOR_RGB2Lab) // COLOUR
    side = 256 // COLOUR + 1
    number = (lab[..., 0].astype(np.int64) * side + lab[..., 1]) * side + lab[..., 2]
    known = outline.filled(scene.outline, picture.shape[:2])[near]
    table = np.bincount(number[near][known], minlength=side**3).reshape((side,) * 3) > RARE * known.sum()
    for axis in range(3):
        table = table | np.roll(table, 1, axis) | np.roll(table, -1, axis)
    return np.asarray(table.ravel()[number], np.bool_)


def _seen(person: Mask, scene: SceneRecord, near: Part) -> float:
    """Share of the outline's area that the network found, of what it looked at."""
    known = outline.filled(scene.outline, person.shape)[near]
    return float((person[near] & known).sum()) / max(float(known.sum()), 1.0)


def _there(picture: Pixels, limb: SceneLimb, person: Mask, face: Box) -> float:
    distance = outline.skin_distance(picture, face) if limb.bare else None
    at = [(min(int(y), person.shape[0] - 1), min(int(x), person.shape[1] - 1)) for x, y in limb.points]
    return float(np.mean([person[one] and (distance is None or distance[one] < SKIN) for one in at]))


def _beyond(person: Mask, scene: SceneRecord) -> float:
    """Area of the largest connected piece of a person outside the outline, others and things, over the face's; what
    lies somewhere in the whole frame hides nothing."""
    assert scene.face_box is not None
    x0, y0, x1, y1 = scene.face_box
    known = outline.filled((*scene.outline, *scene.others), person.shape[:2]).astype(np.uint8)
    for item in scene.items:
        left, top, right, bottom = (round(value) for value in item.box)
        if right - left < person.shape[1] or bottom - top < person.shape[0]:
            cv2.rectangle(known, (left, top), (right, bottom), 1, -1)
    side = 2 * max(round(HALO * (y1 - y0)), 1) + 1
    known = cv2.dilate(known, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    _, _, stats, _ = cv2.connectedComponentsWithStats((person & (known == 0)).astype(np.uint8))
    return float(max(stats[1:, cv2.CC_STAT_AREA], default=0)) / max((x1 - x0) * (y1 - y0), 1.0)
