"""Music for the cut's length and the mix of the whole film (Eq. 12)."""

from __future__ import annotations

from functools import partial
from itertools import accumulate

import anyio.to_thread

from personavlog import steps
from personavlog.backbones.checking import check_sound
from personavlog.backbones.roles import MusicRequest, MusicResult
from personavlog.cut import Timeline
from personavlog.frozen import Frozen
from personavlog.media import Audio
from personavlog.production.production import Production
from personavlog.runs.flow import Later
from personavlog.runs.keys import Input
from personavlog.sound import mix as mixing
from personavlog.stages.narrate import Narration
from personavlog.stages.write import Writing
from personavlog.steps import Part

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


async def compose(production: Production, writing: Writing, narration: Later[Narration]) -> MusicResult:
    """Background music of the film's length."""
    description, spoken = await writing.music.value(), await narration.value()
    fade = production.crossfade
    cuts = tuple(accumulate(line.clip_seconds + line.hold - fade for line in spoken.lines[:-1]))
    take = production.take_of(steps.MUSIC)
    request = MusicRequest(
        description=description, duration=spoken.duration, cuts=cuts, seed=production.seed(Part.MUSIC, take=take)
    )
    return await production.call(
        steps.MUSIC,
        "music",
        partial(production.music.compose, request),
        request=request,
        estimate=production.music.estimate(request),
        check=lambda made: check_sound(
            made.audio, production.profile.music.backbone, production.blobs, at_least=request.duration
        ),
        returns=MusicResult,
    )


async def mix(
    production: Production, timeline: Later[Timeline], narration: Later[Narration], music: Later[MusicResult]
) -> Soundtrack:
    """Speech at its times, music under it, one loudness; begins as soon as voices and music are there."""
    plan, lines, played = await timeline.value(), await narration.value(), await music.value()
    starts = [start for start, _ in plan.line_times()]
    placed = [(line.audio, start) for line, start in zip(lines.lines, starts, strict=True)]

    async def work() -> Soundtrack:
        mixed = await anyio.to_thread.run_sync(mixing.mix, production.blobs, placed, played.audio, plan.duration)
        return Soundtrack(
            audio=mixed.audio,
            music=played.audio,
            source=played.source,
            lufs=mixed.lufs,
            true_peak=mixed.true_peak,
            duck_db=mixed.duck_db,
            over_music_db=mixed.over_music_db,
        )

    inputs: dict[str, Input] = {
        "lines": [audio for audio, _ in placed],
        "starts": starts,
        "music": played.audio,
        "duration": plan.duration,
    }
    soundtrack = await production.think(
        steps.SOUND, work, uses="measure", fingerprint=f"mix-{MIX_VERSION}", returns=Soundtrack, **inputs
    )
    production.finished(steps.SOUND)
    return soundtrack
