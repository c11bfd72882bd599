"""Narration first: every line is spoken, and the clips' lengths follow; a line that is too long goes back to the mono
agent (Eq. 4, 12)."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread
from pydantic import Field

from personavlog import steps
from personavlog.agents.mono import spoken_length
from personavlog.agents.script import shorten as shorten
from personavlog.backbones.roles import SpeechRequest, SpeechResult
from personavlog.frozen import Frozen
from personavlog.media import Audio
from personavlog.production.production import Production
from personavlog.runs.gather import gather
from personavlog.script import Monologue, Script, StoryDraft
from personavlog.sound.fit import Fit, Line, ShotFit, fit
from personavlog.sound.stretch import stretch

REWRITES = 2
"""How often a line may go back to the mono agent before it is stretched or its clip extended."""
TAKE_SPEEDS = (1.0, 0.93, 1.07)
"""Speech has no seed: another take is spoken more slowly, then faster."""


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


class Narration(Frozen):
    """All lines; ``duration`` is the film's length in seconds that follows from them."""

    lines: tuple[SpokenLine, ...]
    duration: float


async def narrate(production: Production, script: Script) -> Narration:
    """Speak every line and give every shot its time; speech is never cut and never overlaps the next line."""
    texts = list(script.monologues)
    spoken = list(await gather(_speak(production, script, text, shot) for shot, text in enumerate(texts)))
    planned = _fit(production, texts, spoken, may_rewrite=True)
    for _ in range(REWRITES):
        if not planned.rewrites:
            break
        for shot in planned.rewrites:
            texts[shot] = await _shortened(production, script, texts[shot], shot, planned.shots[shot].max_words or 1)
            spoken[shot] = await _speak(production, script, texts[shot], shot)
        planned = _fit(production, texts, spoken, may_rewrite=True)
    if planned.rewrites:
        planned = _fit(production, texts, spoken, may_rewrite=False)
    lines = await gather(
        _placed(production, text, result, shot) for text, result, shot in zip(texts, spoken, planned.shots, strict=True)
    )
    for note in dict.fromkeys(note for result in spoken for note in result.notes):
        production.note(note)
    for shot in range(len(lines)):
        production.finished(steps.voice(shot + 1))
    return Narration(lines=lines, duration=planned.duration)


def _fit(
    production: Production, texts: Sequence[Monologue], spoken: Sequence[SpeechResult], *, may_rewrite: bool
) -> Fit:
    lines = [
        Line(result.audio.duration, spoken_length(text.text, production.brief.language))
        for text, result in zip(texts, spoken, strict=True)
    ]
    capabilities = production.video.capabilities
    return fit(
        lines,
        production.brief.length,
        capabilities,
        crossfade=production.profile.crossfade / capabilities.fps,
        may_rewrite=may_rewrite,
    )


async def _speak(production: Production, script: Script, text: Monologue, shot: int) -> SpeechResult:
    step = steps.voice(shot + 1)
    take = production.take_of(step)
    request = SpeechRequest(
        text=text.text,
        language=production.brief.language,
        voice=production.brief.voice,
        sample=production.brief.voice_sample,
        character=script.character,
        emotion=script.boards[shot].emotion.value,
        speed=TAKE_SPEEDS[take % len(TAKE_SPEEDS)],
    )
    return await production.ask(
        step,
        lambda progress: production.speech.speak(request, progress),
        uses="speech",
        fingerprint=production.speech.fingerprint,
        returns=SpeechResult,
        cost=production.speech.estimate(request).money,
        request=request,
    )


async def _shortened(production: Production, script: Script, text: Monologue, shot: int, allowed: int) -> Monologue:
    production.note(
        f"Shot {shot + 1}: the line was too long for its shot and went back to the mono agent ({allowed} words "
        "at most)."
    )
    draft = StoryDraft(character=script.character, story=script.story)
    return await production.ask(
        steps.shorten(shot + 1),
        lambda _: shorten(
            text,
            allowed,
            board=script.boards[shot],
            draft=draft,
            language=production.brief.language,
            models=production.agents,
            seed=production.brief.seed,
        ),
        uses="chat",
        fingerprint=production.agents.of("mono.generate").model_name,
        returns=Monologue,
        text=text,
        allowed=allowed,
        board=script.boards[shot],
        draft=draft,
    )


async def _placed(production: Production, text: Monologue, result: SpeechResult, shot: ShotFit) -> SpokenLine:
    audio = (
        result.audio
        if shot.stretch == 1
        else await anyio.to_thread.run_sync(_stretched, production, result.audio, shot.stretch)
    )
    return SpokenLine(
        text=text.text,
        audio=audio,
        voice=result.voice,
        heard=result.heard,
        word_error_rate=result.word_error_rate,
        start=shot.line_start,
        seconds=audio.duration,
        clip_seconds=shot.clip,
        hold=max(shot.duration - shot.clip, 0),
    )


def _stretched(production: Production, audio: Audio, factor: float) -> Audio:
    return production.blobs.put_audio(stretch(production.blobs.samples(audio), audio.rate, factor), audio.rate)
