"""The story library holds what the planner promises."""

from __future__ import annotations

import pytest

from personavlog.backbones.embedded.planner_library import FAMILIES, fill, library, slots, table

LIBRARY = library()
BEATS = tuple(LIBRARY.beats())


def test_is_large_enough_for_films_that_differ() -> None:
    assert len(LIBRARY.settings) >= 40
    assert sum(setting.kind == "surreal" for setting in LIBRARY.settings) >= 10
    assert len(BEATS) >= 400
    assert len({beat.event for beat in BEATS}) == len(BEATS)
    assert sum(len(rows) for rows in table("lexicon").values()) >= 300


@pytest.mark.parametrize("setting", LIBRARY.settings, ids=lambda setting: setting.name)
def test_every_setting_has_places_for_its_own_beats_and_known_neighbours(setting) -> None:  # type: ignore[no-untyped-def]
    assert len({place.noun for place in setting.places}) >= 5
    assert setting.family in FAMILIES
    assert all(LIBRARY.setting(name) for name in setting.near)
    tags = set().union(*(place.tags for place in setting.places))
    assert all(tags & set(beat.tags) for beat in setting.beats), [beat.event for beat in setting.beats if not tags & set(beat.tags)]
    assert {"arrival", "discovery"} <= {beat.role for beat in setting.beats}


def test_every_obstacle_has_an_attempt_and_a_turn_with_a_hook() -> None:
    knots: dict[str, dict[str, object]] = {}
    for beat in BEATS:
        if beat.knot:
            knots.setdefault(beat.knot, {})[beat.role] = beat
    assert all({"obstacle", "attempt", "turn"} == set(parts) for parts in knots.values()), {k: set(v) for k, v in knots.items() if len(v) != 3}
    assert all(beat.hook for beat in BEATS if beat.role == "turn")
    assert all(beat.knot for beat in BEATS if beat.role == "obstacle")


def test_verbs_have_movements() -> None:
    motions = table("camera")["motion"]
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
