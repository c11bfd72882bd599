"""Films as ``looking`` reads them, by their whole ids, with what only the server knows: which wait their turn, which
were started a moment ago, and why one could not be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from personavlog.errors import ConfigurationError, PersonaVlogError, RunError
from personavlog.studio import looking
from personavlog.studio.errors import NoSuchThingError
from personavlog.studio.finding import found
from personavlog.studio.making import Place
from personavlog.studio.models import (
    ActivityView,
    Card,
    FilmSummary,
    FilmView,
    FinishedFilm,
    NextStep,
    Outcome,
    ScriptView,
    Shot,
)
from personavlog.studio.studio import Studio

T = TypeVar("T", bound=FilmSummary)
_PLACES: dict[Place, Outcome] = {"waiting": Outcome.WAITING, "making": Outcome.MAKING}
_UNTOLD = (Outcome.NOT_BEGUN, Outcome.INTERRUPTED)


def films(at: Studio) -> tuple[FilmSummary, ...]:
    """Every film, as it stands."""
    places = at.queue.places()
    return tuple(_queued(one, places.get(one.run), at.queue.trouble(one.run)) for one in looking.films(at.runs))


def film(at: Studio, run: str) -> FilmView:
    """A film with its board; raises ``NoSuchThingError``."""
    with _looked_up(at, run):
        return _queued(looking.film(run, at.runs), at.queue.place(run), at.queue.trouble(run))


def finished(at: Studio, run: str) -> FinishedFilm:
    """A film to watch and take away, also a damaged one; raises ``NoSuchThingError``."""
    try:
        with _looked_up(at, run):
            return _queued(looking.finished(run, at.runs), at.queue.place(run), at.queue.trouble(run))
    except ConfigurationError:
        return FinishedFilm(**dict(film(at, run)))


def card(at: Studio, run: str, place: int) -> Card:
    """The card of a shot; raises ``NoSuchThingError``."""
    with _looked_up(at, run):
        return looking.card(run, place, at.runs)


def shot(at: Studio, run: str, place: int) -> Shot:
    """A shot with everything that is known of it; raises ``NoSuchThingError``."""
    with _looked_up(at, run):
        return looking.shot(run, place, at.runs)


def script(at: Studio, run: str) -> ScriptView:
    """The script and how it came to be; raises ``NoSuchThingError``."""
    with _looked_up(at, run):
        return looking.script(run, at.runs)


def activity(at: Studio, run: str) -> ActivityView:
    """What happened and what it cost; raises ``NoSuchThingError``."""
    with _looked_up(at, run):
        return looking.activity(run, at.runs)


@contextmanager
def _looked_up(at: Studio, run: str) -> Iterator[None]:
    found(run, at.runs)
    try:
        yield
    except (PersonaVlogError, OSError) as error:
        found(run, at.runs)  # it may have been deleted while it was looked at
        if isinstance(error, RunError):  # a place that the film does not have
            raise NoSuchThingError(str(error)) from error
        raise


def _queued(view: T, place: Place | None, trouble: str) -> T:
    changes: dict[str, Any] = {}
    if place is not None:
        changes = {"outcome": _PLACES[place], "message": ""}
        if isinstance(view, FilmView):
            changes["next"] = NextStep.NOTHING
    elif trouble and view.outcome in _UNTOLD:
        changes = {"outcome": Outcome.FAILED, "message": trouble}
    return view.model_copy(update=changes) if changes else view
