"""Parts of a person's own: used without asking a backbone, hostile until read, taken out and taken back."""

from __future__ import annotations

import json
import struct
import subprocess
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
import soundfile

from personavlog import api
from personavlog.errors import MediaError, RunError
from personavlog.media.ffmpeg import binary
from personavlog.runs.folder import open_store
from personavlog.runs.record import read_record
from tests.core.doubles import sent
from tests.core.room import Room, room

__all__ = ["room"]


def picture(place: Path, size: tuple[int, int], colour: tuple[int, int, int] = (200, 40, 30)) -> Path:
    PIL.Image.new("RGB", size, colour).save(place)
    return place


def film(place: Path, seconds: float, size: str = "320x240", rate: int = 25) -> Path:
    source = ["-f", "lavfi", "-i", f"testsrc=size={size}:rate={rate}:duration={seconds}"]
    tone = ["-f", "lavfi", "-i", f"sine=duration={seconds}"]
    subprocess.run([binary(), "-v", "error", *source, *tone, "-pix_fmt", "yuv420p", str(place)], check=True)
    return place


def spoken(place: Path, seconds: float) -> Path:
    soundfile.write(place, 0.3 * np.sin(np.arange(round(seconds * 16_000)) / 9), 16_000)
    return place


def made_of(room: Room) -> dict[str, object]:
    return dict(read_record(api.view(runs=room.runs).folder).of_kind("film")[-1].data["made"])  # type: ignore[call-overload]


def test_own_parts_are_in_the_film_and_nothing_is_asked_for_them(room: Room, tmp_path: Path) -> None:
    room.made()
    before = sent(room.log)
    said = room.call("use", "2", "--keyframe", str(picture(tmp_path / "own.jpg", (400, 400))))
    assert said.status == 0 and "another shape" in said.err and "1 clip" in said.out
    api.use("last", 1, clip=film(tmp_path / "own.mp4", 12.0), voice=spoken(tmp_path / "own.wav", 1.5), runs=room.runs)
    room.make()
    assert sent(room.log) - before == {"video": 1}, "only the clip of the own keyframe is made"
    assert any("Shot 1: your clip is 12.0 s long" in note and "not shown" in note for note in room.notes)
    view = api.view(runs=room.runs)
    assert [row[3:] for row in view.rows] == [
        ("done", "your own", "your own"),
        ("your own", "done", "done"),
        ("done", "done", "done"),
    ]
    assert view.stale == ()
    page = view.folder.report.read_text()
    assert page.count("your own clip") == page.count("your own keyframe") - 1 == page.count("your own voice") == 1


def test_a_short_clip_of_ones_own_holds_its_last_frame(room: Room, tmp_path: Path) -> None:
    room.made()
    api.use("last", 3, clip=film(tmp_path / "short.webm", 0.6), runs=room.runs)
    vlog = room.make()
    assert any("Shot 3: your clip is 0.6 s long" in note and "held" in note for note in room.notes)
    assert abs(vlog.duration - 10) <= 1


def test_what_was_made_stands_again_after_unuse_and_undo(room: Room, tmp_path: Path) -> None:
    room.made()
    first, before = made_of(room), sent(room.log)
    api.use("last", 2, clip=film(tmp_path / "own.mp4", 3.0), runs=room.runs)
    room.make()
    assert made_of(room)["clips"] != first["clips"]
    api.unuse("last", 2, "clip", runs=room.runs)
    room.make()
    assert made_of(room) == first
    assert api.undo(runs=room.runs) == "taking your own clip of shot 2 out"
    assert api.undo(runs=room.runs) == "your own clip of shot 2"
    room.make()
    assert made_of(room) == first and sent(room.log) == before
    with pytest.raises(RunError, match="no change to take back"):
        api.undo(runs=room.runs)
    with pytest.raises(RunError, match="not your own"):
        api.unuse("last", 2, "clip", runs=room.runs)


def test_another_take_of_an_own_part_says_that_it_would_not_be_seen(room: Room, tmp_path: Path) -> None:
    room.made()
    api.use("last", 2, keyframe=picture(tmp_path / "own.png", (192, 112)), runs=room.runs)
    with pytest.raises(RunError, match="unuse 2 --part keyframe"):
        api.redo("last", 2, "keyframe", runs=room.runs)


def _huge_png() -> bytes:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("part", "name", "data", "says"),
    [
        ("keyframe", "own.png", b"This is no picture. " * 50, "a text file"),
        ("keyframe", "own.png", _huge_png(), "more than 40 million pixels"),
        ("keyframe", "own.png", b"", "is empty"),
        ("voice", "own.wav", b"", "is empty"),
        ("voice", "own.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", "damaged"),
        ("voice", "own.wav", b"words " * 100, "a text file"),
        ("clip", "own.mp4", b"", "is empty"),
        ("clip", "own.mp4", b"words " * 100, "a text file"),
        ("clip", "list.txt", b"ffconcat version 1.0\nfile '/etc/hostname'\n", "a text file"),
        ("clip", "list.m3u8", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n", "a text file"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_a_sentence_and_changes_nothing(
    room: Room, tmp_path: Path, part: str, name: str, data: bytes, says: str
) -> None:
    api_job = room.begin()
    (tmp_path / name).write_bytes(data)
    before = room.state()
    said = room.call("use", "1", f"--{part}", str(tmp_path / name), "--run", api_job.folder.run)
    assert said.status == 2 and says in said.err
    assert room.state() == before


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
@pytest.mark.parametrize("index_first", [False, True])
def test_an_mp4_that_is_cut_short_is_refused(room: Room, tmp_path: Path, index_first: bool, share: float) -> None:
    room.begin()
    place = film(tmp_path / "own.mp4", 2.0)
    if index_first:
        moved = ["-i", str(place), "-c", "copy", "-movflags", "+faststart", str(tmp_path / "fast.mp4")]
        subprocess.run([binary(), "-v", "error", *moved], check=True)
        place = tmp_path / "fast.mp4"
    data = place.read_bytes()
    place.write_bytes(data[: int(len(data) * share)])
    before, stored = room.state(), room.blobs()
    with pytest.raises(MediaError, match="cut short"):
        api.use("last", 1, clip=place, runs=room.runs)
    assert room.state() == before and room.blobs() == stored


@pytest.mark.parametrize("size", ["320x240", "240x320", "640x372"])
def test_a_clip_gets_the_films_rate_and_fits_into_its_size(room: Room, tmp_path: Path, size: str) -> None:
    job = room.begin()
    notes = api.use("last", 1, clip=film(tmp_path / "own.mov", 2.0, size, 30), runs=room.runs)
    store, index = open_store()
    clip = json.loads(index.edits.pins(job.folder.run)["clip/1"])["clip"]
    assert (clip["fps"], clip["frames"]) == (16.0, 32)
    assert clip["width"] <= 192 and clip["height"] <= 112 and (clip["width"] == 192 or clip["height"] == 112)
    assert bool(notes) == ((clip["width"], clip["height"]) != (192, 112))
    assert store.has(clip["digest"])


@pytest.mark.parametrize(
    "arguments", [("use", "1"), ("use", "9", "--keyframe", "x.png"), ("unuse", "1", "--part", "nose")]
)
def test_a_command_that_does_not_fit_ends_with_status_2(room: Room, arguments: tuple[str, ...]) -> None:
    room.begin()
    before = room.state()
    assert room.call(*arguments).status == 2 and room.state() == before
