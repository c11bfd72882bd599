"""What is no timeline: the stills, and one archive with all that is needed to work on the film elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from personavlog import weights
from personavlog.cut.subtitle_files import write
from personavlog.cut.subtitles import cues
from personavlog.errors import MachineError, WeightsError
from personavlog.export.footage import heard_stems
from personavlog.export.licences import font_names, licences
from personavlog.export.source import Source
from personavlog.export.writing import STILLS, Writer
from personavlog.script import Script
from personavlog.sound.mix import RATE

ARCHIVE = "vlog.zip"
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The archive's files have no time, so that the same film gives the same bytes."""
_STORED = frozenset((".png", ".jpg"))


def stills(source: Source, writer: Writer) -> None:
    """The keyframes in the film's order, and the stylised person."""
    for name, data in _stills(source):
        writer.file(f"{STILLS}/{name}", data)


def archive(source: Source, writer: Writer) -> tuple[str, ...]:
    """Script, stills, sound, subtitles, fonts and licences as ``vlog.zip``; returns what could not be put in."""
    buffer, notes = io.BytesIO(), list[str]()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in _contents(source, notes):
            about = zipfile.ZipInfo(name, _STAMP)
            about.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _STORED else zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            target.writestr(about, data)
    writer.file(ARCHIVE, buffer.getvalue())
    return tuple(notes)


def _contents(source: Source, notes: list[str]) -> Iterator[tuple[str, bytes]]:
    made = source.made
    yield "licences.txt", licences(source).encode()
    yield "script.json", made.script.model_dump_json(indent=1).encode()
    yield "script.txt", readable_script(made.script).encode()
    for name, data in _stills(source):
        yield f"{STILLS}/{name}", data
    yield from _sound(source)
    shown = cues(made.timeline)
    yield "subtitles/vlog.srt", write(shown, "srt").encode()
    yield "subtitles/vlog.vtt", write(shown, "vtt").encode()
    yield from _fonts(source, notes)


def _stills(source: Source) -> Iterator[tuple[str, bytes]]:
    made, folder = source.made, source.folder
    for shot, keyframe in enumerate(made.keyframes):
        picture = source.sound(keyframe.image, folder.shot(shot) / "keyframe.png")
        yield f"shot-{shot + 1:02d}{_ending(picture.media_type)}", source.store.get(picture)
    person = source.sound(made.person.image, folder.path / "person.png")
    yield f"person{_ending(person.media_type)}", source.store.get(person)


def _ending(media_type: str) -> str:
    return ".jpg" if media_type == "image/jpeg" else ".png"


def _sound(source: Source) -> Iterator[tuple[str, bytes]]:
    """The mix and its two stems, which added up are the mix, and the music as it was composed."""
    made, store, heard = source.made, source.store, heard_stems(source)
    yield "sound/mix.wav", store.get(source.sound(made.soundtrack.audio, source.folder.audio / "mix.wav"))
    yield "sound/voices.wav", store.get(store.put_audio(heard.voices, RATE))
    yield "sound/music.wav", store.get(store.put_audio(heard.music, RATE))
    yield "sound/music-whole.wav", store.get(made.soundtrack.music)
    for shot, line in enumerate(made.narration.lines, start=1):
        yield f"sound/voice-{shot:02d}.wav", store.get(line.audio)


def _fonts(source: Source, notes: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in font_names(source):
        try:
            folder = weights.path(name)
        except (WeightsError, MachineError) as error:
            notes.append(f"The font {name} is not in the archive: {error}")
            continue
        for file in weights.entry(name).files:
            yield f"fonts/{name}/{Path(file.name).name}", (folder / file.name).read_bytes()


def readable_script(script: Script) -> str:
    """The script to be read: the story, then every shot with its board, its movement and its line."""
    head = [script.story.title, "", script.story.logline, "", f"Music: {script.music.text}"]
    shots = [
        f"\n{number}. {board.place}\n{board.text}\n{video.text}\n“{line.text}”"
        for number, (board, video, line) in enumerate(
            zip(script.boards, script.videos, script.monologues, strict=True), start=1
        )
    ]
    return "\n".join([*head, *shots]) + "\n"
