from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.metrics import numerals
from personavlog.metrics.listen import word_error_rate
from personavlog.metrics.words import spoken_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (21, "twenty-one"),
        (100, "one hundred"),
        (1234, "one thousand two hundred thirty-four"),
        (-5, "minus five"),
    ],
)
def test_numbers_are_said_as_people_say_them(number: int, words: str) -> None:
    assert numerals.cardinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1994, "nineteen ninety-four"),
        (1905, "nineteen oh five"),
        (1900, "nineteen hundred"),
        (2024, "twenty twenty-four"),
    ],
)
def test_years_are_said_in_pairs(number: int, words: str) -> None:
    assert numerals.year(number) == words


@given(st.integers(0, 10**17))
def test_every_number_has_words_without_digits(number: int) -> None:
    assert not any(c.isdigit() for c in numerals.cardinal(number) + numerals.ordinal(number) + numerals.year(number))


@given(st.text(max_size=80))
def test_a_line_heard_as_it_was_said_has_no_errors(text: str) -> None:
    assert word_error_rate(text, text) == 0


def test_the_way_a_number_is_written_is_no_mistake() -> None:
    assert word_error_rate("May third, twenty twenty-four, at five thirty P M.", "May 3, 2024 at 5:30pm") == 0
    assert word_error_rate("I paid twelve dollars and fifty cents", "I paid $12.50") == 0
    assert word_error_rate("I'm here with any one", "i am here with anyone") == 0


def test_each_wrong_word_counts_once() -> None:
    assert word_error_rate("one two three four", "one too three") == pytest.approx(0.5)
    assert word_error_rate("hello", "") == 1


@given(st.text(max_size=200))
def test_words_are_plain_letters(text: str) -> None:
    assert all(word.isalpha() and word == word.lower() for word in spoken_words(text))
