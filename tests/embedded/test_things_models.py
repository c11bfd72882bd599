"""Things that we draw ourselves: whole, on their feet, the size of the real thing, lit from the scene's side."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from personavlog_embedded.render.light import light
from personavlog_embedded.things import picture
from personavlog_embedded.things.brushwork import painted
from personavlog_embedded.things.models.model import MODELS, Model
from personavlog_embedded.things.models.solid import ball, board, box, lathe, tube
from personavlog_embedded.things.phrase import Phrase
from personavlog_embedded.things.relief import FINE, ThingCamera, cast_shadow, relief_of
from personavlog_embedded.things.thing import KINDS, Thing, find

ALL = tuple(dict.fromkeys(MODELS.values()))
RED = (0.8, 0.2, 0.2)
NOON = light("noon", "clear")


def named(model: Model) -> str:
    return model.name.replace(" ", "-")


def test_there_is_a_model_for_what_stories_ask_for() -> None:
    assert len(KINDS) == 13
    wanted = (
        "cup bowl book notebook letter map phone camera bag backpack suitcase umbrella bicycle bench chair table "
        "lantern candle lamp flower bouquet tree "
        "basket bread cake ramen guitar ball kite balloon boat car bus train dog cat bird fish robot box gift key "
        "clock watch hat scarf shoes painting easel "
        "telescope "
        "microscope tool bottle glass pot pan shovel tent campfire sign ticket medal trophy laptop microphone rocket "
        "ghost"
    )
    assert not [word for word in wanted.split() if word not in MODELS]


@pytest.mark.parametrize("model", ALL, ids=named)
def test_a_model_has_a_foot_a_size_and_sound_faces(model: Model) -> None:
    solids = Thing(Phrase(model.name), model, None).solids()
    points = np.concatenate([solid.points for solid in solids])
    assert np.isfinite(points).all()
    assert 0.05 < np.ptp(points, axis=0).max() < 12
    if model.where in ("surface", "ground"):
        assert abs(points[:, 1].min()) < 1e-9
    for solid in solids:
        assert solid.quads.size == 0 or solid.quads.max() < len(solid.points)
        assert all(max(lid) < len(solid.points) for lid in solid.lids)


@pytest.mark.parametrize("model", ALL[::6], ids=named)
def test_a_picture_is_opaque_uncut_and_repeatable(model: Model) -> None:
    thing = Thing(Phrase(model.name), model, None)
    drawn = [
        picture.draw_thing(thing, 70 / max(thing.size), ThingCamera(model.yaw, 12), NOON, 0.05, standing=True)
        for _ in range(2)
    ]
    alpha = drawn[0].rgba[..., 3]
    assert (alpha > 200).sum() > 40, "a fishing rod is the thinnest"
    assert max(alpha[0].max(), alpha[-1].max(), alpha[:, 0].max(), alpha[:, -1].max()) < 40
    assert np.array_equal(drawn[0].rgba, drawn[1].rgba)
    assert drawn[0].shade.max() > 0.2


@pytest.mark.parametrize(
    "solid",
    [
        box((0, 0, 0), (1, 1, 1), RED),
        ball((0, 0.5, 0), 0.5, RED),
        lathe([(0.4, 0), (0.4, 1)], RED),
        tube([(0, 0, 0), (0, 1, 0)], 0.3, RED),
        board([(-0.5, 0), (0.5, 0), (0.5, 1), (-0.5, 1)], 0.4, RED),
    ],
)
def test_every_shape_turns_its_outside_to_the_lens(solid: object) -> None:
    """Faces wound the wrong way would leave holes, and directions that point away from the lens."""
    relief = relief_of([solid], ThingCamera(25, 20), 60)  # type: ignore[list-item]
    filled = cv2.morphologyEx(relief.cover, cv2.MORPH_CLOSE, np.ones((9, 9)))
    assert (filled - relief.cover).sum() < 0.01 * relief.cover.sum()
    assert (relief.normal[..., 2][relief.part > 0] > -0.05).all()
    top = relief.normal[..., 1][relief.part > 0]
    assert top.max() > 0.5


def test_what_is_nearer_hides_what_is_further() -> None:
    near, far = box((0, 0, 1), (1, 1, 0.1), (0.0, 1.0, 0.0)), box((0, 0, -1), (1, 1, 0.1), (1.0, 0.0, 0.0))
    for order in ([near, far], [far, near]):
        relief = relief_of(order, ThingCamera(0, 0), 40)
        middle = relief.own[relief.own.shape[0] // 2, relief.own.shape[1] // 2]
        assert middle.tolist() == [0.0, 1.0, 0.0]


def test_the_lit_side_is_the_light_s_side() -> None:
    relief = relief_of([ball((0, 0.5, 0), 0.5, (0.6, 0.6, 0.6))], ThingCamera(0, 0), 50)
    for side in (-1.0, 1.0):
        grey = painted(relief, replace(NOON, side=side), 0.0, np.random.default_rng(1))[..., :3].mean(axis=2)
        half = grey.shape[1] // 2
        left, right = grey[10:-10, half - 18 : half - 6].mean(), grey[10:-10, half + 6 : half + 18].mean()
        assert (right - left) * side > 8


def test_a_shadow_falls_away_from_the_light() -> None:
    solids = [box((0, 0, 0), (0.2, 1, 0.2), RED)]
    for fall in (-0.8, 0.8):
        mask, root = cast_shadow(solids, ThingCamera(0, 15), 60, (fall, -0.3))
        assert (np.nonzero(mask > 0.5)[1].mean() - root[0]) * fall > 0


def test_a_picture_has_the_size_asked_for() -> None:
    thing = Thing(Phrase("box"), MODELS["box"], None)
    drawn = picture.draw_thing(thing, 200.0, ThingCamera(0, 0), NOON, 0.0, standing=False)
    rows = np.flatnonzero((drawn.rgba[..., 3] > 128).any(axis=1))
    assert rows[-1] - rows[0] + 1 == pytest.approx(0.25 * 200, rel=0.12)
    assert FINE == 2


def test_a_colour_word_colours_the_thing() -> None:
    def mean(asked: str) -> np.ndarray:
        hit = find(asked)
        assert hit
        rgba = picture.draw_thing(hit[0], 60, ThingCamera(20, 10), NOON, 0.0, standing=False).rgba
        return np.asarray(rgba[rgba[..., 3] > 200][:, :3].mean(axis=0))

    red, blue = mean("a red umbrella"), mean("a blue umbrella")
    assert red[0] > red[2] + 40
    assert blue[2] > blue[0] + 20


def test_two_cups_are_two_cups() -> None:
    def parts(asked: str) -> int:
        hit = find(asked)
        assert hit
        alpha = picture.draw_thing(hit[0], 500, ThingCamera(28, 8), NOON, 0.0, standing=False).rgba[..., 3]
        return cv2.connectedComponents((alpha > 128).astype(np.uint8))[0] - 1

    assert [parts("a cup"), parts("two cups"), parts("three cups")] == [1, 2, 3]
