"""Boards of a film: its steps filled from the theme, and what a person wrote instead kept as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from personavlog.backbones.reviews import Change
from personavlog.script import Act, Beat, Board, Emotion, Framing, TimeOfDay, Weather
from personavlog_embedded.writing.plain.activities import SLOT, Tone
from personavlog_embedded.writing.plain.company import joined, together
from personavlog_embedded.writing.plain.film import Shot
from personavlog_embedded.writing.plain.fitting import fitted
from personavlog_embedded.writing.plain.grounds import setting_of
from personavlog_embedded.writing.plain.notes import targets
from personavlog_embedded.writing.plain.sentences import board_values, fill
from personavlog_embedded.writing.plain.theme import Theme

PROPS = 5
CLOSE = frozenset((Framing.CLOSE_UP, Framing.SELFIE))
OPENINGS = frozenset((Framing.WIDE, Framing.MEDIUM))
WHOLE = frozenset(
    (Act.WALK, Act.RUN, Act.JUMP, Act.CLIMB, Act.CROUCH, Act.KNEEL, Act.DANCE, Act.SWIM, Act.RIDE, Act.ROW, Act.DIG)
)
"""Acts of the whole body, which a near framing cuts off."""
_OTHERS = (Framing.MEDIUM, Framing.WIDE, Framing.CLOSE_UP, Framing.OVER_SHOULDER)
_QUIETED: Mapping[Emotion, Emotion] = {
    Emotion.JOYFUL: Emotion.CALM,
    Emotion.EXCITED: Emotion.CALM,
    Emotion.PROUD: Emotion.CALM,
}
_SEASON = {"winter": Weather.SNOW}


def actions(planned: Sequence[Shot], theme: Theme) -> tuple[str, ...]:
    """What is done in each shot, in words, with the companion where they are."""
    here = together(planned, theme)
    return tuple(action(shot, theme, number, number in here) for number, shot in enumerate(planned))


def action(shot: Shot, theme: Theme, number: int, company: bool) -> str:
    """One shot's action."""
    values = dict(board_values(theme, shot.frame, shot.tool, shot.spot))
    if not company:
        values = {slot: text for slot, text in values.items() if slot not in ("c", "C")}
    text = fill(shot.step.do, values).rstrip(".")
    seen = theme.companion is not None and theme.companion.english.lower() in text.lower()
    return joined(text, theme, shot.step.act, number) if company and not seen else text


def boards(planned: Sequence[Shot], beats: Sequence[Beat], theme: Theme, seed: int) -> tuple[Board, ...]:
    """The boards of planned shots; ``beats`` are the story's, which may name other places and hours."""
    here = together(planned, theme)
    weather = weather_of(theme, planned, seed)
    drawn = [
        _board(shot, beat, theme, number in here, weather)
        for number, (shot, beat) in enumerate(zip(planned, beats, strict=True))
    ]
    for number in range(len(drawn)):
        drawn[number] = drawn[number].model_copy(update={"framing": reframed(number, drawn)})
    return tuple(drawn)


def _board(shot: Shot, beat: Beat, theme: Theme, company: bool, weather: Weather) -> Board:
    values = board_values(theme, shot.frame, shot.tool, shot.spot)
    holds = _things([shot.step.holds], values)
    seen = _things(shot.step.see, values)
    told = fitted(theme, shot.frame)
    thing = [told.object.english] if told.object is not None and shot.frame.kinds and _is_thing(told) else []
    friend = theme.companion
    return Board(
        place=beat.place or shot.spot.noun,
        time_of_day=beat.time_of_day or shot.hour,
        weather=weather,
        action=beat.event,
        framing=shot.step.frame,
        emotion=feeling(shot.step.feel, theme.tone),
        props=tuple(dict.fromkeys([*holds, *thing, *seen]))[:PROPS],
        act=shot.step.act,
        holds=tuple(holds[:2]),
        company=(friend.english,) if friend is not None and company else (),
    )


def _is_thing(theme: Theme) -> bool:
    """Whether the object can be put into a picture as a thing: not a place, a trade or an idea."""
    kind = theme.object.kind if theme.object is not None else None
    return kind is None or kind.value not in (
        "building",
        "landscape",
        "sky",
        "event",
        "idea",
        "work",
        "person",
        "craft",
    )


def _things(texts: Sequence[str | None], values: Mapping[str, str]) -> list[str]:
    known = [text for text in texts if text and set(SLOT.findall(text)) <= values.keys()]
    return [fill(text, values) for text in known]


def feeling(emotion: Emotion, tone: Tone) -> Emotion:
    """The step's emotion; nobody is delighted in a grave film."""
    return _QUIETED.get(emotion, emotion) if tone is Tone.GRAVE else emotion


def weather_of(theme: Theme, planned: Sequence[Shot], seed: int) -> Weather:
    """The theme's weather, else its season's, else one that suits the first place."""
    if theme.weather is not None:
        return theme.weather
    choice = setting_of(planned[0].spot.noun).weathers
    winter = _SEASON.get(theme.season)
    return winter if winter in choice else choice[seed % len(choice)]


def edited(beat: Beat, number: int, count: int, weather: Weather) -> Board:
    """A board of what a person wrote: their words, place and hour, nothing guessed."""
    hours = tuple(TimeOfDay)
    return Board(
        place=beat.place or "a quiet place",
        time_of_day=beat.time_of_day or hours[min(2, number * 3 // max(1, count))],
        weather=weather,
        action=beat.event,
        framing=Framing.MEDIUM if number % 2 else Framing.WIDE,
        emotion=Emotion.CALM,
    )


def reframed(number: int, drawn: Sequence[Board], turn: int = -1) -> Framing:
    """The board's framing if it may stand there, otherwise (or on the ``turn``-th request) another one."""
    own = drawn[number].framing
    order = [own, *(one for one in _OTHERS if one != own)]
    fitting = [one for one in order if not misplaced(number, one, drawn)]
    if turn >= 0:
        fitting = [one for one in fitting if one != own]
        return fitting[turn % len(fitting)] if fitting else own
    return next(iter(fitting), own)


def reframed_by(notes: Sequence[Change], drawn: Sequence[Board]) -> tuple[Board, ...]:
    """The boards with another framing for those that the notes name."""
    boards = list(drawn)
    for number, wanted in sorted(targets(notes, "board", "shot").items()):
        if number < len(boards):
            framing = reframed(number, boards, len(wanted) - 1)
            boards[number] = boards[number].model_copy(update={"framing": framing})
    return tuple(boards)


def misplaced(number: int, framing: Framing, drawn: Sequence[Board]) -> bool:
    """Whether a framing is wrong there: the film opens with its place, a back is seen once, three shots in four keep
    their distance, and no two neighbours are alike twice."""
    before = [board.framing for board in drawn[:number]]
    if number == 0:
        return framing not in OPENINGS
    if framing is Framing.OVER_SHOULDER and (number == len(drawn) - 1 or framing in before):
        return True
    if framing in CLOSE and sum(one in CLOSE for one in before) >= max(1, len(drawn) // 4):
        return True
    if framing in CLOSE and drawn[number].act in WHOLE:
        return True
    return before[-1] == framing
