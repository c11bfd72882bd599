"""Figures drawn: the same bytes twice, hidden parts gone, the sheet's border only cuts, a clip like its keyframe."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from personavlog_embedded.body.sunlight import sun_of
from personavlog_embedded.figure import lines
from personavlog_embedded.figure.drawing import Drawing, draw
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.pose import Arm, Pose
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Block, Camera, Performer, Shot, Sun
from personavlog_embedded.figure.view import BODY_PARTS
from personavlog_embedded.render.light import light

SKIN = (0.91, 0.745, 0.647)
OUTFIT = Outfit("sweater", True, SKIN, SKIN, (0.77, 0.33, 0.26), (0.24, 0.3, 0.43), (0.29, 0.22, 0.2))
CAMERA = Camera(320, 240, 300, 80, 160, 1.4, 3.4)
POSE = Pose("cup", left=Arm((0.22, -1, 0.24), (-0.36, 0.36, 0.86), palm=(-1, 0.2, 0), grip="relaxed"))
WHO = Performer(Shape(0.2), OUTFIT, POSE, yaw=15, head=DrawnHead())
SHOT = Shot(CAMERA, Sun(), (WHO,))


def on_sheet(drawing: Drawing, camera: Camera) -> np.ndarray:
    """(tall, width, 4)."""
    out = np.zeros((camera.tall, camera.width, 4), np.uint8)
    h, w = drawing.rgba.shape[:2]
    out[drawing.top : drawing.top + h, drawing.left : drawing.left + w] = drawing.rgba
    return out


def sheet(shot: Shot, **asked: object) -> np.ndarray:
    return on_sheet(draw(shot, ground=False, **asked), shot.camera)  # type: ignore[arg-type]


def test_the_same_shot_gives_the_same_bytes() -> None:
    first, second = draw(SHOT), draw(SHOT)
    assert first.rgba.tobytes() == second.rgba.tobytes()
    assert first.shade is not None and second.shade is not None
    assert first.shade.tobytes() == second.shade.tobytes()


def test_the_window_holds_the_figure_with_room_and_its_maps_agree() -> None:
    drawn = draw(SHOT)
    solid = drawn.rgba[..., 3] > 0
    assert not solid[0].any() and not solid[:, 0].any() and not solid[:, -1].any()
    assert np.array_equal(solid, drawn.owner > 0) and np.array_equal(solid, np.isfinite(drawn.far))
    assert set(np.unique(drawn.part[drawn.owner == 1])) <= set(range(1, len(BODY_PARTS)))
    assert 3.0 < drawn.far[solid].min() < drawn.far[solid].max() < 3.8


def test_hidden_parts_are_gone_and_what_lies_apart_from_them_is_unchanged() -> None:
    whole, without = draw(SHOT, ground=False), draw(SHOT, ground=False, hidden={"left hand"})
    hand = BODY_PARTS.index("left hand")
    assert (whole.part == hand).any() and not (without.part == hand).any()
    legs = np.isin(
        whole.part, [BODY_PARTS.index(part) for part in ("left leg", "right leg", "left foot", "right foot")]
    )
    before, after = on_sheet(whole, CAMERA), on_sheet(without, CAMERA)
    below = np.zeros((CAMERA.tall, CAMERA.width), bool)
    below[whole.top : whole.top + legs.shape[0], whole.left : whole.left + legs.shape[1]] = legs
    assert below.sum() > 500 and np.array_equal(before[below], after[below])


def test_a_block_hides_what_is_behind_it() -> None:
    block = Block((-1, 0, 0.5), (1, 0.5, 0.8), (0.5, 0.4, 0.3))
    drawn = draw(replace(SHOT, blocks=(block,)), ground=False)
    foot = [BODY_PARTS.index(part) for part in ("left foot", "right foot")]
    assert not np.isin(drawn.part, foot).any()
    assert (drawn.part == BODY_PARTS.index("thing")).sum() > 1000
    assert (drawn.part == BODY_PARTS.index("head")).any()


@pytest.mark.parametrize(("lift", "shadow", "dark"), [(0.6, 0.0, False), (0.0, 0.0, True), (0.6, 0.5, True)])
def test_the_ground_is_dark_where_the_sun_or_a_foot_makes_it_so(lift: float, shadow: float, dark: bool) -> None:
    shade = draw(Shot(CAMERA, Sun(shadow=shadow), (replace(WHO, lift=lift),))).shade
    assert shade is not None and shade.shape == (CAMERA.tall, CAMERA.width)
    assert bool(shade.max() > 0.05) is dark and shade.min() >= 0 and shade.max() <= 1


def test_the_sheets_border_only_cuts() -> None:
    cut = replace(CAMERA, width=160, tall=160, centre=150)
    large = replace(CAMERA, width=320, tall=240, centre=150)
    part, whole = sheet(replace(SHOT, camera=cut)), sheet(replace(SHOT, camera=large))[:160, :160]
    assert (part[:, -1, 3] > 0).any() and (part[-1, :, 3] > 0).any()
    assert np.array_equal(part[..., 3], whole[..., 3])
    off = np.abs(part.astype(int) - whole).max(2)
    assert off[:-24, :-24].max() <= 2 and (off > 12).mean() < 0.001


def test_a_figure_outside_the_sheet_is_not_drawn() -> None:
    drawn = draw(Shot(CAMERA, Sun(), (replace(WHO, x=9.0),)))
    assert drawn.rgba.size == drawn.part.size == drawn.far.size == 0
    assert drawn.shade is not None and drawn.shade.shape == (CAMERA.tall, CAMERA.width)
    assert draw(Shot(CAMERA, Sun(), (replace(WHO, z=9.0),)), ground=False).rgba.size == 0


def test_a_clip_goes_on_as_its_keyframe_looks() -> None:
    keyframe, clip = (sheet(SHOT, fine=fine).astype(int) for fine in (True, False))
    seen = keyframe[..., 3] > 0
    assert np.abs(keyframe - clip)[seen].mean() < 1.5


def test_tones_and_grain_go_with_the_figure() -> None:
    """Moved by whole px across the sheet, in parallel light and far away, a figure is the same picture."""
    far = replace(CAMERA, focal=3000, distance=34.0, horizon=80, height=1.4)
    step = far.distance / far.focal * 40
    here, there = (sheet(Shot(far, Sun(), (replace(WHO, x=x),))).astype(int) for x in (0.0, step))
    moved = np.roll(here, 40, 1)
    both = (moved[..., 3] == 255) & (there[..., 3] == 255)
    assert both.sum() > 3000 and np.abs(moved - there)[both].mean() < 6


def test_a_clear_noon_throws_shadows_and_fog_and_rooms_hardly() -> None:
    noon, fog, night = light("noon", "clear"), light("noon", "fog"), light("night", "clear")
    strong = sun_of(noon, inside=False).shadow
    assert strong > 0.35
    assert sun_of(fog, inside=False).shadow < 0.1 and sun_of(noon, inside=True).shadow < 0.6 * strong
    assert sun_of(night, inside=False).shadow < strong
    assert (
        sun_of(replace(noon, side=-1.0), inside=False).way[0] < 0 < sun_of(replace(noon, side=1.0), inside=False).way[0]
    )


@pytest.mark.parametrize("ink", [1.0, 3.0])
def test_ink_that_is_looked_for_in_bands_equals_ink_looked_for_at_once(
    ink: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot = replace(SHOT, ink=ink, blocks=(Block((-0.9, 0.0, -0.4), (-0.5, 0.6, 0.2), (0.5, 0.4, 0.3)),))
    in_bands = draw(shot, ground=False).rgba
    monkeypatch.setattr(lines, "BAND", 10_000)
    monkeypatch.setattr(lines, "REACH", 10_000)
    assert np.array_equal(in_bands, draw(shot, ground=False).rgba)
