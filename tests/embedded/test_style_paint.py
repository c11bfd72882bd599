"""Redrawing: size, place and palette stay; looks are pure; the converted networks are the published ones."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog import weights
from personavlog.errors import WeightsError
from personavlog.weights.session import open_session
from personavlog_embedded.style import finishes, grade, stylise, tfjs_to_onnx
from personavlog_embedded.style import look as style_look
from personavlog_embedded.style.styles import STYLES, Style


def scene(width: int = 160, height: int = 90) -> NDArray[np.uint8]:
    rng = np.random.default_rng(1)
    rgb = np.full((height, width, 3), (150, 190, 230), np.uint8)
    rgb[height // 2 :] = (90, 140, 70)
    cv2.circle(rgb, (width // 3, height // 2), height // 4, (200, 90, 70), -1)
    return np.asarray(np.clip(rgb + rng.normal(0, 6, rgb.shape), 0, 255), np.uint8)


@pytest.mark.weights
@pytest.mark.parametrize("key", ["hayao", "oil", "noir", "vintage"])
def test_a_picture_of_odd_size_keeps_it_and_is_the_same_every_time(key: str) -> None:
    rgb = scene(107, 83)
    once, twice = stylise.stylise(rgb, key), stylise.stylise(rgb, key)
    assert once.shape == rgb.shape and once.dtype == np.uint8
    assert np.array_equal(once, twice) and not np.array_equal(once, rgb)


@pytest.mark.weights
def test_no_strength_leaves_the_picture() -> None:
    assert np.array_equal(stylise.stylise(scene(), "cinematic", strength=0.0), scene())


@pytest.mark.weights
def test_the_network_does_not_move_the_palette() -> None:
    rgb = scene()
    drawn = style_look.to_lab(stylise._drawn(rgb, STYLES["hosoda"], 512))
    before = style_look.to_lab(rgb)
    for place in ((10, 20), (80, 140), (45, 53)):
        window = tuple(slice(max(0, at - 5), at + 5) for at in place)
        assert np.abs(drawn[window][..., 1:].mean((0, 1)) - before[window][..., 1:].mean((0, 1))).max() < 9


@pytest.mark.weights
def test_a_person_keeps_place_and_outside_stays_empty() -> None:
    rgba = np.dstack([scene(), np.zeros((90, 160), np.uint8)])
    alpha = np.zeros((90, 160), np.uint8)
    cv2.circle(alpha, (80, 45), 30, 255, -1)
    rgba[..., 3] = alpha
    drawn = stylise.stylise_person(rgba, "paprika")
    assert drawn.shape == rgba.shape
    assert np.array_equal(drawn[..., 3] > 0, alpha > 0) and (drawn[45, 80, 3], drawn[0, 0, 3]) == (255, 0)


def test_colours_outside_a_cut_out_continue_its_own() -> None:
    rgba = np.zeros((60, 80, 4), np.uint8)
    rgba[:, :40] = (200, 40, 30, 255)
    filled = stylise.fill_outside(rgba)
    assert np.abs(filled[:, 40:60].astype(int) - (200, 40, 30)).max() < 12
    assert np.array_equal(filled[:, :40], rgba[:, :40, :3])


@pytest.mark.parametrize("style", STYLES.values(), ids=lambda style: style.key)
def test_every_look_stays_in_range_on_every_extreme(style: object) -> None:
    look = next(known.look for known in STYLES.values() if known is style)
    for level in (0, 127, 255):
        flat = np.full((48, 64, 3), level, np.uint8)
        out = finishes.finished(grade.graded(style_look.smoothed(flat, look.smooth), look), look.finish)
        assert out.shape == flat.shape and out.dtype == np.uint8


@pytest.mark.weights
def test_the_converted_network_ends_in_tanh_and_takes_any_size() -> None:
    session = open_session(tfjs_to_onnx.onnx_file(weights.file("cartoongan-hayao")))
    for size in ((32, 48), (64, 40)):
        out = session.run(None, {"input": np.zeros((1, 3, *size), np.float32)})[0]
        assert out.shape == (1, 3, *size) and np.abs(out).max() <= 1


def test_quantised_weights_return_to_their_scale() -> None:
    entry = {
        "name": "w",
        "shape": [2, 2],
        "dtype": "float32",
        "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.0},
    }
    plain = {"name": "v", "shape": [1], "dtype": "float32"}
    arrays = tfjs_to_onnx.unpack_weights(
        {"weightsManifest": [{"weights": [entry, plain]}]}, bytes([0, 1, 2, 4]) + np.float32(3.5).tobytes()
    )
    assert arrays["w"].tolist() == [[-1.0, -0.5], [0.0, 1.0]] and arrays["v"].tolist() == [3.5]


def test_a_graph_with_a_foreign_operation_is_refused(tmp_path: Path) -> None:
    nodes = [{"name": "x", "op": "Placeholder"}, {"name": "y", "op": "PyFunc", "input": ["x"]}]
    model = tmp_path / "model.json"
    model.write_text(json.dumps({"modelTopology": {"node": nodes}, "weightsManifest": []}))
    with pytest.raises(WeightsError, match="PyFunc"):
        tfjs_to_onnx.onnx_file(model)
    assert list(tmp_path.iterdir()) == [model]


def test_a_damaged_model_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_bytes(b"\x00")
    with pytest.raises(WeightsError, match=r"model\.json"):
        tfjs_to_onnx.onnx_file(tmp_path / "model.json")


@pytest.mark.parametrize("style", [style for style in STYLES.values() if style.look.drawn], ids=lambda style: style.key)
def test_a_drawn_bodys_fine_lines_outlast_the_finish(style: Style) -> None:
    """Fingers are three px of skin between dark lines; no finish leaves less of them than the style says."""
    drawn = np.full((180, 180, 3), (228, 186, 160), np.uint8)
    drawn[60:120, 40:140:6] = (70, 46, 42)
    before, after = (
        style_look.to_lab(picture)[70:110, 50:130, 0]
        for picture in (grade.graded(drawn, style.look, person=True), stylise.stylise_body(drawn, style.key, 720.0))
    )
    assert after.std() > 0.8 * style.look.drawn * before.std()
