"""Surfaces, finishes and outlines: what is printed stays where it is, what is drawn stays inside its layer."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog_embedded.scene.stage import Layer, Stage, pack, unpack
from personavlog_embedded.style import edge as style_edge
from personavlog_embedded.style import finishes, pixel, print_surface, texture
from personavlog_embedded.style.print_surface import flatten, held, snap
from personavlog_embedded.style.styles import STYLES

Pixels = NDArray[np.uint8]
SURFACES = sorted({style.look.surface for style in STYLES.values()} - {"none"})
FINISHES = sorted({finish for style in STYLES.values() for finish in (style.look.finish, style.look.figure) if finish})


def picture(width: int = 131, height: int = 90, channels: int = 3) -> Pixels:
    rng = np.random.default_rng(5)
    rgb = np.full((height, width, 3), (140, 180, 225), np.uint8)
    rgb[height * 2 // 3 :] = (190, 160, 90)
    cv2.circle(rgb, (width // 3, height // 2), height // 3, (60, 120, 70), -1)
    rgb = np.clip(rgb + rng.normal(0, 5, rgb.shape), 0, 255).astype(np.uint8)
    return np.asarray(rgb if channels == 3 else np.dstack([rgb, np.full(rgb.shape[:2], 9, np.uint8)]), np.uint8)


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_prints_the_keyframe_and_the_animators_frames_alike(surface: str) -> None:
    rgb, four = picture(), picture(channels=4)
    before = rgb.copy()
    printed = snap(rgb, surface)
    assert printed.shape == rgb.shape and np.array_equal(rgb, before) and not np.array_equal(printed, rgb)
    assert np.array_equal(snap(four, surface)[..., :3], printed)
    assert np.array_equal(snap(rgb, surface), printed)


@pytest.mark.parametrize("surface", SURFACES)
def test_only_film_grain_moves(surface: str) -> None:
    moves = not np.array_equal(snap(picture(), surface, 0), snap(picture(), surface, 1))
    assert moves == (surface in ("black and white", "home movie"))


@pytest.mark.parametrize("size", [(64, 48), (97, 171), (320, 180)])
def test_every_surface_takes_every_shape(size: tuple[int, int]) -> None:
    for surface in SURFACES:
        assert snap(picture(*size), surface).shape == (size[1], size[0], 3)


def test_without_a_surface_the_frame_itself_comes_back() -> None:
    rgb = picture()
    assert snap(rgb, "none") is rgb and snap(rgb, "") is rgb


def test_stop_motion_stands_and_everything_else_runs() -> None:
    assert [held(number, "card") for number in range(7)] == [0, 0, 0, 3, 3, 3, 6]
    assert [held(number, "canvas") for number in range(3)] == [0, 1, 2]


def test_pixel_art_is_whole_cells_of_the_palette_and_stays_so() -> None:
    rgb = picture(643, 362)
    once = pixel.pixelled(rgb)
    side = pixel.cell(*rgb.shape[:2])
    cells = once[: 362 // side * side, : 643 // side * side].reshape(362 // side, side, 643 // side, side, 3)
    assert side == 2 and (cells == cells[:, :1, :, :1]).all()
    known = {tuple(colour) for colour in pixel.colours().tolist()}
    assert {tuple(colour) for colour in once[::side, ::side].reshape(-1, 3).tolist()} <= known
    whole = pixel.pixelled(rgb[:360, :642])
    assert np.array_equal(pixel.pixelled(whole), whole)


def test_noir_has_no_colour() -> None:
    printed = snap(picture(), "black and white").astype(int)
    assert (printed.max(axis=2) == printed.min(axis=2)).all()


@pytest.mark.parametrize("finish", FINISHES)
def test_a_finish_keeps_the_shape_and_is_the_same_every_time(finish: str) -> None:
    for size in ((33, 21), (120, 90)):
        rgb = picture(*size)
        once = finishes.finished(rgb, finish, 300.0)  # type: ignore[arg-type]
        assert once.shape == rgb.shape and once.dtype == np.uint8
        assert np.array_equal(once, finishes.finished(picture(*size), finish, 300.0))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "finish", [finish for finish in FINISHES if finish not in ("graphite", "hard light", "ink wash")]
)
def test_a_finish_does_not_move_the_palette(finish: str) -> None:
    """The mean colour of large even places stays near."""
    rgb = picture(240, 160)
    out = finishes.finished(rgb, finish).astype(float)  # type: ignore[arg-type]
    for place in (np.s_[8:30, 150:230], np.s_[125:150, 20:220]):
        assert np.abs(out[place].mean((0, 1)) - rgb[place].mean((0, 1))).max() < 40


def disc(soft: float = 0.0) -> Pixels:
    rgba = np.zeros((80, 100, 4), np.uint8)
    rgba[..., :3] = (90, 160, 90)
    alpha = np.zeros((80, 100), np.float32)
    cv2.circle(alpha, (50, 40), 22, 255, -1, cv2.LINE_AA)
    rgba[..., 3] = cv2.GaussianBlur(alpha, (0, 0), soft) if soft else alpha
    return rgba


@pytest.mark.parametrize("edge", ["line", "ink", "sprite", "bevel"])
def test_an_outline_is_drawn_inside_and_only_along_hard_edges(edge: str) -> None:
    drawn, cloud = (
        style_edge.outlined(disc(), edge, (0, 0, 0), 300),
        style_edge.outlined(disc(9.0), edge, (0, 0, 0), 300),
    )  # type: ignore[arg-type]
    assert np.array_equal(drawn[..., 3], disc()[..., 3])
    assert np.abs(drawn[40, 26:32, :3].astype(int) - disc()[40, 26:32, :3]).max() > 12
    assert edge == "bevel" or np.abs(drawn[40, 50, :3].astype(int) - disc()[40, 50, :3]).max() <= 2
    assert edge == "bevel" or np.abs(cloud[..., :3].astype(int) - disc(9.0)[..., :3]).max() <= 6


def test_card_has_a_pale_edge_and_throws_its_shadow_down_and_to_the_right() -> None:
    drawn = style_edge.outlined(disc(), "card", (250, 244, 232), 600)
    assert drawn[40, 29, :3].min() > 180
    assert drawn[66, 54, 3] > 40 and drawn[66, 54, :3].max() < 80 and drawn[12, 46, 3] < drawn[66, 54, 3]


def test_a_stage_remembers_its_surface_and_its_keyframe_is_printed() -> None:
    rgba = np.dstack([picture(96, 64), np.full((64, 96), 255, np.uint8)])
    stage = Stage(80, 48, 8, (Layer("back", "far", 1.0, rgba),), "clear", "noon", surface="print")
    again = unpack(pack(stage))
    assert again.surface == "print" and np.array_equal(flatten(again), flatten(stage))
    assert np.array_equal(flatten(stage), snap(np.ascontiguousarray(rgba[8:56, 8:88, :3]), "print"))


def test_noise_is_even_over_sizes_and_the_same_every_time() -> None:
    for sigma in (0.0, 1.0, 20.0):
        once = texture.noise(40, 70, sigma)
        assert once.shape == (40, 70) and abs(float(once.std()) - 1) < 1e-3
        assert np.array_equal(once, texture.noise(40, 70, sigma))


def test_every_printer_is_known_by_a_style() -> None:
    assert set(SURFACES) == set(print_surface._PRINTERS)
