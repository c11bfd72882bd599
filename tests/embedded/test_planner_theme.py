"""What the planner understood of a theme is said, and what a theme says it is not about is no wish."""

from __future__ import annotations

import pytest

from personavlog_embedded.writing.planner.theme import analyse, wished
from personavlog_embedded.writing.planner.understood import understood

pytestmark = pytest.mark.weights  # the embeddings of sentences


@pytest.mark.parametrize(
    "theme",
    [
        "김치를 담그는 날",
        "วันแรกที่ตลาดน้ำ",
        "первый день на ферме",
        "Ein Tag im Büro",
        "मेरी बहन की शादी",
        "إلى الصحراء مع جدي",
        "Una giornata con il pesce",
    ],
)
def test_a_theme_without_a_known_word_is_called_so_with_what_to_do(theme: str) -> None:
    said = understood(theme)
    assert "nothing" in said and "English or Chinese" in said and "--writer" in said and "place:" in said


@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ("Baking sourdough with my grandmother", ("baking", "sourdough", "grandmother", "kitchen")),
        ("Learning to ski", ("learning", "ski")),
        ("第一次学做面包", ("bread", "kitchen")),
        ("no rain, no beach, not a hospital: a quiet library", ("quiet library",)),
    ],
)
def test_what_was_understood_is_said(theme: str, words: tuple[str, ...]) -> None:
    said = understood(theme)
    assert said.startswith("Understood of the theme: ") and all(word in said for word in words)
    assert not any(word in said for word in ("beach", "hospital", "rain"))


@pytest.mark.parametrize(
    ("theme", "left"),
    [
        ("no rain, no beach, not a hospital: a quiet library", "a quiet library"),
        ("a stress-free day, not in the office but at the beach", "a stress-free day, but at the beach"),
        ("不是医院，没有雨，在图书馆看书", "在图书馆看书"),
        ("A city that never sleeps", "A city that never sleeps"),
        ("I am not alone, no longer", "I am not alone, no longer"),
        ("no dogs", "no dogs"),
    ],
)
def test_what_is_negated_is_left_out_unless_nothing_else_is_there(theme: str, left: str) -> None:
    assert wished(theme) == left
    assert analyse(theme) == analyse(left)
