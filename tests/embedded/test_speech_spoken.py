from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kokorog2p import get_kokoro_vocab

from personavlog.errors import BriefError, MissingExtraError
from personavlog.jobs import begin
from personavlog.metrics.listen import word_error_rate
from personavlog.options import Options
from personavlog_embedded import capabilities
from personavlog_embedded.speech import espeak, japanese
from personavlog_embedded.speech.chinese_text import speakable_chinese
from personavlog_embedded.speech.other_scripts import transcribed
from personavlog_embedded.speech.spelled import speakable
from personavlog_embedded.speech.text import speakable_english
from personavlog_embedded.speech.tongues import TONGUES
from tests.embedded.spoken_cases import HALVES, Case, cases

AT_LEAST = {("looked_at", "en"): 80, ("looked_at", "zh"): 40, ("only_run", "en"): 43, ("only_run", "zh"): 29}
"""Lines of a half that are prepared as they must be heard; of the half that is only run not all are."""
SIGNS = set(get_kokoro_vocab()) | {" "}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("half", HALVES)
def test_lines_are_prepared_as_they_must_be_heard(half: str, language: str) -> None:
    asked = cases(half, language)
    said = [case for case in asked if case.is_said(TONGUES[language].speakable(case.line))]
    assert len(said) >= AT_LEAST[half, language]


@pytest.mark.parametrize("case", cases("looked_at", "en"), ids=lambda case: case.line)
def test_the_ear_check_takes_what_must_be_heard_for_right(case: Case) -> None:
    assert min(word_error_rate(case.line, said) for said in case.heard) == 0


def _units_without_case(line: str) -> str:
    return speakable_english(re.sub(r"(\d)M\b", r"\1m", re.sub(r"(\d)G\b", r"\1g", line)))


def _no_letter_thrice(line: str) -> str:
    return speakable_english(re.sub(r"(.)\1{2,}", r"\1", line))


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (_units_without_case, "I got 10M views on 5G"),
        (_no_letter_thrice, "World War III and Henry VIII"),
        (lambda line: speakable_english(line.replace("/", " slash ")), "open 24/7 they say"),
        (lambda line: speakable_english(line).replace("fifty", ""), "It costs $12.50 a piece"),
        (lambda line: " ".join(re.findall("[a-zA-Z]+", line)), "Привет, my name is Tom"),
    ],
)
def test_a_broken_preparation_is_heard(broken: Callable[[str], str], line: str) -> None:
    said = broken(line)
    assert word_error_rate(said, said) == 0
    assert word_error_rate(line, said) > 0
    assert word_error_rate(line, speakable_english(transcribed(line, "en").line)) == 0


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        (
            "es",
            "El 3er tren, a las 10:30: 1.234,50 € por 3,5 km (25%).",
            "El tercer tren, a las diez y treinta: mil doscientos treinta y cuatro euros cincuenta por tres coma cinco "
            "kilómetros veinticinco por ciento.",
        ),
        ("it", "-5 °C, 20-30 persone e 1 €", "meno cinque gradi, venti a trenta persone e un euro"),
        ("pt", "R$ 12,50 na 1ª vez", "doze reais cinquenta na primeira vez"),
        ("fr", "Le 1er mai, 12,50 € à 10h30", "Le premier mai, douze euros cinquante à dix heures trente"),
    ],
)
def test_numbers_of_other_languages_become_their_words(language: str, written: str, said: str) -> None:
    assert speakable(written, language) == said


@pytest.mark.parametrize("language", ["es", "it", "pt"])
@given(text=st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_becomes_signs_of_the_voice_or_nothing(language: str, text: str) -> None:
    tongue = TONGUES[language]
    assert set(tongue.phonemes(tongue.speakable(transcribed(text, language).line), False)) <= SIGNS


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_chinese_keeps_no_digit(text: str) -> None:
    assert not re.search("[0-9]", speakable_chinese(text))


def test_stress_is_where_spanish_italian_and_portuguese_have_it() -> None:
    said = {one: TONGUES[one].phonemes for one in ("es", "it", "pt")}
    assert said["es"]("familia camión hablar", False) == "famˈilja kamjˈon aβlˈaɾ".replace("β", "b")
    assert said["it"]("nonna città", False) == "nˈonːa ʧitːˈa"
    assert said["pt"]("irmão quente", False).endswith("kˈAŋʧy")


def test_a_name_in_another_script_is_said_and_named() -> None:
    read = transcribed("I met Иван and 小明 today", "en")
    assert read.line.split() == ["I", "met", "Ivan", "and", "Xiaoming", "today"]
    assert read.notes[0].startswith("The voice reads 'Иван' as 'Ivan'")
    assert transcribed("我和小明", "zh").notes == () and transcribed("Ça va, José?", "es").notes == ()


def test_the_writer_without_a_model_says_which_languages_it_writes(tmp_path: Path) -> None:
    photo = Path(str(files("personavlog.example").joinpath("portrait.png")))
    asked = Options(photo, theme="un día en el mercado", style="plain", language="es", i_may_use_this_likeness=True)
    with pytest.raises(BriefError, match=r"writes English and Chinese only, not Spanish.*--writer"):
        begin(asked, runs=tmp_path)


def test_a_language_whose_package_is_absent_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capabilities, "find_spec", lambda _: None)
    assert capabilities.speech().absent == {"fr": "espeak", "hi": "espeak", "ja": "japanese"}
    for module, reader in (("espeakng_loader", espeak._espeak), ("pyopenjtalk", japanese._reader)):
        monkeypatch.setitem(__import__("sys").modules, module, None)
        reader.cache_clear()
        with pytest.raises(MissingExtraError, match="pip install"):
            reader()
