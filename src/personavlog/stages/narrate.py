"""Narration first: every line is spoken into its own slot, and its clip's length follows; a line that is too long goes
back to the mono agent, unless a person wrote it (Eq. 4, 12)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import anyio.to_thread
from pydantic import Field

from personavlog import steps
from personavlog.agents.mono import spoken_length
from personavlog.agents.script import shorten, shortener_fingerprint
from personavlog.backbones.checking import check_sound
from personavlog.backbones.roles import SpeechRequest, SpeechResult
from personavlog.errors import BackboneError
from personavlog.frozen import Frozen
from personavlog.media import Audio
from personavlog.notes import NoteKind
from personavlog.production.production import Production
from personavlog.runs.flow import Later
from personavlog.script import Monologue
from personavlog.sound.fit import ShotFit, placed
from personavlog.sound.slots import Line, Slot
from personavlog.sound.stretch import stretch
from personavlog.stages.lengths import Lengths
from personavlog.stages.write import Writing
from personavlog.steps import Part

REWRITES = 2
"""How often a line may go back to the mono agent before it is stretched or its clip extended."""


class SpokenLine(Frozen):
    """One shot's line and its time, in seconds; ``start`` counts from the shot's begin, ``hold`` is how long the clip's
    last frame stands still."""

    text: str
    audio: Audio
    voice: str
    heard: str | None = None
    word_error_rate: float | None = None
    start: float = Field(ge=0)
    seconds: float = Field(ge=0)
    clip_seconds: float = Field(gt=0)
    hold: float = Field(default=0, ge=0)
    notes: tuple[str, ...] = ()


class Narration(Frozen):
    """All lines; ``duration`` is the film's length in seconds that follows from them."""

    lines: tuple[SpokenLine, ...]
    duration: float


async def narrate(production: Production, writing: Writing, lengths: Later[Lengths], shot: int) -> SpokenLine:
    """The spoken line of ``shot`` (from 0), fitted into its slot; speech is never cut and never overlaps the next
    line."""
    slot, text = (await lengths.value()).slots[shot], (await writing.lines.value())[shot]
    may_rewrite = 0 if production.pinned_script or production.is_pinned(steps.voice(production.ids[shot])) else REWRITES
    while True:
        spoken = await _speak(production, writing, text, shot)
        fit = _fit(production, text, spoken, slot, may_rewrite=may_rewrite > 0)
        if fit.verdict != "rewrite":
            break
        may_rewrite -= 1
        shorter = await _shortened(production, writing, text, shot, fit.max_words or 1)
        if shorter is None:
            may_rewrite = 0
        else:
            text = shorter
    if fit.verdict == "extend":
        by = fit.duration - slot.duration
        said = f"its line needs more time, so the shot and the film get {by:.1f} s longer."
        production.note(said, NoteKind.FILM, shot=shot + 1)
    line = await _placed(production, text, spoken, fit)
    production.finished(steps.voice(production.ids[shot]))
    return line


def _tell_notes(production: Production, spoken: Sequence[SpokenLine]) -> None:
    """What every line says holds for the film."""
    of_all = [note for note in dict.fromkeys(spoken[0].notes) if all(note in line.notes for line in spoken)]
    for note in of_all:
        production.note(note, NoteKind.FILM)
    for shot, line in enumerate(spoken, start=1):
        for note in line.notes:
            if note not in of_all:
                production.note(note, shot=shot)


async def together(production: Production, writing: Writing, lines: Sequence[Later[SpokenLine]]) -> Narration:
    """All lines when they are there, as a step of its own: what is spoken, word for word."""
    spoken = tuple([await line.value() for line in lines])
    _tell_notes(production, spoken)
    length = sum(line.clip_seconds + line.hold for line in spoken) - production.crossfade * (len(spoken) - 1)
    texts = list(await writing.lines.value())

    async def keep() -> Narration:
        return Narration(lines=spoken, duration=length)

    return await production.think(
        steps.NARRATION,
        keep,
        uses="keep",
        fingerprint="",
        returns=Narration,
        lines=list(spoken),
        length=length,
        texts=texts,
    )


def _fit(production: Production, text: Monologue, spoken: SpeechResult, slot: Slot, *, may_rewrite: bool) -> ShotFit:
    line = Line(spoken.audio.duration, spoken_length(text.text, production.brief.language))
    return placed(line, slot, production.video.capabilities.durations, may_rewrite=may_rewrite)


async def _speak(production: Production, writing: Writing, text: Monologue, shot: int) -> SpeechResult:
    step, brief, can = steps.voice(production.ids[shot]), production.brief, production.speech.capabilities
    character, board = (await writing.draft.value()).character, (await writing.boards.value())[shot]
    take = production.take_of(step)
    cloned = can.clones and brief.voice_sample is not None
    request = SpeechRequest(
        text=text.text,
        language=brief.language,
        voice=brief.voice or production.speech.choose_voice(brief.language, character),
        description=character.voice if can.describes else "",
        sample=brief.voice_sample,
        transcript=brief.voice_transcript if cloned else None,
        emotion=board.emotion.value,
        seed=production.seed(Part.VOICE, shot=production.ids[shot], take=take) if can.seed else 0,
        take=0 if can.seed else take,
    )
    return await production.call(
        step,
        "speech",
        partial(production.speech.speak, request),
        request=request,
        estimate=production.speech.estimate(request),
        check=lambda made: check_sound(made.audio, production.profile.speech.backbone, production.blobs),
        returns=SpeechResult,
    )


async def _shortened(
    production: Production, writing: Writing, text: Monologue, shot: int, allowed: int
) -> Monologue | None:
    """The line again with fewer words; None where the agent cannot, which is no reason to lose the film."""
    draft, board = await writing.draft.value(), (await writing.boards.value())[shot]
    brief = production.brief
    production.note("the line was too long for its shot and went back to the mono agent.", shot=shot + 1)
    try:
        return await production.think(
            steps.shorten(production.ids[shot]),
            lambda: shorten(
                text,
                allowed,
                board=board,
                draft=draft,
                language=brief.language,
                models=production.agents,
                seed=brief.seed,
            ),
            uses="chat",
            fingerprint=shortener_fingerprint(production.agents),
            returns=Monologue,
            text=text,
            allowed=allowed,
            board=board,
            draft=draft,
            language=brief.language,
            seed=brief.seed,
        )
    except BackboneError as error:
        said = f"no shorter line came ({error}) The line stays and its shot gets longer."
        production.note(said, NoteKind.FILM, shot=shot + 1)
        return None


async def _placed(production: Production, text: Monologue, result: SpeechResult, fit: ShotFit) -> SpokenLine:
    audio = (
        result.audio
        if fit.stretch == 1
        else await anyio.to_thread.run_sync(_stretched, production, result.audio, fit.stretch)
    )
    return SpokenLine(
        text=text.text,
        audio=audio,
        voice=result.voice,
        heard=result.heard,
        word_error_rate=result.word_error_rate,
        start=fit.line_start,
        seconds=audio.duration,
        clip_seconds=fit.clip,
        hold=max(fit.duration - fit.clip, 0),
        notes=result.notes,
    )


def _stretched(production: Production, audio: Audio, factor: float) -> Audio:
    return production.blobs.put_audio(stretch(production.blobs.samples(audio), audio.rate, factor), audio.rate)
