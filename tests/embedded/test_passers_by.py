"""Passers-by have a body, face their way, take the place's light and haze, and are the same for equal seeds."""

from __future__ import annotations

import numpy as np
import pytest

from personavlog_embedded.render.canvas import Surface
from personavlog_embedded.render.light import light
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.passers_by import BACK, FRONT, SIDE, PasserBy, crowd, passer, sprites
from personavlog_embedded.render.setting import Setting


def view(time: str = "noon", weather: str = "clear") -> OutdoorCamera:
    return OutdoorCamera(Setting(180, 320, 80, 180, light(time, weather), 3))


def one(
    way: int = 1, depth: float = 0.1, tall: float = 120.0, seed: int = 4, on: OutdoorCamera | None = None
) -> np.ndarray:
    sheet = Surface(180, 320)
    passer(sheet, np.random.default_rng(seed), on or view(), PasserBy(160, 170, tall, way, depth))
    return sheet.pixels.astype(int)


def test_every_way_has_sprites_that_stand_on_the_ground() -> None:
    own = sprites()
    assert {SIDE, FRONT, BACK} == set(own.way)
    for label, tall in zip(own.label, own.tall, strict=True):
        rows = np.flatnonzero((label > 0).any(1))
        assert abs(len(label) - 16 - rows[-1]) < 16
        assert 0.85 < (rows[-1] - rows[0]) / (tall * 300 / 1.68) < 1.2


@pytest.mark.parametrize("tall", [20.0, 60.0, 120.0])
def test_a_passer_by_is_as_tall_as_asked(tall: float) -> None:
    heights = [np.ptp(np.flatnonzero((one(tall=tall, seed=seed)[..., 3] > 200).any(1))) for seed in range(8)]
    assert abs(np.median(heights) - tall) < 0.15 * tall + 1, "the rows at both ends are soft"


def test_the_other_way_is_the_mirror_picture() -> None:
    right, left = (one(way)[:150, 60:260] for way in (1, -1))
    assert np.abs(right - left[:, ::-1])[..., 3].mean() < 0.3 * np.abs(right - left)[..., 3].mean()


def test_the_far_are_hazy_and_the_night_is_dark() -> None:
    haze = np.array(view().setting.light.haze) * 255
    near, far = (one(depth=depth) for depth in (0.0, 0.95))
    seen = near[..., 3] > 250
    assert np.abs(far[seen][:, :3] - haze).mean() < 0.75 * np.abs(near[seen][:, :3] - haze).mean()
    assert one(on=view("night"))[seen][:, :3].mean() < 0.8 * near[seen][:, :3].mean()


def test_rain_opens_umbrellas() -> None:
    tops = [
        np.flatnonzero((one(on=view(weather=w), seed=s)[..., 3] > 200).any(1))[0]
        for w in ("clear", "rain")
        for s in range(8)
    ]
    assert sum(tops[8:]) < sum(tops[:8]) - 30


def test_equal_seeds_give_equal_crowds_of_different_people() -> None:
    sheets = [Surface(180, 320) for _ in range(2)]
    for sheet in sheets:
        crowd(view(), sheet, "square", [(-2.0, 6.0), (0.0, 8.0), (2.0, 7.0)])
    assert np.array_equal(sheets[0].pixels, sheets[1].pixels)
    assert sheets[0].pixels[..., 3].any() and not np.array_equal(one(seed=1), one(seed=2))
