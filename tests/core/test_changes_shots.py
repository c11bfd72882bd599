"""Shots added, removed and moved, scripts edited, takes and their undoing: what does not change is not made again."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from personavlog import api
from personavlog.errors import ConfigurationError, PersonaVlogError, RunError
from personavlog.runs.edits import Edits
from personavlog.runs.folder import open_store
from personavlog.saved import current_script
from personavlog.script import Board, Emotion, Framing, Monologue, Script, TimeOfDay
from tests.core.doubles import sent
from tests.core.room import Room, room

__all__ = ["room"]

BOARD = Board(
    place="a night market",
    time_of_day=TimeOfDay.NIGHT,
    action="Buys a bowl of noodles",
    framing=Framing.MEDIUM,
    emotion=Emotion.JOYFUL,
)


def film_of(run: str) -> dict[str, object]:
    index = open_store()[1]
    return dict([event for event in index.events(run) if event.kind == "film"][-1].data["made"])  # type: ignore[call-overload]


def pictures(run: str) -> list[str]:
    return [one["image"]["digest"] for one in film_of(run)["keyframes"]]  # type: ignore[attr-defined]


def script_of(run: str) -> Script:
    script = current_script(open_store()[1], run)
    assert script is not None
    return script


def test_an_added_shot_is_made_and_the_others_are_kept(room: Room) -> None:
    folder = room.made()
    first, before = pictures(folder.run), sent(room.log)
    said = room.call(
        "shots", "add", "2", "--place", "a night market", "--action", "Buys a bowl of noodles", "--line", "Steam rises."
    )
    assert said.status == 0 and "shot 2: keyframe, clip, voice" in said.out and "1 picture, 1 clip, 1 line" in said.out
    vlog = room.make()
    asked = sent(room.log) - before
    # A clip is made anew only where its length moved by a step of the backbone's; the music is longer now.
    assert (asked["image"], asked["speech"], asked["music"]) == (1, 1, 1) and 1 <= asked["video"] <= 3
    second = pictures(folder.run)
    assert [second[0], *second[2:]] == first and second[1] not in first
    assert len(vlog.script.boards) == 4 and vlog.script.monologues[1].text == "Steam rises."
    assert abs(vlog.duration - 10 * 4 / 3) <= 1.4
    assert film_of(folder.run)["numbers"] == [1, 4, 2, 3]
    assert [row[0] for row in api.view(runs=room.runs).rows] == ["1", "2", "3", "4"]


def test_a_removed_shot_leaves_the_folder_and_comes_back_with_undo(room: Room) -> None:
    folder = room.made()
    first, before = film_of(folder.run), sent(room.log)
    assert room.call("shots", "remove", "1").status == 0
    room.make()
    assert pictures(folder.run) == [one["image"]["digest"] for one in first["keyframes"]][1:]  # type: ignore[attr-defined]
    assert sorted(path.name for path in (folder.path / "shots").iterdir()) == ["01", "02"]
    assert "Taken back: shot 1 removed" in room.call("undo").out
    room.make()
    assert pictures(folder.run) == [one["image"]["digest"] for one in first["keyframes"]]  # type: ignore[attr-defined]
    assert sent(room.log)["image"] == before["image"]


def test_a_number_is_never_used_again(room: Room) -> None:
    folder = room.made()
    api.add_shot("last", 4, BOARD, "One more.", runs=room.runs)
    room.make()
    api.remove_shots("last", [4], runs=room.runs)
    api.add_shot("last", 1, BOARD, "One more.", runs=room.runs)
    assert open_store()[1].edits.order(folder.run) == (5, 1, 2, 3)


def test_a_moved_shot_keeps_everything_that_was_made_for_it(room: Room) -> None:
    folder = room.made()
    first, before = pictures(folder.run), sent(room.log)
    assert room.call("shots", "move", "3", "1").status == 0
    room.make()
    assert pictures(folder.run) == [first[2], first[0], first[1]]
    assert sent(room.log)["image"] == before["image"] and sent(room.log)["speech"] == before["speech"]
    assert room.call("redo", "1", "--part", "voice").status == 0
    chosen = open_store()[1].edits
    assert chosen.chosen(folder.run, "voice/3") == 1 and chosen.chosen(folder.run, "voice/1") is None


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("shots", "remove", "7"), "has the shots 1 to 2; received 7"),
        (("shots", "remove", "1"), "2 to 24 shots; it would have 1"),
        (("shots", "move", "1", "3"), "has the shots 1 to 2; received 3"),
        (("shots", "add", "9", "--place", "home", "--action", "Sits down", "--line", "Home."), "place 1 to 3"),
        (("shots", "add", "1", "--place", "home", "--action", "Sits down", "--line", "... 🙂"), "no word in it"),
        (("shots", "add", "1", "--place", "x", "--action", "Sits down", "--line", "Home."), "place"),
        (("redo", "3"), "has the shots 1 to 2; received 3"),
        (("redo", "nobody"), '"person" or "music"'),
        (("redo", "person", "--take", "5"), "has no take 5. Its takes: 0"),
        (("undo",), "no change to take back"),
        (("resume", "--without", "one"), "no list of numbers"),
    ],
)
def test_a_refused_command_changes_nothing(room: Room, command: tuple[str, ...], says: str) -> None:
    room.made(shots=2, length=6.0)
    before = room.state()
    said = room.call(*command)
    assert said.status == 2 and says in said.err
    assert room.state() == before


def test_what_a_persons_brief_leaves_no_room_for_is_told_before_anything_changes(room: Room) -> None:
    folder = room.made()
    text = folder.brief.read_text().replace("length = 10.0", "length = 60.0")
    folder.brief.write_text(text)
    before = room.state()
    with pytest.raises(PersonaVlogError, match="makes at most"):
        api.add_shot("last", 1, BOARD, "Steam rises.", runs=room.runs)
    assert room.state() == before


def test_another_person_is_drawn_everywhere_and_another_music_is_only_heard(room: Room) -> None:
    folder = room.made()
    first, before = film_of(folder.run), sent(room.log)
    assert room.call("redo", "music").status == 0
    assert sent(room.log) - before == {"music": 1}
    assert room.call("redo", "person").status == 0
    second = film_of(folder.run)
    assert second["person"] != first["person"]
    assert sent(room.log)["image"] == before["image"] + 4
    assert room.call("redo", "person", "--take", "0").status == 0
    assert film_of(folder.run)["keyframes"] == first["keyframes"] and sent(room.log)["image"] == before["image"] + 4


def test_an_edited_script_with_other_shots_keeps_the_numbers_of_equal_boards(room: Room, tmp_path: Path) -> None:
    folder = room.made()
    first, script = pictures(folder.run), script_of(folder.run)
    order = (2, 0, 1)
    parts = {name: tuple(getattr(script, name)[n] for n in order) for name in ("boards", "videos", "monologues")}
    parts["boards"] = (*parts["boards"], BOARD)
    parts["videos"] = (*parts["videos"], script.videos[0])
    parts["monologues"] = (*parts["monologues"], Monologue(text="One more."))
    place = tmp_path / "edited.json"
    place.write_text(script.model_copy(update=parts).model_dump_json())
    assert api.replace_script("last", place, runs=room.runs)
    assert open_store()[1].edits.order(folder.run) == (3, 1, 2, 4)
    assert not api.replace_script("last", place, runs=room.runs)
    room.make()
    assert pictures(folder.run)[:3] == [first[2], first[0], first[1]]


@pytest.mark.parametrize("line", ["🙂🙂", "... !?", "——"])
def test_a_line_that_nobody_can_speak_is_refused_at_once(room: Room, tmp_path: Path, line: str) -> None:
    folder = room.made(shots=2, length=6.0)
    script = script_of(folder.run)
    place = tmp_path / "edited.json"
    place.write_text(
        script.model_copy(update={"monologues": (Monologue(text=line), script.monologues[1])}).model_dump_json()
    )
    before = room.state()
    with pytest.raises(ConfigurationError, match="shot 1 has no word"):
        api.replace_script("last", place, runs=room.runs)
    assert room.state() == before


def test_failed_shots_can_be_left_out(room: Room) -> None:
    job = room.begin()
    room.profile(image={"faults": ("", "", "refuse", "refuse")})
    saved = job.folder.brief.read_text()
    refusing = saved.replace(
        "[profile.image.settings]", '[profile.image.settings]\nfaults = ["", "", "refuse", "refuse"]'
    )
    job.folder.brief.write_text(refusing)
    said = room.call("resume")
    assert said.status == 4 and "--without" in said.err
    job.folder.brief.write_text(saved)
    failed = said.err.split("--without ")[1].split()[0]
    assert room.call("resume", "--without", failed).status == 0
    assert len(film_of(job.folder.run)["clips"]) == 2  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.permutations([1, 2, 3])), max_size=8))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_undo_brings_back_every_state_in_turn(changes: list[tuple[str, int, list[int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = open_store(Path(folder))[1]
        edits, seen = index.edits, list[object]()
        for step, kind, order in changes:
            before = _decided(edits)
            edits.remember("film", f"change {len(seen)}")
            _change(edits, step, kind, order)
            if _decided(edits) != before:
                seen.append(before)
        for number in range(len(seen)):
            edits.undo("film")
            assert _decided(edits) == seen[-1 - number]
        with pytest.raises(RunError):
            edits.undo("film")
        index.close()


def _decided(edits: Edits) -> object:
    return edits.pins("film"), [edits.chosen("film", step) for step in "abc"], edits.order("film")


def _change(edits: Edits, step: str, kind: int, order: list[int]) -> None:
    if kind == 0:
        edits.pin("film", step, Monologue(text=f"line {order}"), ahead=True)
    elif kind == 1:
        edits.set_order("film", order)
    elif kind == 2 and edits.pinned("film", step):
        edits.unpin("film", step)
