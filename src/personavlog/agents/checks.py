"""What code can see of a draft without a model: notes for its writer, before a reviewer is paid.

They are wishes, not gates: a draft that keeps what a check wants changed is reviewed all the same (``loop``). What no
draft says cannot be checked here. On which side of the line between two people, or of a person's way, the camera stands
is written nowhere, so of the 180-degree rule only what is said counts: pans that turn back, and ways "to the left" and
"to the right". On which day a board plays is not written either, so a morning after dusk or night is taken for the
next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise

from personavlog.backbones.drafts import Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import Change
from personavlog.backbones.tasks import MonoTask, SegTask, StoryTask, VideoTask
from personavlog.script import Act, Board, Camera, StoryDraft, TimeOfDay, VideoDescription

IN_A_ROW = 3
"""So many shots in one framing, or with one camera movement, are a habit and no choice."""
OPENING = 2
"""Words of a line that make its opening; characters in Chinese."""
TURNS_BACK = (frozenset((Camera.PAN_LEFT, Camera.PAN_RIGHT)), frozenset((Camera.TILT_UP, Camera.TILT_DOWN)))
GOING = frozenset((Act.WALK, Act.RUN, Act.RIDE, Act.DRIVE, Act.ROW, Act.SWIM, Act.FLY, Act.CARRY, Act.PUSH, Act.PULL))
"""Acts that take a person somewhere, so that a side of the picture is where they go."""
_HOURS = tuple(TimeOfDay)
_EVENING = (TimeOfDay.DUSK, TimeOfDay.NIGHT)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset(("a", "an", "the", "of", "in", "on", "at", "to", "by", "for", "from", "with", "and", "or"))
_LEFTWARD = re.compile(r"\b(?:to|towards?|from right to) (?:the )?left\b|\bleftwards?\b", re.IGNORECASE)
_RIGHTWARD = re.compile(r"\b(?:to|towards?|from left to) (?:the )?right\b|\brightwards?\b", re.IGNORECASE)


def story_checks(draft: StoryDraft, task: StoryTask) -> Sequence[Change]:
    """Hours in order, no beat told twice in other order of words."""
    beats = draft.story.beats
    return [
        *_backwards([beat.time_of_day for beat in beats], "beat"),
        *_doubled([beat.event for beat in beats], "beat", "event"),
    ]


def board_checks(draft: Storyboards, task: SegTask) -> Sequence[Change]:
    """Distinct places and actions, hours in order, a rhythm of framings."""
    return [*_of_boards(draft.boards)]


def video_checks(draft: VideoDescriptions, task: VideoTask) -> Sequence[Change]:
    """A rhythm of camera movements, none that turns back on the one before, and one direction of a way."""
    return [*_of_videos(draft.videos, task.boards)]


def mono_checks(draft: Monologues, task: MonoTask) -> Sequence[Change]:
    """No line twice, and no opening in two lines that follow each other. Lengths are held by the agent's gate."""
    return [*_of_lines([line.text for line in draft.monologues], task.language)]


def shot_checks(
    boards: Sequence[Board], videos: Sequence[VideoDescription], lines: Sequence[str], language: str
) -> Sequence[Change]:
    """The same of the shots of a whole script, as for a person who edits it."""
    return [*_of_boards(boards), *_of_videos(videos, boards), *_of_lines(lines, language)]


def _of_boards(boards: Sequence[Board]) -> Iterator[Change]:
    yield from _same_spot(boards)
    yield from _backwards([board.time_of_day for board in boards], "board")
    yield from _doubled([board.action for board in boards], "board", "action")
    yield from _in_a_row([board.framing.value for board in boards], "board", "framing")


def _of_videos(videos: Sequence[VideoDescription], boards: Sequence[Board]) -> Iterator[Change]:
    yield from _in_a_row([video.camera.value for video in videos], "video", "camera movement")
    yield from _turning([video.camera for video in videos])
    yield from _crossing([video.motion for video in videos], boards)


def _of_lines(lines: Sequence[str], language: str) -> Iterator[Change]:
    yield from _doubled(lines, "monologue", "line", _spoken)
    yield from _openings(lines, language)


def _backwards(times: Sequence[TimeOfDay | None], kind: str) -> Iterator[Change]:
    before: TimeOfDay | None = None
    for number, time in enumerate(times, 1):
        back = before is not None and time is not None and _HOURS.index(time) < _HOURS.index(before)
        if back and not (before is TimeOfDay.NIGHT or (before in _EVENING and time is TimeOfDay.MORNING)):
            problem = f"It is {time} after {before}, and no night lies between."
            yield _change(kind, number, problem, "Let the hours move forward, or let a night pass first.")
        before = time or before


def _same_spot(boards: Sequence[Board]) -> Iterator[Change]:
    """The last board may come back to the first one's: that is an echo."""
    seen: dict[Hashable, int] = {}
    for number, board in enumerate(boards, 1):
        first = seen.setdefault((_words(board.place), board.framing), number)
        if first != number and not (first == 1 and number == len(boards) > 2):
            problem = f"It shows the place of board {first} in the same framing."
            yield _change("board", number, problem, "Choose another spot, or another distance.")


def _doubled(
    texts: Sequence[str], kind: str, what: str, key: Callable[[str], Hashable] | None = None
) -> Iterator[Change]:
    seen: dict[Hashable, int] = {}
    for number, text in enumerate(texts, 1):
        first = seen.setdefault((key or _words)(text), number)
        if first != number:
            problem = f"Its {what} is that of {kind} {first} in almost the same words."
            yield _change(kind, number, problem, f"A different {what}.")


def _in_a_row(values: Sequence[str], kind: str, what: str) -> Iterator[Change]:
    run = 1
    for number, (before, value) in enumerate(pairwise(values), 2):
        run = run + 1 if value == before else 1
        if run == IN_A_ROW:
            problem = f"The {what} {value!r} comes {IN_A_ROW} times in a row."
            yield _change(kind, number, problem, f"Another {what} here.")
            run = 0


def _turning(cameras: Sequence[Camera]) -> Iterator[Change]:
    for number, pair in enumerate(pairwise(cameras), 2):
        if frozenset(pair) in TURNS_BACK:
            problem = f"{pair[1].value!r} turns back on {pair[0].value!r} of the shot before."
            yield _change("video", number, problem, "Keep the direction, or move the camera in another way.")


def _crossing(motions: Sequence[str], boards: Sequence[Board]) -> Iterator[Change]:
    sides = [_side(motion) if board.act in GOING else "" for motion, board in zip(motions, boards, strict=False)]
    for number, (before, side) in enumerate(pairwise(sides), 2):
        if before and side and before != side:
            problem = f"The person goes to the {side}, and in the shot before to the {before}."
            yield _change("video", number, problem, f"Let the way go on to the {before}, or say that they turn round.")


def _side(motion: str) -> str:
    """Where the person goes; nothing where it is not said, or both are."""
    left, right = bool(_LEFTWARD.search(motion)), bool(_RIGHTWARD.search(motion))
    return "" if left == right else "left" if left else "right"


def _openings(lines: Sequence[str], language: str) -> Iterator[Change]:
    for number, (before, line) in enumerate(pairwise([_opening(line, language) for line in lines]), 2):
        if line and line == before:
            yield _change("monologue", number, "It opens like the line before.", "Begin it in another way.")


def _opening(line: str, language: str) -> str:
    if language == "zh":
        return line.strip()[: 2 * OPENING]
    return " ".join(_WORD.findall(line.casefold())[:OPENING])


def _spoken(line: str) -> str:
    """A line as it is heard: small words count."""
    return " ".join(_WORD.findall(line.casefold()))


def _words(text: str) -> frozenset[str]:
    """What a text is made of; the text itself where that is small words only."""
    return frozenset(_WORD.findall(text.casefold())) - _SMALL or frozenset((text.casefold(),))


def _change(kind: str, number: int, problem: str, wanted: str) -> Change:
    return Change(target=f"{kind} {number}", problem=problem, wanted=wanted)
