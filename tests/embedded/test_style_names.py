"""Styles: named ones are found, others lead to the nearest with a sentence, and nothing near is said."""

from __future__ import annotations

import pytest

from personavlog.errors import ConfigurationError
from personavlog_embedded.style import styles


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        ("Hayao Miyazaki Style", "hayao"),
        ("in the style of STUDIO GHIBLI!", "hayao"),
        ("Pixar Style", "pixar"),
        ("新海诚风格", "shinkai"),
        ("水墨画风格", "inkwash"),
        ("Ｆｉｌｍ　Ｎｏｉｒ", "noir"),
        ("a black-and-white detective picture", "noir"),
    ],
)
def test_a_named_style_is_found(wish: str, key: str) -> None:
    match = styles.match_style(wish)
    assert (match.style.key, match.exact, match.note) == (key, True, "")


def test_every_style_is_found_by_its_key_and_all_its_names() -> None:
    for chosen in styles.STYLES.values():
        assert all(styles.match_style(name).style is chosen for name in (chosen.key, chosen.name, *chosen.names))


def test_a_name_inside_another_word_does_not_count() -> None:
    assert styles._named("turmoil and comical sketchiness", styles._own) is None


@pytest.mark.weights
def test_an_unknown_style_leads_to_the_nearest_and_says_so() -> None:
    match = styles.match_style("soft hand drawn fairy tale with green hills")
    assert not match.exact and match.similarity >= styles.FLOOR
    assert match.style.name in match.note and "fairy tale" in match.note


@pytest.mark.weights
def test_where_nothing_is_near_the_default_is_taken_and_the_choice_listed() -> None:
    match = styles.match_style("quarterly tax report")
    assert match.style.key == styles.DEFAULT and match.similarity < styles.FLOOR
    assert all(known.name in match.note for known in styles.STYLES.values())


@pytest.mark.weights
@pytest.mark.parametrize("words", ["'; rm -rf ~ #", "{\\pos(0,0)}{\\an8} %(prompt)s"])
def test_hostile_words_are_near_no_style(words: str) -> None:
    assert "knows no style near" in styles.match_style(words).note


def test_an_unknown_key_is_refused_with_the_list() -> None:
    with pytest.raises(ConfigurationError, match="hayao"):
        styles.find_style("nonsense")
