"""The seg agent's writer (Eq. 2): the plain writer's boards, and in those that it did not write itself what the beat's
words say: act, things, hands, company, mood."""

from __future__ import annotations

from collections.abc import Sequence

from personavlog.backbones.reviews import Change
from personavlog.script import Act, Board, Emotion, Framing, StoryDraft
from personavlog_embedded.writing.language.words import act_of, has_grip, in_hand, table, things, words
from personavlog_embedded.writing.plain import writer as plain
from personavlog_embedded.writing.plain.activities import Tone
from personavlog_embedded.writing.plain.boards import PROPS, WHOLE, reframed, reframed_by
from personavlog_embedded.writing.plain.recognising import recognise
from personavlog_embedded.writing.plain.theme import Theme

_NEAR = frozenset((Act.READ, Act.WRITE, Act.DRAW, Act.SEW, Act.CUT, Act.REPAIR, Act.CRY, Act.LAUGH, Act.EAT, Act.DRINK))


def write_boards(
    *, story_draft: StoryDraft, theme: str, shots: int, seed: int, style: str = "", notes: Sequence[Change] = ()
) -> tuple[Board, ...]:
    """One board per shot, in English; no question to the model, so that an edited story is drawn as it stands."""
    read, beats = plain.readable(theme), story_draft.story.beats
    drawn = list(plain.write_boards(story_draft=story_draft, theme=theme, shots=shots, seed=seed, style=style))
    roles = {beat.event: beat.role for beat in beats}
    for number, board in enumerate(drawn):
        if recognise(board.action, read) is None:
            drawn[number] = _told(board, roles.get(board.action, ""), read, number)
    for number in range(len(drawn)):
        drawn[number] = drawn[number].model_copy(update={"framing": reframed(number, drawn)})
    return reframed_by(notes, drawn)


def _told(board: Board, role: str, read: Theme, number: int) -> Board:
    act, seen = act_of(board.action), things(board.action)
    held = tuple(thing for thing in in_hand(board.action) if has_grip(thing))
    friend = read.companion
    here = friend is not None and friend.head in words(board.action)
    return board.model_copy(
        update={
            "act": act,
            "props": tuple(dict.fromkeys((*held, *seen)))[:PROPS],
            "holds": held,
            "company": (friend.english,) if friend is not None and here else (),
            "emotion": _feeling(role, read.tone),
            "framing": _framing(act, number),
        }
    )


def _feeling(role: str, tone: Tone) -> Emotion:
    light, grave = table().feel.get(role, (Emotion.CALM, Emotion.CALM))
    return grave if tone is Tone.GRAVE else light


def _framing(act: Act | None, number: int) -> Framing:
    """Wide to begin with and for the whole body, near for small work of the hands."""
    if number == 0 or act in WHOLE:
        return Framing.WIDE
    return Framing.CLOSE_UP if act in _NEAR else Framing.MEDIUM
