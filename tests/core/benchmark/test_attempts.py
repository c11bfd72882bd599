"""What attempts made is read where the record tells of it, and what corrections gained is measured on it."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import rmtree

import pytest

from personavlog.benchmark import reading
from personavlog.benchmark.definitions import definitions
from personavlog.benchmark.outputs import Correction, Vlog
from personavlog.benchmark.rows import Row
from personavlog.benchmark.scoring import gains, looks, scored_vlog
from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.benchmark.scoring.work import Value
from personavlog.metrics import style
from tests.core.benchmark import vlog_folders, written_outputs
from tests.core.benchmark.vlog_folders import picture, save
from tests.core.benchmark.written_outputs import clip, record, vlog_name

GAINS = tuple(gains.NEEDS)
LOOP = {"proxy.i2i": 0.5}
TOLD = [
    {"part": part, "shot": shot, "attempt": number, "accepted": True if number else None}
    for part, shot in (("keyframe", 1), ("keyframe", 2), ("clip", 1))
    for number in (0, 1)
]


def submitted(root: Path) -> Path:
    """A method with a vlog that tells of six attempts and has what four of them made."""
    place = written_outputs.method(root / "mine") / vlog_name() / "attempts"
    record(place.parent / "corrections.json", TOLD)
    for name in ("keyframe-01-0.png", "keyframe-1-1.JPG"):
        written_outputs.picture(place / name)
    for name in ("clip-01-0.mp4", "clip-001-001.mp4"):
        clip(place / name)
    return place


def read(place: Path) -> tuple[Vlog, dict[str, str]]:
    (outputs,) = reading.read_all([place.parents[1]])
    assert not [one for one in outputs.problems if one.fatal]
    problems = {one.file.removeprefix(f"{vlog_name()}/"): one.text for one in outputs.problems}
    return outputs.vlogs[0], problems


def test_what_attempts_made_is_found_by_its_name(tmp_path: Path) -> None:
    found, problems = read(submitted(tmp_path))
    assert not problems and {one: path.name for one, path in found.attempts.items()} == {
        ("keyframe", 1, 0): "keyframe-01-0.png",
        ("keyframe", 1, 1): "keyframe-1-1.JPG",
        ("clip", 1, 0): "clip-01-0.mp4",
        ("clip", 1, 1): "clip-001-001.mp4",
    }


@pytest.mark.parametrize(
    "name",
    [
        *("keyframe-02-2.png", "keyframe-04-0.png", "keyframe-00-0.png", "keyframe-0200-0.png", "keyframe-2-1000.png"),
        *("keyframe-02-0.mp4", "clip-02-0.mp4", "voice-01-0.wav", "keyframe-02--1.png", "keyframe-٢-0.png", "02-0.png"),
        *("keyframe-02-0 .png", "keyframe-02-0\n.png", "a\x1b[0m.png"),
    ],
)
def test_a_name_that_the_record_does_not_tell_of_is_named_and_not_read(tmp_path: Path, name: str) -> None:
    place = submitted(tmp_path)
    written_outputs.picture(place / "x.png").rename(place / name)
    found, problems = read(place)
    ((file, text),) = problems.items()
    assert file.startswith("attempts/") and file.isprintable() and "keyframe-01-0.png" in text
    assert len(found.attempts) == 4


def test_two_files_for_one_attempt_and_broken_ones_are_left_out(tmp_path: Path) -> None:
    place = submitted(tmp_path)
    written_outputs.picture(place / "keyframe-001-0.png")
    (place / "keyframe-1-1.JPG").write_bytes(b"no picture")
    (place / "clip-01-0.mp4").write_bytes(b"#EXTM3U\nfile:///etc/passwd\n")
    found, problems = read(place)
    assert list(found.attempts) == [("clip", 1, 1)] and len(problems) == 4
    assert "It is not used." in problems["attempts/clip-01-0.mp4"]


@pytest.mark.parametrize("content", [None, "[]", "nonsense"])
def test_without_a_record_nobody_knows_what_attempts_were(tmp_path: Path, content: str | None) -> None:
    place = submitted(tmp_path)
    told = place.parent / "corrections.json"
    told.unlink() if content is None else told.write_text(content)
    found, problems = read(place)
    assert not found.attempts and len([name for name in problems if name.startswith("attempts/")]) == 4


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_that_leave_the_methods_folder_are_refused(tmp_path: Path) -> None:
    place = submitted(tmp_path)
    secret = written_outputs.picture(tmp_path / "keyframe-02-0.png")
    (place / "keyframe-02-0.png").symlink_to(secret)
    found, problems = read(place)
    assert len(found.attempts) == 4 and "outside 'mine'" in problems["attempts/keyframe-02-0.png"]
    rmtree(place)
    place.symlink_to(tmp_path)
    found, problems = read(place.parent / "attempts")
    assert not found.attempts and "a link out of 'mine'" in problems["attempts"]
    place.unlink()
    place.write_bytes(b"no folder")
    assert "not a folder" in read(place)[1]["attempts"]


def corrected(root: Path, *shots: tuple[int, int], scores: dict[str, float] | None = None) -> Vlog:
    """Each shot's keyframe was made twice, of two seeds, and the second was kept; a rolled back third was after it."""
    compared = LOOP if scores is None else scores
    told = [
        Correction(part="keyframe", shot=shot, attempt=number, accepted=accepted, scores=compared)
        for shot in range(1, len(shots) + 1)
        for number, accepted in ((0, None), (1, True), (2, False))
    ]
    made = vlog_folders.vlog(root, shots=len(shots), attempts=told)
    for shot, seeds in enumerate(shots, 1):
        for number, seed in enumerate((*seeds, 77)):
            save(made.folder / "attempts" / f"keyframe-{shot:02d}-{number}.png", picture(seed))
    return made


def scored(made: Vlog, *names: str) -> dict[str, Row]:
    return {row.measure: row for row in scored_vlog(made, measures=names)}


def apart(seed: int) -> float:
    known, seen = (style.fingerprint(picture(one)) for one in (99, seed))
    return style.apart(known, seen)


def test_a_gain_is_the_mean_difference_of_what_was_kept_and_the_first_attempt(tmp_path: Path) -> None:
    made = corrected(tmp_path, (1, 2), (3, 99))
    found = scored(made, "correction.gain.style.distance")["correction.gain.style.distance"]
    assert found.value == pytest.approx((apart(2) - apart(1) + 0 - apart(3)) / 2, abs=1e-6)
    assert found.note == "2 of 2 kept corrections counted."
    assert isinstance(found.detail, dict) and found.detail["loop uses it"] is False


def test_what_cannot_be_measured_of_one_shot_is_missing_and_said(tmp_path: Path) -> None:
    made = corrected(tmp_path, (1, 2), (3, 4), (5, 6))
    (made.folder / "attempts/keyframe-01-0.png").unlink()
    (made.folder / "attempts/keyframe-02-1.png").write_bytes(b"no picture")
    found = scored(made, "correction.gain.style.distance")["correction.gain.style.distance"]
    assert found.value == pytest.approx(apart(6) - apart(5), abs=1e-6)
    assert "1 of 3 kept corrections counted." in found.note and "Shot 1: There is no picture of attempt 0" in found.note
    rmtree(made.folder / "attempts")
    again = Vlog(made.folder, made.meta, made.shots, made.corrections)
    bare = scored(again, "correction.gain.style.distance")["correction.gain.style.distance"]
    assert bare.value is None and "0 of 3" in bare.note and bare.key != found.key


def test_without_a_kept_correction_there_is_no_gain(tmp_path: Path) -> None:
    first = Correction(part="keyframe", shot=1, attempt=0)
    clips = [Correction(part="clip", shot=1, attempt=n, accepted=True if n else None) for n in (0, 1)]
    for name, told in (("a", None), ("b", [first]), ("c", [first, *clips])):
        made = vlog_folders.vlog(tmp_path / name, attempts=told)
        (found,) = scored(made, "correction.gain.style.distance").values()
        assert found.value is None and found.note


@pytest.mark.parametrize(
    ("scores", "measure", "used"),
    [
        (LOOP, "identity", True),
        ({"proxy.identity": 0.5}, "identity", True),
        ({"identity": 0.5}, "identity", True),
        ({"proxy.clarity": 0.5}, "identity", False),
        (LOOP, "tia", False),
        ({"clip.i2t": 0.5}, "tia", True),
        (LOOP, "style.distance", False),
        ({}, "tia", None),
    ],
)
def test_a_measure_that_the_loop_compared_is_not_independent_and_its_row_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scores: dict[str, float], measure: str, used: bool | None
) -> None:
    monkeypatch.setattr(NetworkStore, "digest", lambda self, name: "ab" * 32)
    monkeypatch.setattr(looks.Looks, "identity", lambda self, known, seen: Value(float(seen.stem[-1])))
    monkeypatch.setattr(gains, "_tia", lambda looks, board, seen: Value(float(seen.stem[-1])))
    made = corrected(tmp_path, (1, 2), scores=scores)
    found = scored(made, f"correction.gain.{measure}")[f"correction.gain.{measure}"]
    assert found.value is not None and isinstance(found.detail, dict) and found.detail["loop uses it"] is used
    assert ("Not independent" in found.note) == (used is True) and ("nobody knows" in found.note) == (used is None)


def test_every_gain_is_of_a_measure_and_says_whether_it_is_independent() -> None:
    for name in GAINS:
        measure, gain = definitions()[name.removeprefix(gains.GAIN)], definitions()[name]
        assert measure.group == "pictures" and gain.better == measure.better and "ndependent" in gain.source
