"""The painted world: every place, whole and repeatable, in every light, and found by its names."""

from __future__ import annotations

import numpy as np
import pytest

from personavlog_embedded.places import view
from personavlog_embedded.places.catalogue import FLOOR, PLACES, nearest_place
from personavlog_embedded.places.place import Place
from personavlog_embedded.render.light import light
from personavlog_embedded.render.setting import Painted, Setting, composite
from personavlog_embedded.scene.stage import Layer
from personavlog_embedded.style import layers as finish
from personavlog_embedded.things import emoji_index


def setting(
    width: int = 260, height: int = 150, time: str = "noon", weather: str = "clear", seed: int = 4, horizon: float = 0.5
) -> Setting:
    return Setting(height, width, height * horizon, min(height, 1.25 * width), light(time, weather), seed)


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda place: place.key)
@pytest.mark.parametrize("size", [(260, 150), (150, 260)], ids=["landscape", "portrait"])
def test_a_place_covers_its_sheet_in_layers_from_far_to_near(place: Place, size: tuple[int, int]) -> None:
    where = setting(*size, horizon=place.horizon)
    layers = place.paint(where)
    assert 4 <= len(layers) <= 14
    assert [layer.depth for layer in layers] == sorted((layer.depth for layer in layers), reverse=True)
    assert composite(where, layers).pixels[..., 3].min() == 255


@pytest.mark.parametrize("place", [*PLACES.values()][::4], ids=lambda place: place.key)
def test_equal_seeds_give_equal_places_and_other_seeds_others(place: Place) -> None:
    once, again, other = (composite(setting(seed=seed), place.paint(setting(seed=seed))).pixels for seed in (4, 4, 5))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


@pytest.mark.parametrize("weather", ["clear", "cloud", "rain", "snow", "fog"])
def test_night_is_darker_than_noon_in_every_weather(weather: str) -> None:
    noon, night = (
        composite(s := setting(time=time, weather=weather), PLACES["lake"].paint(s)).pixels[..., :3].mean()
        for time in ("noon", "night")
    )
    assert night < 0.6 * noon


def test_fog_swallows_the_distance() -> None:
    def contrast(weather: str) -> float:
        where = setting(weather=weather)
        return float(composite(where, PLACES["lake"].paint(where)).pixels[55:74, 90:210, :3].std(axis=1).mean())

    assert contrast("fog") < 0.8 * contrast("clear")


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda place: place.key)
def test_a_front_hides_everything_below_its_edge(place: Place) -> None:
    where = setting(320, 200)
    alpha = place.foreground.paint(where, 130.0).pixels[..., 3]
    assert alpha[140:].min() >= 250
    assert alpha[:60].max() == 0


def test_panning_moves_near_layers_more_than_far_ones() -> None:
    sheet = setting(400, 60).sheet()
    sheet.rect(190, 10, 210, 50, (1.0, 0.0, 0.0))
    layers = [Painted("far", "far", 1.0, sheet), Painted("near", "near", 0.2, sheet)]

    def middles(pan: float) -> list[float]:
        return [
            float(np.flatnonzero(pixels[30, :, 3] > 128).mean())
            for _, pixels in view.seen_layers(setting(400, 60), layers, view.View(pan), 320)
        ]

    far, near = (abs(a - b) for a, b in zip(middles(-1.0), middles(1.0), strict=True))
    assert near > 1.5 * far > 0


def test_styled_layers_compose_to_the_styled_picture() -> None:
    rng = np.random.default_rng(2)
    back = np.dstack([rng.integers(60, 190, (48, 64, 3), np.uint8), np.full((48, 64), 255, np.uint8)])
    front = back[::-1].copy()
    front[..., 3] = 0
    front[20:40, 10:50, 3] = 255
    styled = finish.styled(
        [Layer("back", "far", 1.0, back), Layer("front", "near", 0.1, front)],
        lambda rgb: np.clip(rgb.astype(int) + 25, 0, 255).astype(np.uint8),
    )
    flat = np.where(front[..., 3:] > 0, front[..., :3], back[..., :3]).astype(int) + 25
    composed = np.where(front[..., 3:] > 0, styled[1].rgba[..., :3], styled[0].rgba[..., :3])
    assert np.abs(composed.astype(int) - flat).max() <= 1


def test_an_outline_around_a_near_layer_does_not_stay_on_what_is_behind() -> None:
    """A network that draws a black line around the near layer must leave none of it on the far one."""
    back = np.full((240, 320, 4), (120, 150, 180, 255), np.uint8)
    front = np.zeros((240, 320, 4), np.uint8)
    front[80:160, 100:200] = (90, 60, 40, 255)

    def outlined(rgb: np.ndarray) -> np.ndarray:
        drawn = rgb.copy()
        drawn[79:161, 99:101] = drawn[79:161, 199:201] = drawn[79:81, 99:201] = drawn[159:161, 99:201] = 0
        return drawn

    far, near = finish.styled([Layer("back", "far", 1.0, back), Layer("front", "near", 0.1, front)], outlined)
    assert np.abs(far.rgba[..., :3].astype(int) - back[..., :3]).max() <= 6
    assert near.rgba[120, 100, :3].max() == 0


def test_a_mirrored_view_is_the_view_mirrored() -> None:
    sheet = setting(400, 60).sheet()
    sheet.rect(60, 10, 90, 50, (1.0, 0.0, 0.0))
    layers = [Painted("far", "far", 1.0, sheet)]
    plain, mirrored = (
        view.seen_layers(setting(400, 60), layers, view.View(0.3, 1.2, 0.0, mirror), 320)[0][1]
        for mirror in (False, True)
    )
    assert np.array_equal(plain[:, ::-1], mirrored)


@pytest.mark.weights
@pytest.mark.parametrize("asked", ["stone wall", "an old house", "window"])
def test_a_part_of_a_place_is_no_thing(asked: str) -> None:
    found = emoji_index.find_emoji(asked)
    assert found is None or found[0].placelike


@pytest.mark.weights
@pytest.mark.parametrize(
    "small, large", [("cup", "bread"), ("bread", "suitcase"), ("suitcase", "bicycle"), ("bicycle", "bus")]
)
def test_things_have_the_sizes_of_life(small: str, large: str) -> None:
    found = [emoji_index.find_emoji(asked) for asked in (small, large)]
    assert found[0] and found[1]
    assert found[0][0].tall < found[1][0].tall


@pytest.mark.weights
@pytest.mark.parametrize(
    "asked, key",
    [
        ("night market in Taipei", "market"),
        ("a small coffee shop", "cafe"),
        ("sandy beach at sunset", "beach"),
        ("海边", "beach"),
        ("pine woods", "forest"),
    ],
)
def test_a_place_is_found_by_what_people_call_it(asked: str, key: str) -> None:
    place, similarity = nearest_place(asked)
    assert place.key == key
    assert similarity >= FLOOR or not asked.isascii()


@pytest.mark.weights
@pytest.mark.parametrize(
    "asked, name",
    [("a red bicycle", "bicycle"), ("umbrella", "umbrella"), ("an old guitar", "guitar"), ("a small dog", "dog")],
)
def test_a_thing_is_found_by_its_name(asked: str, name: str) -> None:
    found = emoji_index.find_emoji(asked)
    assert found is not None
    assert found[0].name == name
    assert emoji_index.picture(found[0], 64)[..., 3].max() == 255


@pytest.mark.weights
def test_what_has_no_drawing_is_not_found() -> None:
    assert emoji_index.find_emoji("a hydraulic torque converter") is None


@pytest.mark.weights
def test_every_place_of_the_plain_writer_has_an_answer() -> None:
    """The plain writer's places are ours: each is painted, or has a stand-in that is said aloud."""
    from personavlog_embedded.places import catalogue
    from personavlog_embedded.writing.plain.grounds import settings
    from personavlog_embedded.writing.plain.paintable import scenery

    assert [
        place.noun for setting in settings() for place in setting.places if scenery(place.noun).key == place.noun
    ] == []
    place, near = catalogue.nearest_place("an old stone fountain")
    assert (place.key, near >= catalogue.FLOOR) == ("street", True)
    assert catalogue.nearest_place("a penguin pool")[1] < catalogue.FLOOR
