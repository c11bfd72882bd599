"""A film outlives reloads, the server and a browser without live events, and what failed is mended by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from personavlog import api
from personavlog.studio.models import Outcome
from tests.browser.conftest import Visitor, serving
from tests.browser.screens import EN
from tests.browser.served import Served
from tests.studio.films import PORTRAIT, FakeFilms, options, scripted, studio_profile

MAKING_MS = 90_000
SLOW = {"seconds": 1.5}
"""What a picture takes, so that there is time to pull the plug."""


@pytest.fixture
def slow(own_films: FakeFilms) -> str:
    """A film that was begun and not made, whose pictures take a moment: none is stored from another film."""
    with scripted(own_films.home):
        return api.begin(
            options("A slow day", style="slow", seed=7), profile=studio_profile(SLOW), runs=own_films.runs
        ).folder.run


@pytest.fixture
def plain(slow: str, own_films: FakeFilms, browser: Browser) -> Iterator[Visitor]:
    """Who makes it."""
    with serving(own_films) as studio:
        visitor = Visitor(browser, studio)
        yield visitor
        visitor.close()
        assert visitor.troubles == []


def _outcome(page: Page, outcome: Outcome) -> None:
    word = page.locator("#rail").get_by_text(EN(f"outcome.{outcome.value}"), exact=True)
    expect(word).to_be_visible(timeout=MAKING_MS)


def test_a_film_goes_on_through_a_reload_and_the_death_of_the_server(plain: Visitor, slow: str) -> None:
    page, studio = plain.open(f"/films/{slow}"), plain.studio
    page.get_by_role("button", name=EN("film.make")).click()
    _outcome(page, Outcome.MAKING)
    page.reload()
    _outcome(page, Outcome.MAKING)
    process = _maker(page, studio, slow)
    studio.kill()
    expect(page.locator("#link")).to_have_text(EN("live.lost"))
    assert studio.makers().get(slow) == process, "the film goes on without a server"
    page.wait_for_timeout(1000)
    studio.start()
    _outcome(page, Outcome.FINISHED)
    assert plain.open("/").get_by_text(EN("outcome.finished"), exact=True).count() >= 2


def test_a_film_that_ends_while_no_server_runs_is_shown_finished(plain: Visitor, slow: str) -> None:
    page, studio = plain.open(f"/films/{slow}"), plain.studio
    page.get_by_role("button", name=EN("film.make")).click()
    _outcome(page, Outcome.MAKING)
    _maker(page, studio, slow)
    studio.kill()
    until_over(page, studio)
    studio.start()
    page.reload()
    _outcome(page, Outcome.FINISHED)


def _maker(page: Page, studio: Served, run: str) -> int:
    """The process that makes a film, once it holds the film's lock."""
    for _ in range(MAKING_MS // 250):
        if found := studio.makers().get(run):
            return found
        page.wait_for_timeout(250)
    raise AssertionError("Nobody makes the film.")


def until_over(page: Page, studio: Served) -> None:
    """Wait until nothing is made any more."""
    for _ in range(MAKING_MS // 250):
        if not studio.makers():
            return
        page.wait_for_timeout(250)
    raise AssertionError("A film is still being made.")


def test_stop_keeps_what_is_finished_and_resume_goes_on(plain: Visitor, slow: str) -> None:
    page = plain.open(f"/films/{slow}")
    page.get_by_role("button", name=EN("film.make")).click()
    _outcome(page, Outcome.MAKING)
    expect(page.locator(".stage-done").first).to_be_visible()  # who stops earlier finds a film that is not begun
    page.get_by_role("button", name=EN("film.stop")).click()
    _outcome(page, Outcome.STOPPED)
    page.get_by_role("button", name=EN("film.resume")).click()
    _outcome(page, Outcome.FINISHED)


def test_a_browser_without_live_events_sees_the_film_finish(plain: Visitor, slow: str) -> None:
    page = plain.open("/settings")
    page.context.add_init_script("delete window.EventSource")
    page.goto(f"/films/{slow}")
    assert page.evaluate("typeof EventSource") == "undefined"
    page.get_by_role("button", name=EN("film.make")).click()
    _outcome(page, Outcome.FINISHED)


def test_everything_works_without_script(plain: Visitor, slow: str) -> None:
    page = plain.open(f"/films/{slow}", java_script_enabled=False)
    page.get_by_role("button", name=EN("film.make")).click()
    word = page.locator("#rail").get_by_text(EN(f"outcome.{Outcome.FINISHED.value}"), exact=True)
    for _ in range(MAKING_MS // 500):
        page.reload()
        if word.count():
            break
        page.wait_for_timeout(500)
    expect(word).to_be_visible()
    page.locator("#card-2 .card-open").click()
    expect(page.locator("#shot-title")).to_contain_text("2")


def test_a_shot_that_failed_is_mended_by_a_picture_of_ones_own(owner: Visitor, own_films: FakeFilms) -> None:
    page = owner.open(f"/films/{own_films.failed}")
    expect(page.locator("#card-2")).to_contain_text(EN("state.failed"))
    page.goto(f"/films/{own_films.failed}/shots/2?part=keyframe")
    page.locator(".own summary").click()
    page.locator("#file").set_input_files(PORTRAIT)
    page.get_by_role("button", name=EN("shot.own-send")).click()
    expect(page.get_by_text(EN("shot.own-file"))).to_be_visible()
    page.goto(f"/films/{own_films.failed}")
    page.locator("#rail form button.primary").first.click()
    _outcome(page, Outcome.FINISHED)
    expect(page.locator("#card-2")).to_contain_text(EN("state.pinned"))
    page.goto(f"/films/{own_films.failed}/film")
    expect(page.locator("video#film")).to_be_visible()
