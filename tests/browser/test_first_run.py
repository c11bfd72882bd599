"""A newcomer's first minute: the example, a shot of it that was rolled back and why, and then a film of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from personavlog.studio import example
from personavlog.studio.models import CardState, Outcome
from tests.browser.conftest import Visitor, serving_folders
from tests.browser.screens import EN
from tests.studio.films import PORTRAIT

MAKING_MS = 90_000
THEME = "A morning at the harbour, waiting for the first boat"
FOCUSED = """() => { const one = document.activeElement;
  return [one.id, one.name, one.value, one.textContent, one.getAttribute("aria-label")].join("|"); }"""


@pytest.fixture
def newcomer(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody with an empty home folder."""
    (tmp_path / "home").mkdir()
    with serving_folders(tmp_path / "home", tmp_path / "runs") as studio:
        visitor = Visitor(browser, studio)
        yield visitor
        visitor.close()
        assert visitor.troubles == []


def test_the_example_explains_a_rollback(newcomer: Visitor) -> None:
    newcomer.studio.kill()
    newcomer.studio.start()
    page = newcomer.open("/")
    page.get_by_role("link", name=EN("home.open-example")).click()
    expect(page).to_have_url(f"{newcomer.studio.address}/films/{example.RUN}")
    page.locator(f".card-{CardState.ROLLED_BACK.value} .card-open").first.click()
    rolled_back = page.locator(".correction-rolled-back").first
    expect(rolled_back).to_contain_text(EN("shot.decision"))
    reason = rolled_back.locator("dd").last.inner_text()
    assert len(reason) > 20, reason
    assert rolled_back.locator("tbody tr").count() >= 3
    for name in ("a", "b"):
        shown = page.locator(f".side[data-side={name}] :is(img, video)")
        expect(shown).to_be_visible()
    page.goto(f"/films/{example.RUN}/film")
    page.evaluate("() => document.querySelector('#film').play()")
    page.wait_for_function("() => document.querySelector('#film').currentTime > 0.2")


def test_every_picture_and_clip_of_the_example_is_there(newcomer: Visitor) -> None:
    page = newcomer.open("/")
    missing: list[str] = []
    page.on("response", lambda one: missing.append(one.url) if "/media/" in one.url and one.status >= 400 else None)
    run = example.RUN
    for path in (f"/films/{run}", f"/films/{run}/script", f"/films/{run}/film", f"/films/{run}/activity"):
        page.goto(path)
        page.wait_for_load_state("load")
    for place in range(1, 5):
        for part in ("keyframe", "clip", "voice"):
            page.goto(f"/films/{run}/shots/{place}?part={part}")
            for media in page.locator("main :is(img, video, audio)[src^='/media/']").all():
                answer = page.request.get(str(media.get_attribute("src")), headers={"range": "bytes=0-99"})
                assert answer.status in (200, 206), media.get_attribute("src")
    assert missing == []


def test_a_film_of_ones_own_from_an_example_face(newcomer: Visitor) -> None:
    page = newcomer.open("/")
    page.get_by_role("link", name=EN("nav.new")).first.click()
    page.locator("input[name=who]:not([value=own])").first.check()
    page.get_by_label(EN("new.theme"), exact=True).fill(THEME)
    _style(page)
    page.get_by_label(EN("new.length")).fill("12")
    page.locator("#shots").fill("4")
    page.get_by_role("button", name=EN("new.start")).click()
    expect(page.locator(".filmstrip .card").first).to_be_visible(timeout=MAKING_MS)
    _finished(page)
    page.goto("/")
    expect(page.locator(".film-card")).to_have_count(2)


def test_from_a_photo_to_an_exported_film_by_keyboard_alone(newcomer: Visitor) -> None:
    page = newcomer.open("/")
    _tab(page, EN("nav.new"))
    page.keyboard.press("Enter")
    expect(page.locator("#new")).to_be_visible()
    _tab(page, "file|file|")
    with page.expect_file_chooser() as chooser:
        _key(page, "Space")
    chooser.value.set_files(PORTRAIT)
    expect(page.locator("#found")).to_be_visible()
    _tab(page, "consent|consent|")
    page.keyboard.press("Space")
    _tab(page, "theme|theme|")
    page.keyboard.type(THEME)
    if page.locator("input#style").count():
        _tab(page, "style|style|")
        page.keyboard.type("comic")
    _tab(page, "length|length|")
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    _tab(page, "shots|shots|")
    page.keyboard.type("4")
    _tab(page, EN("new.start"))
    page.keyboard.press("Enter")
    _finished(page)
    page.reload()
    _tab(page, "", stops=lambda: page.evaluate("() => !!document.activeElement.closest('.card')"))
    _key(page, "End")
    last = page.locator(".card").count()
    expect(page.locator(f"#card-{last} .card-open")).to_be_focused()
    _key(page, "Home")
    _key(page, "ArrowRight")
    expect(page.locator("#card-2 .card-open")).to_be_focused()
    _key(page, "Enter")
    expect(page.locator("#shot-title")).to_contain_text("2")
    _key(page, "ArrowRight")
    expect(page.locator("#shot-title")).to_contain_text("3")
    _key(page, "p")
    expect(page.get_by_text(EN("shot.own-choice"))).to_be_visible()
    _key(page, "Control+z")
    expect(page.get_by_text(EN("shot.own-choice"))).to_have_count(0)
    _key(page, "Shift+?")
    expect(page.locator("#legend")).to_be_visible()
    _key(page, "Escape")
    _key(page, "Escape")
    expect(page.locator("#strip")).to_be_visible()
    _tab(page, f"|{EN('film-nav.film')}|")
    _key(page, "Enter")
    expect(page.locator("video#film")).to_be_visible()
    _key(page, "Space")
    page.wait_for_function("() => document.querySelector('#film').currentTime > 0.1")
    _key(page, "k")
    _tab(page, EN("file.vlog.mp4"))
    with page.expect_download() as download:
        _key(page, "Enter")
    assert Path(download.value.path()).read_bytes()[4:8] == b"ftyp"


def _key(page: Page, key: str) -> None:
    """Press a key once the page listens to keys."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


def _finished(page: Page) -> None:
    word = page.locator("#rail").get_by_text(EN(f"outcome.{Outcome.FINISHED.value}"), exact=True)
    expect(word).to_be_visible(timeout=MAKING_MS)


def _style(page: Page) -> None:
    words = page.locator("input#style")
    if words.count():
        words.fill("comic")


def _tab(page: Page, wanted: str, stops: object = None) -> None:
    """Press Tab until what is focused says ``wanted``."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if callable(stops) and stops():
            return
        if stops is None and wanted in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"Tab never comes to {wanted!r}.")
