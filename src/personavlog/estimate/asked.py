"""An estimate for a film that somebody thinks about: without a photo, without keys, without a run."""

from __future__ import annotations

from personavlog import profiles
from personavlog.brief import Aspect
from personavlog.errors import BriefError, PersonaVlogError
from personavlog.estimate.film import estimate_film
from personavlog.estimate.numbers import FilmEstimate
from personavlog.estimate.requests import PICTURE
from personavlog.intake import brief_from
from personavlog.intake.photo import PhotoIntake
from personavlog.production.building import check_length


def plan(
    *,
    profile: str | profiles.Profile = profiles.DEFAULT,
    writer: str | None = None,
    length: float = 30.0,
    shots: int | None = None,
    aspect: Aspect = Aspect.WIDE,
    language: str = "en",
) -> FilmEstimate:
    """What such a film will about cost and take; the parameters are those of ``make``. Nothing is made or sent.

    Raises ``BriefError`` for a length or number of shots that the profile cannot make, ``ConfigurationError`` for a
    profile that does not fit.
    """
    chosen = profiles.load(profile) if isinstance(profile, str) else profile
    if writer is not None:
        chosen = chosen.model_copy(update={"chat": chosen.chat.model_copy(update={"writer": writer})})
    brief = brief_from(
        _SOMEBODY, theme="a day", style="any", length=length, shots=shots, aspect=aspect, language=language
    )
    try:
        check_length(brief, chosen)
    except BriefError:
        raise
    except PersonaVlogError:
        pass  # a backbone that cannot be built here has an estimate too: what is known, and why the rest is not
    return estimate_film(brief, chosen)


_SOMEBODY = PhotoIntake(image=PICTURE)
