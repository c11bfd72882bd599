"""The edit agent's corrections (Eq. 8) in the embedded painter's own terms: summed up, and said aloud where they cannot
be followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from personavlog.backbones.corrections import Correction, Face, Remedy
from personavlog.metrics import text
from personavlog.script import Act, Board, Framing, TimeOfDay, Weather
from personavlog_embedded.body.company import completed
from personavlog_embedded.face.asked import FACES, asked
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression
from personavlog_embedded.things import emoji_index

STEP = 1.18
"""Factor of "bigger" and "smaller"."""
EXPOSURE_STEP = 1.22
SHIFT_STEP = 0.09
"""Of the frame's width."""
SIZES, EXPOSURES, FARTHEST = (0.4, 2.2), (0.45, 2.2), 0.36
"""Bounds of all corrections together: the person's size, the exposure, and the shift either way."""
WITH_EMOTION = 0.5
"""Share of an expression that is added where the board's emotion changes with it: both together would be a grimace."""
RESTS = ("arms crossed", "stand", "lean")
"""Poses that are tried where limbs looked wrong; first one that few boards ask for."""
MOST_PROPS = 5
MOST_THINGS = 10
"""Shown and removed ones together."""
MOST_NOTES = 12
MOST_ASKED = 64
"""Corrections of all attempts together that are followed; the newest are kept."""
QUOTED = 80
"""Characters of an instruction that a note repeats."""
HANDS = 2
"""Things that a board's person holds at most."""
ALIKE = 0.8
"""Cosine above which "remove x" means a thing that the board calls otherwise."""
_CLOSER = {
    Framing.WIDE: Framing.MEDIUM,
    Framing.MEDIUM: Framing.CLOSE_UP,
    Framing.OVER_SHOULDER: Framing.MEDIUM,
    Framing.SELFIE: Framing.CLOSE_UP,
}
_WIDER = {
    Framing.CLOSE_UP: Framing.MEDIUM,
    Framing.SELFIE: Framing.MEDIUM,
    Framing.OVER_SHOULDER: Framing.MEDIUM,
    Framing.MEDIUM: Framing.WIDE,
}


@dataclass(frozen=True)
class KeyframeChange:
    """The board as corrected, factors (1 changes nothing) and shifts (share of the width), and what could not be
    followed.

    The fields that ``KeyframeSpec`` has too are explained there; ``pose`` is a name of the painter's library.
    ``things`` are the board's props with the removed ones, in an order that corrections keep: a thing's place follows
    from it.
    """

    board: Board
    size: float = 1.0
    shift: float = 0.0
    exposure: float = 1.0
    sharpen: float = 0.0
    whole_head: bool = False
    centred: bool = False
    look: int = 0
    calm: float = 0.0
    face_strength: float = 1.0
    pose: str = ""
    expression: Expression = AS_IN_PHOTO
    things: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_change(board: Board, corrections: Sequence[Remedy]) -> KeyframeChange:
    """The board with all corrections applied in order. Needs the sentence embeddings where a thing to be removed is
    called otherwise."""
    board = completed(board)
    change = KeyframeChange(board, things=board.props)
    for remedy in corrections[-MOST_ASKED:]:
        change = _ACTS[remedy.correction](change, remedy.thing)
    return change


def _noted(change: KeyframeChange, note: str) -> KeyframeChange:
    return (
        change
        if note in change.notes or len(change.notes) >= MOST_NOTES
        else replace(change, notes=(*change.notes, note))
    )


def _boarded(change: KeyframeChange, **fields: object) -> KeyframeChange:
    return replace(change, board=change.board.model_copy(update=fields))


def _sized(change: KeyframeChange, factor: float) -> KeyframeChange:
    return replace(change, size=min(max(change.size * factor, SIZES[0]), SIZES[1]))


def _exposed(change: KeyframeChange, factor: float) -> KeyframeChange:
    return replace(change, exposure=min(max(change.exposure * factor, EXPOSURES[0]), EXPOSURES[1]))


def _shifted(change: KeyframeChange, steps: float) -> KeyframeChange:
    return replace(change, shift=min(max(change.shift + SHIFT_STEP * steps, -FARTHEST), FARTHEST))


def _closer(change: KeyframeChange, thing: str) -> KeyframeChange:
    return _stepped(change, _CLOSER, "closer")


def _wider(change: KeyframeChange, thing: str) -> KeyframeChange:
    return _stepped(change, _WIDER, "wider")


def _stepped(change: KeyframeChange, steps: Mapping[Framing, Framing], how: str) -> KeyframeChange:
    step = steps.get(change.board.framing)
    if step is None:
        return _noted(change, f"The framing {change.board.framing.value!r} cannot get {how}.")
    return _boarded(change, framing=step)


def _added(change: KeyframeChange, thing: str) -> KeyframeChange:
    props = change.board.props
    if thing.casefold() in (prop.casefold() for prop in props):
        return change
    if len(props) >= MOST_PROPS:
        return _noted(change, f"There are {MOST_PROPS} things in the picture already; {thing!r} is not added.")
    change = _boarded(change, props=(*props, thing))
    return replace(change, things=_listed(change, thing))


def _held(change: KeyframeChange, thing: str) -> KeyframeChange:
    """The thing in a hand; of more than the hands hold, the newest stay there."""
    change = _added(change, thing)
    others = tuple(one for one in change.board.holds if one.casefold() != thing.casefold())
    return _boarded(change, holds=(*others, thing)[-HANDS:]) if thing in change.board.props else change


def _listed(change: KeyframeChange, thing: str) -> tuple[str, ...]:
    """All things with this one; where they are too many, the first removed one is forgotten."""
    things = tuple(dict.fromkeys((*change.things, thing)))
    forgotten = (
        next((one for one in things if one not in change.board.props), None) if len(things) > MOST_THINGS else None
    )
    return tuple(one for one in things if one != forgotten)


def _removed(change: KeyframeChange, thing: str) -> KeyframeChange:
    props = change.board.props
    scores = [_alike(thing, prop) for prop in props]
    if not scores or max(scores) < ALIKE:
        return _noted(
            change,
            f"There is no {thing!r} in the picture that could be removed; it shows "
            f"{', '.join(props) or 'no single things'}.",
        )
    return _without(change, scores.index(max(scores)))


def _alike(thing: str, prop: str) -> float:
    """1 for the same words or the same drawing (which has names in two languages), else the cosine."""
    if thing.casefold() in prop.casefold() or prop.casefold() in thing.casefold():
        return 1.0
    drawings = [hit[0].name for hit in (emoji_index.find_emoji(thing), emoji_index.find_emoji(prop)) if hit]
    return 1.0 if len(drawings) == 2 and drawings[0] == drawings[1] else float(text.similarity([thing], [prop])[0, 0])


def _without(change: KeyframeChange, index: int) -> KeyframeChange:
    """What was held stays named there: the arm remains where it was, and nothing is drawn in the hand."""
    return _boarded(change, props=tuple(prop for number, prop in enumerate(change.board.props) if number != index))


def _odd(change: KeyframeChange, thing: str) -> KeyframeChange:
    """Without the thing that has least to do with the place and the action; where there is none, the place is seen from
    another side."""
    props = change.board.props
    if not props:
        return replace(change, look=change.look + 1)
    scores = text.similarity([f"{change.board.place}. {change.board.action}"], props)[0]
    worst = int(scores.argmin())
    return _noted(_without(change, worst), f"What does not belong was taken to be {props[worst]!r}.")


def _felt(change: KeyframeChange, thing: str) -> KeyframeChange:
    """A face asked for; with the board's emotion, where it goes with one."""
    face, share = FACES[Face(thing)], 1.0
    if face.emotion is not None and face.emotion is not change.board.emotion:
        change, share = _boarded(change, emotion=face.emotion), WITH_EMOTION
    return replace(change, expression=asked(change.expression, face, share))


def _rested(change: KeyframeChange, thing: str) -> KeyframeChange:
    """Another quiet pose than the one that did not please."""
    pose = change.pose
    return replace(change, pose=RESTS[(RESTS.index(pose) + 1) % len(RESTS)] if pose in RESTS else RESTS[0])


def _in_words(change: KeyframeChange, thing: str) -> KeyframeChange:
    return _noted(change, f"The embedded painter reads no prose and cannot follow {thing[:QUOTED]!r}.")


Followed = Callable[[KeyframeChange, str], KeyframeChange]
_ACTS: dict[Correction, Followed] = {
    Correction.ADD: _added,
    Correction.REMOVE: _removed,
    Correction.HOLD: _held,
    Correction.BIGGER: lambda change, thing: _sized(change, STEP),
    Correction.SMALLER: lambda change, thing: _sized(change, 1 / STEP),
    Correction.BRIGHTER: lambda change, thing: _exposed(change, EXPOSURE_STEP),
    Correction.DARKER: lambda change, thing: _exposed(change, 1 / EXPOSURE_STEP),
    Correction.SHARPER: lambda change, thing: replace(change, sharpen=min(change.sharpen + 0.6, 1.8)),
    Correction.CLOSER: _closer,
    Correction.WIDER: _wider,
    Correction.LEFT: lambda change, thing: _shifted(change, -1),
    Correction.RIGHT: lambda change, thing: _shifted(change, 1),
    Correction.WHOLE_HEAD: lambda change, thing: _sized(replace(change, whole_head=True), 0.94),
    Correction.CENTRE: lambda change, thing: replace(change, centred=True, shift=0.0),
    Correction.FRAMING: lambda change, thing: _boarded(change, framing=Framing(thing)),
    Correction.PLACE: lambda change, thing: _boarded(change, place=thing),
    Correction.TIME: lambda change, thing: _boarded(change, time_of_day=TimeOfDay(thing)),
    Correction.WEATHER: lambda change, thing: _boarded(change, weather=Weather(thing)),
    Correction.OTHER_VIEW: lambda change, thing: replace(change, look=change.look + 1),
    Correction.CALMER: lambda change, thing: replace(change, calm=min(change.calm + 1.0, 2.0)),
    Correction.ODD: _odd,
    Correction.EXPRESSION: _felt,
    Correction.POSE: lambda change, thing: replace(_boarded(change, act=Act(thing)), pose=""),
    Correction.OTHER_POSE: _rested,
    Correction.AGAIN: lambda change, thing: (
        change
    ),  # Every correction is painted from the reference and the board anew; nothing else is needed.
    Correction.SAME_FACE: lambda change, thing: replace(change, face_strength=max(0.4, change.face_strength - 0.3)),
    Correction.WORDS: _in_words,
}
