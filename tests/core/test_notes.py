"""What a film says to its user: the gravest first, each thing once, and only what is of use."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.backbones.fake import FakeVideo
from personavlog.backbones.roles import AnimateRequest, AnimateResult, Tools
from personavlog.cli.console import tell
from personavlog.notes import Note, NoteKind, ranked
from personavlog.runs.record import read_record
from personavlog.script import Monologue, Script
from tests.core.room import Room, room

__all__ = ["room"]
LONG = "My mother salted forty cabbages in this very kitchen before the first snow came. " * 3
notes = st.builds(
    Note,
    text=st.sampled_from("abcd"),
    about=st.sampled_from(NoteKind),
    shots=st.lists(st.integers(1, 4), max_size=2, unique=True).map(tuple),
)


@given(st.lists(notes))
def test_the_gravest_stand_first_and_each_stands_once(said: list[Note]) -> None:
    found = ranked(said)
    order = [list(NoteKind).index(note.about) for note in found]
    assert order == sorted(order)
    assert len({(note.text, note.about) for note in found}) == len(found)
    assert {(note.text, note.about) for note in found} == {(note.text, note.about) for note in said}
    assert ranked(found) == found


def test_what_several_shots_say_is_one_note_and_what_the_film_says_is_not_said_of_its_shots() -> None:
    said = [
        Note(text="A model ends soon.", about=NoteKind.SERVICE),
        Note(text="no drawing of 'hydra'.", shots=(3,)),
        Note(text="The style is another."),
        Note(text="no drawing of 'hydra'.", shots=(1,)),
        Note(text="The style is another.", shots=(2,)),
        Note(text="The lines need 15.2 s.", about=NoteKind.FILM),
        Note(text="it gets longer.", about=NoteKind.FILM, shots=(2,)),
    ]
    assert [note.sentence for note in ranked(said)] == [
        "The lines need 15.2 s.",
        "Shot 2: it gets longer.",
        "Shots 1, 3: no drawing of 'hydra'.",
        "The style is another.",
        "A model ends soon.",
    ]


def test_notes_of_earlier_versions_can_be_read() -> None:
    assert Note.of({"text": "Shot 1: old."}).sentence == "Shot 1: old."


def test_what_the_making_before_said_is_not_said_again(capsys: pytest.CaptureFixture[str]) -> None:
    film, part = Note(text="It is longer.", about=NoteKind.FILM), Note(text="No drawing.", shots=(1,))
    tell([part, Note(text="It is 3 s longer.", about=NoteKind.FILM), Note(text="New.", shots=(2,))], [film, part])
    assert " ".join(capsys.readouterr().err.split()) == "Note: It is 3 s longer. Note: Shot 2: New."


def told(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"Note:", text)[1:]]


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A video model that says what it left out."""
    animate = FakeVideo.animate

    async def forgets(model: FakeVideo, request: AnimateRequest, tools: Tools) -> AnimateResult:
        made = await animate(model, request, tools)
        return made.model_copy(update={"notes": ("The kite was left out.",)})

    monkeypatch.setattr(FakeVideo, "animate", forgets)


@pytest.mark.usefixtures("forgetful")
def test_a_film_says_first_what_changes_it_and_the_rest_only_once(room: Room) -> None:
    folder = room.made()
    script = Script.model_validate_json(folder.script.read_text())
    lines = (Monologue(text=LONG.strip()), *script.monologues[1:])
    own = room.path / "edited.json"
    own.write_text(script.model_copy(update={"monologues": lines}).model_dump_json())
    said = told(room.call("edit", "--file", str(own)).err)
    assert re.search("longer|another length", said[0]), said
    assert [note for note in said if "left out" in note] == [], "the first making said it"
    page = folder.report.read_text()
    first, rest = page.index("longer"), page.index("The kite was left out.")
    assert first < rest and page.count("The kite was left out.") == 1
    assert "Shots 1, 2, 3: The kite was left out." in page
    assert told(room.call("redo", "1", "--part", "voice").err) == []


@pytest.mark.usefixtures("forgetful")
def test_a_record_keeps_the_notes_of_the_film_that_stands(room: Room) -> None:
    folder = room.made()
    own = folder.script.read_text()
    script = Script.model_validate_json(own)
    lines = (Monologue(text=LONG.strip()), *script.monologues[1:])

    def texts() -> list[Any]:
        return [entry.data["text"] for entry in read_record(folder).of_kind("note")]

    folder.script.write_text(script.model_copy(update={"monologues": lines}).model_dump_json())
    room.make()
    assert any("longer" in text for text in texts())
    folder.script.write_text(own)
    room.make()
    assert texts() and not any("longer" in text for text in texts())
