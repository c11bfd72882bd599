"""The media of an editor's project: every shot as the film shows it, every line and the music as they are heard."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import ceil, floor

import anyio

from personavlog.cut import Segment, Timeline, render
from personavlog.cut.subtitle_files import write
from personavlog.cut.subtitles import Cue, cues
from personavlog.export.shots import ShotNotes, notes_of
from personavlog.export.source import Source
from personavlog.export.writing import MEDIA, Writer
from personavlog.media import Blob, Clip
from personavlog.sound.mix import RATE
from personavlog.sound.stems import Stems, stems

SUBTITLES = "vlog.srt"


@dataclass(frozen=True)
class Material:
    """A media file ``name``, relative to the project, of ``frames`` at the film's rate."""

    name: str
    frames: int


@dataclass(frozen=True)
class Placed:
    """A sound that begins at the film's frame ``start``."""

    material: Material
    start: int


@dataclass(frozen=True)
class Footage:
    """What a project is built of; ``clips`` and ``shots`` have one entry per shot of ``timeline``, ``voices`` one per
    line that is spoken."""

    title: str
    language: str
    timeline: Timeline
    clips: tuple[Material, ...]
    voices: tuple[Placed, ...]
    music: Material
    cues: tuple[Cue, ...]
    shots: tuple[ShotNotes, ...]


def lay_out(source: Source, writer: Writer) -> Footage:
    """Write the media and the subtitles into the writer's folder. Blocking: run it in a thread.

    Raises ``MediaError`` where a part of the film is lost, ``MachineError`` when ffmpeg fails.
    """
    made, timeline = source.made, source.made.timeline
    shown, heard = cues(timeline), heard_stems(source)
    writer.file(SUBTITLES, write(shown, "srt").encode())
    music = source.store.put_audio(heard.music, RATE)
    writer.blob(f"{MEDIA}/music.wav", music)
    writer.blob(f"{MEDIA}/music-whole.wav", made.soundtrack.music)
    return Footage(
        title=made.script.story.title,
        language=source.record.brief.language,
        timeline=timeline,
        clips=tuple(_clip(source, writer, shot) for shot in range(len(made.clips))),
        voices=tuple(_voices(source, writer, heard)),
        music=Material(f"{MEDIA}/music.wav", timeline.frames),
        cues=shown,
        shots=notes_of(source),
    )


def heard_stems(source: Source) -> Stems:
    """Speech and music of the film, each as it is heard there."""
    made, folder = source.made, source.folder
    lines = [
        (source.sound(line.audio, folder.shot(shot) / "voice.wav"), start)
        for shot, (line, (start, _)) in enumerate(zip(made.narration.lines, made.timeline.line_times(), strict=True))
    ]
    music = source.sound(made.soundtrack.music, folder.audio / "music.wav")
    return stems(source.store, lines, music, made.timeline.duration)


def _clip(source: Source, writer: Writer, shot: int) -> Material:
    """The shot's own file where the film shows it as it is; else one at the film's size and rate, with the frame that
    stands still at its end."""
    clip, timeline = source.made.clips[shot].clip, source.made.timeline
    source.sound(clip, source.folder.shot(shot) / "clip.mp4")
    name, length = f"{MEDIA}/shot-{shot + 1:02d}.mp4", timeline.lengths[shot]
    if (clip.width, clip.height, clip.fps) == (timeline.width, timeline.height, timeline.fps) and clip.frames >= length:
        writer.blob(name, clip)
        return Material(name, clip.frames)
    writer.blob(name, _as_shown(source, shot, clip))
    return Material(name, length)


def _as_shown(source: Source, shot: int, clip: Clip) -> Blob:
    timeline = source.made.timeline
    whole = Segment(kind="body", shot=shot, first=0, last=timeline.lengths[shot], start=timeline.starts[shot])
    rendering = partial(render, timeline, whole, {shot: clip}, None, blobs=source.store, fonts=())
    with ThreadPoolExecutor(1) as beside:  # the caller's thread may have an event loop already
        return beside.submit(anyio.run, rendering).result().blob


def _voices(source: Source, writer: Writer, heard: Stems) -> Iterator[Placed]:
    """Every spoken line in whole frames, so that an editor puts it where the film has it, to the sample."""
    timeline, reached = source.made.timeline, 0
    per_frame = RATE / timeline.fps
    for shot, (begin, end) in enumerate(timeline.line_times()):
        # Two lines may share a frame; it is whole in the first one's sound.
        first, last = max(floor(begin * timeline.fps), reached), min(ceil(end * timeline.fps), timeline.frames)
        if end <= begin or last <= first:
            continue
        reached = last
        samples = heard.voices[round(first * per_frame) : round(last * per_frame)]
        name = f"{MEDIA}/voice-{shot + 1:02d}.wav"
        writer.blob(name, source.store.put_audio(samples, RATE))
        yield Placed(Material(name, last - first), first)
