"""The film from first step to last: stylise, write, narrate, paint, animate, score, cut; or up to a point before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.cut import Film, Timeline
from personavlog.errors import PersonaVlogError, ShotsFailedError, with_profile
from personavlog.frozen import Frozen
from personavlog.production.production import Production
from personavlog.runs.flow import Flow, Later, flowing
from personavlog.script import Monologue, Script
from personavlog.stages.animate import animate
from personavlog.stages.cut import cut, plan
from personavlog.stages.lengths import shot_lengths
from personavlog.stages.narrate import Narration, SpokenLine, narrate, together
from personavlog.stages.paint import paint
from personavlog.stages.score import Soundtrack, compose, mix
from personavlog.stages.stylise import stylise
from personavlog.stages.write import Writing, start_writing
from personavlog.steps import Until


class Parts(Frozen):
    """What there is of a film; ``script`` has the lines as they are spoken where they were, ``numbers`` are the shots'
    own numbers in the film's order."""

    script: Script
    person: EditResult
    keyframes: tuple[EditResult, ...] = ()
    clips: tuple[AnimateResult, ...] = ()
    narration: Narration | None = None
    numbers: tuple[int, ...] = ()


class Made(Parts):
    """A finished film with everything it was cut from."""

    narration: Narration
    film: Film
    soundtrack: Soundtrack
    timeline: Timeline


@dataclass(frozen=True)
class _Started:
    """Work that was started; what comes after the point up to which the film is made is not there."""

    production: Production
    person: Later[EditResult]
    writing: Writing
    lines: list[Later[SpokenLine]]
    keyframes: list[Later[EditResult]]
    clips: list[Later[AnimateResult]]
    narration: Later[Narration] | None

    async def parts(self) -> Parts:
        """What was made; raises ``ShotsFailedError`` where some of it was not, and what the writing raised where there
        is no script."""
        script = await self.writing.script.value()
        await _all_shots(self.production, self.person, [self.lines, self.keyframes, self.clips])
        spoken = await self.narration.value() if self.narration else None
        lines = tuple(Monologue(text=line.text) for line in spoken.lines) if spoken else script.monologues
        return Parts(
            script=script.model_copy(update={"monologues": lines}),
            person=await self.person.value(),
            keyframes=tuple([await keyframe.value() for keyframe in self.keyframes]),
            clips=tuple([await clip.value() for clip in self.clips]),
            narration=spoken,
            numbers=self.production.ids,
        )


async def direct(production: Production) -> Made:
    """Make the film. Everything begins as soon as what it needs is there: a shot is painted when the boards are
    written, animated when its picture and its own line are there, encoded when its clips are.

    A shot that fails stops that shot; what runs beside it finishes and is kept. Raises ``ShotsFailedError`` then, and
    what the writing raised where there is no script.
    """
    async with flowing() as flow:
        started = _start(production, flow, None)
        narration = started.narration
        assert narration is not None, "a whole film has one"
        timeline = flow.start(plan(production, started.writing, narration))
        music = flow.start(compose(production, started.writing, narration))
        soundtrack = flow.start(mix(production, timeline, narration, music))
        film = flow.start(cut(production, started.writing, timeline, started.clips, soundtrack, flow))
    parts = await started.parts()
    return Made(
        **dict(parts),
        film=await film.value(),
        soundtrack=await soundtrack.value(),
        timeline=await timeline.value(),
    )


async def prepare(production: Production, until: Until) -> Parts:
    """Make the film up to ``until``; raises as ``direct`` does. What was made is not made again by ``direct``."""
    async with flowing() as flow:
        started = _start(production, flow, until)
    return await started.parts()


def _start(production: Production, flow: Flow, until: Until | None) -> _Started:
    person = flow.start(stylise(production))
    writing = start_writing(production, person, flow)
    moving, drawn = until in (None, Until.CLIPS), until is not Until.SCRIPT
    shots = range(production.shots)

    async def painted(shot: int, before: Later[EditResult] | None) -> EditResult:
        seen = None if before is None or await before.error() is not None else await before.value()
        return await paint(production, writing, await person.value(), shot, seen)

    lengths = flow.start(shot_lengths(production, writing)) if moving else None
    lines = [flow.start(narrate(production, writing, lengths, shot)) for shot in shots] if lengths else []
    keyframes: list[Later[EditResult]] = []
    for shot in shots if drawn else ():
        before = keyframes[-1] if production.profile.extra_references and keyframes else None
        keyframes.append(flow.start(painted(shot, before)))
    clips = [
        flow.start(animate(production, writing, keyframe, line, shot))
        for shot, (keyframe, line) in enumerate(zip(keyframes, lines, strict=moving))
    ]
    narration = flow.start(together(production, writing, lines)) if moving else None
    return _Started(production, person, writing, lines, keyframes, clips, narration)


async def _all_shots(production: Production, person: Later[EditResult], parts: Sequence[Sequence[Later[Any]]]) -> None:
    """Raises ``ShotsFailedError`` naming the shots of which a part could not be made, and why."""
    await person.value()
    failed: dict[int, PersonaVlogError] = {}
    for part in parts:
        for number, one in enumerate(part, 1):
            error = await one.error()
            if error is not None:
                failed.setdefault(number, error)
    if failed:
        which = ", ".join(map(str, failed))
        why = " ".join(f"Shot {number}: {error}" for number, error in failed.items())
        run = production.engine.run
        raise ShotsFailedError(
            f"The film is not finished: shot{'s' if len(failed) > 1 else ''} {which} could not be made, everything "
            "else is "
            f"kept. {why} Try again with: personavlog resume {run}{with_profile(failed.values())}",
            failed,
        )
