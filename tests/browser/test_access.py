"""WCAG 2.2 AA by axe on every screen, in both themes and both languages' words; reflow on a phone and at 200 %."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.screens import NAMES, screens
from tests.studio.films import FakeFilms

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
OVERFLOW = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".sr"))
  .filter(one => { for (let up = one.parentElement; up; up = up.parentElement)
    if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return false; return true; })
  .map(one => `${one.tagName}.${one.className}`).slice(0, 5)"""
"""What sticks out at the right and is in no strip that scrolls by itself."""
SMALL = """() => [...document.querySelectorAll("button, summary, input, select, a.button")]
  .filter(one => one.checkVisibility() && one.type !== "hidden" && !one.closest(".sr, label"))
  .filter(one => one.offsetWidth && Math.min(one.offsetWidth, one.offsetHeight) < 24)
  .map(one => one.outerHTML.slice(0, 120))"""


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_a_screen_has_no_violation(name: str, scheme: str, visitor: Visitor, films: FakeFilms) -> None:
    page = visitor.open(screens(films)[name], color_scheme=scheme, reduced_motion="reduce")
    assert _violations(page) == []


def test_axe_sees_what_is_wrong(visitor: Visitor) -> None:
    """What is planted is found, so that an empty list means something."""
    page = visitor.open("/settings", bypass_csp=True)
    page.evaluate("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<input id=planted>')")
    assert any("planted" in one for one in _violations(page))


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_fits_a_phone_without_sideways_scroll(name: str, visitor: Visitor, films: FakeFilms) -> None:
    page = visitor.open(screens(films)[name], **PHONE)
    assert (page.evaluate("document.documentElement.scrollWidth"), page.evaluate(OVERFLOW)) == (360, [])


@pytest.mark.parametrize("name", ["board", "rolled-back picture", "film"])
def test_a_screen_reflows_at_320_px(name: str, visitor: Visitor, films: FakeFilms) -> None:
    """WCAG 1.4.10: 1280 px at 400 %."""
    page = visitor.open(screens(films)[name], viewport={"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["home", "board", "rolled-back picture", "new"])
def test_a_finger_meets_every_control(name: str, visitor: Visitor, films: FakeFilms) -> None:
    """Targets of at least 24 px (WCAG 2.5.8), but for links inside a sentence."""
    page = visitor.open(screens(films)[name], **PHONE)
    small = page.evaluate(SMALL)
    assert small == []
