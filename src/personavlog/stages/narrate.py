"""Narration first: every line is spoken, and the clips' lengths follow; a line that is too long goes back to the mono agent (Eq. 4, 12)."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread
from pydantic import BaseModel, ConfigDict, Field

from personavlog.agents.mono import spoken_length
from personavlog.agents.script import fit as shorten
from personavlog.backbones.roles import SpeechRequest, SpeechResult
from personavlog.media import Audio
from personavlog.production.production import Crew
from personavlog.runs.gather import together
from personavlog.script import Monologue, Script, StoryDraft
from personavlog.sound.fit import Fit, Line, ShotFit, fit
from personavlog.sound.stretch import stretch

REWRITES = 2
"""How often a line may go back to the mono agent before it is stretched or its clip extended."""
TAKE_SPEEDS = (1.0, 0.93, 1.07)
"""Speech has no seed: another take is spoken more slowly, then faster."""


class SpokenLine(BaseModel):
    """One shot's line and its time, in seconds; ``start`` counts from the shot's begin, ``hold`` is how long the clip's last frame stands still."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    audio: Audio
    voice: str
    heard: str | None = None
    word_error_rate: float | None = None
    start: float = Field(ge=0)
    seconds: float = Field(ge=0)
    clip_seconds: float = Field(gt=0)
    hold: float = Field(default=0, ge=0)


class Narration(BaseModel):
    """All lines; ``duration`` is the film's length in seconds that follows from them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lines: tuple[SpokenLine, ...]
    duration: float


async def narrate(crew: Crew, script: Script) -> Narration:
    """Speak every line and give every shot its time; speech is never cut and never overlaps the next line."""
    texts = list(script.monologues)
    spoken = list(await together(_speak(crew, script, text, shot) for shot, text in enumerate(texts)))
    planned = _fit(crew, texts, spoken, may_rewrite=True)
    for _ in range(REWRITES):
        if not planned.rewrites:
            break
        for shot in planned.rewrites:
            texts[shot] = await _shortened(crew, script, texts[shot], shot, planned.shots[shot].max_words or 1)
            spoken[shot] = await _speak(crew, script, texts[shot], shot)
        planned = _fit(crew, texts, spoken, may_rewrite=True)
    if planned.rewrites:
        planned = _fit(crew, texts, spoken, may_rewrite=False)
    lines = await together(_placed(crew, text, result, shot) for text, result, shot in zip(texts, spoken, planned.shots, strict=True))
    for note in dict.fromkeys(note for result in spoken for note in result.notes):
        crew.note(note)
    for shot in range(len(lines)):
        crew.finished(f"voice/{shot + 1}")
    return Narration(lines=lines, duration=planned.duration)


def _fit(crew: Crew, texts: Sequence[Monologue], spoken: Sequence[SpeechResult], *, may_rewrite: bool) -> Fit:
    lines = [Line(result.audio.duration, spoken_length(text.text, crew.brief.language)) for text, result in zip(texts, spoken, strict=True)]
    capabilities = crew.video.capabilities
    return fit(lines, crew.brief.length, capabilities, crossfade=crew.profile.crossfade / capabilities.fps, may_rewrite=may_rewrite)


async def _speak(crew: Crew, script: Script, text: Monologue, shot: int) -> SpeechResult:
    step = f"voice/{shot + 1}"
    take = crew.take_of(step)
    request = SpeechRequest(
        text=text.text,
        language=crew.brief.language,
        voice=crew.brief.voice,
        sample=crew.brief.voice_sample,
        character=script.character,
        emotion=script.boards[shot].emotion.value,
        speed=TAKE_SPEEDS[take % len(TAKE_SPEEDS)],
    )
    return await crew.ask(
        step,
        lambda progress: crew.speech.speak(request, progress),
        uses="speech",
        fingerprint=crew.speech.fingerprint,
        returns=SpeechResult,
        cost=crew.speech.estimate(request).money,
        request=request,
    )


async def _shortened(crew: Crew, script: Script, text: Monologue, shot: int, allowed: int) -> Monologue:
    crew.note(f"Shot {shot + 1}: the line was too long for its shot and went back to the mono agent ({allowed} words at most).")
    draft = StoryDraft(character=script.character, story=script.story)
    return await crew.ask(
        f"shorten/{shot + 1}",
        lambda _: shorten(text, allowed, board=script.boards[shot], draft=draft, language=crew.brief.language, models=crew.agents, seed=crew.brief.seed),
        uses="chat",
        fingerprint=crew.agents.of("mono.generate").model_name,
        returns=Monologue,
        text=text,
        allowed=allowed,
        board=script.boards[shot],
        draft=draft,
    )


async def _placed(crew: Crew, text: Monologue, result: SpeechResult, shot: ShotFit) -> SpokenLine:
    audio = result.audio if shot.stretch == 1 else await anyio.to_thread.run_sync(_stretched, crew, result.audio, shot.stretch)
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


def _stretched(crew: Crew, audio: Audio, factor: float) -> Audio:
    return crew.blobs.put_audio(stretch(crew.blobs.samples(audio), audio.rate, factor), audio.rate)
