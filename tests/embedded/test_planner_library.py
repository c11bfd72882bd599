"""The story library holds what the planner promises."""

from __future__ import annotations

import pytest

from personavlog_embedded.places.catalogue import FLOOR, nearest_place
from personavlog_embedded.things import find
from personavlog_embedded.writing.planner.library import FAMILIES, fill, library, read_table, slots
from personavlog_embedded.writing.planner.paintable import drawable, scenery

LIBRARY = library()
BEATS = tuple(LIBRARY.beats())


def test_is_large_enough_for_films_that_differ() -> None:
    assert len(LIBRARY.settings) >= 40
    assert sum(setting.kind == "surreal" for setting in LIBRARY.settings) >= 10
    assert len(BEATS) >= 400
    assert len({beat.event for beat in BEATS}) == len(BEATS)
    assert sum(len(rows) for rows in read_table("lexicon").values()) >= 300


@pytest.mark.parametrize("setting", LIBRARY.settings, ids=lambda setting: setting.name)
def test_every_setting_has_places_for_its_own_beats_and_known_neighbours(setting) -> None:  # type: ignore[no-untyped-def]
    assert len({place.noun for place in setting.places}) >= 5
    assert setting.family in FAMILIES
    assert all(LIBRARY.setting(name) for name in setting.near)
    tags = set().union(*(place.tags for place in setting.places))
    assert all(tags & set(beat.tags) for beat in setting.beats), [
        beat.event for beat in setting.beats if not tags & set(beat.tags)
    ]
    assert {"arrival", "discovery"} <= {beat.role for beat in setting.beats}


def test_every_obstacle_has_an_attempt_and_a_turn_with_a_hook() -> None:
    knots: dict[str, dict[str, object]] = {}
    for beat in BEATS:
        if beat.knot:
            knots.setdefault(beat.knot, {})[beat.role] = beat
    assert all({"obstacle", "attempt", "turn"} == set(parts) for parts in knots.values()), {
        k: set(v) for k, v in knots.items() if len(v) != 3
    }
    assert all(beat.hook for beat in BEATS if beat.role == "turn")
    assert all(beat.knot for beat in BEATS if beat.role == "obstacle")


def test_verbs_have_movements() -> None:
    motions = read_table("camera")["motion"]
    assert {beat.verb for beat in BEATS} <= set(motions)


def test_a_filled_event_is_recognised_and_gives_its_slots_back() -> None:
    values = {
        "s": "accordion",
        "article": "the ",
        "c": "grandmother",
        "keep": "brass key",
        "doing": "baking bread",
        "mc": "my grandmother",
        "Mc": "My grandmother",
    }
    for beat in BEATS:
        if slots(beat.event) <= values.keys():
            found = beat.pattern.fullmatch(fill(beat.event, values))
            assert found, beat.event
            assert set(found.groupdict()) >= slots(beat.event)


def test_an_optional_part_stays_only_with_its_slot() -> None:
    assert fill("Closes the door[ on the {keep}]", {}) == "Closes the door"
    assert fill("Closes the door[ on the {keep}]", {"keep": "bell"}) == "Closes the door on the bell"


def test_an_article_stands_only_before_a_lone_subject() -> None:
    values = {"s": "accordion", "article": "the "}
    assert fill("Turns {s} around", values) == "Turns the accordion around"
    assert fill("Turns the {s} around", values) == "Turns the accordion around"
    assert fill("Good night, {s}.", values) == "Good night, accordion."


def test_every_place_is_really_painted_and_is_in_one_setting_only() -> None:
    places = [place for setting in LIBRARY.settings for place in setting.places]
    assert not [place.noun for place in places if scenery(place.noun).key == place.noun]
    assert all(scenery(place.noun).shows for place in places)
    assert len({place.noun for place in places}) == len(places), (
        "a place that two settings have is read back as the first one's"
    )


@pytest.mark.weights
def test_the_painter_paints_every_place_as_what_the_planner_takes_it_for() -> None:
    places = sorted({place.noun for setting in LIBRARY.settings for place in setting.places})
    found = {noun: nearest_place(noun) for noun in places}
    assert {noun: place.key for noun, (place, near) in found.items() if near >= FLOOR} == {
        noun: scenery(noun).key for noun in places
    }


@pytest.mark.parametrize("setting", LIBRARY.settings, ids=lambda setting: setting.name)
def test_a_setting_can_carry_a_film_by_itself(setting) -> None:  # type: ignore[no-untyped-def]
    assert {"arrival", "obstacle", "attempt", "turn", "ending"} <= {beat.role for beat in setting.beats}
    assert sum(drawable(thing) is not None for thing in setting.things) >= 4


@pytest.mark.weights
def test_what_a_board_asks_for_has_a_drawing() -> None:
    """One in eight of the table: the whole takes the painter's search twenty seconds."""
    drawn = read_table("drawn")
    assert not [thing for thing in sorted({*drawn["names"], *drawn["as"].values()})[::8] if find(thing) is None]


def test_a_thing_is_drawn_under_its_own_name_or_not_at_all() -> None:
    assert (drawable("brass compass"), drawable("red balloons"), drawable("tomatoes")) == (
        "brass compass",
        "red balloon",
        "tomato",
    )
    assert drawable("grandmother") is None and drawable("paper heart") is None


@pytest.mark.parametrize("name", ["farewell", "rest", "perform", "love", "help"])
def test_small_plots_have_beats_and_knots_for_several_films(name: str) -> None:
    plot = next(plot for plot in LIBRARY.plots if plot.name == name)
    assert len(plot.beats) >= 12 and len({beat.knot for beat in plot.beats if beat.knot}) >= 3


@pytest.mark.parametrize("voice", LIBRARY.voices, ids=lambda voice: voice.name)
def test_every_voice_has_its_own_turns_of_phrase(voice) -> None:  # type: ignore[no-untyped-def]
    assert len({tail for tails in voice.tails.values() for tail in tails}) >= 20
    assert len({tail for tails in voice.chinese_tails.values() for tail in tails}) >= 15
