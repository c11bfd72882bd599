"""The user's statement that they may use what they handed over."""

from __future__ import annotations

from datetime import UTC, datetime

from personavlog.brief import Brief, Consent
from personavlog.errors import ConsentError
from personavlog.intake.photo import PhotoIntake
from personavlog.intake.voice import VoiceIntake

LIKENESS_FLAG = "--i-may-use-this-likeness"


def need_consent(granted: bool, *, voice: bool = False) -> None:
    """Raise ``ConsentError`` where the statement was not given; ``voice``: a sample of the person's voice is handed
    over too.

    Asked for every photo, and before it is read: a face that is not found may still be somebody's.
    """
    if not granted:
        raise ConsentError(
            "A vlog shows a person who looks like the one in the photo. If you may use this "
            f"{_what(voice)} (you are that person, have their permission, or "
            f"the picture shows nobody real), say so with {LIKENESS_FLAG}"
        )


def consent_for(photo: PhotoIntake, granted: bool, *, voice: VoiceIntake | None = None) -> Consent:
    """The statement, bound to the digests of the photo and of the voice sample; raises ``ConsentError`` if it was not
    given."""
    need_consent(granted, voice=voice is not None)
    return Consent(
        statement=f"I may use this person's {_what(voice is not None)} for this vlog.",
        given_at=datetime.now(UTC).isoformat(timespec="seconds"),
        photo_digest=photo.image.digest,
        voice_digest=None if voice is None else voice.audio.digest,
    )


def check_consent(brief: Brief) -> None:
    """Whether the statement in a brief is for the photo and the voice sample in it; raises ``ConsentError``."""
    given = brief.consent
    if given is None:
        raise ConsentError(
            f"The run's brief.toml holds no consent for its photo. Restore it, or begin anew with {LIKENESS_FLAG}"
        )
    if given.photo_digest != brief.photo.digest:
        raise ConsentError(
            "The consent in the run's brief.toml was given for another photo than the one that it names. Restore it, "
            f"or begin anew with this photo and {LIKENESS_FLAG}"
        )
    if brief.voice_sample is not None and given.voice_digest != brief.voice_sample.digest:
        raise ConsentError(
            "The consent in the run's brief.toml was not given for the voice sample that it names. Restore it, or "
            f"begin anew with this sample and {LIKENESS_FLAG}"
        )


def _what(voice: bool) -> str:
    return "likeness and voice" if voice else "likeness"
