"""Activity frames: the files hold what the writer needs, and a fault is named with file, frame and sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog.errors import ConfigurationError
from personavlog_embedded.writing.plain.activities import (
    Kind,
    Tone,
    activities,
    courses,
    read_activities,
    read_courses,
)
from personavlog_embedded.writing.plain.check_activities import main

STEP = (
    '{part="wrong", act="walk", feel="calm", frame="wide", do="Walks up to {the_o} at once", '
    'say=["I see {the_o} from afar.", "I know {the_o} by heart."], zh="我看见{o}了。"}'
)
COURSE = f"""[[course]]
kinds = ["animal"]
tones = ["light"]
hook = "it goes its own way"
steps = [{STEP}, {STEP.replace('"wrong"', '"try"')}, {STEP.replace('"wrong"', '"turn"')}]
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "made.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_data_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "0 faults" in capsys.readouterr().out


def test_every_tone_has_frames_and_every_solid_kind_too() -> None:
    assert {tone for frame in activities() for tone in frame.tones} == set(Tone)
    assert {kind for frame in activities() for kind in frame.kinds} >= set(Kind) - {Kind.IDEA, Kind.WORK, Kind.EVENT}
    assert len(activities()) >= 100 and len(courses()) >= 12


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{the_o} at once", "the goat at once", "no slot outside brackets"),
        ("{the_o} at once", "{the_o} with {c}", "outside brackets"),
        ("{the_o} at once", "{the_x} at once", "unknown slots"),
        ("{the_o} at once", "{the_o}[ by {c} at once", "not closed"),
        ("Walks up", "He walks up", "do says 'He'"),
        ("Walks up", "Slowly up", "must begin with a verb"),
        ("我看见{o}了。", "看{o}", "Chinese characters"),
        ('act="walk"', 'act="teleport"', "act"),
        ('hook = "it', 'hook = "{o} it', "hook"),
        ('kinds = ["animal"]', 'kinds = ["ship"]', "kinds"),
        ("[[course]]", "[[courses]]", "must hold [[course]]"),
        ("kinds =", "kinds ==", "is not TOML"),
    ],
)
def test_a_fault_is_named_with_its_file(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ConfigurationError, match=r"made\.toml") as caught:
        read_courses(written(tmp_path, COURSE.replace(old, new)))
    assert fault in str(caught.value)


def test_a_sound_course_is_read(tmp_path: Path) -> None:
    assert read_courses(written(tmp_path, COURSE))[0].hook == "it goes its own way"


def test_a_frame_without_its_steps_is_refused(tmp_path: Path) -> None:
    text = f"""[[activity]]
name = "walk a goat"
about = "walking a goat"
verbs = ["walk"]
kinds = ["animal"]
tones = ["light"]
places = ["farm"]
tools = ["rope"]
steps = [{STEP}]
courses = []
"""
    with pytest.raises(ConfigurationError, match=r"made\.toml, 'walk a goat'"):
        read_activities(written(tmp_path, text))
