"""What a user asks for, validated (T_theme, T_style, I_r and s of the paper, plus what a film needs)."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticKnownError

from personavlog.frozen import Frozen
from personavlog.languages import LanguageCode
from personavlog.media import Audio, Image

MAX_THEME = 600
"""Characters of a theme that are used; a longer one is refused, not cut silently."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean_text(text: str) -> str:
    """The text in NFC without control, zero-width and direction-override characters, runs of white space made one
    space."""
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text)).split())


def _clean(value: object) -> object:
    if not isinstance(value, str):
        return value
    if any("\ud800" <= character <= "\udfff" for character in value):  # bytes of a command line that are not UTF-8
        raise PydanticKnownError("string_unicode")
    return clean_text(value)


CleanText = Annotated[str, BeforeValidator(_clean)]
"""Text that is cleaned first, so that a field's length bounds hold for what is left of it."""


class Aspect(StrEnum):
    """The film's shape; the value is what a user types."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"

    def size(self, short_side: int = 720) -> tuple[int, int]:
        """Width and height in px, both even, for a short side in px."""
        long_side = short_side * 16 // 9 // 2 * 2
        return {"16:9": (long_side, short_side), "9:16": (short_side, long_side), "1:1": (short_side, short_side)}[
            self.value
        ]


class Consent(Frozen):
    """The user's statement that this likeness may be used, stored with the digests of the photo and, where a voice
    sample was handed over, of that."""

    statement: str = "I may use this person's likeness for this vlog."
    given_at: str = Field(description="ISO 8601, UTC")
    photo_digest: str
    voice_digest: str | None = None


class Brief(Frozen):
    """One wanted vlog. ``length`` is in seconds, ``shots`` the number of shots (k of the paper)."""

    theme: CleanText = Field(min_length=1, max_length=MAX_THEME)
    style: CleanText = Field(min_length=1, max_length=120)
    photo: Image
    face: int | None = Field(
        default=None,
        ge=0,
        description="Which face of the photo, counted from the left, 0 first; none: the only or largest one",
    )
    voice_sample: Audio | None = None
    voice_transcript: CleanText | None = Field(
        default=None, max_length=600, description="The words of the voice sample, for backbones that need them"
    )
    voice: str | None = Field(
        default=None,
        max_length=40,
        description="A voice of the speech backbone by name; none: chosen from the character",
    )
    name: CleanText | None = Field(
        default=None,
        max_length=40,
        description="How the story calls the person; none: the story speaks in the first person only",
    )
    language: LanguageCode = "en"
    aspect: Aspect = Aspect.WIDE
    length: float = Field(default=30.0, ge=6, le=180)
    shots: int = Field(default=6, ge=2, le=24)
    seed: int = Field(default=0, ge=0, lt=2**31)
    subtitles: Literal["burned", "soft", "none"] = "burned"
    consent: Consent | None = None
