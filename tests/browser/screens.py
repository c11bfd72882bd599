"""Every screen of the studio by name, as a path."""

from __future__ import annotations

from collections.abc import Mapping

from personavlog.studio.words import Words
from tests.studio.films import FakeFilms

EN = Words("en")


def screens(films: FakeFilms) -> Mapping[str, str]:
    """The paths, over the films of every kind."""
    finished = f"/films/{films.finished}"
    return {
        "home": "/",
        "new": "/new",
        "settings": "/settings",
        "board": finished,
        "board with changes": f"/films/{films.changed}",
        "board of a failed film": f"/films/{films.failed}",
        "board of a draft": f"/films/{films.draft}",
        "damaged film": f"/films/{films.damaged}",
        "shot": f"{finished}/shots/1",
        "corrected picture": f"{finished}/shots/2?part=keyframe",
        "rolled-back picture": f"{finished}/shots/3?part=keyframe",
        "rolled-back clip": f"{finished}/shots/3?part=clip&how=side",
        "wipe": f"{finished}/shots/3?part=keyframe&how=wipe",
        "voice": f"{finished}/shots/1?part=voice",
        "failed shot": f"/films/{films.failed}/shots/2",
        "script": f"{finished}/script",
        "script of a draft": f"/films/{films.draft}/script",
        "film": f"{finished}/film",
        "film that is not made": f"/films/{films.draft}/film",
        "activity": f"{finished}/activity",
        "delete": f"{finished}/delete",
        "no such film": "/films/there-is-none",
    }


NAMES = (
    "home",
    "new",
    "settings",
    "board",
    "board with changes",
    "board of a failed film",
    "board of a draft",
    "damaged film",
    "shot",
    "corrected picture",
    "rolled-back picture",
    "rolled-back clip",
    "wipe",
    "voice",
    "failed shot",
    "script",
    "script of a draft",
    "film",
    "film that is not made",
    "activity",
    "delete",
    "no such film",
)
"""The names, for parametrized tests."""
