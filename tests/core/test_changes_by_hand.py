"""Files that a person changed in the run folder, and the words that are spoken: nothing of theirs is lost, and every
place says the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from personavlog import api
from personavlog.errors import ConfigurationError, ConsentError, InvalidReplyError, RunError
from personavlog.languages import LANGUAGES, Language
from personavlog.runs.folder import RunFolder, open_store
from personavlog.saved import current_script
from personavlog.script import Monologue, Script
from personavlog.stages import narrate
from tests.core.doubles import sent
from tests.core.room import Room, room

__all__ = ["room"]

OWN = "I open the red paint today."


def with_line(place: Path, line: str) -> bytes:
    script = Script.model_validate_json(place.read_text())
    data = script.model_copy(update={"monologues": (Monologue(text=line), *script.monologues[1:])}).model_dump_json()
    place.write_text(data)
    return data.encode()


def test_a_changed_script_is_taken_over_and_every_place_says_the_same_words(room: Room) -> None:
    folder = room.made()
    with_line(folder.script, OWN)
    vlog = room.make()
    assert "script.json was changed by hand; it is taken over as your own." in room.notes
    assert Script.model_validate_json(folder.script.read_text()) == vlog.script
    assert vlog.script.monologues[0].text == OWN and api.view(runs=room.runs).rows[0][2] == OWN
    assert OWN in folder.report.read_text() and OWN in (folder.path / "vlog.srt").read_text()
    assert not list(folder.path.glob("*.yours*"))
    room.make()
    assert not [note for note in room.notes if "by hand" in note], "told once"
    assert api.undo(runs=room.runs) == "files changed by hand"
    assert room.make().script.monologues[0].text != OWN


def test_a_script_that_does_not_fit_is_kept_beside_with_the_reason(room: Room) -> None:
    folder = room.made()
    written = folder.script.read_bytes()
    folder.script.write_text('{"story": 3}')
    room.make()
    assert any("script.json was changed by hand and cannot be used" in note for note in room.notes)
    assert (folder.path / "script.yours.json").read_text() == '{"story": 3}'
    assert folder.script.read_bytes() == written


def test_a_changed_picture_is_used_and_the_file_itself_stays(room: Room) -> None:
    folder = room.made()
    before, place = sent(room.log), folder.shot(1) / "keyframe.png"
    PIL.Image.new("RGB", (500, 500), (20, 120, 60)).save(place)
    data = place.read_bytes()
    room.make()
    assert any("keyframe of shot 2 was changed by hand" in note for note in room.notes)
    assert sent(room.log) - before == {"video": 1}
    assert (folder.shot(1) / "keyframe.yours.png").read_bytes() == data
    with PIL.Image.open(place) as written:
        assert written.size == (192, 112)
    assert api.view(runs=room.runs).rows[1][3] == "your own"


def test_files_that_nothing_is_made_of_are_kept_beside(room: Room) -> None:
    folder = room.made()
    film = folder.film.read_bytes()
    folder.film.write_bytes(b"my cut")
    (folder.path / "vlog.yours.mp4").write_bytes(b"an older one")
    (folder.shot(0) / "voice.wav").write_bytes(b"no sound")
    room.make()
    assert folder.film.read_bytes() == film
    assert (folder.path / "vlog.yours-2.mp4").read_bytes() == b"my cut"
    assert (folder.path / "vlog.yours.mp4").read_bytes() == b"an older one"
    assert (folder.shot(0) / "voice.yours.wav").read_bytes() == b"no sound"


def test_what_is_changed_while_the_film_is_made_is_kept_beside(room: Room) -> None:
    folder = room.made()
    api.redo("last", 1, "voice", runs=room.runs)
    mine: list[bytes] = []

    def edit(event: object) -> None:
        if not mine:
            mine.append(with_line(folder.script, OWN))

    api.reopen(runs=room.runs).make(edit)
    assert (folder.path / "script.yours.json").read_bytes() == mine[0]


def test_a_change_takes_over_first_what_was_changed_by_hand(room: Room) -> None:
    folder = room.made()
    with_line(folder.script, OWN)
    api.move_shot("last", 1, 3, runs=room.runs)
    script = current_script(open_store()[1], folder.run)
    assert script is not None and script.monologues[2].text == OWN


def test_an_edit_of_the_runs_own_file_is_taken_over_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = room.made()
    with_line(folder.script, OWN)
    assert room.call("edit", "--file", str(folder.script)).status == 0
    assert not list(folder.path.glob("*.yours*"))
    assert room.call("undo").out.startswith("Taken back: another script.")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Привет всем, Tom", "in another script"),
        ("สวัสดีครับ", "'สวัสดีครับ'"),
        ("7" * 400, "takes about 167 s to say"),
        ("!!! ... ?", "no word in it"),
    ],
)
def test_a_line_that_cannot_be_spoken_is_refused_at_once(room: Room, line: str, said: str) -> None:
    folder = room.made()
    edited = folder.path.parent / "edited.json"
    edited.write_bytes(folder.script.read_bytes())
    with_line(edited, line)
    refused = room.call("edit", "--file", str(edited))
    assert refused.status != 0 and said in refused.err and "nothing was changed" in refused.err
    assert room.make().script.monologues[0].text != line


def test_a_long_line_of_a_person_stays_and_makes_the_film_longer(room: Room) -> None:
    folder = room.made()
    before, line = lasts(folder), " ".join(["my mother salted forty cabbages in this kitchen"] * 4)
    with_line(folder.script, line)
    vlog = room.make()
    assert vlog.script.monologues[0].text == line == api.view(runs=room.runs).rows[0][2]
    assert (folder.path / "vlog.srt").read_text().count("cabbages") == 4
    assert lasts(folder) > before + 2
    assert any("longer" in note for note in room.notes)


def lasts(folder: RunFolder) -> float:
    """Seconds of the film that was made last."""
    events = open_store()[1].events(folder.run)
    made = [event for event in events if event.kind == "film"][-1].data["made"]
    return float(made["film"]["duration"])  # type: ignore[index, call-overload, arg-type]


def hurried() -> Language:
    """English that is expected to be spoken twice as fast as it is."""
    return LANGUAGES["en"].model_copy(update={"pace": 2 * LANGUAGES["en"].pace})


def test_shortened_lines_are_in_the_script_that_is_shown_and_edited(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LANGUAGES, "en", hurried())
    folder = room.made()
    assert any("went back to the mono agent" in note for note in room.notes)
    made = [event for event in open_store()[1].events(folder.run) if event.kind == "film"][-1].data["made"]
    spoken = [line["text"] for line in made["narration"]["lines"]]  # type: ignore[index, call-overload]
    shown = [row[2] for row in api.view(runs=room.runs).rows]
    written = [line["text"] for line in json.loads(folder.script.read_text())["monologues"]]
    assert spoken == shown == written


def test_an_agent_that_cannot_shorten_a_line_does_not_end_the_film(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object, **__: object) -> None:
        raise InvalidReplyError("It gave no answer that fits.")

    monkeypatch.setitem(LANGUAGES, "en", hurried())
    monkeypatch.setattr(narrate, "shorten", never)
    folder = room.made()
    assert folder.film.is_file()
    assert any("no shorter line came (It gave no answer that fits.)" in note for note in room.notes)


@pytest.mark.parametrize("until", ["script", "pictures", "clips"])
def test_only_what_is_asked_for_is_made_and_the_rest_is_made_later(room: Room, until: str) -> None:
    job = room.begin()
    draft = job.make(room.events.append, until=until)
    asked = {"script": {"image": 1}, "pictures": {"image": 4}, "clips": {"image": 4, "video": 3, "speech": 3}}
    assert sent(room.log) == asked[until]
    assert api.view(runs=room.runs).outcome == f"until {until}" and not job.folder.film.exists()
    assert Script.model_validate_json(job.folder.script.read_text()) == draft.script
    assert (job.folder.shot(2) / "keyframe.png").exists() == (until != "script")
    assert "Go on with: personavlog resume" in room.call("show").out
    assert room.call("resume").status == 0
    assert sent(room.log) == {"image": 4, "video": 3, "speech": 3, "music": 1}


def test_a_point_that_is_none_is_refused(room: Room) -> None:
    with pytest.raises(ConfigurationError, match="'script', 'pictures', 'clips'; received 'music'"):
        room.begin().make(until="music")


def test_the_script_alone_is_a_command(room: Room) -> None:
    photo, chosen = str(room.photo), str(room.profile())
    asked = ["--photo", photo, "--theme", "a day", "--profile", chosen, "--offline", "--length", "10", "--shots", "3"]
    said = room.call("script", *asked, "--i-may-use-this-likeness", "--subtitles", "soft")
    assert said.status == 0 and "The script is written" in said.out and "personavlog resume" in said.out
    assert sent(room.log) == {"image": 1}


def test_a_part_of_ones_own_may_come_before_anything_is_painted(room: Room, tmp_path: Path) -> None:
    room.begin().make(until="script")
    place = tmp_path / "own.png"
    PIL.Image.fromarray(np.full((112, 192, 3), 90, np.uint8)).save(place)
    api.use("last", 1, keyframe=place, runs=room.runs)
    room.make()
    assert sent(room.log)["image"] == 3


def test_without_consent_nothing_is_stored(room: Room) -> None:
    with pytest.raises(ConsentError):
        api.begin(api.Options(room.photo, "a day", "plain"), profile=str(room.profile()), runs=room.runs)
    assert room.blobs() == {} and not room.runs.exists()


@pytest.mark.parametrize("damage", ["taken out", "another photo"])
def test_consent_is_asked_for_at_every_making(room: Room, damage: str) -> None:
    job = room.made()
    text = job.brief.read_text()
    head, _, rest = text.partition("[brief.consent]")
    other = rest[rest.index("[") :] if damage == "taken out" else f"[brief.consent]{rest}"
    if damage == "another photo":
        digest = rest.split('photo_digest = "')[1][:64]
        other = other.replace(digest, "0" * 64)
    job.brief.write_text(head + other)
    before = sent(room.log)
    said = room.call("resume")
    assert said.status == 2 and "consent" in said.err and sent(room.log) == before


HOLDER = """
    import sys, time
    from personavlog.runs.folder import RunFolder, open_store
    from personavlog.runs.lock import alone
    with alone(open_store()[1].lock_file(sys.argv[1]), "run"):
        print("held", flush=True)
        time.sleep(60)
"""


REFUSED = (
    ("redo", "1"),
    ("redo", "person"),
    ("redo", "music"),
    ("unuse", "1", "--part", "clip"),
    ("undo",),
    ("shots", "move", "1", "2"),
    ("shots", "remove", "1"),
    ("shots", "add", "1", "--place", "home", "--action", "Sits down", "--line", "Home."),
    ("gc",),
    ("resume",),
)


def test_a_change_while_another_process_makes_the_film_changes_nothing(room: Room, tmp_path: Path) -> None:
    folder = room.made()
    with_line(folder.script, OWN)
    (tmp_path / "edited.json").write_bytes(folder.script.read_bytes())
    before = room.state()
    maker = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), folder.run], stdout=subprocess.PIPE, env=dict(os.environ)
    )
    try:
        assert maker.stdout is not None and maker.stdout.readline()
        for command in (*REFUSED, ("edit", "--file", str(tmp_path / "edited.json")), ("delete", folder.run, "--yes")):
            said = room.call(*command)
            assert said.status == 2 and "is being made by" in said.err, command
        said = room.call("use", "1", "--keyframe", str(room.photo))
        assert said.status == 2 and room.state() == before
    finally:
        maker.kill()
        maker.communicate()


def test_the_run_that_was_begun_last_is_the_last_one(room: Room) -> None:
    first = room.begin(theme="zebra").folder
    second = room.begin(theme="aardvark").folder
    assert api.view("last", runs=room.runs).folder == second
    assert [row[0] for row in api.summaries(room.runs)] == [first.run, second.run]


def test_one_damaged_run_or_event_hides_no_other(room: Room) -> None:
    whole, damaged = room.begin(theme="one").folder, room.begin(theme="two").folder
    api.reopen(whole.run, runs=room.runs).make(until="script")
    index = open_store()[1]
    with index._db.writing() as db:
        db.execute("UPDATE event SET data='{broken' WHERE id=(SELECT MIN(id) FROM event)")
        db.execute("UPDATE step SET inputs='[' WHERE name='script'")
    index.close()
    damaged.brief.write_text("= [" * 3000)
    rows = {row[0]: row[1] for row in api.summaries(room.runs)}
    assert rows == {whole.run: "until script", damaged.run: "damaged"}
    assert api.view(whole.run, runs=room.runs).outcome == "until script"
    assert room.make(whole.run).duration > 0
    with pytest.raises(RunError, match="no run 'nope'"):
        api.view("nope", runs=room.runs)
