"""One real film with hostile words in its theme: stopped by Ctrl-C half made, gone on with, looked at, and changed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pysubs2
import pytest

import personavlog
from personavlog.cut import Timeline
from personavlog.cut.assemble import LABEL
from personavlog.media import ffmpeg
from personavlog.metrics import identity, loudness
from personavlog.runs.folder import RunFolder, find_run
from personavlog.runs.index import Event
from personavlog.runs.record import RunRecord, read_record
from personavlog.script import Script
from personavlog.vlog import Made
from tests.shared.command_line import PORTRAIT, CommandLine

pytestmark = [pytest.mark.weights, pytest.mark.slow]

THEME = r"""A day in a coastal town '; touch pwned # $(touch pwned) %{pts} {\pos(0,0)} :textfile=/etc/passwd"""
SIZE, FPS, PER_SHOT = (1280, 720), 24, ("clip.mp4", "keyframe.png", "voice.wav")


@dataclass
class Reel:
    """The film of this file's tests; ``events`` are those of its last making."""

    cli: CommandLine
    stopped: subprocess.CompletedProcess[str]
    events: list[Event] = field(default_factory=list)

    @property
    def folder(self) -> RunFolder:
        return find_run(self.cli.runs, "last")

    @property
    def record(self) -> RunRecord:
        return read_record(self.folder)

    @property
    def made(self) -> Made:
        return Made.model_validate(self.record.of_kind("film")[-1].data["made"])

    def make(self) -> None:
        """Go on with it, or make it again."""
        self.events.clear()
        personavlog.reopen(runs=self.cli.runs).make(self.events.append)

    def steps(self, kind: str = "started") -> set[str]:
        """Names of the steps that the last making told an event of."""
        return {str(event.data["name"]) for event in self.events if event.kind == kind}


@pytest.fixture(scope="module")
def reel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reel]:
    place = tmp_path_factory.mktemp("vlog")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERSONAVLOG_HOME", str(place / "home"))
        patch.setenv("PERSONAVLOG_OFFLINE", "1")
        patch.chdir(place)
        reel = Reel(
            CommandLine(place / "runs", profile="embedded", writer="embedded:planner"),
            _stopped_after({"Voice 1 of 2", "Voice 2 of 2"}, place / "runs"),
        )
        reel.make()
        yield reel


def _stopped_after(lines: set[str], runs: Path) -> subprocess.CompletedProcess[str]:
    """Make the film in a process of its own and press Ctrl-C, which every process of a terminal gets, once all of
    ``lines`` were said. Windows lets no program press it for another one's group."""
    if sys.platform == "win32":
        pytest.skip("Ctrl-C cannot be pressed by a program")
    command = [
        sys.executable,
        "-c",
        "from personavlog.cli.main import main; main()",
        "make",
        "--photo",
        str(PORTRAIT),
        "--theme",
        THEME,
    ]
    command += [
        "--style",
        "Hayao Miyazaki",
        "--name",
        r"Mia{\an8}$(id)",
        "--i-may-use-this-likeness",
        "--writer",
        "embedded:planner",
    ]
    command += ["--length", "6", "--shots", "2", "--runs", str(runs)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout and process.stderr
        said, awaited = "", set(lines)
        for one in process.stdout:
            said += one
            if one.strip() in awaited:
                awaited.remove(one.strip())
                if not awaited:
                    os.killpg(process.pid, signal.SIGINT)
        return subprocess.CompletedProcess(command, process.wait(timeout=120), said, process.stderr.read())


def _probe(path: Path) -> str:
    return subprocess.run(
        [ffmpeg.binary(), "-hide_banner", "-i", str(path)], capture_output=True, text=True, check=False
    ).stderr


def _decoded(path: Path, *arguments: str) -> bytes:
    command = [ffmpeg.binary(), "-v", "error", "-i", str(path), *arguments, "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _small_frames(path: Path) -> np.ndarray:
    return (
        np.frombuffer(_decoded(path, "-an", "-vf", "scale=64:36", "-f", "rawvideo", "-pix_fmt", "gray"), np.uint8)
        .reshape(-1, 36, 64)
        .astype(float)
    )


def test_ctrl_c_ends_in_a_sentence_and_nothing_finished_is_repeated(reel: Reel) -> None:
    assert reel.stopped.returncode == 130 and "Traceback" not in reel.stopped.stderr
    assert "personavlog resume" in reel.stopped.stderr
    lines = reel.stopped.stdout.splitlines()
    assert lines[:2] == ["The person in the style", "Script"] and lines[-1].startswith("Stopping")
    finished = {
        "stylise",
        "script",
        "voice/1",
        "voice/2",
        "write/story",
        "write/seg",
        "write/video",
        "write/mono",
        "write/music",
    }
    assert finished & reel.steps() == set() and finished <= reel.steps("hit")
    assert "keyframe/2/paint/0" in reel.steps()


def test_the_run_folder_is_laid_out_as_the_design_says(reel: Reel) -> None:
    folder = reel.folder
    plain = {
        "vlog.mp4",
        "vlog.srt",
        "vlog.vtt",
        "thumbnail.jpg",
        "person.png",
        "report.html",
        "record.json",
        "brief.toml",
        "script.json",
        "log.jsonl",
    }
    assert {path.name for path in folder.path.iterdir()} - {"attempts"} == plain | {"shots", "audio"}, (
        "attempts: only where a clip was corrected"
    )
    assert sorted(str(path.relative_to(folder.path)) for path in (folder.path / "shots").rglob("*.*")) == [
        f"shots/0{n}/{name}" for n in (1, 2) for name in PER_SHOT
    ]
    assert {path.name for path in folder.audio.iterdir()} == {"mix.wav", "music.wav"}
    assert not list(Path.cwd().rglob("pwned"))


def test_the_record_is_valid_and_complete(reel: Reel) -> None:
    record = reel.record
    assert (
        record.outcome == "done"
        and record.brief.theme == THEME
        and record.brief.consent is not None
        and record.money == 0
    )
    assert record.stale == () and {step.status for step in record.steps} <= {"done", "hit"}
    assert {entry.role for entry in record.licences} == {"image", "video", "music", "speech"}
    assert all(json.loads(line)["kind"] for line in reel.folder.log.read_text().splitlines())


def test_the_film_is_what_its_timeline_says(reel: Reel) -> None:
    timeline, probe = reel.made.timeline, _probe(reel.folder.film)
    assert probe.count("Video: h264") == 1 and probe.count("Audio: aac") == 1
    assert f"{SIZE[0]}x{SIZE[1]}" in probe and f"{FPS} fps" in probe
    assert len(_small_frames(reel.folder.film)) == timeline.frames
    assert abs(timeline.duration - 6) <= 0.6, "the length that was asked for, to a tenth"
    assert abs(_seconds(probe) - timeline.duration) < 0.06


def _seconds(probe: str) -> float:
    hours, minutes, seconds = re.findall(r"Duration: (\d+):(\d+):([\d.]+)", probe)[0]
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def test_the_film_carries_chapters_and_says_that_it_is_generated(reel: Reel) -> None:
    probe = _probe(reel.folder.film)
    assert probe.count("Chapter #") == 2 and LABEL in probe and reel.made.script.story.title in probe


def test_the_sound_is_as_loud_as_it_should_be(reel: Reel) -> None:
    samples = np.frombuffer(
        _decoded(reel.folder.film, "-vn", "-ac", "2", "-ar", "48000", "-f", "f32le"), np.float32
    ).reshape(-1, 2)
    assert abs(loudness.integrated(samples, 48000) + 14) < 1
    assert loudness.true_peak(samples) < -1


def test_subtitles_say_the_lines_in_their_time(reel: Reel) -> None:
    timeline: Timeline = reel.made.timeline
    for name in ("vlog.srt", "vlog.vtt"):
        shown = pysubs2.load(str(reel.folder.path / name))
        assert " ".join(" ".join(line.plaintext.split()) for line in shown) == " ".join(
            line.text for line in reel.made.narration.lines
        )
        assert all(0 <= line.start < line.end <= timeline.duration * 1000 + 1 for line in shown)
    assert (reel.folder.path / "vlog.vtt").read_text().startswith("WEBVTT")


def test_the_report_stands_alone_and_shows_every_shot(reel: Reel) -> None:
    page = reel.folder.report.read_text()
    assert not re.search(r"https?:|<script|<link|@import|url\(", page)
    links = set(re.findall(r'(?:src|href)="(?!data:image/)([^"]*)"', page))
    assert {link for link in links if not link.startswith("attempts/")} == {
        "vlog.mp4",
        "shots/01/clip.mp4",
        "shots/02/clip.mp4",
    } and all((reel.folder.path / link).is_file() for link in links)
    assert 'id="shot-1"' in page and 'id="shot-2"' in page and "{\\pos(0,0)}" in page
    assert len(page) < 3_000_000


def test_it_is_the_same_person_in_every_keyframe(reel: Reel) -> None:
    reference = cv2.cvtColor(cv2.imread(str(reel.folder.path / "person.png")), cv2.COLOR_BGR2RGB)
    for number in (1, 2):
        keyframe = cv2.cvtColor(cv2.imread(str(reel.folder.path / f"shots/0{number}/keyframe.png")), cv2.COLOR_BGR2RGB)
        assert keyframe.shape[1::-1] == SIZE
        score = identity.identity(reference, keyframe).value
        assert score is None or score >= identity.FLOOR


def test_resuming_a_finished_film_repeats_nothing(reel: Reel) -> None:
    before = reel.folder.film.read_bytes()
    reel.make()
    assert reel.steps() == set() and reel.folder.film.read_bytes() == before


def test_redoing_a_clip_touches_that_shot_and_its_cuts_only(reel: Reel) -> None:
    before = {
        name: (reel.folder.path / name).read_bytes()
        for name in ("shots/01/clip.mp4", "shots/02/clip.mp4", "shots/02/keyframe.png", "audio/mix.wav")
    }
    frames, first = _small_frames(reel.folder.film), reel.made.timeline.lengths[0]
    assert personavlog.redo("last", 2, "clip", runs=reel.cli.runs) == 1
    reel.make()
    assert "clip/2/animate/0" in reel.steps()
    assert {name for name in reel.steps() if not name.startswith("clip/2")} == {
        "cut/segment/2",
        "cut/segment/3",
        "cut/film",
    }
    changed = {name for name, data in before.items() if (reel.folder.path / name).read_bytes() != data}
    assert changed == {"shots/02/clip.mp4"}
    again = _small_frames(reel.folder.film)
    moved = np.abs(again - frames).mean(axis=(1, 2))
    assert len(again) == len(frames) and moved[: first - 10].max() == 0 and moved[first:].max() > 0.5
    shown = reel.cli.call("show", "--runs", str(reel.cli.runs))
    assert "done, take 1" in shown.out and shown.status == 0


def test_a_changed_line_is_spoken_again_and_nothing_else_is(reel: Reel) -> None:
    script = Script.model_validate_json(reel.folder.script.read_text())
    line = script.monologues[0].model_copy(update={"text": r"So far, so {\an8}good: %{pts}."})
    edited = script.model_copy(update={"monologues": (line, script.monologues[1])})
    reel.folder.script.write_text(edited.model_dump_json())
    assert personavlog.replace_script("last", reel.folder.script, runs=reel.cli.runs)
    voice = (reel.folder.path / "shots/02/voice.wav").read_bytes()
    reel.make()
    stages = {name.partition("/")[0] for name in reel.steps()}
    assert (
        "voice/1" in reel.steps()
        and "voice/2" not in reel.steps()
        and not stages & {"stylise", "write", "script", "keyframe"}
    )
    assert abs(reel.made.film.duration - 6) <= 0.6, "the other shots make room for a line that needs more"
    assert (reel.folder.path / "shots/02/voice.wav").read_bytes() == voice and reel.made.narration.lines[
        0
    ].text == line.text
    assert "good: %(pts)" in (reel.folder.path / "vlog.srt").read_text().replace("{", "(").replace("}", ")")
    assert reel.record.pins == ("script",)
    assert reel.cli.call("edit", "--file", str(reel.folder.script), "--runs", str(reel.cli.runs)).out.startswith(
        "The script is unchanged"
    )
