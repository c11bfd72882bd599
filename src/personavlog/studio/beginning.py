"""A new film, from what a form or a program asks for."""

from __future__ import annotations

import json
import threading
from importlib.resources import as_file, files
from pathlib import Path

from pydantic import Field

from personavlog import api
from personavlog.brief import MAX_THEME, Aspect
from personavlog.errors import BriefError, ConfigurationError
from personavlog.frozen import Frozen
from personavlog.runs.folder import list_runs, write_file
from personavlog.steps import Until
from personavlog.studio.access import PAGE
from personavlog.studio.studio import Studio

MOST_REMEMBERED = 500


class NewFilm(Frozen):
    """What is asked for; the fields are those of ``personavlog make``. ``photo`` and ``voice_sample`` are ids of
    uploads, ``example`` takes the example portrait in a photo's place. ``start`` puts it into the queue at once,
    ``until`` and ``max_cost`` (US dollars) as far and as dear as it may get."""

    photo: str | None = None
    example: bool = False
    i_may_use_this_likeness: bool = False
    face: int | None = Field(default=None, ge=1, le=99)
    theme: str = Field(max_length=10 * MAX_THEME)
    style: str = Field(max_length=1000)
    name: str | None = Field(default=None, max_length=1000)
    language: str = "en"
    voice: str | None = None
    voice_sample: str | None = None
    voice_transcript: str | None = Field(default=None, max_length=10_000)
    aspect: Aspect = Aspect.WIDE
    length: float = 30.0
    shots: int | None = None
    subtitles: str = "burned"
    seed: int = 0
    profile: str | None = None
    start: bool = True
    until: Until | None = None
    max_cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    unknown_prices: bool = False


class Beginnings:
    """The films that were begun last by what their forms call themselves, so that none is begun twice."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def begin(self, studio: Studio, wanted: NewFilm, *, once: str = "", owner: str = PAGE) -> str:
        """Begin a film and return its run; one that was begun with the same ``once`` is returned again.

        Raises as ``api.begin`` and ``FilmQueue.start`` do, ``NoSuchThingError`` for an upload that is gone.
        """
        with self._lock:
            known = self._known()
            run = known.get(once) if once else None
            if run is None or run not in list_runs(studio.runs):
                run = _begun(studio, wanted)
                if once:
                    newest = list({**known, once[:200]: run}.items())[-MOST_REMEMBERED:]
                    write_file(self._file, json.dumps(dict(newest)).encode())
        if wanted.start:
            studio.queue.start(run, wanted.until, wanted.max_cost, unknown_prices=wanted.unknown_prices, owner=owner)
        return run

    def _known(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def profile_of(studio: Studio, name: str | None) -> str:
    """A profile that the server offers, the first where none is named; raises ``ConfigurationError``. It is never a
    path that a request names."""
    if name is None:
        return next(iter(studio.profiles.values()))
    if name not in studio.profiles:
        raise ConfigurationError(f"There is no profile {name[:100]!r} here. There are: {', '.join(studio.profiles)}.")
    return studio.profiles[name]


def asked(studio: Studio, wanted: NewFilm, example: Path) -> api.Options:
    """What is asked for, as the engine reads it; raises ``BriefError`` without a photo."""
    if wanted.photo is None and not wanted.example:
        raise BriefError("Which person? Choose a photo, or try the example portrait.")
    uploads = studio.uploads
    sample = uploads.find(wanted.voice_sample, "voice") if wanted.voice_sample else None
    return api.Options(
        photo=example if wanted.photo is None else uploads.path(uploads.find(wanted.photo, "photo")),
        theme=wanted.theme,
        style=wanted.style,
        i_may_use_this_likeness=wanted.i_may_use_this_likeness or wanted.photo is None,
        face=wanted.face,
        name=wanted.name or None,
        language=wanted.language,
        voice=wanted.voice or None,
        voice_sample=uploads.path(sample) if sample else None,
        voice_transcript=wanted.voice_transcript or None,
        aspect=wanted.aspect,
        length=wanted.length,
        shots=wanted.shots,
        subtitles=wanted.subtitles,
        seed=wanted.seed,
    )


def _begun(studio: Studio, wanted: NewFilm) -> str:
    profile = profile_of(studio, wanted.profile)
    with as_file(files("personavlog.example") / "portrait.png") as example:
        job = api.begin(asked(studio, wanted, example), profile=profile, runs=studio.runs)
    job.index.close()
    return job.folder.run
