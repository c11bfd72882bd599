"""The form of a new film: what was typed, what does not fit, and what is asked for where everything does."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from personavlog.brief import MAX_THEME, Aspect, Brief
from personavlog.studio.beginning import NewFilm
from personavlog.studio.portraits import EXAMPLE
from personavlog.studio.uploads import Upload

OWN = "own"
_NUMBERS = {"length": float, "shots": int, "seed": int, "cap": float}


@dataclass(frozen=True)
class Typed:
    """The fields as text. ``who`` is "own" or an example face; ``photo`` and ``sample`` are uploads, ``consent`` the
    upload that the tick is for; ``once`` tells two sendings of one form from two films."""

    who: str = OWN
    photo: str = ""
    face: str = ""
    consent: str = ""
    theme: str = ""
    style: str = ""
    name: str = ""
    language: str = "en"
    voice: str = ""
    sample: str = ""
    transcript: str = ""
    aspect: str = Aspect.WIDE.value
    length: str = "30"
    shots: str = ""
    subtitles: str = "burned"
    seed: str = "0"
    profile: str = ""
    cap: str = ""
    unknown_prices: str = ""
    once: str = field(default_factory=lambda: secrets.token_hex(12))

    @classmethod
    def of(cls, sent: Mapping[str, object]) -> Typed:
        """What a form sent; what it left out is empty."""
        known = {one.name: sent.get(one.name, "") for one in fields(cls)}
        return cls(**{name: text.strip() if isinstance(text, str) else "" for name, text in known.items()})

    def with_photo(self, upload: Upload) -> Typed:
        """With another photo; the consent to the one before does not count for it."""
        return replace(self, who=OWN, photo=upload.id, face=str(upload.face or ""), consent="")

    def number(self, name: str) -> float | None:
        """A field as a number; None where it is empty, raises ``ValueError`` where it is none."""
        text = getattr(self, name)
        return _NUMBERS[name](text) if text else None


def problems(typed: Typed, photo: Upload | None) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Every field that does not fit, with the key of the words for it and what they are filled with."""
    if typed.who == OWN and photo is None:
        yield "photo", "new.error.photo", {}
    elif typed.who == OWN and photo is not None:
        if photo.faces > 1 and not typed.face:
            yield "face", "new.error.face", {"count": photo.faces}
        if typed.consent != photo.id:
            yield "consent", "new.error.consent", {}
    if not typed.theme:
        yield "theme", "new.error.theme", {}
    elif len(typed.theme) > MAX_THEME:
        yield "theme", "new.error.long", {"count": len(typed.theme), "most": MAX_THEME}
    if not typed.style:
        yield "style", "new.error.style", {}
    yield from _number_problems(typed)


def _number_problems(typed: Typed) -> Iterator[tuple[str, str, dict[str, object]]]:
    for name in _NUMBERS:
        low, high = bounds(name)
        try:
            value = typed.number(name)
        except ValueError:
            yield name, "new.error.number", {}
            continue
        if value is None and name == "length":
            yield name, "new.error.number", {}
        elif value is not None and not low <= value <= high:
            yield name, "new.error.range", {"low": f"{low:g}", "high": f"{high:.0f}"}


def bounds(name: str) -> tuple[float, float]:
    """The least and the most of a number, as the brief has it; of the cap in US dollars."""
    if name == "cap":
        return 0.0, 1_000_000.0
    said = {type(bound).__name__: bound for bound in Brief.model_fields[name].metadata}
    return float(said["Ge"].ge), float(said["Le"].le if "Le" in said else said["Lt"].lt - 1)


def wanted(typed: Typed, photo: str | None, *, allowed: bool) -> NewFilm:
    """The film that is asked for, of an upload; None is the example portrait."""
    shots, seed = typed.number("shots"), typed.number("seed")
    return NewFilm(
        photo=photo,
        example=typed.who == EXAMPLE,
        i_may_use_this_likeness=allowed,
        face=int(typed.face) if typed.who == OWN and typed.face.isdecimal() else None,
        theme=typed.theme,
        style=typed.style,
        name=typed.name or None,
        language=typed.language,
        voice=typed.voice or None,
        voice_sample=typed.sample or None,
        voice_transcript=typed.transcript or None,
        aspect=Aspect(typed.aspect),
        length=typed.number("length") or 0.0,
        shots=None if shots is None else int(shots),
        subtitles=typed.subtitles,
        seed=int(seed or 0),
        profile=typed.profile,
        max_cost=typed.number("cap"),
        unknown_prices=bool(typed.unknown_prices),
    )
