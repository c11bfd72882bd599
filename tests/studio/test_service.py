"""A program makes a film from beginning to end, on simulated backbones, and is refused in words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from personavlog import api
from personavlog.errors import MediaError
from personavlog.studio import looking
from tests.studio.films import PORTRAIT, FakeFilms, scripted
from tests.studio.served import begun, client, profile_file, slow_profile, wait

FILM = {
    "theme": "A day at the lake",
    "style": "comic",
    "i_may_use_this_likeness": True,
    "shots": 2,
    "length": 6,
    "profile": "doubles",
    "subtitles": "soft",
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with scripted(tmp_path / "home"):
        yield tmp_path / "home"


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def program(home: Path, runs: Path, tmp_path: Path) -> Iterator[TestClient]:
    own = str(profile_file(tmp_path / "doubles.toml", slow_profile()))
    with client(runs, profiles=(own,)) as one:
        yield one


def posted_photo(program: TestClient) -> str:
    answer = program.post("/api/v1/photos", files={"file": ("me.png", PORTRAIT.read_bytes())})
    assert answer.status_code == 201
    return str(answer.json()["id"])


def seen(program: TestClient, run: str) -> dict[str, Any]:
    found: dict[str, Any] = program.get(f"/api/v1/films/{run}").json()
    return found


def changed(program: TestClient, run: str, revision: str, **command: object) -> int:
    answer = program.post(f"/api/v1/films/{run}/changes", json={"revision": revision, "command": command})
    return answer.status_code


def made(program: TestClient, run: str) -> dict[str, Any]:
    wait(lambda: seen(program, run)["outcome"] not in ("waiting", "making"))
    return seen(program, run)


def test_a_program_makes_changes_and_deletes_a_film(program: TestClient, runs: Path) -> None:
    assert "doubles" in program.get("/api/v1/profiles").json()
    plan = program.post("/api/v1/plan", json={"profile": "doubles", "length": 6, "shots": 2}).json()
    assert plan["shots"] == 2
    begun = program.post("/api/v1/films", json={**FILM, "photo": posted_photo(program)}).json()
    run = begun["run"]
    assert begun["place"] == "making" and seen(program, run)["outcome"] == "making"
    film = made(program, run)
    assert (film["outcome"], len(film["cards"])) == ("finished", 2), film["message"]
    assert [one["run"] for one in program.get("/api/v1/films").json()] == [run]

    before = film["revision"]
    assert changed(program, run, before, kind="redo", shot=1, part="voice") == 200
    assert changed(program, run, before, kind="redo", shot=1, part="voice") == 409, "a second click changes nothing"
    film = seen(program, run)
    assert film["revision"] != before and film["pending"] and film["undoable"]
    shot = program.get(f"/api/v1/films/{run}/shots/1").json()
    board = {**shot["board"], "place": "a wooden pier"}
    assert changed(program, run, film["revision"], kind="edit", shot=1, board=board, line={"text": "Here I am."}) == 200
    film = seen(program, run)
    assert (film["cards"][0]["where"], film["cards"][0]["line"]) == ("a wooden pier", "Here I am.")
    assert changed(program, run, film["revision"], kind="add", at=3, line={"text": "And one more."}) == 200
    assert changed(program, run, seen(program, run)["revision"], kind="undo") == 200
    assert len(seen(program, run)["cards"]) == 2
    answer = program.put(
        f"/api/v1/films/{run}/shots/2/own/keyframe",
        params={"revision": seen(program, run)["revision"]},
        files={"file": ("mine.png", PORTRAIT.read_bytes())},
    )
    assert answer.status_code == 200 and answer.json()["run"] == run
    assert program.post(f"/api/v1/films/{run}/make").status_code == 202
    film = made(program, run)
    assert film["outcome"] == "finished" and not film["pending"]
    assert film["cards"][1]["state"] == "pinned"

    assert program.get(f"/api/v1/films/{run}/script").json()["own"]
    assert program.get(f"/api/v1/films/{run}/activity").json()["log"]
    assert program.delete(f"/api/v1/films/{run}").json()["run"] == run
    assert program.get(f"/api/v1/films/{run}").status_code == 404 and not (runs / run).exists()


def test_a_draft_is_made_up_to_where_it_was_asked_for(program: TestClient) -> None:
    asked = {**FILM, "example": True, "until": "script", "max_cost": 0}
    run = program.post("/api/v1/films", json=asked).json()["run"]
    assert made(program, run)["outcome"] == "draft"
    asked = {**FILM, "example": True, "start": False}
    run = program.post("/api/v1/films", json=asked).json()["run"]
    assert seen(program, run)["outcome"] == "not-begun"


def test_one_film_is_begun_for_one_key_also_by_two_at_once(program: TestClient) -> None:
    asked = {**FILM, "example": True, "start": False}

    def ask(_: int) -> str:
        answer = program.post("/api/v1/films", json=asked, headers={"idempotency-key": "click"})
        return str(answer.json()["run"])

    with ThreadPoolExecutor(4) as both:
        assert len(set(both.map(ask, range(4)))) == 1
    assert len(program.get("/api/v1/films").json()) == 1
    program.post("/api/v1/films", json=asked, headers={"idempotency-key": "another"})
    assert len(program.get("/api/v1/films").json()) == 2


def test_of_two_changes_at_once_one_is_made(program: TestClient, runs: Path) -> None:
    run = program.post("/api/v1/films", json={**FILM, "example": True, "until": "script"}).json()["run"]
    revision = made(program, run)["revision"]

    def say(number: int) -> int:
        return changed(program, run, revision, kind="edit", shot=1, line={"text": f"Line number {number}."})

    with ThreadPoolExecutor(4) as both:
        said = sorted(both.map(say, range(4)))
    assert said == [200, 409, 409, 409]


@pytest.mark.parametrize(
    ("asked", "status", "word"),
    [
        ({"i_may_use_this_likeness": False}, 403, "likeness"),
        ({"photo": None}, 422, "photo"),
        ({"theme": ""}, 422, "theme"),
        ({"theme": "x" * 700}, 422, "theme"),
        ({"length": 1000}, 422, "length"),
        ({"profile": "/etc/passwd"}, 422, "profile"),
        ({"profile": "../own.toml"}, 422, "profile"),
        ({"profile": "own.toml"}, 422, "profile"),
        ({"hat": "red"}, 422, "hat"),
        ({"max_cost": -1}, 422, "max_cost"),
        ({"photo": "nobody"}, 404, "photo"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    program: TestClient, tmp_path: Path, asked: dict[str, object], status: int, word: str
) -> None:
    photo = {"photo": posted_photo(program)}
    answer = program.post("/api/v1/films", json={**FILM, **photo, **asked})
    assert answer.status_code == status and word in answer.json()["message"], answer.text
    assert program.get("/api/v1/films").json() == [], "nothing was begun"


@pytest.mark.parametrize(
    "command",
    [
        {"kind": "dance"},
        {"kind": "redo"},
        {"kind": "redo", "shot": 0, "part": "voice"},
        {"kind": "redo", "shot": 1, "part": "hat"},
        {"kind": "move", "shot": 1, "to": 10**30},
        {"kind": "edit", "shot": 1, "line": {"text": ""}},
        {"kind": "add", "at": 1, "line": {"text": "x y"}, "board": {"place": "z"}},
        {},
    ],
)
def test_a_command_that_is_none_is_refused(program: TestClient, runs: Path, command: dict[str, object]) -> None:
    run = begun(runs)
    answer = program.post(f"/api/v1/films/{run}/changes", json={"revision": "x", "command": command})
    assert answer.status_code == 422 and answer.json()["error"] == "RequestError"


@pytest.fixture
def some(made_films: FakeFilms, tmp_path: Path) -> Iterator[tuple[TestClient, FakeFilms]]:
    shutil.copytree(made_films.runs, tmp_path / "runs")
    with scripted(made_films.home):
        yield client(tmp_path / "runs"), made_films


def test_a_person_overrules_the_judge_and_takes_it_back(made_films: FakeFilms, tmp_path: Path) -> None:
    shutil.copytree(made_films.home, tmp_path / "home")
    shutil.copytree(made_films.runs, tmp_path / "runs")
    with scripted(tmp_path / "home"):
        program, run = client(tmp_path / "runs"), made_films.finished
        assert seen(program, run)["cards"][2]["state"] == "rolled-back"
        attempt = {"kind": "attempt", "shot": 3, "part": "keyframe", "attempt": 1}
        assert changed(program, run, seen(program, run)["revision"], **attempt) == 200
        parts = program.get(f"/api/v1/films/{run}/shots/3").json()["parts"]
        assert (parts[0]["state"], parts[0]["own"], parts[0]["own_file"]) == ("pinned", True, False)
        assert seen(program, run)["pending"]
        out = {"kind": "unuse", "shot": 3, "part": "keyframe"}
        assert changed(program, run, seen(program, run)["revision"], **out) == 200
        assert not program.get(f"/api/v1/films/{run}/shots/3").json()["parts"][0]["own"]
        for what in ("person", "music"):
            command = {"kind": "redo-whole", "what": what}
            assert changed(program, run, seen(program, run)["revision"], **command) == 200
        take = {"kind": "take", "shot": 1, "part": "voice", "take": 0}
        assert changed(program, run, seen(program, run)["revision"], **take) == 200
        music = {"emotions": ["calm"], "instruments": ["piano"], "style": "waltz", "tempo": 90}
        assert changed(program, run, seen(program, run)["revision"], kind="edit-music", music=music) == 200
        assert changed(program, run, seen(program, run)["revision"], kind="remove", shot=4) == 200
        assert changed(program, run, seen(program, run)["revision"], kind="move", shot=3, to=1) == 200
        assert [card["number"] for card in seen(program, run)["cards"]] == [3, 1, 2]


def test_a_damaged_run_is_in_the_list_and_can_be_looked_at(some: tuple[TestClient, FakeFilms]) -> None:
    program, films = some
    listed = {one["run"]: one for one in program.get("/api/v1/films").json()}
    assert len(listed) == 5 and listed[films.damaged]["outcome"] == "damaged" and listed[films.damaged]["message"]
    assert seen(program, films.damaged)["outcome"] == "damaged"
    for path in ("shots/1", "script", "activity"):
        assert program.get(f"/api/v1/films/{films.damaged}/{path}").status_code == 422
    assert changed(program, films.damaged, "x", kind="undo") == 422
    assert program.post(f"/api/v1/films/{films.damaged}/make").status_code == 422


def test_a_run_that_is_deleted_while_it_is_looked_at_is_not_there(
    some: tuple[TestClient, FakeFilms], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, films = some

    for error in (MediaError("The store has no blob."), FileNotFoundError("record.json")):

        def gone(run: str, runs: Path, error: Exception = error) -> None:
            shutil.rmtree(runs / run)
            raise error

        monkeypatch.setattr(looking, "script", gone)
        run = films.finished if isinstance(error, MediaError) else films.draft
        assert program.get(f"/api/v1/films/{run}/script").status_code == 404


def test_a_run_is_named_by_its_whole_id(some: tuple[TestClient, FakeFilms]) -> None:
    program, films = some
    for name in ("last", films.finished[:-1], films.finished[:8], films.finished.upper()):
        assert program.get(f"/api/v1/films/{name}").status_code == 404
    assert program.get(f"/api/v1/films/{films.finished}/shots/9").status_code == 404


def test_nothing_is_changed_or_deleted_while_a_film_is_made(home: Path, runs: Path, tmp_path: Path) -> None:
    own = str(profile_file(tmp_path / "doubles.toml", slow_profile(2.0)))
    with client(runs, profiles=(own,)) as program:
        run = program.post("/api/v1/films", json={**FILM, "example": True}).json()["run"]
        wait(lambda: dict((one, said) for one, said, _ in api.summaries(runs))[run] == "being made")
        assert changed(program, run, seen(program, run)["revision"], kind="redo", shot=1, part="voice") == 409
        assert program.delete(f"/api/v1/films/{run}").status_code == 409
        assert program.post(f"/api/v1/films/{run}/make").json()["place"] == "making"
        assert program.post(f"/api/v1/films/{run}/stop").json()["place"] == "making"
        assert made(program, run)["outcome"] == "stopped"
        assert program.delete(f"/api/v1/films/{run}").status_code == 200
