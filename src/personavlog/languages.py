"""The languages that a film can be spoken in, and what follows from each (``languages.toml``)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files
from typing import Literal

from pydantic import Field, TypeAdapter

from personavlog.frozen import Frozen

LanguageCode = Literal["en", "zh", "de", "es", "fr", "hi", "it", "ja", "ko", "pt"]
"""ISO 639-1; every one has a row in the table."""


class Language(Frozen):
    """One row: ``pace`` in units per second; ``i`` is empty where the verb says who speaks."""

    name: str
    code: str = Field(pattern="^[a-z]{3}$")
    unit: Literal["words", "characters"] = "words"
    pace: float = Field(gt=0)
    scripts: frozenset[str]
    letters: str
    i: str = ""

    @property
    def myself(self) -> re.Pattern[str] | None:
        """What a line in the first person has somewhere; None where nothing can be asked for."""
        if not self.i:
            return None
        return re.compile(self.i if self.unit == "characters" else rf"\b(?:{self.i})\b", re.IGNORECASE)


LANGUAGES: dict[str, Language] = TypeAdapter(dict[str, Language]).validate_python(
    tomllib.loads(files("personavlog").joinpath("languages.toml").read_text(encoding="utf-8"))
)
"""By ISO 639-1."""


def script_of(character: str) -> str:
    """What Unicode calls a letter's script, such as "LATIN" or "CJK"; empty for what is no letter or has no name."""
    if unicodedata.category(character)[0] not in "LM" or character in "ªº":
        return ""
    name = unicodedata.name(unicodedata.normalize("NFKC", character)[:1], "")
    first = name.partition(" ")[0]
    return "" if first in ("COMBINING", "MODIFIER", "") else first


def foreign(text: str, language: str) -> tuple[str, ...]:
    """The words of ``text`` in a script that ``language`` is not written in, each once. Latin letters are foreign
    nowhere: every voice says names in them."""
    known = LANGUAGES[language].scripts | {"LATIN", "FULLWIDTH"}
    found = [
        "".join(part)
        for word in re.findall(r"[^\W\d_]+(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e])*", text)
        for part in _runs(word, known)
    ]
    return tuple(dict.fromkeys(found))


def is_foreign(text: str, language: str) -> bool:
    """Whether more of the text is in such other scripts than not, by words; a Han character is a word."""
    scripts = [script for script in map(script_of, text) if script]
    weight = {"CJK": 1.0, "HIRAGANA": 1.0, "KATAKANA": 1.0, "HANGUL": 0.5, "THAI": 0.25}
    known = LANGUAGES[language].scripts | {"LATIN", "FULLWIDTH"}
    own, other = 0.0, 0.0
    for script in scripts:
        share = weight.get(script, 0.2)
        own, other = own + share * (script in known), other + share * (script not in known)
    return other > own


def _runs(word: str, known: frozenset[str]) -> list[list[str]]:
    """Runs of letters of other scripts within a word."""
    runs: list[list[str]] = [[]]
    for character in word:
        script = script_of(character)
        if script and script not in known:
            runs[-1].append(character)
        elif script and runs[-1]:
            runs.append([])
        elif not script and runs[-1]:
            runs[-1].append(character)
    return [run for run in runs if run]
