"""What a person decides by mouse, finger or in two tabs; and what markup in their texts does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from personavlog import api
from personavlog.studio.models import CardState
from tests.browser.conftest import Visitor, serving
from tests.browser.screens import EN
from tests.browser.test_access import PHONE
from tests.studio.films import FakeFilms, options, scripted, studio_profile

MARKUP = '<img src=x onerror="alert(1)">&lt;b&gt;{{ 7*7 }}</title><script>alert(2)</script>'


def _state(page: Page) -> str:
    return page.locator(".shot-head .state").inner_text().strip()


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_keep_and_roll_back(device: dict[str, object], owner: Visitor, own_films: FakeFilms) -> None:
    page = owner.open(f"/films/{own_films.finished}/shots/3?part=keyframe", **device)
    touch = "tap" if device else "click"
    getattr(page.get_by_role("button", name=EN("decide.keep", what="T1.3")), touch)()
    expect(page.get_by_text(EN("shot.own-choice"))).to_be_visible()
    expect(page.get_by_role("button", name=EN("decide.take-out"))).to_be_visible()
    page.goto(f"/films/{own_films.finished}/shots/2?part=keyframe")
    getattr(page.get_by_role("button", name=EN("decide.roll-back", what="T1.1")), touch)()
    expect(page.get_by_text(EN("shot.own-choice"))).to_be_visible()
    page.goto(f"/films/{own_films.finished}")
    expect(page.locator("#pending")).to_be_visible()


def test_undo_takes_the_last_decision_back(owner: Visitor, own_films: FakeFilms) -> None:
    page = owner.open(f"/films/{own_films.finished}/shots/3?part=keyframe")
    before = _state(page)
    page.get_by_role("button", name=EN("decide.keep", what="T1.3")).click()
    expect(page.get_by_text(EN("shot.own-choice"))).to_be_visible()
    page.wait_for_load_state("load")  # until then no key is listened to
    page.keyboard.press("Control+z")
    expect(page.get_by_text(EN("shot.own-choice"))).to_have_count(0)
    assert _state(page) == before == EN(f"state.{CardState.ROLLED_BACK.value}")


def test_a_change_in_another_tab_is_not_written_over(owner: Visitor, own_films: FakeFilms) -> None:
    first = owner.open(f"/films/{own_films.finished}/shots/3?part=keyframe")
    second = owner.tab(first.context, f"/films/{own_films.finished}/shots/1")
    first.get_by_role("button", name=EN("decide.keep", what="T1.3")).click()
    expect(first.get_by_text(EN("shot.own-choice"))).to_be_visible()
    second.locator("summary", has_text=EN("text.line")).click()
    second.get_by_label(EN("field.text")).fill("I wrote this while the other tab was quicker.")
    with second.expect_navigation() as gone:
        second.get_by_role("button", name=EN("text.save")).click()
    assert gone.value is not None and gone.value.status == 409
    expect(second.get_by_text(EN("kept.stale-title"))).to_be_visible()
    assert "I wrote this while the other tab was quicker." in second.locator("textarea").first.input_value()
    second.get_by_role("button", name=EN("kept.send")).click()
    expect(second.locator("#pending")).to_be_visible()
    expect(second.get_by_label(EN("field.text"))).to_have_value("I wrote this while the other tab was quicker.")


def test_a_double_click_decides_once(owner: Visitor, own_films: FakeFilms) -> None:
    page = owner.open(f"/films/{own_films.finished}/shots/1?part=clip")
    answers: list[int] = []
    page.on("response", lambda one: answers.append(one.status) if one.request.method == "POST" else None)
    page.get_by_role("button", name=EN("decide.redo", part=EN("part.clip"))).dblclick()
    expect(page.locator("#pending")).to_be_visible()
    assert EN("kept.stale-title") not in page.content()
    page.locator("#pending").get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("#pending.waiting")).to_have_count(0)


@pytest.fixture
def hostile(own_films: FakeFilms) -> Iterator[str]:
    """A film whose theme and lines are markup."""
    with scripted(own_films.home):
        job = api.begin(options(MARKUP), profile=studio_profile(), runs=own_films.runs)
        job.make(until="script")
    yield job.folder.run


def test_markup_in_a_theme_is_text(hostile: str, own_films: FakeFilms, browser: Browser) -> None:
    with serving(own_films) as studio:
        visitor = Visitor(browser, studio)
        for path in (
            "/",
            f"/films/{hostile}",
            f"/films/{hostile}/script",
            f"/films/{hostile}/activity",
            f"/films/{hostile}/shots/1",
        ):
            page = visitor.open(path)
            page.on("dialog", lambda dialog: visitor.troubles.append(dialog.message))
            page.wait_for_timeout(100)
            assert page.locator("img[src=x], main script").count() == 0
            assert "49" not in page.locator("h1").first.inner_text()
        expect(visitor.open(f"/films/{hostile}").locator("h1")).to_contain_text("<img src=x")
        visitor.close()
        assert visitor.troubles == []
