"""What is said about a cut-out: measured colours only."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.photo.looks import describe

FACE = (60.0, 60.0, 140.0, 160.0)


def person(hair: tuple[int, int, int], clothes: tuple[int, int, int]) -> np.ndarray:
    rgba = np.zeros((400, 200, 4), np.uint8)
    rgba[..., 3] = 255
    rgba[:60, :, :3] = hair
    rgba[60:200, :, :3] = (220, 180, 160)
    rgba[200:, :, :3] = clothes
    return rgba


def test_hair_and_clothes_are_named_by_colour() -> None:
    assert describe(person((60, 40, 30), (235, 110, 40)), FACE) == "A person with dark brown hair in orange clothes"


def test_two_colours_are_both_named() -> None:
    rgba = person((20, 20, 20), (30, 45, 90))
    rgba[300:, :, :3] = (235, 235, 230)
    assert "dark blue and white" in describe(rgba, FACE) or "white and dark blue" in describe(rgba, FACE)


def test_nothing_is_said_about_what_is_not_there() -> None:
    rgba = person((20, 20, 20), (30, 45, 90))
    rgba[200:, :, 3] = 0
    assert "clothes" not in describe(rgba, FACE)


def test_without_a_face_only_colours_are_named() -> None:
    assert describe(person((110, 76, 52), (110, 76, 52)), None).startswith("The subject of the photo")
