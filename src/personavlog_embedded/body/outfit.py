"""What the person wears and which colour their skin has."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane
from personavlog_embedded.body.photo_head import PhotoHead
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.outfit import Colour, Outfit, Top
from personavlog_embedded.photo.cutout import Person, is_skin

TROUSERS = ((58, 72, 104), (92, 78, 64), (64, 66, 72), (116, 104, 84), (44, 48, 62), (84, 92, 80))
SHOES = ((74, 52, 40), (236, 232, 224), (48, 50, 58), (150, 62, 52))
WARDROBE = ((62, 96, 140), (158, 70, 66), (70, 118, 100), (214, 164, 84), (110, 92, 142))
"""Colours for what no photo shows, RGB."""


def outfit(person: Person, head: PhotoHead) -> Outfit:
    """Chosen from the photo: the same photo always wears the same."""
    skin = person.skin or (62.0, 16.0, 18.0)
    worn = _worn(person, head)
    pick = int(abs(skin[0] * 13 + skin[1] * 7 + skin[2] * 3))
    colours = [
        one
        for one in _ranked(person.rgba[worn][:, :3].astype(np.float32) / np.float32(255))
        if not _bodily(one, person, head)
    ]
    cloth = _rgb(WARDROBE, pick) if not colours else np.asarray(0.07 + 0.88 * colours[0], np.float32)
    top: Top = "photo" if head.deep else "shirt" if _collar(worn, head) else ("tee", "sweater")[pick % 2]
    tone = cv2.cvtColor(np.array([[skin]], np.float32), cv2.COLOR_Lab2RGB)[0, 0]
    return Outfit(
        top,
        top != "tee",
        as_colour(tone),
        as_colour(head.throat),
        as_colour(cloth),
        as_colour(_legs(person, head, cloth, pick)),
        as_colour(_rgb(SHOES, pick)),
    )


def as_colour(rgb: Floats) -> Colour:
    """Three numbers, 0 to 1, of which equal ones are written alike."""
    red, green, blue = (round(float(one), 4) for one in rgb)
    return red, green, blue


def _legs(person: Person, head: PhotoHead, cloth: Floats, pick: int) -> Floats:
    """Trousers as the photo shows them, where it shows legs; else of the top's colour for a suit of one piece, else of
    another."""
    rows = slice(int(head.chin + 2.6 * head.unit), int(min(head.floor, head.chin + 3.6 * head.unit)))
    seen = person.rgba[rows][person.rgba[rows][..., 3] > 235][:, :3]
    if len(seen) > 400:
        return np.asarray(np.median(seen, axis=0) / 255, np.float32)
    return np.asarray(cloth * 0.96, np.float32) if head.deep and _overall(cloth) else _contrasting(cloth, pick)


def _rgb(table: tuple[tuple[int, int, int], ...], number: int) -> Floats:
    return np.asarray(np.array(table[number % len(table)]) / 255, np.float32)


def _overall(cloth: Floats) -> bool:
    """Whether a garment seen deep down the body is so strongly coloured that it is likely to be a suit of one piece."""
    return float(cloth.max() - cloth.min()) > 0.45


def _contrasting(cloth: Floats, pick: int) -> Floats:
    """Trousers that are told from the top: of two candidates the one further away."""
    some = [_rgb(TROUSERS, pick + n) for n in range(3)]
    return max(some, key=lambda one: float(np.abs(one - cloth).sum()))


def _worn(person: Person, head: PhotoHead) -> NDArray[np.bool_]:
    """Which pixels show clothes: below the chin, neither neck nor hair; bare shoulders are left out unless nothing else
    is there."""
    rows, columns = np.ogrid[: head.keep.shape[0], : head.keep.shape[1]]
    near = (
        (rows > head.chin - 0.1 * head.unit)
        & (rows < head.floor - 2)
        & (np.abs(columns - head.middle) < 1.1 * head.unit)
    )
    worn = near & (person.rgba[..., 3] > 235) & (head.keep < 0.05) & (head.hair < 0.05)
    worn = cv2.erode(worn.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    lab = np.asarray(cv2.cvtColor(person.rgba[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)
    cloth = worn & ~is_skin(lab, person.skin or (0.0, 0.0, 0.0))
    return np.asarray(cloth if cloth.sum() > 0.25 * worn.sum() else worn)


def _bodily(colour: Floats, person: Person, head: PhotoHead) -> bool:
    """Whether a colour found below the chin is rather skin, or hair where that reaches so far down."""
    lab = np.asarray(cv2.cvtColor(np.asarray(colour, np.float32)[None, None], cv2.COLOR_RGB2Lab), np.float32)
    hair = person.rgba[(head.hair > 0.5) & (person.rgba[..., 3] > 200)][:, :3]
    if head.hair[int(head.chin) :].sum() > 0.02 * head.unit**2 and len(hair):
        usual = cv2.cvtColor(np.median(hair, axis=0).astype(np.float32)[None, None] / 255, cv2.COLOR_RGB2Lab)
        if float(np.linalg.norm(lab - usual)) < 26:
            return True
    return not head.deep and bool(is_skin(lab, person.skin or (0.0, 0.0, 0.0))[0, 0])


def _ranked(rgb: Plane) -> list[Floats]:
    """Up to two colours, the more frequent one first."""
    if len(rgb) < 80:
        return []
    sample = np.ascontiguousarray(rgb[:: max(1, len(rgb) // 3000)])
    cv2.setRNGSeed(0)
    _, labels, centres = cv2.kmeans(
        sample, 3, None, (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.01), 1, cv2.KMEANS_PP_CENTERS
    )
    counts = np.bincount(labels.ravel(), minlength=3)
    return [np.asarray(centres[k], np.float32) for k in np.argsort(-counts)[:2] if counts[k] > len(sample) / 6]


def _collar(worn: NDArray[np.bool_], head: PhotoHead) -> bool:
    """Whether cloth stands beside the neck on both sides, as a collar does."""
    rows = slice(int(head.chin + 0.02 * head.unit), int(head.chin + 0.17 * head.unit))
    left = worn[rows, max(0, int(head.middle - 0.5 * head.unit)) : int(head.middle)]
    right = worn[rows, int(head.middle) : int(head.middle + 0.5 * head.unit)]
    return bool(left.mean() > 0.04 and right.mean() > 0.04) if left.size and right.size else False
