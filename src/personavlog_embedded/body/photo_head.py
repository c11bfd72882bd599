"""From a cut-out person to a head without clothes: hair that the photo cuts is completed, the garment is told from skin
and hair."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane
from personavlog.metrics.face import mesh
from personavlog_embedded.photo.cutout import Person
from personavlog_embedded.photo.hair import complete_hair, skin_and_hair

DEEP = 1.0
"""Head heights below the chin with which the photo's own clothes are used."""
CHILDISH = 0.066
"""A child's eyes lie low and its nose is short: their share of the face's height less the nose's. Adults tried lie at
0.01 to 0.05, a child at 0.086."""


HEAD_SIZE = 1.12
"""How much larger than the body's own a head is drawn: drawings are read by their faces."""
WITH_HAIR = 1.06
"""Height of a head with its hair over the bare one's."""
HEAD = 1.17
"""Height of a head with its hair over that of the box that the face detector gives."""


@dataclass(frozen=True, eq=False)
class PhotoHead:
    """``keep`` (h, w) 0 to 1 is what of the cut-out is head, ``hair`` what of that is hair beside or below the face,
    ``hairy`` what has the colour of hair,
    ``skin`` what has that of skin; the rest is in the cut-out's px.

    ``unit`` is the head's height, ``middle`` and ``chin`` where neck and chin are; ``floor`` is the row where the photo
    ends. ``neck`` and ``shoulder`` are half widths in heads, ``shoulder`` None where the photo shows none; ``throat``
    is the neck's colour, RGB 0 to 1. ``deep`` tells that the photo shows enough clothes to wear them.
    """

    keep: Plane
    hair: Plane
    hairy: Plane
    skin: Plane
    unit: float
    middle: float
    chin: float
    floor: float
    neck: float
    shoulder: float | None
    child: bool
    throat: NDArray[np.float32]
    deep: bool


def headed(person: Person) -> tuple[Person, PhotoHead]:
    """The person on a canvas with room for a head of completed hair, and their head. The person must have a face."""
    grown, floor = complete_hair(person)
    face = grown.face
    assert face is not None
    box = face.box[3] - face.box[1]
    skin, hair, hairy = skin_and_hair(grown, floor)
    middle, half = _neck(grown, skin, box)
    deep = floor - face.box[3] >= DEEP * HEAD * box
    keep = _kept(grown, skin, hair, hairy, middle, half, box, deep)
    return grown, PhotoHead(
        keep,
        hair,
        hairy,
        skin,
        HEAD * box,
        middle,
        face.box[3],
        floor,
        half / (HEAD * box),
        _shoulder(person, box),
        _childish(grown),
        _throat(grown, skin, middle, half, box),
        deep,
    )


def _neck(grown: Person, skin: Plane, box: float) -> tuple[float, float]:
    """Middle and half width of the neck in px, just below the chin."""
    face = grown.face
    assert face is not None
    x, row = (face.box[0] + face.box[2]) / 2, int(face.box[3] + 0.1 * box)
    strip = skin[row - 3 : row + 4].mean(axis=0) if 3 < row < skin.shape[0] - 4 else np.zeros(skin.shape[1])
    columns = np.flatnonzero((strip > 0.5) & (np.abs(np.arange(len(strip)) - x) < 0.45 * box))
    if len(columns) < 0.2 * box:
        return x, 0.29 * box
    middle = float(np.clip((columns[0] + columns[-1]) / 2, x - 0.1 * box, x + 0.1 * box))
    return middle, float(np.clip((columns[-1] - columns[0]) / 2, 0.22 * box, 0.33 * box))


def _kept(
    grown: Person, skin: Plane, hair: Plane, hairy: Plane, middle: float, half: float, box: float, deep: bool
) -> Plane:
    """1 on head, hair and neck: everything above the jaw; below it hair, and skin within the neck's width.

    Where the photo ends near the collar (not ``deep``) all of the neck's width is neck.
    """
    face = grown.face
    assert face is not None
    y, x = np.mgrid[: hair.shape[0], : hair.shape[1]].astype(np.float32)
    above = np.clip((face.box[3] + 0.05 * box - y) / (0.42 * box), 0, 1)
    reach = np.where(above >= 1, 1e6, half + (0.64 * box - half) * above**0.8)
    inside = np.clip((reach - np.abs(x - middle)) / (0.012 * box) + 0.5, 0, 1)
    size = (round(0.07 * box) | 1,) * 2
    bare = cv2.morphologyEx((skin > 0.5).astype(np.uint8), cv2.MORPH_CLOSE, np.ones(size, np.uint8)).astype(np.float32)
    allowed = np.maximum(soft(bare, 0.01 * box), np.where(y < face.box[3] - 0.22 * box, hairy, 0) if deep else 0.0)
    beside = np.abs(x - middle) > np.where(y > face.box[3] - 0.14 * box, 0.0 if deep else 1.0 * half, 0.36 * box)
    inside = np.where((y > face.box[3] - 0.36 * box) & beside, np.minimum(inside, allowed), inside)
    if not deep:
        inside = np.maximum(inside, between(hair, middle, face.box[3], HEAD * box))
    return np.asarray(np.maximum(inside, hair) * (grown.rgba[..., 3] / np.float32(255)), np.float32)


def between(hair: Plane, middle: float, chin: float, unit: float) -> Plane:
    """1 from the left to the right side of hair that hangs on both sides of the neck, (h, w)."""
    out = np.zeros_like(hair)
    first = max(0, int(chin - 0.6 * unit))
    for row in first + np.flatnonzero((hair[first:] > 0.5).any(axis=1)):
        columns = np.flatnonzero(hair[row] > 0.5)
        if columns[0] < middle - 0.18 * unit and columns[-1] > middle + 0.18 * unit:
            out[row, columns[0] : columns[-1] + 1] = 1
    return soft(out, 0.012 * unit)


def _shoulder(person: Person, box: float) -> float | None:
    """Half the shoulders' width in heads where the photo shows them."""
    face = person.face
    assert face is not None
    row = int(face.box[3] + 0.95 * box)
    if row >= person.rgba.shape[0]:
        return None
    columns = np.flatnonzero(person.rgba[row, :, 3] > 128)
    return float(columns[-1] - columns[0]) / 2 / (HEAD * box) if len(columns) else None


def _childish(grown: Person) -> bool:
    face = grown.face
    assert face is not None
    points = mesh(np.ascontiguousarray(grown.rgba[..., :3]), face)[:, 1]
    tall = max(float(points[152] - points[10]), 1.0)
    eyes = float(points[[468, 473]].mean())
    return (eyes - float(points[10])) / tall - (float(points[2]) - eyes) / tall > CHILDISH


def _throat(grown: Person, skin: Plane, middle: float, half: float, box: float) -> np.ndarray:
    """Colour of the neck as the photo lights it, else a little darker than the cheeks."""
    face = grown.face
    assert face is not None
    rows = slice(int(face.box[3] + 0.12 * box), int(face.box[3] + 0.4 * box))
    columns = slice(max(0, int(middle - 0.8 * half)), int(middle + 0.8 * half))
    patch = grown.rgba[rows, columns][(skin[rows, columns] > 0.5) & (grown.rgba[rows, columns, 3] > 230)]
    tone = cv2.cvtColor(np.array([[grown.skin or (62.0, 16.0, 18.0)]], np.float32), cv2.COLOR_Lab2RGB)[0, 0]
    if len(patch) > 80:
        # The photo's neck lies in the chin's shade; the chest below it does not.
        return np.asarray(0.2 * np.median(patch[:, :3], axis=0) / 255 + 0.8 * tone, np.float32)
    return np.asarray(tone * 0.92, np.float32)


def soft(plane: Plane, sigma: float) -> Plane:
    """Blurred; unchanged where that is less than a px."""
    return plane if sigma < 0.3 else np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)
