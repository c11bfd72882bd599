"""The words that ask for a thing: how many, which colour, which size, and what it is."""

from __future__ import annotations

import pytest

from personavlog_embedded.things.phrase import COLOURS, MOST, read_phrase
from personavlog_embedded.things.thing import find


@pytest.mark.parametrize(
    "asked, noun, count, size, old, colour",
    [
        ("a red umbrella", "umbrella", 1, 1.0, False, "red"),
        ("an old wooden boat", "boat", 1, 1.0, True, "wooden"),
        ("two cups", "cups", 2, 1.0, False, None),
        ("a small dog", "dog", 1, 0.78, False, None),
        ("Three small RED apples", "apples", 3, 0.78, False, "red"),
        ("twelve-ish seven giants", "twelve ish seven giants", 1, 1.0, False, None),
        ("orange", "orange", 1, 1.0, False, None),
        ("an orange scarf", "scarf", 1, 1.0, False, "orange"),
        ("her mother's letter", "mother's letter", 1, 1.0, False, None),
        ("", "", 1, 1.0, False, None),
        ("<svg onload=1> ; rm -rf", "svg onload 1 rm rf", 1, 1.0, False, None),
    ],
)
def test_modifiers_are_taken_off(asked: str, noun: str, count: int, size: float, old: bool, colour: str | None) -> None:
    phrase = read_phrase(asked)
    assert (phrase.noun, phrase.count, phrase.size, phrase.old) == (noun, count, size, old)
    assert phrase.colour == (COLOURS[colour] if colour else None)


def test_no_more_are_counted_than_can_be_drawn() -> None:
    assert read_phrase("five books").count == MOST


@pytest.mark.parametrize(
    "asked, name",
    [
        ("cup of tea", "teacup"),
        ("a steaming bowl of ramen", "ramen"),
        ("paper boat", "paper boat"),
        ("a paper lantern", "lantern"),
        ("the garden chair", "chair"),
        ("stranger's bag", "bag"),
        ("two small cats", "cat"),
        ("a brown leather suitcase", "suitcase"),
        ("robot", "robot"),
        ("friendly ghost", "ghost"),
        ("green book", "book"),
    ],
)
@pytest.mark.weights
def test_a_phrase_finds_its_thing(asked: str, name: str) -> None:
    hit = find(asked)
    assert hit
    assert (hit[0].name, hit[1]) == (name, 1.0)
    assert hit[0].model


@pytest.mark.parametrize(
    "asked, name", [("octopus", "octopus"), ("cherries", "cherries"), ("pears", "pear"), ("hot dog", "hot dog")]
)
@pytest.mark.weights
def test_what_we_have_no_model_of_is_an_emoji(asked: str, name: str) -> None:
    hit = find(asked)
    assert hit
    assert hit[0].name == name
    assert hit[0].model is None


@pytest.mark.weights
def test_what_nothing_shows_is_not_found() -> None:
    assert find("hydraulic torque converter") is None
    assert find("") is None
