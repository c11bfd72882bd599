"""The script, and how it came to be: round by round what a writer wrote and what its reviewer said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from personavlog.backbones.reviews import Review
from personavlog.report.page import PAIRS
from personavlog.runs.index import Index
from personavlog.script import Board, MusicDescription, VideoDescription
from personavlog.steps import SCRIPT, Part, StepName, write
from personavlog.studio.looking.facts import Facts, facts, opened
from personavlog.studio.looking.shot import shot_view
from personavlog.studio.looking.stored import inside, listed, table
from personavlog.studio.models import Criterion, Pair, Round, ScriptView

_SHOWN: Mapping[str, type[Board | VideoDescription | MusicDescription]] = {
    "boards": Board,
    "videos": VideoDescription,
    "music": MusicDescription,
}


def script(run: str, runs: Path) -> ScriptView:
    """The script as it stands and its rounds so far; raises ``RunError`` for a run that is not there."""
    with opened(run, runs) as (folder, _, index):
        known = facts(folder, index)
        story, places = known.texts.story, range(1, len(known.numbers) + 1)
        written = known.texts.script is not None
        return ScriptView(
            title=story.title if story else known.saved.brief.theme,
            logline=story.logline if story else "",
            own=str(SCRIPT) in known.pins,
            shots=tuple(shot_view(known, index, place, with_takes=False) for place in places if written),
            pairs=tuple(_pairs(known, index)),
        )


def _pairs(known: Facts, index: Index) -> Iterator[Pair]:
    loose = _loose(known, index)
    for name, title in PAIRS.items():
        row = known.steps.get(str(write(name)))
        action = index.action(row.made) if row and row.made else None
        finished = inside(table(action.result if action else None), "rounds")
        rounds = finished if isinstance(finished, list) else loose.get(name, [])
        if shown := tuple(_round(number, one) for number, one in enumerate(rounds, 1) if isinstance(one, dict)):
            yield Pair(name=name, title=title, rounds=shown)


def _loose(known: Facts, index: Index) -> Mapping[str, list[dict[str, Any]]]:
    """The rounds of pairs that are not finished, from the answers that there are."""
    rounds: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for row in sorted(known.steps.values(), key=lambda one: one.at):
        name = StepName.parse(row.name)
        pair, _, rest = name.item.partition("/") if name and name.part is Part.WRITE else ("", "", "")
        number, _, work = rest.partition("/")
        action = index.action(row.made) if work and row.made else None
        if action and number.isdecimal():
            field = "review" if work == "review" else "draft"
            rounds[pair][int(number)][field] = inside(table(action.result), field)
    return {pair: [found[number] for number in sorted(found)] for pair, found in rounds.items()}


def _round(number: int, one: Mapping[str, Any]) -> Round:
    draft = tuple(_pieces(one.get("draft")))
    try:
        review = Review.model_validate(one.get("review"))
    except ValidationError:
        return Round(number=number, verdict="not-reviewed", draft=draft)
    return Round(
        number=number,
        verdict="approved" if review.approved else "sent-back",
        draft=draft,
        scores=tuple(
            Criterion(criterion=mark.criterion, value=mark.value, reason=mark.reason) for mark in review.scores
        ),
        changes=tuple(change.text for change in review.changes),
    )


def _pieces(draft: object) -> Iterator[tuple[str, str]]:
    """Title and text of each piece of a draft, whatever pair wrote it."""
    story = inside(draft, "story")
    for name in ("title", "logline"):
        if text := inside(story, name):
            yield name, str(text)
    for name in ("appearance", "personality", "voice"):
        if text := inside(draft, "character", name):
            yield name, str(text)
    for number, beat in enumerate(listed(story, "beats"), 1):
        yield f"{number} {inside(beat, 'role') or ''}".strip(), str(inside(beat, "event") or "")
    for name in ("boards", "videos"):
        for number, one in enumerate(listed(draft, name), 1):
            yield str(number), _text(name, one)
    for number, line in enumerate(listed(draft, "monologues"), 1):
        yield str(number), str(inside(line, "text") or "")
    music = inside(draft, "music") or (draft if inside(draft, "tempo") else None)
    if music is not None:
        yield "music", _text("music", music)


def _text(kind: str, value: object) -> str:
    try:
        return _SHOWN[kind].model_validate(value).text
    except ValidationError:
        return str(value)
