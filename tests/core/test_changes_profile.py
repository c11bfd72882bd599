"""Another profile for a run that was begun: what its fault stopped is made, what is finished stands."""

from __future__ import annotations

from pathlib import Path

import PIL.Image
import pytest

from personavlog import api, profiles
from personavlog.errors import (
    BriefError,
    ConfigurationError,
    RefusedError,
    RunError,
    ShotsFailedError,
    UnavailableError,
    with_profile,
)
from personavlog.runs.lock import alone
from personavlog.saved import read_brief
from tests.core.doubles import sent
from tests.core.room import Room, room

__all__ = ["room"]

DEAD = {"rate": 1.0, "fault": "unavailable"}
REFUSES = {"rate": 1.0, "fault": "refuse"}


def begun(room: Room, **settings: object) -> api.Job:
    """A run with a profile of its own faults, and the corrected file beside it."""
    job = room.begin()
    bad = room.profile(**settings).rename(room.path / "bad.toml")  # type: ignore[arg-type]
    api.replace_profile("last", str(bad), runs=room.runs)
    room.profile()
    return job


def good(room: Room) -> str:
    return str(room.path / "doubles.toml")


def test_a_film_that_a_wrong_profile_stopped_is_finished_with_the_corrected_one(room: Room) -> None:
    job = begun(room, video=DEAD)
    said = room.call("resume")
    assert said.status == 4
    assert f"personavlog resume {job.folder.run} --runs {room.runs} (with --profile FILE" in said.err
    before = sent(room.log)
    assert room.call("resume").status == 4, "its own copy of the profile is as wrong as before"
    before = {**before, "video": sent(room.log)["video"]}
    again = room.call("resume", "--profile", good(room))
    assert again.status == 0, again.err
    assert sent(room.log) == {**before, "video": before["video"] + 3}, "only what had failed is asked for"
    assert read_brief(job.folder).profile == profiles.load(good(room))
    assert room.call("resume").status == 0 and sent(room.log)["video"] == before["video"] + 3


def test_a_film_that_was_stopped_before_its_shots_says_it_too(room: Room) -> None:
    job = begun(room, image=DEAD)
    said = room.call("resume")
    assert said.status == 4
    assert f"resume {job.folder.run} --runs {room.runs} (with --profile FILE after correcting a profile)" in said.err


def test_no_profile_is_advised_where_an_input_was_refused(room: Room) -> None:
    begun(room, video=REFUSES)
    with pytest.raises(ShotsFailedError) as caught:
        room.make()
    assert "--profile" not in str(caught.value)
    refused, dead = RefusedError("no"), UnavailableError("no")
    assert with_profile([refused]) == "" != with_profile([refused, dead])
    assert with_profile([BriefError("no")]) == ""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ('extends = "doubles.toml"\n[image]\nbackbone = "nobody"\n', "nobody"),
        ('extends = "doubles.toml"\n[image.settings]\ncolour = 3\n', "colour"),
        ('extends = "doubles.toml"\n[feedback]\nkeyframe_corrections = 9\n', "keyframe_corrections"),
        ("name = ", "not TOML"),
        ('extends = "doubles.toml"\n[image.settings]\napi_key = "secret"\n', "key or password"),
    ],
)
def test_a_profile_that_does_not_fit_changes_nothing(room: Room, wrong: str, says: str) -> None:
    begun(room)
    (room.path / "wrong.toml").write_text(wrong)
    before = room.state()
    with pytest.raises(ConfigurationError, match=says):
        api.replace_profile("last", str(room.path / "wrong.toml"), runs=room.runs)
    assert room.call("resume", "--profile", str(room.path / "wrong.toml")).status == 2
    assert room.state() == before


def test_a_profile_is_refused_with_shots_to_remove_and_while_the_film_is_made(room: Room) -> None:
    job = begun(room)
    before = room.state()
    assert room.call("resume", "--profile", good(room), "--without", "1").status == 2
    with (
        alone(job.index.lock_file(job.folder.run), "run"),
        pytest.raises(RunError, match="made"),
    ):
        api.replace_profile("last", good(room), runs=room.runs)
    assert room.state() == before


def test_a_film_with_other_shots_than_it_was_begun_with_takes_a_profile(room: Room) -> None:
    folder = room.made()
    api.remove_shot("last", 2, runs=room.runs)
    api.replace_profile("last", good(room), runs=room.runs)
    assert read_brief(folder).brief.shots == 3
    assert len(room.make().script.boards) == 2


def test_a_profile_of_another_size_is_refused_for_a_picture_of_ones_own(room: Room, tmp_path: Path) -> None:
    room.made()
    PIL.Image.new("RGB", (192, 112), (200, 40, 30)).save(tmp_path / "own.png")
    api.use("last", 2, keyframe=tmp_path / "own.png", runs=room.runs)
    (room.path / "large.toml").write_text('extends = "doubles.toml"\nsize = [256, 144]\n')
    before = room.state()
    with pytest.raises(ConfigurationError, match="unuse 2 --part keyframe"):
        api.replace_profile("last", str(room.path / "large.toml"), runs=room.runs)
    assert room.state() == before
    api.unuse("last", 2, "keyframe", runs=room.runs)
    api.replace_profile("last", str(room.path / "large.toml"), runs=room.runs)
    assert room.make().width == 256
