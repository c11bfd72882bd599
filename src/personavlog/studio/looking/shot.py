"""A shot with everything that is known of it."""

from __future__ import annotations

from pathlib import Path

from personavlog.errors import RunError
from personavlog.pending import mean_seconds, price
from personavlog.runs.index import Index
from personavlog.steps import OWN_PARTS
from personavlog.studio.looking.attempts import takes, unreadable
from personavlog.studio.looking.board import card_of, need_place, standing
from personavlog.studio.looking.facts import PARTS, Facts, facts, opened
from personavlog.studio.looking.states import States, is_file, states
from personavlog.studio.models import Part, PartName, Shot


def shot(run: str, place: int, runs: Path) -> Shot:
    """The shot at a place, from 1; raises ``RunError`` for a place that is not there, and before there is a script."""
    with opened(run, runs) as (folder, _, index):
        known = facts(folder, index)
        need_place(known, place)
        return shot_view(known, index, place)


def shot_view(known: Facts, index: Index, place: int, *, with_takes: bool = True) -> Shot:
    """The shot of what was read; its takes only where they are wanted, since they are read shot by shot."""
    script = known.texts.script
    if script is None:
        raise RunError(f"The run {known.folder.run!r} has no script yet. Wait until it is written.")
    of_parts = states(known, place)
    parts = tuple(_part(known, index, place, part, of_parts, with_takes) for part in PARTS)
    number = known.numbers[place - 1]
    old = [part for part in PARTS if with_takes and unreadable(index, known.folder.run, number, part)]
    said = [note.text for note in known.notes if place in note.shots]
    return Shot(
        **dict(card_of(known, place, of_parts)),
        board=script.boards[place - 1],
        video=script.videos[place - 1],
        monologue=script.monologues[place - 1],
        parts=parts,
        notes=(*said, *(f"What was decided about the {part} was told by another version." for part in old)),
    )


def _part(known: Facts, index: Index, place: int, part: PartName, of_parts: States, with_takes: bool) -> Part:
    run, number = known.folder.run, known.numbers[place - 1]
    step = OWN_PARTS[part](number)
    media, own = standing(known, number, part), str(step) in known.pins
    state, message = of_parts[part]
    plain = Part(
        name=part,
        state=state,
        message=message,
        media=media,
        own=own,
        own_file=own and is_file(known.result(step)),
    )
    if not with_takes:
        return plain
    entries = index.ledger.entries(run)
    return plain.model_copy(
        update={
            "work": mean_seconds(known.steps.values(), part),
            "price": price(entries, part) if any(one.step.startswith(f"{part}/") for one in entries) else None,
            "takes": takes(index, run, number, part, media, known.saved.brief.style),
        }
    )
