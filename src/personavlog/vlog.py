"""The film from first step to last: stylise, write, narrate, paint, animate, score, cut."""

from __future__ import annotations

from asyncio import Task

from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.cut import Film, Timeline
from personavlog.frozen import Frozen
from personavlog.production.production import Production
from personavlog.runs.task_group import task_group
from personavlog.script import Script
from personavlog.stages.animate import animate
from personavlog.stages.cut import cut, timeline_of
from personavlog.stages.narrate import Narration, narrate
from personavlog.stages.paint import paint
from personavlog.stages.score import Soundtrack, compose, mix
from personavlog.stages.stylise import stylise
from personavlog.stages.write import write


class Made(Frozen):
    """A finished film with everything it was cut from."""

    film: Film
    person: EditResult
    script: Script
    keyframes: tuple[EditResult, ...]
    clips: tuple[AnimateResult, ...]
    narration: Narration
    soundtrack: Soundtrack
    timeline: Timeline


async def direct(production: Production) -> Made:
    """Make the film. Shots flow through the stages independently: one may be animated while another is painted and a
    third one's line is spoken."""
    person = await stylise(production)
    script = await write(production, person)
    async with task_group() as tasks:
        narration = tasks.create_task(narrate(production, script))
        keyframes = [tasks.create_task(paint(production, script, person, shot)) for shot in range(len(script.boards))]
        clips = [
            tasks.create_task(_shoot(production, script, shot, keyframe, narration))
            for shot, keyframe in enumerate(keyframes)
        ]
        music = tasks.create_task(compose(production, script, narration))
    made = [clip.result() for clip in clips]
    timeline = timeline_of(production, script, narration.result(), made)
    soundtrack = await mix(production, timeline, narration.result(), music.result())
    film = await cut(production, script, timeline, soundtrack.audio)
    return Made(
        film=film,
        person=person,
        script=script,
        keyframes=tuple(keyframe.result() for keyframe in keyframes),
        clips=tuple(made),
        narration=narration.result(),
        soundtrack=soundtrack,
        timeline=timeline,
    )


async def _shoot(
    production: Production, script: Script, shot: int, keyframe: Task[EditResult], narration: Task[Narration]
) -> AnimateResult:
    """Narration first: the clip's length follows the spoken line."""
    line = (await narration).lines[shot]
    return await animate(production, script, await keyframe, shot, duration=line.clip_seconds, speech=line.audio)
