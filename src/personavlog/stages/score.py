"""Music for the cut's length and the mix of the whole film (Eq. 12)."""

from __future__ import annotations

from asyncio import Task
from itertools import accumulate

import anyio.to_thread

from personavlog import steps
from personavlog.backbones.roles import MusicRequest, MusicResult
from personavlog.cut import Timeline
from personavlog.frozen import Frozen
from personavlog.media import Audio
from personavlog.production.production import Production
from personavlog.runs.keys import Input
from personavlog.script import Script
from personavlog.sound import mix as mixing
from personavlog.stages.narrate import Narration

MIX_VERSION = 1


class Soundtrack(Frozen):
    """The film's sound with what was measured on it: integrated loudness in LUFS, true peak in dBTP, ducking and speech
    over music in dB."""

    audio: Audio
    music: Audio
    source: str
    lufs: float
    true_peak: float
    duck_db: float | None
    over_music_db: float | None


async def compose(production: Production, script: Script, narration: Task[Narration]) -> MusicResult:
    """Background music of the film's length."""
    spoken = await narration
    fade = production.profile.crossfade / production.video.capabilities.fps
    cuts = tuple(accumulate(line.clip_seconds + line.hold - fade for line in spoken.lines[:-1]))
    request = MusicRequest(description=script.music, duration=spoken.duration, cuts=cuts, seed=production.brief.seed)
    return await production.ask(
        steps.MUSIC,
        lambda progress: production.music.compose(request, progress),
        uses="music",
        fingerprint=production.music.fingerprint,
        returns=MusicResult,
        cost=production.music.estimate(request).money,
        request=request,
    )


async def mix(production: Production, timeline: Timeline, narration: Narration, music: MusicResult) -> Soundtrack:
    """Speech at its times, music under it, one loudness."""
    starts = [start for start, _ in timeline.line_times()]
    placed = [(line.audio, start) for line, start in zip(narration.lines, starts, strict=True)]

    async def work() -> Soundtrack:
        mixed = await anyio.to_thread.run_sync(mixing.mix, production.blobs, placed, music.audio, timeline.duration)
        return Soundtrack(
            audio=mixed.audio,
            music=music.audio,
            source=music.source,
            lufs=mixed.lufs,
            true_peak=mixed.true_peak,
            duck_db=mixed.duck_db,
            over_music_db=mixed.over_music_db,
        )

    inputs: dict[str, Input] = {
        "lines": [audio for audio, _ in placed],
        "starts": starts,
        "music": music.audio,
        "duration": timeline.duration,
    }
    soundtrack = await production.engine.step(
        str(steps.SOUND), work, version=MIX_VERSION, fingerprint="", uses="measure", inputs=inputs, returns=Soundtrack
    )
    production.finished(steps.SOUND)
    return soundtrack
