"""Every page answers for every kind of film, and shows what is hostile as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from personavlog import api
from personavlog.doctor.report import Report, Topic, fine, stop
from personavlog.studio import checkup
from personavlog.studio.checkup import Checkup
from personavlog.studio.making import FilmQueue
from tests.studio.films import PORTRAIT, FakeFilms, options, scripted, studio_profile
from tests.studio.served import client, profile_file

KINDS = ("finished", "changed", "failed", "draft", "damaged")
HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)>\' " </title>'
CHECKED = Report(
    profile="fake",
    offline=True,
    checks=(fine(Topic.BACKBONES, "image: fake", "there"), stop(Topic.KEYS, "SOME_KEY", "not set", "export SOME_KEY=")),
)


@dataclass
class Seen(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def value(self, name: str) -> str:
        """What a field holds."""
        return next(attributes.get("value", "") for _, attributes in self.tags if attributes.get("name") == name)


def seen(text: str) -> Seen:
    page = Seen()
    page.feed(text)
    return page


@pytest.fixture(autouse=True)
def checked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The doctor has looked."""
    monkeypatch.setattr(checkup, "_report", lambda profile, servers: CHECKED)
    checkup._known.clear()
    yield
    checkup._known.clear()


@pytest.fixture
def program(films: FakeFilms, tmp_path: Path) -> TestClient:
    return client(films.runs, profiles=(str(profile_file(tmp_path / "fake.toml", studio_profile())),))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs that are put into the queue; nothing makes them."""
    runs: list[str] = []
    monkeypatch.setattr(FilmQueue, "start", lambda self, run, *others, **named: runs.append(run))
    return runs


@pytest.fixture
def empty(tmp_path: Path, started: list[str]) -> Iterator[TestClient]:
    """A studio without films."""
    with scripted(tmp_path / "home"):
        profile = profile_file(tmp_path / "fake.toml", studio_profile())
        yield client(tmp_path / "runs", profiles=(str(profile),))


@pytest.mark.parametrize("tail", ["script", "activity", "delete"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_page_answers_for_each_kind_of_film(program: TestClient, films: FakeFilms, kind: str, tail: str) -> None:
    answer = program.get(f"/films/{getattr(films, kind)}/{tail}")
    assert answer.status_code == (422 if kind == "damaged" and tail != "delete" else 200), answer.text[:2000]
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/", "/new", "/settings", "/settings?profile=hosted", "/ready"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_page_answers_in_both_languages(program: TestClient, path: str, language: str) -> None:
    answer = program.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, answer.text[:2000]
    assert path == "/ready" or f'lang="{"zh-Hans" if language == "zh" else "en"}"' in answer.text


def test_home_lists_every_film_and_how_it_stands(program: TestClient, films: FakeFilms) -> None:
    page = seen(program.get("/").text)
    links = {attributes.get("href") for _, attributes in page.tags}
    assert all(f"/films/{getattr(films, kind)}" in links for kind in KINDS)
    assert all(word in page.text for word in ("finished", "failed", "made in part", "damaged", "A day at the lake"))


def test_a_studio_without_films_begins_with_what_to_do(empty: TestClient) -> None:
    page = seen(empty.get("/").text)
    assert "One photo in" in page.text
    assert any(
        attributes.get("href") == "/new" and "primary" in attributes.get("class", "") for _, attributes in page.tags
    )


def test_the_ready_line_says_what_is_not_set_up(program: TestClient) -> None:
    program.get("/")
    for _ in range(200):
        text = program.get("/ready").text
        if "data-later" not in text:
            break
    assert "SOME_KEY: not set" in text


def test_hostile_texts_are_shown_as_text(empty: TestClient, tmp_path: Path) -> None:
    job = api.begin(options(HOSTILE, name=HOSTILE[:40]), profile=studio_profile(), runs=tmp_path / "runs")
    job.make(until="script")
    for path in ("/", *(f"/films/{job.folder.run}/{tail}" for tail in ("script", "activity", "delete"))):
        page = seen(empty.get(path).text)
        assert 'alert("1")' in page.text, path
        assert not [
            tag
            for tag, attributes in page.tags
            if "onerror" in attributes or (tag == "script" and "src" not in attributes)
        ]


def test_a_script_is_edited_moved_and_taken_back(own_films: FakeFilms) -> None:
    program, run = client(own_films.runs), own_films.finished
    address = f"/films/{run}/script"

    def change(**fields: str) -> None:
        revision = seen(program.get(address).text).value("revision")
        sent = program.post(f"/films/{run}/change", data={"revision": revision, "back": "script", **fields})
        assert (sent.status_code, sent.headers.get("location")) == (303, address), sent.text[:1000]

    change(**{"kind": "edit", "shot": "2", "line.text": "Another line that nobody said before."})
    text = program.get(address).text
    assert "Another line that nobody said before." in text
    assert "shot 2: voice" in text
    change(kind="move", shot="2", to="1")
    change(kind="undo")
    change(kind="undo")
    assert "Another line that nobody said before." not in program.get(address).text


def test_what_a_stale_page_sends_changes_nothing(own_films: FakeFilms) -> None:
    program, run = client(own_films.runs), own_films.finished
    revision = seen(program.get(f"/films/{run}/script").text).value("revision")
    fields = {"revision": revision, "back": "script", "kind": "move", "shot": "1", "to": "2"}
    assert program.post(f"/films/{run}/change", data=fields).status_code == 303
    assert program.post(f"/films/{run}/change", data=fields).status_code == 409


def test_the_activity_tells_cost_log_and_that_nobody_was_sent_the_photo(program: TestClient, films: FakeFilms) -> None:
    page = seen(program.get(f"/films/{films.finished}/activity").text)
    paid = sum(entry.money or 0.0 for entry in api.costs(films.finished, runs=films.runs)[0])
    assert f"${paid:.2f}" in page.text
    assert "The film is finished." in page.text
    assert not [tag for tag, attributes in page.tags if attributes.get("action", "").endswith("/stop")]


def test_keys_are_told_by_name_and_never_by_value(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-mine")
    text = program.get("/settings?profile=hosted").text
    assert "sk-secret-of-mine" not in text
    assert re.search(r"OPENAI_API_KEY</code></th><td[^>]*>● set", text)


def test_looks_are_kept_and_never_lead_elsewhere(program: TestClient) -> None:
    kept = program.post("/settings/looks", data={"theme": "dark", "language": "zh", "shortcuts": "off", "back": "/new"})
    assert kept.headers["location"] == "/new"
    page = seen(program.get("/settings").text)
    shown = next(attributes for tag, attributes in page.tags if tag == "html")
    assert (shown["data-theme"], shown["lang"], shown["data-shortcuts"]) == ("dark", "zh-Hans", "off")
    for elsewhere in ("//films.example", "https://films.example", "/\\films.example", "/a\r\nset-cookie: b=c"):
        assert program.post("/settings/looks", data={"back": elsewhere}).headers["location"] == "/"
    wrong = program.post("/settings/looks", data={"theme": "<b>", "language": "xx"})
    assert "set-cookie" not in wrong.headers


def test_a_new_film_needs_consent_to_the_photo_that_is_shown(empty: TestClient) -> None:
    first = empty.post("/new", data=fields(), files={"file": ("me.png", PORTRAIT.read_bytes())})
    assert first.status_code == 200
    page = seen(first.text)
    photo = page.value("photo")
    assert len(photo) == 32 and page.value("consent") == photo
    assert empty.get(f"/new/photos/{photo}.jpg").headers["content-type"] == "image/jpeg"
    assert empty.get(f"/new/photos/{photo}/faces/1.jpg").content[:2] == b"\xff\xd8"
    other = empty.post("/new", data=fields(photo=photo, consent=photo), files={"file": ("other.png", other_picture())})
    assert not ticked(seen(other.text))
    refused = empty.post("/new", data=fields(photo=seen(other.text).value("photo"), consent=photo, do="start"))
    assert refused.status_code == 422
    assert "may use the likeness" in refused.text


def test_a_film_is_begun_once_and_what_was_typed_is_kept_where_it_is_not(
    empty: TestClient, tmp_path: Path, started: list[str]
) -> None:
    photo = seen(empty.post("/new", data=fields(), files={"file": ("me.png", PORTRAIT.read_bytes())}).text).value(
        "photo"
    )
    wrong = empty.post("/new", data=fields(photo=photo, consent=photo, theme="", length="7000", seed="x", do="start"))
    assert wrong.status_code == 422
    page = seen(wrong.text)
    assert (page.value("length"), page.value("seed")) == ("7000", "x")
    assert ticked(page)
    described = {
        name: attributes
        for _, attributes in page.tags
        if (name := attributes.get("name")) and "aria-invalid" in attributes
    }
    assert set(described) == {"theme", "length", "seed"}
    ids = {attributes.get("id") for _, attributes in page.tags}
    assert all(one in ids for attributes in described.values() for one in attributes["aria-describedby"].split())
    right = fields(photo=photo, consent=photo, do="start", once="the-same-form")
    first, again = empty.post("/new", data=right), empty.post("/new", data=right)
    assert first.status_code == 303, first.text[:3000]
    assert first.headers["location"] == again.headers["location"]
    assert len(api.summaries(tmp_path / "runs")) == 1
    assert f"/films/{started[0]}" == first.headers["location"]


def test_an_example_face_needs_no_consent(empty: TestClient, tmp_path: Path) -> None:
    begun = empty.post("/new", data=fields(who="woman-02", do="start"))
    assert begun.status_code == 303, begun.text[:3000]
    assert empty.get("/new/faces/woman-02.jpg").content[:2] == b"\xff\xd8"
    assert empty.get("/new/faces/nobody.jpg").status_code == 404


def test_a_cap_under_unknown_prices_is_told_before_anything_is_begun(empty: TestClient, tmp_path: Path) -> None:
    answer = empty.post("/new", data=fields(who="woman-02", profile="hosted", cap="1", do="start"))
    assert answer.status_code == 422
    assert "Some price is unknown" in answer.text
    assert "≥" in answer.text
    assert not (tmp_path / "runs").exists()


def test_a_file_that_is_no_photo_is_told_beside_its_field(empty: TestClient) -> None:
    page = seen(empty.post("/new", data=fields(), files={"file": ("me.png", b"no picture")}).text)
    field_of = next(attributes for _, attributes in page.tags if attributes.get("name") == "file")
    assert field_of["aria-invalid"] == "true"
    assert page.value("photo") == ""


def test_a_doctor_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(profile: str, servers: bool) -> Report:
        raise ValueError("it broke")

    monkeypatch.setattr(checkup, "_report", failing)
    checkup._look("fake", False)
    assert checkup.checkup("fake") == Checkup(None, checkup.checkup("fake").at, trouble="it broke")


def fields(**changes: str) -> dict[str, str]:
    """A form that fits, but for its photo."""
    plain = {
        "who": "own",
        "theme": "A day at the lake",
        "style": "comic",
        "language": "en",
        "aspect": "16:9",
        "length": "12",
        "shots": "3",
        "subtitles": "soft",
        "seed": "0",
        "profile": studio_profile().name,
    }
    return {**plain, **changes}


def other_picture() -> bytes:
    """Another photo."""
    target = io.BytesIO()
    Image.new("RGB", (400, 500), (90, 120, 150)).save(target, "PNG")
    return target.getvalue()


def ticked(page: Seen) -> bool:
    """Whether consent is given on a page."""
    return any(attributes.get("name") == "consent" and "checked" in attributes for _, attributes in page.tags)
