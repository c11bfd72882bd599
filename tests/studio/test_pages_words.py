"""Templates say nothing but words of the catalogue, in both languages, and hold no script, style or handler."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from personavlog import studio
from personavlog.studio.words import LANGUAGES, Words, catalogue, preferred

HERE = Path(studio.__path__[0])
TEMPLATES = sorted((HERE / "templates").glob("*.jinja"))
CODE = [*TEMPLATES, *sorted(HERE.rglob("*.py"))]
INLINE = (
    r"<script(?![^>]*\ssrc=)",
    r"<style\b",
    r"\sstyle=",
    r"\son[a-z]+\s*=",
    r"javascript:",
    r"(?:src|href|action)=[\"']?(?:https?:)?//",
)
LITERAL = re.compile(r"words\(\s*[\"']([^\"'~{]+)[\"']\s*[,)]")
QUOTED = re.compile(r"[\"']([A-Za-z0-9][\w.:-]*)(?:\{[^\"']*\})?[\"']")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_script_a_style_or_a_handler_in_it(template: Path) -> None:
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", template.read_text("utf-8"), flags=re.DOTALL)
    assert not [pattern for pattern in INLINE if re.search(pattern, text, re.IGNORECASE)]


def test_every_key_that_is_said_is_in_the_catalogue() -> None:
    said = {key for path in CODE for key in LITERAL.findall(path.read_text("utf-8"))}
    assert len(said) > 100
    assert said - set(catalogue()) == set()


def test_every_key_of_the_catalogue_is_said_somewhere() -> None:
    quoted = {text for path in CODE for text in QUOTED.findall(path.read_text("utf-8"))}
    scripts = " ".join(path.read_text("utf-8") for path in (HERE / "static").glob("*.js"))
    beginnings = tuple(text for text in quoted if text.endswith((".", "-")) and len(text) > 2)
    families = {
        text for text in quoted if any(key.startswith(f"{text}.") for key in catalogue())
    }  # words(name ~ "." ~ one)
    unsaid = {
        key
        for key in catalogue()
        if key not in quoted
        and not key.startswith(beginnings)
        and key not in scripts
        and key.partition(".")[0] not in families
    }
    assert unsaid == set()


def test_both_languages_are_filled_in_with_the_same_names() -> None:
    names = re.compile(r"\{(\w+)\}")
    for key, said in catalogue().items():
        assert len({tuple(sorted(set(names.findall(said[language])))) for language in LANGUAGES}) == 1, key


def test_words_are_filled_in_and_unknown_ones_are_refused() -> None:
    assert Words("en")("ago.hours", count=3) == "3 h ago"
    assert Words("zh")("ago.hours", count=3) == "3 小时前"
    with pytest.raises(KeyError):
        Words("en")("no.such.words")


def test_a_browsers_language_is_followed() -> None:
    assert preferred("zh-CN,zh;q=0.9,en;q=0.8") == "zh"
    assert preferred("fr,en;q=0.8") == "en"
    assert preferred("") == "en"
