from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.languages import LANGUAGES, LanguageCode, foreign, is_foreign
from tests.core.room import Room, room

__all__ = ["room"]


def test_every_language_of_a_brief_has_a_row() -> None:
    assert tuple(LANGUAGES) == get_args(LanguageCode)
    assert all(re.compile(f"[{one.letters}]") and one.scripts for one in LANGUAGES.values())


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("I met Иван and 小明 today", "en", ("Иван", "小明")),
        ("我和Tom去北京", "zh", ()),
        ("これは東京タワーです", "ja", ()),
        ("मैं दादी के साथ हूँ", "hi", ()),
        ("Ça, José, naïve, Łódź", "fr", ()),
        ("", "en", ()),
    ],
)
def test_words_of_other_scripts_are_found(text: str, language: str, words: tuple[str, ...]) -> None:
    assert foreign(text, language) == words


def test_a_name_makes_no_line_foreign() -> None:
    assert not is_foreign("I met Иван at the station today", "en") and is_foreign("Привет, Tom", "en")
    assert not is_foreign("我爱 Tom and Jerry", "zh") and is_foreign("สวัสดีครับ", "zh")


@given(st.text(max_size=40), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_looked_through(text: str, language: str) -> None:
    assert all(word in text for word in foreign(text, language))
    assert isinstance(is_foreign(text, language), bool)


def test_a_film_in_another_language_is_made_with_its_subtitles_and_tag(room: Room) -> None:
    folder = room.made(language="es", subtitles="soft")
    assert room.call("show").status == 0
    spanish = 0
    for letter in b"spa":  # five bits each
        spanish = spanish << 5 | letter - 0x60
    assert re.search(b"mdhd.{20}" + re.escape(spanish.to_bytes(2, "big")), folder.film.read_bytes(), re.DOTALL)
