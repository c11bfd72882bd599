"""The board: a film with a card for each shot."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from personavlog.errors import ConfigurationError, RunError
from personavlog.metrics import identity
from personavlog.pending import sentences
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import RunFolder
from personavlog.runs.index import Index
from personavlog.script import Board
from personavlog.steps import OWN_PARTS, STYLISE
from personavlog.studio.looking.facts import Facts, facts, opened
from personavlog.studio.looking.films import damaged, film_media, is_example
from personavlog.studio.looking.stages import rail
from personavlog.studio.looking.states import States, likeness, next_step, share, shown, states
from personavlog.studio.looking.stored import of_image, result_media
from personavlog.studio.models import Card, CardState, FilmView, Media, NextStep, Outcome, PartName

_GO_ON = (Outcome.NOT_BEGUN, Outcome.DRAFT, Outcome.STOPPED, Outcome.INTERRUPTED)
_DEFECTS = (KeyError, IndexError, TypeError, ValueError, AttributeError)


def film(run: str, runs: Path) -> FilmView:
    """A film with its board; one that cannot be read is shown with what is wrong. Raises ``RunError`` for one that is
    not there."""
    with opened(run, runs) as (folder, store, index):
        try:
            return film_view(folder, store, index, facts(folder, index))
        except (ConfigurationError, *_DEFECTS) as error:
            summary = damaged(folder, index, error)
            return FilmView(**dict(summary), revision=index.edits.revision(folder.run))


def card(run: str, place: int, runs: Path) -> Card:
    """The card of the shot at a place, from 1; raises ``RunError`` for a place that is not there."""
    with opened(run, runs) as (folder, _, index):
        known = facts(folder, index)
        need_place(known, place)
        return card_of(known, place, states(known, place))


def need_place(known: Facts, place: int) -> None:
    """Raise ``RunError`` for a place that the film does not have."""
    if not 1 <= place <= len(known.numbers):
        raise RunError(f"The run {known.folder.run!r} has the shots 1 to {len(known.numbers)}; received {place}.")


def film_view(folder: RunFolder, store: Blobs, index: Index, known: Facts) -> FilmView:
    """The film of what was read."""
    run, brief = folder.run, known.saved.brief
    cards = tuple(card_of(known, place, states(known, place)) for place in range(1, len(known.numbers) + 1))
    story = known.texts.story
    watched = film_media(known.film)
    changed = sentences(index, run, known.changed) if known.changed else ()
    return FilmView(
        run=run,
        title=story.title if story else brief.theme,
        theme=brief.theme,
        style=brief.style,
        outcome=known.outcome,
        message=known.message,
        poster=next((one.poster for one in cards if one.poster), None),
        shots=len(cards),
        changed_at=index.changed_at(run) or 0.0,
        example=is_example(folder),
        revision=index.edits.revision(run),
        event=index.last_event(run),
        language=brief.language,
        aspect=brief.aspect.value,
        profile=known.saved.profile.name,
        logline=story.logline if story else "",
        photo=of_image(brief.photo),
        person=result_media(known.result(STYLISE)),
        film=watched if watched and store.has(watched.digest) else None,
        has_script=known.texts.script is not None,
        seconds=watched.seconds if watched else round(sum(one.seconds for one in cards), 3),
        cost=index.ledger.totals(run).text,
        stages=rail(known, index),
        cards=cards,
        notes=tuple(note.sentence for note in known.notes),
        pending=changed,
        next=_next(known, bool(changed), cards),
        undoable=index.edits.undoable(run),
    )


def card_of(known: Facts, place: int, of_parts: States) -> Card:
    """The card of the shot at a place, from 1, whose parts stand so."""
    number = known.numbers[place - 1]
    board = known.board(place)
    state, message = shown(of_parts)
    poster, clip, voice = (standing(known, number, part) for part in OWN_PARTS)  # type: ignore[arg-type]
    value = likeness(known, number)
    return Card(
        place=place,
        number=number,
        line=known.texts.lines[place - 1].text if place <= len(known.texts.lines) else "",
        seconds=next((one.seconds for one in (clip, voice) if one and one.seconds), 0.0),
        poster=poster,
        clip=clip,
        state=state,
        message=message,
        share=share(known, number) if known.making else None,
        identity=value,
        floor=None if value is None else identity.floor_of(known.saved.brief.style),
        next=next_step(known, place, of_parts),
        **_seen(board),
    )


def standing(known: Facts, number: int, part: PartName) -> Media | None:
    """What stands of a part; while nothing is final, its newest attempt."""
    return result_media(known.result(OWN_PARTS[part](number)) or known.attempt(number, part))


def _seen(board: Board | None) -> dict[str, str]:
    if board is None:
        return {"where": ""}
    return {"where": board.place, "framing": board.framing.value, "action": board.action}


def _next(known: Facts, changed: bool, cards: Iterable[Card]) -> NextStep:
    if known.making:
        return NextStep.NOTHING
    if known.outcome is Outcome.FAILED:
        return NextStep.RETRY
    if changed or any(one.state is CardState.STALE for one in cards):
        return NextStep.REMAKE
    if known.outcome in _GO_ON:
        return NextStep.MAKE
    return NextStep.LOOK if any(one.next is NextStep.LOOK for one in cards) else NextStep.NOTHING
