"""The studio in a real browser, over films on simulated backbones.

A process of its own, and nothing asynchronous in it: Playwright's synchronous interface keeps an event loop running.
Every page that a test opens is watched: an error in its console, a broken rule of its content policy or a request that
leaves this machine fails the test.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser.served import Served
from tests.studio.films import FakeFilms, fake_films

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000
"""How long a machine with other work may take for what is usually there at once."""
expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One browser window after another at a studio, each let in, and what went wrong in any of them."""

    def __init__(self, browser: Browser, studio: Served) -> None:
        self._browser, self.studio = browser, studio
        self._contexts: list[BrowserContext] = []
        self.troubles: list[str] = []

    def open(self, path: str = "/", **options: Any) -> Page:
        """A page in a window of its own; ``options`` are those of a browser context."""
        context = self._browser.new_context(base_url=self.studio.address, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        if not self.studio.cookies:
            page = context.new_page()
            page.goto(self.studio.link())
            self.studio.cookies = [dict(cookie) for cookie in context.cookies()]
            page.close()
        context.add_cookies(self.studio.cookies)  # type: ignore[arg-type]
        return self.tab(context, path)

    def tab(self, context: BrowserContext, path: str) -> Page:
        """One more page of a window."""
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", self._request)
        page.goto(path)
        return page

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()

    def _console(self, message: ConsoleMessage) -> None:
        # A refused or lost request is told there too; what the page makes of it is the test's matter.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != f"127.0.0.1:{self.studio.port}":
            self.troubles.append(f"request: {request.url}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    place = shutil.which("chromium")
    if place is None:
        pytest.skip("there is no chromium; Debian's package brings it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=place, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> FakeFilms:
    """Every kind of film, never to be changed."""
    place = tmp_path_factory.mktemp("films")
    return fake_films(place / "home", place / "runs")


@pytest.fixture(scope="session")
def studio(films: FakeFilms) -> Iterator[Served]:
    """A studio over them, to look at."""
    with serving(films) as studio:
        yield studio


@pytest.fixture
def own_films(films: FakeFilms, tmp_path: Path) -> FakeFilms:
    """A copy of them, to be changed."""
    copy = replace(films, home=tmp_path / "home", runs=tmp_path / "runs")
    shutil.copytree(films.home, copy.home, ignore=shutil.ignore_patterns("studio"))
    shutil.copytree(films.runs, copy.runs)
    return copy


@pytest.fixture
def own_studio(own_films: FakeFilms) -> Iterator[Served]:
    """A studio over the copy."""
    with serving(own_films) as studio:
        yield studio


@pytest.fixture
def visitor(browser: Browser, studio: Served) -> Iterator[Visitor]:
    """Who looks and changes nothing."""
    yield from _watched(browser, studio)


@pytest.fixture
def owner(browser: Browser, own_studio: Served) -> Iterator[Visitor]:
    """Who changes what there is."""
    yield from _watched(browser, own_studio)


def _watched(browser: Browser, studio: Served) -> Iterator[Visitor]:
    visitor = Visitor(browser, studio)
    yield visitor
    visitor.close()
    assert visitor.troubles == []


def serving(films: FakeFilms) -> AbstractContextManager[Served]:
    """A studio over these films."""
    return serving_folders(films.home, films.runs)


@contextmanager
def serving_folders(home: Path, runs: Path) -> Iterator[Served]:
    """A studio over a home folder and a folder of runs."""
    studio = Served(home, runs)
    try:
        studio.start()
        yield studio
    finally:
        studio.close()
