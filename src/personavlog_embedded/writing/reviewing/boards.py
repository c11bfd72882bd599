"""The review of storyboards (Eq. 2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personavlog.backbones.tasks import SegTask
from personavlog.metrics.text import relevance
from personavlog.script import Act, Board, Framing
from personavlog_embedded.writing.reviewing.belongings import from_nowhere, vanished
from personavlog_embedded.writing.reviewing.companions import companions, seen
from personavlog_embedded.writing.reviewing.findings import THIRD, Findings, Wrong, joined, mark_of_share
from personavlog_embedded.writing.reviewing.hours import wrong_hour
from personavlog_embedded.writing.reviewing.repeated import ALIKE, backwards, repeated
from personavlog_embedded.writing.reviewing.surroundings import misplaced_act
from personavlog_embedded.writing.reviewing.words import comparable, content, deed, named

_OPENINGS = (Framing.WIDE, Framing.MEDIUM)
_CLOSE = (Framing.CLOSE_UP, Framing.SELFIE)
_WHOLE = frozenset((Act.WALK, Act.RUN, Act.JUMP, Act.CLIMB, Act.CROUCH, Act.KNEEL, Act.DANCE, Act.ROW, Act.SWIM))
"""Acts of the whole body, which a near shot does not show."""


def review_boards(boards: Sequence[Board], task: SegTask, found: Findings) -> None:
    """Marks boards; changes go to boards by number."""
    count = len(boards)
    _belongs(boards, task.theme, found)
    found.judge("distinct places", _same_shot(boards), count, "places shown twice in the same framing")
    actions = [board.action for board in boards]
    again = repeated(actions, "board", "en", task.theme)
    found.judge("distinct behaviours", again, count, "likeness of actions, but for the theme's words")
    hours = joined(_wrong_hours(boards), backwards([board.time_of_day for board in boards], "board"))
    found.judge("temporal continuity", hours, count, "hours in order; words of an hour against the board's")
    events = [deed(beat.event) for beat in task.story.story.beats]
    found.judge("story coverage", _uncovered(boards, events), count, "likeness of each board and the event it shows")
    wrong = joined(_belongings(boards, task.theme), _misplaced(boards), _framings(boards))
    seen_as = "framings; what is done against where; things that come from nowhere or vanish"
    found.judge("filmable", wrong, count, seen_as)


def _belongs(boards: Sequence[Board], theme: str, found: Findings) -> None:
    """The share of boards that name a word of the theme, and whether everybody whom the theme brings along is seen."""
    words = content(theme)
    texts = [" ; ".join((b.place, b.action, *b.props, *b.holds, *b.company)) for b in boards]
    measured = comparable(words, " ".join(texts))
    bare = [n for n, text in enumerate(texts) if not named(words, text)] if measured else []
    share = 1 - len(bare) / len(boards)
    missing = bare if share < THIRD else []
    wrong = {f"board {n + 1}": ("Nothing of the theme is seen.", f"Show what {theme[:200]!r} names.") for n in missing}
    unseen = [person.name for person in companions(theme) if not seen(person, boards)]
    if unseen:
        wrong["board 1"] = (f"The theme names {unseen[0]!r}, and no board shows it.", f"Let {unseen[0]!r} be seen.")
    said = f"{share:.0%} of the boards name the theme" if measured else "theme and boards are in two languages"
    reason = f"{said}; not seen: {', '.join(unseen) or 'nobody'}"
    found.judge("belongs to the theme", wrong, len(boards), reason, min(mark_of_share(share), 3.0 if unseen else 5.0))


def _same_shot(boards: Sequence[Board]) -> Wrong:
    """Places that come again as they were framed when they were last seen; the last board may come back to the first,
    as an echo."""
    last: dict[str, int] = {}
    wrong = {}
    for number, board in enumerate(boards, 1):
        before = last.get(board.place.lower(), 0)
        if before and boards[before - 1].framing is board.framing and not (before == 1 and number == len(boards)):
            problem = f"It shows the place of board {before} in the same framing."
            wrong[f"board {number}"] = (problem, "Show it from another distance.")
        last[board.place.lower()] = number
    return wrong


def _wrong_hours(boards: Sequence[Board]) -> Wrong:
    said = {number: wrong_hour(board) for number, board in enumerate(boards, 1)}
    return {
        f"board {number}": (f"It says {what}.", "Let words and hour agree.") for number, what in said.items() if what
    }


def _uncovered(boards: Sequence[Board], events: Sequence[str]) -> Wrong:
    if not events:
        return {}
    near = relevance([board.action for board in boards], events).max(axis=1)
    return {
        f"board {n + 1}": ("It shows nothing of the story.", "Show the beat that belongs here.")
        for n, value in enumerate(near)
        if value < ALIKE["en"] / 2
    }


def _belongings(boards: Sequence[Board], theme: str) -> Wrong:
    gone = {
        f"board {number + 1}": (
            f"It is carried here and then never seen again: {thing}.",
            "Let it be put down or kept.",
        )
        for number, thing in vanished(boards).items()
    }
    new = {
        f"board {number + 1}": (f"Nothing brought this here: {thing}.", "Bring it in first, or leave it out.")
        for number, thing in from_nowhere(theme, boards).items()
    }
    return joined(gone, new)


def _misplaced(boards: Sequence[Board]) -> Wrong:
    found = {f"board {number}": misplaced_act(board) for number, board in enumerate(boards, 1)}
    return {target: what for target, what in found.items() if what}


def _framings(boards: Sequence[Board]) -> Wrong:
    """Framings that repeat their neighbour's or do not show what they should."""
    wrong = {}
    for number, board in enumerate(boards):
        problem = _framed_badly(number, boards)
        if number and board.framing is boards[number - 1].framing:
            problem = f"Framed like board {number}."
        if problem:
            wrong[f"board {number + 1}"] = (problem, "Choose another framing.")
    return wrong


def _framed_badly(number: int, boards: Sequence[Board]) -> str:
    """The first shot shows the place; a back is seen once at most and not last; three shots in four keep their
    distance."""
    board, before = boards[number], [board.framing for board in boards[:number]]
    if number == 0 and board.framing not in _OPENINGS:
        return "The film opens without showing where it is."
    if board.framing is Framing.OVER_SHOULDER and (number == len(boards) - 1 or board.framing in before):
        return "The person is seen from behind once more."
    if board.framing not in _CLOSE:
        return ""
    if sum(one in _CLOSE for one in before) >= max(1, len(boards) // 4):
        return "So near once more."
    whole = board.act in _WHOLE or re.search(r"\b(walks|runs|kneels|climbs|dances|jumps|crouches)\b", board.action)
    return "What the body does is not seen from so near." if whole else ""
