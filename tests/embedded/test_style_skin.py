"""Skin keeps its tone in every coloured style, from pale to dark, and dark skin is not lightened."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from personavlog_embedded.style.finishes import finished
from personavlog_embedded.style.grade import graded
from personavlog_embedded.style.look import to_lab
from personavlog_embedded.style.styles import STYLES, Style

GRAY = ("noir", "inkwash", "pencil")
TONES = ((242, 208, 184), (226, 184, 152), (190, 142, 108), (141, 96, 66), (98, 64, 45), (66, 43, 32))


@pytest.mark.parametrize(
    "style", [style for key, style in STYLES.items() if key not in GRAY], ids=lambda style: style.key
)
def test_skin_keeps_hue_and_lightness(style: Style) -> None:
    look = style.look
    finish = look.finish if look.figure is None else look.figure
    for tone in TONES:
        cheek = np.full((160, 160, 3), tone, np.uint8)
        out = finished(graded(cheek, look, person=True), finish, 400.0)
        before, after = to_lab(cheek).mean((0, 1)), to_lab(out)[10:-10, 10:-10].mean((0, 1))
        hue = (np.degrees(np.arctan2(after[2], after[1]) - np.arctan2(before[2], before[1])) + 180) % 360 - 180
        assert abs(hue) < 13 and abs(after[0] - before[0]) < 12


@pytest.mark.parametrize(
    "style", [style for key, style in STYLES.items() if key not in GRAY], ids=lambda style: style.key
)
def test_dark_skin_is_not_lightened(style: Style) -> None:
    cheek = np.full((40, 40, 3), TONES[-2], np.uint8)
    assert to_lab(graded(cheek, style.look, person=True))[..., 0].mean() - to_lab(cheek)[..., 0].mean() < 6


def test_only_people_are_spared() -> None:
    sand = cv2.merge([np.full((40, 40), level, np.uint8) for level in TONES[2]])
    look = STYLES["cyberpunk"].look
    assert np.abs(to_lab(graded(sand, look)) - to_lab(graded(sand, look, person=True))).max() > 10
