"""The board: how far the film is, and its shots in playing order."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from personavlog.studio import showing
from personavlog.studio.errors import NoSuchThingError
from personavlog.studio.models import Card, FilmView, NextStep
from personavlog.studio.rendering import page
from personavlog.studio.studio import Server

router = APIRouter(include_in_schema=False)
_NEEDS_A_PERSON = (NextStep.LOOK, NextStep.RETRY)


@router.get("/films/{run}")
def board(request: Request, run: str, here: Server, q: str = "") -> Response:
    """The whole board, or the shots that have the words ``q`` in them."""
    film = showing.film(here, run)
    needs = next_need(film)
    shown = tuple(card for card in film.cards if _has(card, q))
    return page(request, "board.jinja", film=film, shown=shown, sought=q, needs=f"#card-{needs}" if needs else "")


@router.get("/films/{run}/cards/{place}")
def card(request: Request, run: str, place: int, here: Server) -> Response:
    """One card, as it is now."""
    film = showing.film(here, run)
    found = next((card for card in film.cards if card.place == place), None)
    if found is None:
        raise NoSuchThingError(f"The film has the shots 1 to {len(film.cards)}; received {place}.")
    return page(request, "card.jinja", film=film, card=found)


@router.get("/films/{run}/rail")
def rail(request: Request, run: str, here: Server) -> Response:
    """The stages, how the film stands, and what to do about it."""
    return page(request, "rail.jinja", film=showing.film(here, run))


def next_need(film: FilmView, after: int = 0) -> int | None:
    """The place of the next shot after a place that waits for a person, from the start again after the last; None
    where no other does."""
    waiting = [card.place for card in film.cards if card.next in _NEEDS_A_PERSON and card.place != after]
    return next((place for place in waiting if place > after), waiting[0] if waiting else None)


def _has(card: Card, sought: str) -> bool:
    text = f"{card.place} {card.where} {card.line} {card.action} {card.framing}".casefold()
    return all(word in text for word in sought.casefold().split())
