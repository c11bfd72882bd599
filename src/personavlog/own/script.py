"""A script that a person wrote or changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from personavlog.agents.mono import spoken_length
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.errors import ConfigurationError
from personavlog.languages import LANGUAGES, foreign, is_foreign
from personavlog.media.file import read_bytes
from personavlog.production.building import check_shots, known
from personavlog.saved import OpenRun, current_script, shot_numbers, what_is_wrong
from personavlog.script import Board, Script
from personavlog.steps import SCRIPT, StepName

FEWEST, MOST = 2, 24


def read(path: Path) -> Script:
    """The script in a file; raises ``BriefError`` for a file that cannot be read, ``ConfigurationError`` naming what
    does not fit."""
    try:
        return Script.model_validate_json(read_bytes(path, "script"))
    except ValidationError as error:
        raise ConfigurationError(
            f"The script {str(path)!r} does not fit, so nothing was changed: {what_is_wrong(error)}."
        ) from error


def check(run: OpenRun, script: Script) -> None:
    """What can be known before anything is made: how many shots there are, whether they can be as long as was asked,
    and whether every line can be spoken. Raises ``ConfigurationError`` or ``BriefError``."""
    shots = len(script.boards)
    if not FEWEST <= shots <= MOST:
        raise ConfigurationError(f"A film has {FEWEST} to {MOST} shots; this script has {shots}. Nothing was changed.")
    speech: SoundCapabilities = known(run.profile, "speech")
    for place, line in enumerate(script.monologues, 1):
        _check_line(place, line.text, run.brief.language, speech.max_duration)
    if shots != run.brief.shots:
        check_shots(run.brief, run.profile, shots)


def _check_line(place: int, text: str, language: str, longest: float) -> None:
    """Whether a voice that speaks ``language`` and no line of more than ``longest`` seconds can say it."""
    name = LANGUAGES[language].name
    if not any(unicodedata.category(character)[0] in "LN" for character in text):
        raise ConfigurationError(
            f"The line of shot {place} has no word in it that can be spoken: {text!r}. Write at least one word; "
            "nothing was changed."
        )
    if is_foreign(text, language):
        words = ", ".join(map(repr, foreign(text, language)[:5]))
        raise ConfigurationError(
            f"The line of shot {place} cannot be spoken in {name}: {words} are in another script. Write it in {name} "
            "(a name may stay), or make the film with another --language; nothing was changed."
        )
    digits = sum(character.isdecimal() for character in text)  # about a word each, where they are many
    seconds = max(spoken_length(text, language), digits) / LANGUAGES[language].pace
    if seconds > longest:
        raise ConfigurationError(
            f"The line of shot {place} takes about {seconds:.0f} s to say; the voice speaks at most {longest:.0f} s at "
            "a time. Make it shorter, or of two shots; nothing was changed."
        )


def pin(run: OpenRun, script: Script, numbers: Sequence[int]) -> None:
    """Let the film have this script from now on, and its shots these numbers."""
    run.index.edits.pin(run.folder.run, str(SCRIPT), script, ahead=True)
    run.index.edits.set_order(run.folder.run, numbers)


def kept_numbers(run: OpenRun, script: Script) -> tuple[int, ...]:
    """The numbers of a new script's shots: a board that was there before keeps its number wherever it stands now, a
    changed one has its place's, and what was added gets numbers that were never used."""
    before = current_script(run.index, run.folder.run)
    old = () if before is None else before.boards
    free = dict(enumerate(shot_numbers(run.index, run.folder.run, len(old))))
    found: list[int | None] = [_same(board, place, old, free) for place, board in enumerate(script.boards)]
    found = [free.pop(place, None) if number is None else number for place, number in enumerate(found)]
    fresh = iter(fresh_numbers(run, found.count(None)))
    return tuple(next(fresh) if number is None else number for number in found)


def fresh_numbers(run: OpenRun, count: int) -> tuple[int, ...]:
    """Numbers that no shot of this run ever had."""
    index, name = run.index, run.folder.run
    steps = [StepName.parse(step) for step in (*(row.name for row in index.steps(name)), *index.edits.pins(name))]
    orders = (index.edits.order(name) or (), *index.edits.past_orders(name))
    used = {step.shot or 0 for step in steps if step} | {number for order in orders for number in order}
    first = max(used | {run.brief.shots}) + 1
    return tuple(range(first, first + count))


def _same(board: Board, place: int, old: Sequence[Board], free: dict[int, int]) -> int | None:
    """The free number of an equal board, the one of the same place before all others; it is free no more."""
    there = sorted((one for one in free if old[one] == board), key=lambda one: one != place)
    return free.pop(there[0]) if there else None
