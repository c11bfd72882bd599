"""Films as the board shows them, in every state, without anything behind them: for the templates alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from personavlog.script import Board, Camera, Emotion, Framing, Monologue, TimeOfDay, VideoDescription
from personavlog.studio.models import (
    Attempt,
    Card,
    CardState,
    Chapter,
    FilmView,
    FinishedFilm,
    LicenceView,
    Measure,
    Media,
    NextStep,
    Outcome,
    Part,
    Shot,
    StageState,
    Take,
)

RUN = "20261201-101010-a-day-at-the-lake-1a2b"
HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)> "\'&'
FRAMINGS = tuple(Framing)
LINES = (
    "The water is so still this morning that I hardly dare to speak.",
    "Here the old man mends his nets; he nods as if we had an appointment.",
    "I try the oars and turn in circles, laughing at myself.",
    "Lunch is bread, a tomato and the whole horizon.",
)
NEXT = {
    CardState.PLANNED: NextStep.MAKE,
    CardState.ROLLED_BACK: NextStep.LOOK,
    CardState.BELOW_FLOOR: NextStep.LOOK,
    CardState.STALE: NextStep.REMAKE,
    CardState.FAILED: NextStep.RETRY,
    CardState.CANCELLED: NextStep.MAKE,
}

_GO_ON = (Outcome.NOT_BEGUN, Outcome.DRAFT, Outcome.STOPPED, Outcome.INTERRUPTED)


def media(name: str, kind: str = "image", seconds: float = 0.0) -> Media:
    """A file that is named by what it shows."""
    digest = hashlib.sha256(f"{kind} {name}".encode()).hexdigest()
    size = (0, 0) if kind == "audio" else (1280, 720)
    return Media.model_validate(
        {"digest": digest, "kind": kind, "width": size[0], "height": size[1], "seconds": seconds, "fps": 24.0}
    )


def card(place: int, state: CardState, *, said: str = "") -> Card:
    """A card in a state; ``said`` replaces its texts."""
    made = state not in (CardState.PLANNED, CardState.PAINTING, CardState.CANCELLED, CardState.FAILED)
    return Card(
        place=place,
        number=place,
        where=said or ("A jetty at the lake", "The boathouse", "Out on the water", "A meadow at noon")[place % 4],
        line=said or LINES[place % 4],
        framing=FRAMINGS[place % len(FRAMINGS)].value,
        action=said or "The person rows a small boat and laughs.",
        seconds=4.2 if made else 0.0,
        poster=media(f"keyframe {place}") if made else None,
        clip=media(f"clip {place}", "video", 4.2) if made else None,
        state=state,
        message=said or ("The provider refused the picture: content policy." if state is CardState.FAILED else ""),
        share=0.4 if state is CardState.ANIMATING else None,
        identity=None if not made else 0.52 if state is CardState.BELOW_FLOOR else 0.83,
        floor=0.6 if made else None,
        next=NEXT.get(state, NextStep.NOTHING),
    )


def film(
    states: Sequence[CardState] = tuple(CardState), outcome: Outcome = Outcome.FINISHED, *, said: str = ""
) -> FilmView:
    """A film whose shots are in these states."""
    making = outcome is Outcome.MAKING
    finished = outcome is Outcome.FINISHED
    return FilmView(
        run=RUN,
        title=said or "A day at the lake",
        theme=said or "a quiet day at the lake",
        style=said or "Hayao Miyazaki",
        outcome=outcome,
        message=said or ("Shot 2: the provider refused the picture." if outcome is Outcome.FAILED else ""),
        poster=media("keyframe 1"),
        shots=len(states),
        revision="0123456789abcdef",
        event=17,
        profile="embedded",
        logline=said or "A woman spends a day at the lake of her childhood and leaves lighter than she came.",
        photo=media("photo"),
        person=media("person"),
        film=media("film", "video", 34.0) if finished else None,
        has_script=True,
        seconds=34.0,
        cost=said or "$0.42 of at most $2.00",
        stages=stages("running" if making else "done"),
        cards=tuple(card(place, state, said=said) for place, state in enumerate(states, 1)),
        notes=(said or "The photo is small: 480 px.",),
        pending=(
            said or "Changed since the film was made: shot 2: clip.",
            "Making it again takes 1 clip, the cut: about 9 s of work.",
        )
        if CardState.STALE in states and finished
        else (),
        next=NextStep.MAKE if outcome in _GO_ON else NextStep.RETRY if outcome is Outcome.FAILED else NextStep.NOTHING,
        undoable=said or "another take of the clip of shot 2",
    )


def stages(last: str) -> tuple[StageState, ...]:
    """The rail, with its clips still ``last``."""
    known = [("script", "done", 4, 4), ("pictures", "done", 8, 8), ("clips", last, 5, 8), ("voice", "done", 8, 8)]
    rest = "waiting" if last == "running" else "done"
    return tuple(
        StageState.model_validate(
            {
                "stage": name,
                "state": state,
                "done": done,
                "steps": steps,
                "seconds": 0.0 if state == "waiting" else 12.5 * steps,
                "left": 42.0 if state == "running" else None,
            }
        )
        for name, state, done, steps in [*known, ("music", rest, 0, 2), ("film", rest, 0, 1)]
    )


def shot(place: int = 3, state: CardState = CardState.ROLLED_BACK, *, said: str = "") -> Shot:
    """A shot with two takes of its clip, the second corrected twice, and a picture that was corrected once."""
    base = card(place, state, said=said)
    made = base.poster is not None
    return Shot(
        **dict(base),
        board=Board(
            place=base.where[:120],
            time_of_day=TimeOfDay.DUSK,
            action=base.action[:300],
            framing=Framing.MEDIUM,
            emotion=Emotion.JOYFUL,
            props=("a small boat", "oars"),
        ),
        video=VideoDescription(camera=Camera.PAN_LEFT, motion="She rows in circles.", atmosphere="warm evening light"),
        monologue=Monologue(text=base.line[:400]),
        parts=(
            Part(
                name="keyframe",
                state=state if made else CardState.PLANNED,
                media=media(f"keyframe {place}") if made else None,
                work=8.0,
                price=(0.02, 0.04),
                takes=(_corrected(f"keyframe {place}", 0, "image", state, said),) if made else (),
            ),
            Part(
                name="clip",
                state=CardState.KEPT if made else CardState.PLANNED,
                media=media(f"clip {place}", "video", 4.2) if made else None,
                work=12.0,
                price=(0.0, 0.0),
                takes=(_plain(f"clip {place} old", 0, "video"), _corrected(f"clip {place}", 1, "video", state, said))
                if made
                else (),
            ),
            Part(
                name="voice",
                state=CardState.KEPT if made else CardState.PLANNED,
                media=media(f"voice {place}", "audio", 3.1) if made else None,
                work=1.5,
                price=(0.0, 0.0),
                takes=(
                    Take(number=0, stands=True, media=media(f"voice {place}", "audio", 3.1)),
                    Take(number=1, media=media(f"voice {place} 2", "audio", 3.0)),
                )
                if made
                else (),
            ),
        ),
        notes=(said,) if said else (),
    )


def _plain(name: str, number: int, kind: str) -> Take:
    seconds = 4.2 if kind == "video" else 0.0
    return Take(number=number, media=media(name, kind, seconds), attempts=(_attempt(name, kind, 0),))


def _corrected(name: str, number: int, kind: str, state: CardState, said: str) -> Take:
    """A first attempt with a defect, and a correction that was kept or rolled back."""
    kept = state is CardState.CORRECTED
    first = _attempt(name, kind, 0, stands=not kept, found=said or "pose: the face is turned away from the camera")
    second = Attempt(
        number=1,
        media=media(f"{name} corrected", kind, 4.2 if kind == "video" else 0.0),
        stands=kept,
        verdict="kept" if kept else "rolled-back",
        asked=said or "Turn the face to the camera and keep its likeness.",
        against=0,
        rule=said or "measured",
        reason=said or ("Higher: identity; nothing lower." if kept else "Lower: identity."),
        measures=(
            Measure(
                name=said or "identity",
                before=0.83,
                after=0.88 if kept else 0.58,
                tolerance=0.03,
                floor=0.6,
                winner="after" if kept else "before",
            ),
            Measure(name="proxy.i2t", before=0.50, after=0.51, tolerance=0.02),
            Measure(name="aesthetics", before=None, after=0.71, tolerance=0.02),
        ),
    )
    return Take(number=number, stands=True, media=first.media, attempts=(first, second))


def _attempt(name: str, kind: str, number: int, *, stands: bool = False, found: str = "") -> Attempt:
    return Attempt(
        number=number,
        media=media(name, kind, 4.2 if kind == "video" else 0.0),
        stands=stands,
        verdict="first",
        found=(found,) if found else (),
        measures=(Measure(name="identity", after=0.83, floor=0.6),),
    )


def finished(*, said: str = "") -> FinishedFilm:
    """The film with everything that its page shows."""
    view = film([CardState.KEPT] * 8, said=said)
    return FinishedFilm(
        **dict(view),
        chapters=tuple(
            Chapter(
                place=card.place,
                title=card.where,
                line=card.line,
                start=4.25 * (card.place - 1),
                end=4.25 * card.place,
                spoken=(4.25 * (card.place - 1) + 0.4, 4.25 * card.place - 0.6),
                poster=card.poster,
            )
            for card in view.cards
        ),
        files=("vlog.mp4", "vlog.srt", "vlog.vtt", "script.json", "report.html", "record.json"),
        licences=(
            LicenceView(role="image", backbone="embedded", licence="Apache-2.0"),
            LicenceView(
                role="speech", backbone="embedded", licence=said or "Apache-2.0", limits="No voices of real people."
            ),
        ),
        statement=said or "I may use this person's likeness for this vlog.",
        stated_at="2026-12-01T10:10:10.000+00:00",
        sound="-14.0 LUFS, -1.2 dBTP",
    )
