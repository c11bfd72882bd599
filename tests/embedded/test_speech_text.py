from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kokorog2p import get_kokoro_vocab

from personavlog.errors import ConfigurationError
from personavlog.script import Character
from personavlog_embedded.speech.chinese import chinese_phonemes
from personavlog_embedded.speech.english import english_phonemes
from personavlog_embedded.speech.network import breaths
from personavlog_embedded.speech.spelling import pronounce
from personavlog_embedded.speech.text import speakable_english
from personavlog_embedded.speech.tongues import TONGUES
from personavlog_embedded.speech.voices import VOICES, choose, named

VOCABULARY = set(get_kokoro_vocab())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("On 3 May 2024 at 5:30pm", "On May third twenty twenty four at five thirty P M"),
        ("$12.50 for 1,234 apples", "twelve dollars and fifty cents for one thousand two hundred thirty four apples"),
        ("Visit https://www.example.com/a?b=1 now 😀", "Visit example dot com now"),
        ("Dr. Smith vs. Mr. Jones, etc.", "Doctor Smith versus Mister Jones, et cetera"),
        (
            "the 1990s, 20°C, 5km, 3-4 days",
            "the nineteen nineties, twenty degrees Celsius, five kilometers, three to four days",
        ),
        ("sooooo good!!!! (really) ... yes", "so good! really… yes"),
        ("WE ARE HERE", "We are here"),
        ("12345678901 and 007", "one two three four five six seven eight nine zero one and zero zero seven"),
        ("<b>bold</b> #SunnyDay me@foo.org", "bold Sunny Day me at foo dot org"),
        ("😀😀 !!!", ""),
    ],
)
def test_what_is_written_becomes_what_is_said(written: str, said: str) -> None:
    assert speakable_english(written) == said


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_hostile_text_becomes_speakable_or_nothing(text: str) -> None:
    line = speakable_english(text)
    assert not re.search(r"[0-9<>{}\[\]$%#@*\\/\x00-\x1f]", line)
    assert set(english_phonemes(line)) <= VOCABULARY | {" "}


@given(st.text(alphabet=st.sampled_from("今天早上我和你去2024年5月3日,.!?😀abcXYZ%¥-:0912 "), max_size=60))
@settings(max_examples=80, deadline=None)
def test_mixed_chinese_becomes_phonemes_of_the_vocabulary(text: str) -> None:
    assert set(chinese_phonemes(text)) <= VOCABULARY | {" "}


def test_small_words_sound_after_their_neighbours() -> None:
    assert english_phonemes("the end").startswith("ði") and english_phonemes("the road").startswith("ðə")
    assert english_phonemes("a river").startswith("ɐ ")
    assert english_phonemes("I read it yesterday") != english_phonemes("I will read it").replace("wɪl ", "")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=25))
def test_any_word_has_a_pronunciation_with_one_main_stress(word: str) -> None:
    sound = pronounce(word)
    assert sound and set(sound) <= VOCABULARY
    if re.search("[aeiou]", word) and re.search("[AIOQWYaiuæɑɒɔɛɜɪʊʌəᵻᵊ]", sound):
        assert sound.count("ˈ") == 1


@given(st.lists(st.text(alphabet="abc .,!", min_size=1, max_size=90), max_size=12), st.integers(20, 400))
def test_long_lines_are_cut_without_losing_a_sound(parts: list[str], limit: int) -> None:
    line = " ".join(parts)
    pieces = breaths(line, limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(line.split())


def _character(appearance: str, voice: str = "warm, natural") -> Character:
    return Character(appearance=appearance, personality="curious and kind", voice=voice)


@pytest.mark.parametrize(
    ("character", "trait"),
    [
        (_character("a young man with short black hair"), "man"),
        (_character("a woman in a red coat"), "woman"),
        (_character("a little girl with two braids"), "girl"),
        (_character("a small boy in a raincoat"), "boy"),
        (_character("an elderly man with a white beard"), "old"),
        (_character("a woman with glasses", "British, calm"), "british"),
        (_character("a man in a hat", "deep and slow"), "deep"),
    ],
)
def test_the_voice_fits_the_character(character: Character, trait: str) -> None:
    name = choose("en", character)
    assert trait in VOICES[name].traits, name


def test_chinese_characters_get_chinese_voices() -> None:
    assert VOICES[choose("zh", _character("一个年轻的男人，穿着蓝色外套"))].traits >= {"man"}
    assert all(VOICES[choose("zh", _character(who))].language == "zh" for who in ("a woman", "a boy", "someone"))


def test_an_unknown_voice_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match="af_heart"):
        named("en", "zf_xiaoxiao")
    for ask in (choose, named):
        with pytest.raises(ConfigurationError, match="en, es, fr, hi, it, ja, pt, zh"):
            ask("tlh", None)
    assert {voice.language for voice in VOICES.values()} == set(TONGUES)
