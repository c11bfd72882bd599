"""One ffmpeg for the whole house: found, checked before anything is spent, and never waited for without end.

``PERSONAVLOG_FFMPEG=/path/to/ffmpeg pytest -k "media_ffmpeg or cut_render"`` tries another program.
"""

from __future__ import annotations

import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import anyio
import numpy as np
import pytest

from personavlog.errors import MachineError, MediaError
from personavlog.media import Clip, ffmpeg, process
from personavlog.media.decode import frames
from personavlog.media.encode import encoding
from personavlog.media.process import run_ffmpeg
from tests.shared.command_line import CommandLine

W, H = 64, 36
REAL = ffmpeg.binary()
FAKE = """#!{python}
import os, subprocess, sys, time
given = sys.argv[1:]
if any(word in given for word in ("-version", "-h") + {lists!r}):
    said = subprocess.run([{real!r}, *given], capture_output=True, text=True).stdout
    for old, new in {changes!r}:
        said = said.replace(old, new)
    print(said)
    sys.exit()
{work}
"""
WORK = "os.execv({real!r}, [{real!r}, *given])"
HANG = "time.sleep(600)"
TWO_FRAMES = "subprocess.run([{real!r}, *given[:-1], '-frames:v', '2', given[-1]]); time.sleep(600)"

Fake = Callable[..., Path]
needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="A script is no program there.")


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Put a program in the real one's place that answers questions as that one does, but for ``changes``."""

    def make(*changes: tuple[str, str], work: str = WORK) -> Path:
        place = tmp_path / "own ffmpeg"
        lists = tuple(f"-{kind}" for kind in ffmpeg.NEEDED)
        script = FAKE.format(
            python=sys.executable, lists=lists, real=REAL, changes=changes, work=work.format(real=REAL)
        )
        place.write_text(script)
        place.chmod(place.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv(ffmpeg.BINARY_VARIABLE, str(place))
        return place

    return make


def clip(folder: Path, count: int = 12) -> tuple[Path, Clip]:
    path = folder / "clip.mp4"
    with encoding(path, W, H, 24) as pipe:
        for level in range(count):
            pipe.write(np.full((H, W, 4), 20 + level, np.uint8))
        pipe.finish()
    return path, Clip(digest="0" * 64, size=path.stat().st_size, width=W, height=H, fps=24, frames=count)


# --- which program


def test_the_one_that_comes_with_the_package_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ffmpeg.BINARY_VARIABLE, raising=False)
    assert Path(ffmpeg.binary()).is_absolute() and ffmpeg.version().startswith("7.0.2")


def test_a_program_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain.txt").write_text("no program")
    for named in ("no-such-ffmpeg", str(tmp_path), str(tmp_path / "plain.txt")):
        monkeypatch.setenv(ffmpeg.BINARY_VARIABLE, named)
        with pytest.raises(MachineError, match=r"There is no program .*unset it"):
            ffmpeg.binary()


@needs_scripts
def test_a_program_by_its_relative_name_also_runs_in_another_folder(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = fake()
    monkeypatch.chdir(own.parent)
    monkeypatch.setenv(ffmpeg.BINARY_VARIABLE, f"./{own.name}")
    path, _ = clip(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    anyio.run(lambda: run_ffmpeg("-i", str(path), "-c", "copy", "copy.mp4", folder=tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere" / "copy.mp4").stat().st_size > 0


@needs_scripts
@pytest.mark.parametrize("number", ["4.2.2-static", "5.0.3", "n3.4"])
def test_an_old_one_is_refused_with_what_to_do(fake: Fake, number: str) -> None:
    own = fake((f"ffmpeg version {ffmpeg.version()}", f"ffmpeg version {number}"))
    with pytest.raises(MachineError, match=rf"{own.name}.*too old.*version {number}, and 5\.1 or newer.*unset it"):
        ffmpeg.binary()


@needs_scripts
@pytest.mark.parametrize("number", ["5.1.9-0+deb12u1", "n8.0-23-gd1f31a829d", "12.3", "N-117821-g1c1b0ea", "git-2030"])
def test_a_new_one_and_a_build_of_a_day_are_judged_by_what_they_can_do(fake: Fake, number: str) -> None:
    fake((f"ffmpeg version {ffmpeg.version()}", f"ffmpeg version {number}"))
    assert ffmpeg.version() == number


@needs_scripts
@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ([" ass "], "filters ass"),
        ([" libx264 "], "encoders libx264"),
        ([" xfade ", " aac "], "filters xfade; encoders aac"),
        (["-fps_mode"], "options -fps_mode"),
        (["mov,mp4"], "demuxers mov"),
    ],
)
def test_one_that_lacks_something_is_named_with_it(fake: Fake, gone: list[str], said: str) -> None:
    fake(*((name, name.replace(name.strip(), "other")) for name in gone))
    with pytest.raises(MachineError, match=rf"built without {said}\. Let \$PERSONAVLOG_FFMPEG name another"):
        ffmpeg.binary()


@needs_scripts
def test_something_else_than_ffmpeg_is_called_so(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(("ffmpeg version", "magick version"))
    with pytest.raises(MachineError, match="no ffmpeg"):
        ffmpeg.binary()
    monkeypatch.setattr(ffmpeg, "ANSWER_SECONDS", 0.2)
    fake().write_text(f"#!{sys.executable}\nimport time; time.sleep(600)")
    with pytest.raises(MachineError, match=r"does not run.*timed out"):
        ffmpeg.binary()


@needs_scripts
@pytest.mark.usefixtures("one_face")
def test_nothing_is_begun_with_one_that_does_not_serve(fake: Fake, cli: CommandLine) -> None:
    fake((" ass ", " other "))
    said = cli.make()
    assert said.status == 3 and "built without filters ass" in said.err and cli.begun() == []


# --- nothing is waited for without end


@needs_scripts
@pytest.mark.parametrize(("work", "seen"), [(HANG, 0), (TWO_FRAMES, 2)], ids=["at once", "later"])
def test_a_decoder_that_hangs_is_stopped(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str, seen: int
) -> None:
    path, made = clip(tmp_path)
    fake(work=work)
    monkeypatch.setattr(process, "PATIENCE", 1.0)
    came, began = [], time.monotonic()
    with pytest.raises(MediaError, match=r"clip\.mp4.*hung for 1 seconds.*pin another"):
        came.extend(frames(path, made))
    assert len(came) == seen and time.monotonic() - began < 20


def test_one_who_takes_long_over_a_frame_is_not_punished_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, made = clip(tmp_path)
    ffmpeg.binary()
    monkeypatch.setattr(process, "PATIENCE", 0.4)
    count = 0
    for _ in frames(path, made):
        count += 1
        if count == 3:
            time.sleep(1.0)
    assert count == made.frames


@needs_scripts
def test_an_encoder_that_hangs_is_stopped(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(work=HANG)
    monkeypatch.setattr(process, "PATIENCE", 0.5)
    ffmpeg.binary()
    with pytest.raises(MachineError, match=r"hung for 0\.5 seconds"), encoding(tmp_path / "a.mp4", W, H, 24) as pipe:
        pipe.finish()
    with pytest.raises(MachineError, match=r"hung for 0\.5 seconds"), encoding(tmp_path / "a.mp4", W, H, 24) as pipe:
        for _ in range(100):  # more than a pipe holds
            pipe.write(np.zeros((H, W, 4), np.uint8))


@needs_scripts
def test_a_cut_that_hangs_is_stopped(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(work=HANG)
    monkeypatch.setattr(process, "LONGEST", 0.5)
    with pytest.raises(MachineError, match="did not end within"):
        anyio.run(lambda: run_ffmpeg("-i", "x.mp4", "y.mp4", folder=tmp_path))
