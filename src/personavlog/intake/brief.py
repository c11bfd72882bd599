"""What a user asks for, as a ``Brief`` or as sentences that say what fits."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from personavlog.brief import Brief, clean_text
from personavlog.errors import BriefError
from personavlog.intake.photo import PhotoIntake
from personavlog.intake.voice import VoiceIntake

SHOT_SECONDS = 5.0
MIN_SHOT, MAX_SHOT = 2.5, 12.0
MIN_SHOTS, MAX_SHOTS = 2, 24
SHOWN_LENGTH = 60

UNITS = {"length": " seconds"}


def brief_from(photo: PhotoIntake, voice_sample: VoiceIntake | None = None, **wanted: Any) -> Brief:
    """The brief for a photo and the other fields of ``Brief`` by name, as a user or a form gave them.

    Fields that are None count as not given; ``shots`` is then chosen from ``length``. Text is cleaned of control and
    direction characters. Raises
    ``BriefError`` with one sentence for every field that does not fit: its name, what was received, what fits.
    """
    given = {name: value for name, value in wanted.items() if value is not None}
    given.setdefault("theme", "")
    given.setdefault("style", "")
    if voice_sample is not None:
        given["voice_sample"] = voice_sample.audio
    try:
        brief = Brief(photo=photo.image, face=photo.face, **given)
    except ValidationError as error:
        raise BriefError(" ".join(_sentence(problem) for problem in error.errors(include_url=False))) from error
    _need_words(brief)
    if "shots" not in given:
        return brief.model_copy(update={"shots": choose_shots(brief.length)})
    _need_room(brief)
    return brief


def choose_shots(length: float) -> int:
    """How many shots a film of ``length`` seconds gets: one for about every five seconds."""
    return min(max(round(length / SHOT_SECONDS), MIN_SHOTS), MAX_SHOTS)


def _need_words(brief: Brief) -> None:
    for name, text in (("theme", brief.theme), ("style", brief.style)):
        if not any(unicodedata.category(character)[0] in "LNS" for character in text):
            raise BriefError(
                f"The {name} {text!r} has no word in it. Write in a few words what you want, in any language."
            )


def _need_room(brief: Brief) -> None:
    if MIN_SHOT <= brief.length / brief.shots <= MAX_SHOT:
        return
    fewest = max(MIN_SHOTS, int(-(-brief.length // MAX_SHOT)))
    most = min(MAX_SHOTS, int(brief.length // MIN_SHOT))
    raise BriefError(
        f"{brief.shots} shots do not fit into {brief.length:g} seconds: a shot lasts {MIN_SHOT:g} to {MAX_SHOT:g} s. "
        f"Ask for {fewest} to {most} shots, for a length of {max(6.0, brief.shots * MIN_SHOT):g} to "
        f"{min(180.0, brief.shots * MAX_SHOT):g} s, "
        "or leave the number of shots out."
    )


def _sentence(problem: ErrorDetails) -> str:
    name = ".".join(map(str, problem["loc"]))
    say = SENTENCES.get(problem["type"])
    if say is not None:
        return say(name, problem["input"], problem.get("ctx", {}))
    return f"The {name} {_shown(problem['input'])} does not fit: {problem['msg'].lower()}."


def _too_short(name: str, value: object, context: Mapping[str, Any]) -> str:
    return f"The {name} is empty. Write in a few words what you want, in any language."


def _too_long(name: str, value: object, context: Mapping[str, Any]) -> str:
    return f"The {name} has {len(clean_text(str(value)))} characters; at most {context['max_length']} fit. Shorten it."


def _outside(name: str, value: object, context: Mapping[str, Any]) -> str:
    return f"The {name} {_shown(value)} does not fit: {_range(name)}."


def _not_a_number(name: str, value: object, context: Mapping[str, Any]) -> str:
    whole = "a whole number, " if name != "length" else "a number, "
    return f"The {name} {_shown(value)} is not {whole}{_range(name)}."


def _not_a_choice(name: str, value: object, context: Mapping[str, Any]) -> str:
    return f"The {name} {_shown(value)} is not known. Choose {context['expected']}."


def _not_text(name: str, value: object, context: Mapping[str, Any]) -> str:
    return f"The {name} {_shown(value)} is not readable text. Write it in any language, as Unicode."


def _unknown(name: str, value: object, context: Mapping[str, Any]) -> str:
    return f"A brief has no field {name!r}. Its fields: {', '.join(Brief.model_fields)}."


SENTENCES: dict[str, Callable[[str, object, Mapping[str, Any]], str]] = {
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "greater_than_equal": _outside,
    "less_than_equal": _outside,
    "less_than": _outside,
    "float_parsing": _not_a_number,
    "float_type": _not_a_number,
    "int_parsing": _not_a_number,
    "int_parsing_size": _not_a_number,
    "int_from_float": _not_a_number,
    "int_type": _not_a_number,
    "finite_number": _not_a_number,
    "literal_error": _not_a_choice,
    "enum": _not_a_choice,
    "string_type": _not_text,
    "string_unicode": _not_text,
    "extra_forbidden": _unknown,
}


def _range(name: str) -> str:
    """What a numeric field takes, from the brief's own bounds."""
    bounds = {type(bound).__name__: bound for bound in Brief.model_fields[name].metadata}
    low = f"{bounds['Ge'].ge:g}"
    high = f"{bounds['Le'].le:g}" if "Le" in bounds else f"{bounds['Lt'].lt - 1}"
    return f"{low} to {high}{UNITS.get(name, '')} fit"


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    return repr(text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "...")
