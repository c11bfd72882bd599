"""Clips that are broken, odd or meant to break something: each ends in a number or in an error that names the file, and
the rest of a folder goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from personavlog.media.ffmpeg import binary

pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
pytest.importorskip("av", reason="the extra 'metrics' is not installed")

from personavlog.errors import MediaError
from personavlog.metrics.published.clip_measures import ClipMeasures, Networks, measure
from personavlog.metrics.published.consistency import SUBJECT
from personavlog.metrics.published.folder import Row, clips, measure_all, read
from personavlog.metrics.published.measured import mean_of
from personavlog.metrics.published.video import batches, opened

NOTHING = Networks()
HUGE = b"YUV4MPEG2 W60000 H60000 F25:1 Ip A1:1 C420\nFRAME\n"
THIN = b"YUV4MPEG2 W4096 H2 F25:1 Ip A1:1 C420\nFRAME\n" + bytes(4096 * 2 * 3 // 2)


def made(path: Path, *options: str, size: str = "64x48", frames: int = 4, rate: int = 8) -> Path:
    """A test picture in motion as a file, by the ffmpeg program."""
    source = ("-f", "lavfi", "-i", f"testsrc=size={size}:rate={rate}")
    command = (
        binary(),
        "-v",
        "error",
        "-y",
        *source,
        "-frames:v",
        str(frames),
        *options,
        f"file:{path}",
    )
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def seen(path: Path) -> ClipMeasures:
    return measure(path, NOTHING)


@pytest.mark.parametrize(
    ("name", "options", "size"),
    [
        ("odd.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv444p"), (63, 47)),
        ("alpha.mkv", ("-c:v", "ffv1", "-pix_fmt", "yuva420p"), (64, 48)),
        ("ten-bit.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv420p10le"), (64, 48)),
        ("grey.mkv", ("-c:v", "ffv1", "-pix_fmt", "gray"), (64, 48)),
        ("moving.gif", (), (64, 48)),
        ("LOUD.MP4", ("-c:v", "libx264", "-pix_fmt", "yuv420p"), (64, 48)),
        ("one:two.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv420p"), (64, 48)),
        ("-rf new\nline.mp4", ("-c:v", "libx264", "-pix_fmt", "yuv420p"), (64, 48)),
    ],
)
def test_odd_but_sound_clips_are_measured(
    tmp_path: Path, name: str, options: tuple[str, ...], size: tuple[int, int]
) -> None:
    path = made(tmp_path / name, *options, size=f"{size[0]}x{size[1]}")
    found = seen(path)
    assert (found.frames, found.width, found.height) == (4, *size)
    assert clips(tmp_path) == [path]


def test_ten_bits_show_the_same_picture(tmp_path: Path) -> None:
    plain, deep = (
        made(tmp_path / "a.mkv", "-c:v", "ffv1", "-pix_fmt", "yuv420p"),
        made(tmp_path / "b.mkv", "-c:v", "ffv1", "-pix_fmt", "yuv420p10le"),
    )
    pictures = []
    for path in (plain, deep):
        with opened(path) as video:
            pictures.append(next(video.frames).astype(int))
    assert np.abs(pictures[0] - pictures[1]).mean() < 6


def test_a_rotation_that_the_file_asks_for_is_applied(tmp_path: Path) -> None:
    plain = made(tmp_path / "plain.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p")
    turned = tmp_path / "turned.mp4"
    command = (
        binary(),
        "-v",
        "error",
        "-display_rotation",
        "90",
        "-i",
        str(plain),
        "-c",
        "copy",
        str(turned),
    )
    subprocess.run(command, check=True)
    with opened(plain) as flat, opened(turned) as upright:
        assert np.array_equal(np.rot90(next(flat.frames)), next(upright.frames))


def test_a_variable_frame_rate_keeps_every_frame(tmp_path: Path) -> None:
    path = made(tmp_path / "a.mkv", "-vf", "setpts='N*N/8/TB'", "-fps_mode", "vfr", "-c:v", "ffv1", frames=6)
    found = seen(path)
    assert found.frames == 6
    assert found.fps > 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.mp4", b"", "read|decoded"),
        ("text.mp4", b"Not a video at all.\n" * 50, "read|decoded"),
        ("playlist.mp4", b"#EXTM3U\n#EXTINF:1,\nfile:/etc/hostname\n", "read|decoded"),
        ("bomb.mkv", HUGE, "larger|read|decoded"),
        ("thin.mkv", THIN, "16 times"),
    ],
)
def test_a_broken_file_is_an_error_with_its_name(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MediaError, match=reason) as caught:
        seen(tmp_path / name)
    assert name in str(caught.value)


def test_sound_alone_is_no_clip(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    subprocess.run(
        (binary(), "-v", "error", "-f", "lavfi", "-i", "sine=duration=0.2", str(path)),
        check=True,
    )
    with pytest.raises(MediaError, match=r"'sound\.mp4' has no video stream"):
        seen(path)


def test_a_file_cut_off_in_the_middle_is_an_error_or_what_is_left(tmp_path: Path) -> None:
    path = made(tmp_path / "a.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", frames=30)
    path.write_bytes(path.read_bytes()[:-1500])
    with pytest.raises(MediaError, match=r"'a\.mp4'"):
        seen(path)


def test_a_declared_length_of_years_is_not_believed(tmp_path: Path) -> None:
    path = made(tmp_path / "a.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p")
    data = bytearray(path.read_bytes())
    place = data.index(b"mvhd") + 4 + 16
    data[place : place + 4] = b"\x7f\xff\xff\xff"
    path.write_bytes(data)
    assert seen(path).frames == 4


def test_large_frames_come_in_smaller_batches(tmp_path: Path) -> None:
    path = made(tmp_path / "a.mkv", "-c:v", "ffv1", frames=7)
    with opened(path) as video:
        assert [len(batch) for batch in batches(video, 3, 10**9)] == [3, 3, 1]
    with opened(path) as video:
        assert [len(batch) for batch in batches(video, 6, 10**9)] == [7]
    with opened(path) as video:
        assert [len(batch) for batch in batches(video, 6, 6 * 64 * 48)] == [6, 1]
    with opened(path) as video:
        assert [len(batch) for batch in batches(video, 8, 2 * 64 * 48)] == [2, 2, 2, 1]
    with opened(path) as video:
        assert [len(batch) for batch in batches(video, 8, 1)] == [1] * 7


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux lets a file's name be no text.")
def test_a_folder_goes_on_past_everything_that_cannot_be_measured(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    made(folder / "shot10.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p")
    made(folder / "shot2.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", frames=5)
    (folder / "empty.mp4").touch()
    (folder / "loop.mp4").symlink_to("loop.mp4")
    (folder / "gone.mp4").symlink_to("nowhere.mp4")
    (folder / "folder.mp4").mkdir()
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "notes.txt").write_text("no clip")
    (Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.mp4"))).write_bytes(b"")
    rows = list(measure_all(folder, NOTHING, tmp_path / "rows.jsonl"))
    assert [row.file for row in rows] == [
        "bad\\udcff.mp4",
        "empty.mp4",
        "gone.mp4",
        "loop.mp4",
        "shot2.mp4",
        "shot10.mp4",
    ]
    assert [row.frames for row in rows if not row.error] == [5, 4]
    assert [row.error[:4] for row in rows if row.error] == ["'bad", "'emp", "'gon", "'loo"]
    assert list(measure_all(folder, NOTHING, tmp_path / "rows.jsonl")) == rows == list(read(tmp_path / "rows.jsonl"))


def test_equal_clips_are_measured_once_and_keep_their_names(tmp_path: Path) -> None:
    first = made(tmp_path / "a.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p")
    for number in range(300):
        (tmp_path / f"b{number}.mp4").hardlink_to(first)
    target = tmp_path / "rows.jsonl"
    rows = list(measure_all(tmp_path, NOTHING, target))
    size = target.stat().st_size
    assert list(measure_all(tmp_path, NOTHING, target)) == rows
    assert target.stat().st_size == size
    assert len({row.file for row in rows}) == 301


def test_a_run_killed_in_the_middle_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    for number in range(30):
        made(folder / f"{number}.mkv", "-c:v", "ffv1", frames=1 + number % 3, size=f"{64 + 2 * number}x48")
    target = tmp_path / "rows.jsonl"
    code = (
        "import sys, time; from pathlib import Path; from personavlog.metrics.published.folder import measure_all; "
        "from personavlog.metrics.published.clip_measures import Networks; "
        "measure_all(Path(sys.argv[1]), Networks(), Path(sys.argv[2]), on_row=lambda row: time.sleep(0.05))"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(folder), str(target)]) as process:
        while not target.exists() or target.read_bytes().count(b"\n") < 8:
            assert process.poll() is None
            time.sleep(0.02)
        process.kill()
    killed = target.read_bytes()
    assert killed.count(b"\n") < 30
    target.write_bytes(killed + b'{"file": "cut o')
    resumed = list(measure_all(folder, NOTHING, target))
    assert resumed == list(measure_all(folder, NOTHING, tmp_path / "whole.jsonl")) == list(read(target))
    assert isinstance(resumed[0], Row)


def test_of_a_clip_that_is_done_its_numbers_do_not_stay_in_memory(tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    made(tmp_path / "clips/a.mkv", "-c:v", "ffv1")
    target = tmp_path / "rows.jsonl"
    (row,) = measure_all(tmp_path / "clips", NOTHING, target)
    parts = mean_of(SUBJECT, [number / 7 for number in range(500)])
    with target.open("a") as stream:
        for number in range(400):
            fat = row.model_copy(update={"file": f"{number}.mkv", "key": f"{number:064}", "measures": (parts,)})
            stream.write(fat.model_dump_json() + "\n")
    tracemalloc.start()
    rows = measure_all(tmp_path / "clips", NOTHING, target)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert list(rows) == [row]
    assert peak < target.stat().st_size / 5


def test_rows_are_read_where_they_lie_and_a_file_that_was_changed_is_named(tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    for number in range(3):
        made(tmp_path / f"clips/{number}.mkv", "-c:v", "ffv1", frames=1 + number)
    target = tmp_path / "rows.jsonl"
    rows = measure_all(tmp_path / "clips", NOTHING, target)
    assert [row.frames for row in rows] == [1, 2, 3]
    assert [row.frames for row in rows[1:]] == [2, 3]
    assert rows[-1].frames == 3
    target.write_bytes(target.read_bytes()[5:])
    with pytest.raises(MediaError, match=r"rows\.jsonl"):
        rows[1]


@pytest.mark.skipif(sys.platform != "linux", reason="Counts the peak memory in KiB, as Linux tells it.")
def test_memory_does_not_grow_with_a_clips_length(tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from personavlog.metrics.published.clip_measures import "
        "Networks, measure; "
        "measure(Path(sys.argv[1]), Networks()); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for frames in (100, 800):
        path = made(
            tmp_path / f"{frames}.mp4",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            size="256x160",
            frames=frames,
        )
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] - peaks[0] < 25  # MB; all frames would be 86
