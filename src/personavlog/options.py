"""What a user asks for: as it comes, and read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from personavlog import intake
from personavlog.brief import Aspect, Brief
from personavlog.runs.blobs import Blobs


@dataclass(frozen=True)
class Options:
    """What a user asks for, before anything of it was read; the fields are those of ``personavlog make``, ``length`` in
    seconds."""

    photo: Path
    theme: str
    style: str
    i_may_use_this_likeness: bool = False
    face: int | None = None
    name: str | None = None
    language: str = "en"
    voice: str | None = None
    voice_sample: Path | None = None
    voice_transcript: str | None = None
    aspect: Aspect = Aspect.WIDE
    length: float = 30.0
    shots: int | None = None
    subtitles: str = "burned"
    seed: int = 0


@dataclass(frozen=True)
class Asked:
    """What a user asked for, read and checked; ``handed_over`` are the digests of what came from them (the photo, its
    silhouette, the voice sample), ``notes`` sentences for them."""

    brief: Brief
    handed_over: tuple[str, ...]
    notes: tuple[str, ...]


def read(options: Options, store: Blobs) -> Asked:
    """Read the files and check everything; raises ``ConsentError`` before anything is read or stored, then
    ``BriefError`` or ``MediaError``."""
    intake.need_consent(options.i_may_use_this_likeness, voice=options.voice_sample is not None)
    photo = intake.read_photo(options.photo, store, face=options.face)
    sample = intake.read_voice(options.voice_sample, store) if options.voice_sample else None
    brief = intake.brief_from(
        photo,
        sample,
        theme=options.theme,
        style=options.style,
        name=options.name,
        language=options.language,
        voice=options.voice,
        voice_transcript=options.voice_transcript,
        aspect=options.aspect,
        length=options.length,
        shots=options.shots,
        subtitles=options.subtitles,
        seed=options.seed,
        consent=intake.consent_for(photo, options.i_may_use_this_likeness, voice=sample),
    )
    handed_over = (photo.image, photo.alpha, sample.audio if sample else None)
    return Asked(
        brief,
        tuple(blob.digest for blob in handed_over if blob),
        photo.notes,
    )
