"""The edit agent's instructions (Eq. 8) in the embedded painter's own terms: read, summed up, and said aloud where they
cannot be followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from personavlog.backbones.corrections import Correction
from personavlog.metrics import text
from personavlog.metrics.text_tokens import is_cjk
from personavlog.script import Board, Framing, Weather
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.correcting import phrase_bank, words
from personavlog_embedded.correcting.chinese import understand_chinese
from personavlog_embedded.correcting.grammar import understand
from personavlog_embedded.correcting.instruction import Clause, clauses
from personavlog_embedded.correcting.mood import emotion_of, towards
from personavlog_embedded.correcting.pose import pose_of
from personavlog_embedded.correcting.wanted import ANOTHER_POSE, Answer, Order, first_named
from personavlog_embedded.face import mood
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
ACTION = 230
"""Characters of the board's action that are kept where a held thing is added."""
MOST_PROPS = 5
MOST_THINGS = 10
"""Shown and removed ones together."""
MOST_NOTES = 12
MOST_SAID = 64
"""Phrases of all attempts together that are followed."""
QUOTED = 80
"""Characters of an instruction that a note repeats."""
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


def phrases(earlier: list[str], correction: str | None) -> list[str]:
    """All instructions so far, one request each, bounded; the newest are kept."""
    return [*earlier, *(clause.said for clause in clauses(correction or ""))][-MOST_SAID:]


def read_change(board: Board, said: list[str]) -> KeyframeChange:
    """The board with all phrases applied in order. Needs the sentence embeddings for words that no rule knows."""
    change = KeyframeChange(board, things=board.props)
    for phrase in said[-MOST_SAID:]:
        for clause in clauses(phrase):
            change = _follow(change, clause)
    return change


def _follow(change: KeyframeChange, clause: Clause) -> KeyframeChange:
    answer = _understood(clause.plain)
    if answer is None:
        return _noted(change, f"The embedded painter cannot follow {clause.said[:QUOTED]!r}. {_CAN}")
    for part in answer:
        change = (
            _noted(change, f"{clause.said[:QUOTED]!r}: {part}")
            if isinstance(part, str)
            else _obey(change, replace(part, amount=clause.amount))
        )
    return change


def _understood(plain: str) -> Answer | None:
    if any(is_cjk(character) for character in plain):
        return understand_chinese(plain)
    found = understand(plain)
    return phrase_bank.nearest(plain) if found is None else found


def _obey(change: KeyframeChange, order: Order) -> KeyframeChange:
    return _ACTS[order.correction](change, order)


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


def _shifted(change: KeyframeChange, amount: float) -> KeyframeChange:
    return replace(change, shift=min(max(change.shift + SHIFT_STEP * amount, -FARTHEST), FARTHEST))


def _stepped(change: KeyframeChange, order: Order) -> KeyframeChange:
    closer = order.correction is Correction.CLOSER
    step = (_CLOSER if closer else _WIDER).get(change.board.framing)
    if step is None:
        return _noted(
            change, f"The framing {change.board.framing.value!r} cannot get {'closer' if closer else 'wider'}."
        )
    return _boarded(change, framing=step)


def _framed(change: KeyframeChange, order: Order) -> KeyframeChange:
    framing = first_named(order.thing, words.FRAMINGS)
    return (
        _noted(change, f"There is no framing {order.thing!r}; there are {', '.join(Framing)}.")
        if framing is None
        else _boarded(change, framing=framing)
    )


def _added(change: KeyframeChange, order: Order) -> KeyframeChange:
    props = change.board.props
    if order.thing.casefold() in (prop.casefold() for prop in props):
        return change
    if len(props) >= MOST_PROPS:
        return _noted(change, f"There are {MOST_PROPS} things in the picture already; {order.thing!r} is not added.")
    change = _boarded(change, props=(*props, order.thing))
    return replace(change, things=_listed(change, order.thing))


def _listed(change: KeyframeChange, thing: str) -> tuple[str, ...]:
    """All things with this one; where they are too many, the first removed one is forgotten."""
    things = tuple(dict.fromkeys((*change.things, thing)))
    forgotten = (
        next((one for one in things if one not in change.board.props), None) if len(things) > MOST_THINGS else None
    )
    return tuple(one for one in things if one != forgotten)


def _removed(change: KeyframeChange, order: Order) -> KeyframeChange:
    props, thing = change.board.props, order.thing
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
    return _boarded(change, props=tuple(prop for number, prop in enumerate(change.board.props) if number != index))


def _odd(change: KeyframeChange, order: Order) -> KeyframeChange:
    """Without the thing that has least to do with the place and the action; where there is none, the place is seen from
    another side."""
    props = change.board.props
    if not props:
        return replace(change, look=change.look + 1)
    scores = text.similarity([f"{change.board.place}. {change.board.action}"], props)[0]
    worst = int(scores.argmin())
    return _noted(_without(change, worst), f"What does not belong was taken to be {props[worst]!r}.")


def _timed(change: KeyframeChange, order: Order) -> KeyframeChange:
    time = first_named(order.thing, words.TIMES)
    return (
        _noted(change, f"There is no time of day {order.thing!r}.")
        if time is None
        else _boarded(change, time_of_day=time)
    )


def _weathered(change: KeyframeChange, order: Order) -> KeyframeChange:
    weather = first_named(order.thing, {**words.WEATHERS, r"^clear$": Weather.CLEAR})
    return (
        _noted(change, f"There is no weather {order.thing!r}.")
        if weather is None
        else _boarded(change, weather=weather)
    )


def _felt(change: KeyframeChange, order: Order) -> KeyframeChange:
    emotion, face = emotion_of(order.thing), mood.read_expression(order.thing, change.expression)
    if emotion is None and face is None:
        return _noted(
            change,
            f"The embedded painter has no expression {order.thing!r}; it knows {_FACES}.",
        )
    share = order.amount
    if emotion is not None and emotion is not change.board.emotion:
        change, share = _boarded(change, emotion=emotion), share * WITH_EMOTION
    return change if face is None else replace(change, expression=towards(change.expression, face, share))


def _next_rest(pose: str) -> str:
    """Another quiet pose than the one that did not please."""
    return RESTS[(RESTS.index(pose) + 1) % len(RESTS)] if pose in RESTS else RESTS[0]


def _posed(change: KeyframeChange, order: Order) -> KeyframeChange:
    name = _next_rest(change.pose) if order.thing == ANOTHER_POSE else pose_of(order.thing)
    if name is None:
        return _noted(change, f"The embedded painter has no pose {order.thing!r}; it has {', '.join(POSES)}.")
    if order.thing.startswith("holding ") and order.thing not in change.board.action:
        # What the action names is what the hand holds.
        change = _boarded(change, action=f"{change.board.action.rstrip('. ')[:ACTION]}, {order.thing}")
    return replace(change, pose=name)


_FACES = (
    "happy, sad, surprised, serious, angry, scared, tired, calm, closed eyes, an open mouth, and where the eyes look"
)
_CAN = (
    "It can add, remove or replace a thing, change the place, time of day, weather, framing, pose, expression or where "
    "the person looks, "
    "and make the person bigger or smaller, the picture brighter, darker or sharper, the background calmer."
)
Act = Callable[[KeyframeChange, Order], KeyframeChange]
_ACTS: dict[Correction, Act] = {
    Correction.ADD: _added,
    Correction.REMOVE: _removed,
    Correction.BIGGER: lambda change, order: _sized(change, STEP**order.amount),
    Correction.SMALLER: lambda change, order: _sized(change, STEP**-order.amount),
    Correction.BRIGHTER: lambda change, order: _exposed(change, EXPOSURE_STEP**order.amount),
    Correction.DARKER: lambda change, order: _exposed(change, EXPOSURE_STEP**-order.amount),
    Correction.SHARPER: lambda change, order: replace(change, sharpen=min(change.sharpen + 0.6 * order.amount, 1.8)),
    Correction.CLOSER: _stepped,
    Correction.WIDER: _stepped,
    Correction.LEFT: lambda change, order: _shifted(change, -order.amount),
    Correction.RIGHT: lambda change, order: _shifted(change, order.amount),
    Correction.WHOLE_HEAD: lambda change, order: _sized(replace(change, whole_head=True), 0.94),
    Correction.CENTRE: lambda change, order: replace(change, centred=True, shift=0.0),
    Correction.FRAMING: _framed,
    Correction.PLACE: lambda change, order: _boarded(change, place=order.thing),
    Correction.TIME: _timed,
    Correction.WEATHER: _weathered,
    Correction.OTHER_VIEW: lambda change, order: replace(change, look=change.look + 1),
    Correction.CALMER: lambda change, order: replace(change, calm=min(change.calm + order.amount, 2.0)),
    Correction.ODD: _odd,
    Correction.EXPRESSION: _felt,
    Correction.POSE: _posed,
    Correction.AGAIN: lambda change, order: (
        change
    ),  # Every correction is painted from the reference and the board anew; nothing else is needed.
    Correction.SAME_FACE: lambda change, order: replace(
        change, face_strength=max(0.4, change.face_strength - 0.3 * order.amount)
    ),
}
