"""The longest film, 24 shots, with nine takes each (as many pictures and clips as forty shots of five): all of it is
there, with little script and nothing from elsewhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response, expect

from personavlog import api
from personavlog.runs.keys import digest
from personavlog.steps import RETAKES
from tests.browser.conftest import Visitor, serving_folders
from tests.core.doubles import profile
from tests.studio.films import options, scripted

SHOTS, TAKES = 24, 9
SCRIPT_BYTES, STYLE_BYTES = 150_000, 40_000


@pytest.fixture(scope="module")
def many(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, str]]:
    """A film of 24 shots, made up to its clips, with nine takes of every picture and clip."""
    place = tmp_path_factory.mktemp("many")
    home, runs = place / "home", place / "runs"
    with scripted(home):
        asked = options("A year on the road", shots=SHOTS, length=100.0)
        job = api.begin(asked, profile=profile(size=(128, 72)), runs=runs)
        job.make(until="clips")
    _retake(home / "index.sqlite", job.folder.run)
    with serving_folders(home, runs) as studio:
        visitor = Visitor(browser, studio)
        yield visitor, job.folder.run
        visitor.close()
        assert visitor.troubles == []


def _retake(index: Path, run: str) -> None:
    """Eight more takes of every picture and clip, with the results of the first: only their number matters here."""
    with closing(sqlite3.connect(index)) as db, db:
        rows = db.execute("SELECT name, key, inputs, at FROM version WHERE run=? AND take=0", (run,)).fetchall()
        names = {str(RETAKES[part](shot)) for part in ("keyframe", "clip") for shot in range(1, SHOTS + 1)}
        mine = [row for row in rows if row[0] in names]
        assert len(mine) == 2 * SHOTS
        for name, key, inputs, at in mine:
            step, result, seconds = db.execute(
                "SELECT step, result, seconds FROM action WHERE key=?", (key,)
            ).fetchone()
            for take in range(1, TAKES):
                other = digest([key, take])
                db.execute("INSERT INTO action VALUES(?,?,?,?,?)", (other, step, result, seconds, at + take))
                db.execute(
                    "INSERT INTO version VALUES(?,?,?,?,?,?,?)",
                    (run, name, other, take, inputs, 0.0, at + take),
                )


def test_a_long_board_shows_every_card(many: tuple[Visitor, str]) -> None:
    visitor, run = many
    page = visitor.open(f"/films/{run}")
    expect(page.locator(".card")).to_have_count(SHOTS)


def test_a_shot_shows_its_nine_takes(many: tuple[Visitor, str]) -> None:
    visitor, run = many
    page = visitor.open(f"/films/{run}/shots/20?part=clip")
    expect(page.locator(".take")).to_have_count(TAKES)


def test_little_script_and_style_and_no_clip_is_loaded_before_it_is_played(many: tuple[Visitor, str]) -> None:
    visitor, run = many
    sizes: dict[str, int] = {}
    loaded: list[str] = []

    def count(response: Response) -> None:
        kind = response.request.resource_type
        if kind in ("script", "stylesheet") and response.ok:
            sizes[response.url] = len(response.body())
        if response.headers.get("content-type", "").startswith("video/"):
            loaded.append(response.url)

    page = visitor.open("about:blank")
    page.on("response", count)
    for path in (
        "/",
        "/new",
        f"/films/{run}",
        f"/films/{run}/shots/20?part=clip",
        f"/films/{run}/script",
        f"/films/{run}/film",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle") if "/films/" not in path else page.wait_for_timeout(300)
    script = sum(size for url, size in sizes.items() if url.endswith(".js"))
    style = sum(size for url, size in sizes.items() if url.endswith(".css"))
    assert 0 < script < SCRIPT_BYTES and 0 < style < STYLE_BYTES, json.dumps(sizes, indent=1)
    assert loaded == []


def test_the_pictures_of_a_long_board_are_loaded_as_they_come_into_view(many: tuple[Visitor, str]) -> None:
    visitor, run = many
    page = visitor.open("/", viewport={"width": 1280, "height": 720})
    pictures: list[str] = []
    page.on("request", lambda one: pictures.append(one.url) if one.resource_type == "image" else None)
    page.goto(f"/films/{run}")
    page.wait_for_timeout(500)
    assert 0 < page.locator(".card img").count() == SHOTS
    page.keyboard.press("End")
    expect(page.locator(f"#card-{SHOTS} .card-open")).to_be_focused()
