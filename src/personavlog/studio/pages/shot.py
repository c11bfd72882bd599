"""A shot: everything that was made of it, why what stands stands, and what a person may decide otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from personavlog.script import Act, Camera, Emotion, Framing, TimeOfDay, Weather
from personavlog.studio import showing
from personavlog.studio.models import Part
from personavlog.studio.pages.board import next_need
from personavlog.studio.pages.versions import Look, Version, effect, look, part_to_show
from personavlog.studio.rendering import page
from personavlog.studio.studio import Server

router = APIRouter(include_in_schema=False)
CHOICES: Mapping[str, type[StrEnum]] = {
    "framing": Framing,
    "act": Act,
    "emotion": Emotion,
    "time_of_day": TimeOfDay,
    "weather": Weather,
    "camera": Camera,
}


@dataclass(frozen=True)
class Decision:
    """A button: ``kind`` is the command that it sends, ``field`` and ``number`` what of, ``keys`` its keys, ``what``
    the version in words."""

    name: str
    kind: str
    what: str = ""
    field: str = ""
    number: int = 0
    keys: str = ""


@router.get("/films/{run}/shots/{place}")
def shot(
    request: Request,
    run: str,
    place: int,
    here: Server,
    part: str = "",
    see: str = "",
    against: str = "",
    how: str = "",
) -> Response:
    """A shot; ``part`` is looked at, its version ``see`` beside ``against`` as ``how`` says. What an address names that
    is not there is left out. Before there is a script a shot is only a card of the board."""
    film = showing.film(here, run)
    if not film.has_script:
        return RedirectResponse(f"/films/{run}#card-{place}", 303)
    found = showing.shot(here, run, place)
    shown = part_to_show(found, part)
    looked = look(shown, see, against, how)
    return page(
        request,
        "shot.jinja",
        film=film,
        shot=found,
        part=shown,
        versions=looked.versions,
        seen=looked.seen,
        against=looked.against,
        how=looked.how,
        earlier=looked.earlier,
        later=looked.later,
        corrections=looked.corrections,
        decisions=decisions(shown, looked),
        needs=next_need(film, place),
        effect=partial(effect, found),
        link=_linking(run, place, shown.name),
        choices=CHOICES,
    )


def decisions(part: Part, looked: Look) -> tuple[Decision, ...]:
    """What a person may decide about what is seen."""
    seen, standing = looked.seen, next((one for one in looked.versions if one.stands), None)
    found = [_kept(seen)] if seen and seen.media and not part.own_file and _may_be_kept(seen, standing) else []
    before = looked.corrections[-1].before if looked.corrections and seen and seen.take.stands else None
    if before and before.attempt and not before.stands and not part.own_file:
        found.append(Decision("roll-back", "attempt", before.label, "attempt", before.attempt.number, "n 8"))
    if standing and standing.attempt and not part.own:
        found.append(Decision("pin", "attempt", standing.label, "attempt", standing.attempt.number, "p"))
    if part.own:
        found.append(Decision("take-out-file" if part.own_file else "take-out", "unuse"))
    return tuple(found)


def _may_be_kept(seen: Version, standing: Version | None) -> bool:
    """Whether it does not stand and has a number of its own to go back to: what was made from other texts has not, and
    comes back with them (undo)."""
    other_texts = standing is not None and seen.order != standing.order and seen.take.number == standing.take.number
    return not seen.stands and not other_texts


def _kept(seen: Version) -> Decision:
    """Keeping a version that does not stand: its attempt where its take stands, else its take."""
    if seen.take.stands and seen.attempt:
        return Decision("keep", "attempt", seen.label, "attempt", seen.attempt.number, "y 7")
    return Decision("keep", "take", seen.label, "take", seen.take.number, "y 7")


def _linking(run: str, place: int, part: str) -> Callable[..., str]:
    """Addresses of this page and its neighbours; the part that is looked at stays."""

    def link(place: int = place, **asked: str) -> str:
        return f"/films/{run}/shots/{place}?{urlencode({'part': part, **asked})}"

    return link
