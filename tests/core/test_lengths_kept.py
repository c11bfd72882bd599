"""A shot whose clip was made keeps its length, and its clip, when another shot's line is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from personavlog.runs.ledger import Entry
from personavlog.script import Monologue, Script
from personavlog.stages.lengths import Lengths
from personavlog.steps import SCRIPT, SLOTS
from personavlog.vlog import Made
from tests.core.doubles import Film, calls

SIX = {"shots": 6, "length": 20.0}


@pytest.fixture
def film(tmp_path: Path) -> Film:
    paid = {"price": 1.0, "log": str(tmp_path / "calls.jsonl")}
    return Film(tmp_path, {role: paid for role in ("image", "video", "speech", "music")}, brief_changes=SIX)


def say(film: Film, made: Made, shot: int, text: str) -> None:
    """A person's line for a shot, from 1, as ``edit`` pins it."""
    lines = [*made.script.monologues]
    lines[shot - 1] = Monologue(text=text)
    changed = made.script.model_copy(update={"monologues": tuple(lines)})
    film.index.edits.remember(film.run, f"the line of shot {shot}")
    film.index.edits.pin(film.run, str(SCRIPT), Script.model_validate(changed.model_dump()))


def sent(film: Film, then: int = 0) -> list[str]:
    """The roles of the calls after the first ``then``, in order."""
    assert film.settings is not None
    return sorted(call["role"] for call in calls(Path(film.settings["image"]["log"]))[then:])


def paid_for(film: Film, then: int) -> set[str]:
    entries: tuple[Entry, ...] = film.index.ledger.entries(film.run)[then:]
    return {entry.step for entry in entries if not entry.step.startswith("write/")}


def words(count: int) -> str:
    return (
        " ".join(["I", "look", "at", "the", "lake", "and", "then", "go", "on", "with", "it", "all", "day"][:count])
        + "."
    )


def test_a_longer_line_makes_its_own_clip_again_and_no_other(film: Film) -> None:
    made = film.make()
    before, entries = len(sent(film)), len(film.index.ledger.entries(film.run))
    say(film, made, 2, words(10))
    again = film.make()
    assert sent(film, before) == ["music", "speech", "video"], "music follows the film's length"
    assert paid_for(film, entries) == {"clip/2/animate/0", "voice/2", "music"}
    assert [one.clip.digest == other.clip.digest for one, other in zip(made.clips, again.clips, strict=True)] == [
        number != 2 for number in range(1, 7)
    ]
    assert again.timeline.duration > made.timeline.duration
    assert again.timeline.duration == pytest.approx(SIX["length"], rel=0.1)
    assert not any("another length" in note for note in film.notes)


def test_a_line_that_fits_its_slot_makes_no_clip_again(film: Film) -> None:
    made = film.make()
    before = len(sent(film))
    say(film, made, 2, "I stay.")
    film.make()
    assert sent(film, before) == ["speech"]


def test_what_was_taken_back_is_the_film_of_before_and_costs_nothing(film: Film) -> None:
    made = film.make()
    say(film, made, 2, words(10))
    film.make()
    before = len(sent(film))
    film.index.edits.undo(film.run)
    assert film.make().film.video == made.film.video
    assert len(sent(film)) == before


def test_a_film_that_is_changed_twice_and_resumed_keeps_what_it_made(film: Film) -> None:
    made = film.make()
    say(film, made, 2, words(10))
    second = film.make()
    before = len(sent(film))
    assert film.make().film.video == second.film.video and len(sent(film)) == before
    say(film, second, 5, words(7))
    third = film.make()
    assert sent(film, before) == ["music", "speech", "video"]
    assert [one.clip == other.clip for one, other in zip(second.clips, third.clips, strict=True)].count(False) == 1


def test_shots_that_are_moved_keep_their_lengths(film: Film) -> None:
    made = film.make()
    say(film, made, 1, made.script.monologues[0].text)
    lengths = {one.shot: one.seconds for one in latest(film).shots}
    film.index.edits.set_order(film.run, (1, 3, 2, 4, 5, 6))
    order = [0, 2, 1, 3, 4, 5]
    moved: dict[str, Any] = {
        part: tuple(getattr(made.script, part)[place] for place in order) for part in ("boards", "videos", "monologues")
    }
    film.index.edits.pin(film.run, str(SCRIPT), made.script.model_copy(update=moved))
    film.make()
    assert {one.shot: one.seconds for one in latest(film).shots} == lengths


def test_another_film_of_the_same_brief_knows_nothing_of_the_change(film: Film, tmp_path: Path) -> None:
    made = film.make()
    say(film, made, 2, words(10))
    film.make()
    other = Film(tmp_path, film.settings, brief_changes=SIX, run="other")
    assert other.make().film.video == made.film.video


def test_neighbours_that_give_way_are_said(film: Film) -> None:
    made = film.make()
    say(film, made, 2, words(10))
    second = film.make()
    before = len(sent(film))
    say(film, second, 3, words(10))
    third = film.make()
    assert any("another length and another clip" in note for note in film.notes)
    assert 2 <= sent(film, before).count("video") < SIX["shots"], "as few as needed"
    assert third.timeline.duration == pytest.approx(SIX["length"], rel=0.1)


def latest(film: Film) -> Lengths:
    return next(take for take in map(_read, film.index.edits.takes(film.run, str(SLOTS))) if take is not None)


def _read(take: Any) -> Lengths | None:
    return Lengths.model_validate_json(take.result) if take.stands else None
