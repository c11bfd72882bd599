"""Who is not let in: another page, another name for this machine, a link that was used."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visitor
from tests.browser.served import Served
from tests.studio.films import FakeFilms

ATTACK = """<!doctype html><title>cats</title>
<form id="stop" method="post" action="{address}/films/{run}/delete"><input name="sure" value="yes"></form>
<form id="change" method="post" action="{address}/films/{run}/change"><input name="kind" value="undo"></form>
<iframe id="frame" src="{address}/"></iframe>
<img id="picture" src="{address}/static/icon.svg">
<script>
window.said = {{}};
const ask = (name, options) => fetch("{address}/api/v1/films", options)
  .then(answer => answer.text(), () => "refused").then(text => (window.said[name] = text));
ask("read", {{credentials: "include"}});
ask("write", {{method: "POST", credentials: "include", headers: {{"content-type": "text/plain"}}, body: "{{}}"}});
</script>"""


@pytest.fixture
def attacker(studio: Served, films: FakeFilms) -> Iterator[str]:
    """The address of a page of somebody else's, on another port of this machine."""
    page = ATTACK.format(address=studio.address, run=films.finished).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_page_of_somebody_else_reads_and_changes_nothing(
    visitor: Visitor, browser: Browser, attacker: str, studio: Served, films: FakeFilms
) -> None:
    page = visitor.open("/")
    foreign = page.context.new_page()
    before = _files(films)
    foreign.goto(attacker)
    foreign.wait_for_function("() => window.said.read && window.said.write")
    assert foreign.evaluate("() => window.said") == {"read": "refused", "write": "refused"}
    assert not foreign.evaluate("() => document.querySelector('#picture').naturalWidth")
    assert "PersonaVlog" not in foreign.frame_locator("#frame").locator("body").inner_text()
    for form in ("stop", "change"):
        with foreign.expect_navigation() as gone:
            foreign.evaluate("(form) => document.getElementById(form).submit()", form)
        assert gone.value is not None and gone.value.status == 403
        foreign.goto(attacker)
    assert _files(films) == before


def test_another_name_for_this_machine_is_refused(browser: Browser, studio: Served) -> None:
    with browser.new_context() as context:
        for name in ("attacker.localhost", "evil.localhost."):
            answer = context.new_page().goto(f"http://{name}:{studio.port}/")
            assert answer is not None and answer.status == 403, name


def test_who_has_no_link_sees_nothing_and_a_used_link_lets_nobody_in(browser: Browser, studio: Served) -> None:
    link = studio.link()
    with browser.new_context() as first, browser.new_context() as second:
        page = first.new_page()
        answer = page.goto(studio.address)
        assert answer is not None and answer.status == 401
        page.goto(link)
        expect(page).to_have_url(f"{studio.address}/")
        answer = second.new_page().goto(link)
        assert answer is not None and answer.status == 401


def _files(films: FakeFilms) -> list[str]:
    return sorted(str(place) for place in films.runs.rglob("*"))
