"""The film from first step to last: stylise, write, narrate, paint, animate, score, cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.cut import Film, Timeline
from personavlog.errors import PersonaVlogError, ShotsFailedError
from personavlog.frozen import Frozen
from personavlog.production.production import Production
from personavlog.runs.flow import Later, flowing
from personavlog.script import Monologue, Script
from personavlog.stages.animate import animate
from personavlog.stages.cut import cut, plan
from personavlog.stages.narrate import Narration, narrate, together
from personavlog.stages.paint import paint
from personavlog.stages.score import Soundtrack, compose, mix
from personavlog.stages.stylise import stylise
from personavlog.stages.write import start_writing


class Made(Frozen):
    """A finished film with everything it was cut from; ``script`` has the lines as they are spoken."""

    film: Film
    person: EditResult
    script: Script
    keyframes: tuple[EditResult, ...]
    clips: tuple[AnimateResult, ...]
    narration: Narration
    soundtrack: Soundtrack
    timeline: Timeline


async def direct(production: Production) -> Made:
    """Make the film. Everything begins as soon as what it needs is there: a shot is painted when the boards are
    written, animated when its picture and its own line are there, encoded when its clips are.

    A shot that fails stops that shot; what runs beside it finishes and is kept. Raises ``ShotsFailedError`` then, and
    what the writing raised where there is no script.
    """
    async with flowing() as flow:
        person = flow.start(stylise(production))
        writing = start_writing(production, person, flow)
        shots = range(production.shots)

        async def painted(shot: int) -> EditResult:
            return await paint(production, writing, await person.value(), shot)

        lines = [flow.start(narrate(production, writing, shot)) for shot in shots]
        keyframes = [flow.start(painted(shot)) for shot in shots]
        clips = [
            flow.start(animate(production, writing, keyframe, line, shot))
            for shot, (keyframe, line) in enumerate(zip(keyframes, lines, strict=True))
        ]
        narration = flow.start(together(production, lines))
        timeline = flow.start(plan(production, writing, narration))
        music = flow.start(compose(production, writing, narration))
        soundtrack = flow.start(mix(production, timeline, narration, music))
        film = flow.start(cut(production, writing, timeline, clips, soundtrack, flow))
    await writing.script.value()
    await _all_shots(production, person, [lines, keyframes, clips])
    spoken, script = await narration.value(), await writing.script.value()
    return Made(
        film=await film.value(),
        person=await person.value(),
        script=script.model_copy(update={"monologues": tuple(Monologue(text=line.text) for line in spoken.lines)}),
        keyframes=tuple([await keyframe.value() for keyframe in keyframes]),
        clips=tuple([await clip.value() for clip in clips]),
        narration=spoken,
        soundtrack=await soundtrack.value(),
        timeline=await timeline.value(),
    )


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
            f"kept. {why} Try again with: personavlog resume {run}",
            failed,
        )
