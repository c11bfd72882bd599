"""The user's statement that they may use what they handed over."""

from __future__ import annotations

from datetime import UTC, datetime

from personavlog.brief import Consent
from personavlog.errors import ConsentError
from personavlog.intake.photo import PhotoIntake

LIKENESS_FLAG = "--i-may-use-this-likeness"


def consent_for(photo: PhotoIntake, granted: bool, *, voice: bool = False) -> Consent:
    """The statement, bound to the photo's digest; ``voice``: a sample of the person's voice was handed over too.

    Raises ``ConsentError`` if it was not given. Asked for every photo: a face that was not found may still be
    somebody's.
    """
    what = "likeness and voice" if voice else "likeness"
    if not granted:
        raise ConsentError(
            f"A vlog shows a person who looks like the one in the photo. If you may use this {what} (you are that "
            "person, have their permission, or "
            f"the picture shows nobody real), say so with {LIKENESS_FLAG}"
        )
    statement = f"I may use this person's {what} for this vlog."
    return Consent(
        statement=statement, given_at=datetime.now(UTC).isoformat(timespec="seconds"), photo_digest=photo.image.digest
    )
