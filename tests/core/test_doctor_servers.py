"""The doctor asks real servers, with a short limit and nothing that costs: what is wrong with one is told by its
kind."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import anyio
import pytest

from personavlog.backbones import records, workers
from personavlog.doctor.reach import reached
from personavlog.doctor.report import Check, State
from personavlog.doctor.targets import Target, targets
from personavlog.profiles import Profile
from tests.core import doubles

PROGRAMS = Path(workers.__file__).parent / "programs"
SECRET = "sk-verysecretvalue1234567890"
Answer = tuple[int, bytes]


@contextmanager
def server(answer: Callable[[str, Mapping[str, str]], Answer]) -> Iterator[tuple[str, list[str]]]:
    """A server's address, and the requests that it got."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"GET {self.path}")
            status, body = answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            asked.append(f"POST {self.path}")
            self.send_error(500)

        def log_message(self, *said: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}", asked
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def models(*names: str, **fields: Any) -> bytes:
    return json.dumps({"object": "list", "data": [{"id": name, **fields} for name in names]}).encode()


def target(address: str, kind: str = "openai", **changes: Any) -> Target:
    plain: dict[str, Any] = {"name": "chat: m", "kind": kind, "url": f"{address}/v1", "model": "m", "own": True}
    return Target(**{**plain, **changes})


def look(one: Target, seconds: float = 2.0) -> Check:
    (check,) = anyio.run(reached, (one,), seconds)
    return check


def test_a_server_that_serves_the_model_is_fine_and_only_its_list_is_asked_for() -> None:
    with server(lambda path, headers: (200, models("m", "other"))) as (url, asked):
        check = look(target(url))
    assert (check.state, check.text) == (State.FINE, "reachable, serves the model")
    assert asked == ["GET /v1/models"]


def test_a_dead_port_is_told_as_not_reachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    check = look(target(url))
    assert check.state is State.STOP and "not reachable" in check.text and "start the server" in check.mend


def test_a_server_with_another_model_says_which_it_serves() -> None:
    with server(lambda path, headers: (200, models(*(f"model-{n}" for n in range(12))))) as (url, _):
        check = look(target(url))
    assert check.state is State.STOP
    assert "does not serve 'm'; it serves 'model-0'" in check.text and "and 4 more" in check.text


def test_a_server_that_lists_nothing_is_told_as_one_that_does_not_say_what_it_serves() -> None:
    with server(lambda path, headers: (200, models())) as (url, _):
        check = look(target(url))
    assert check.state is State.NOTE and "does not say what it serves" in check.text


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_not_taken_is_told_by_its_variable_and_never_by_itself(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_SERVER_KEY", SECRET)
    sent: list[str] = []

    def answer(path: str, headers: Mapping[str, str]) -> Answer:
        sent.append(headers.get("authorization", ""))
        return status, json.dumps({"error": {"message": f"wrong key {SECRET}"}}).encode()

    with server(answer) as (url, _):
        check = look(target(url, variable="MY_SERVER_KEY"))
    assert sent == [f"Bearer {SECRET}"]
    assert check.state is State.STOP and "does not take the key in MY_SERVER_KEY" in check.text
    assert SECRET not in check.model_dump_json()


def test_a_server_that_wants_a_key_where_none_is_named_says_so() -> None:
    with server(lambda path, headers: (401, b"{}")) as (url, _):
        check = look(target(url))
    assert check.state is State.STOP and "wants a key" in check.text


@pytest.mark.parametrize("body", [b"<html><body>It works!</body></html>", b"", b"[1, 2]", b"[" * 100_000, b"\xff\xfe"])
def test_a_web_page_or_other_rubbish_is_another_server(body: bytes) -> None:
    with server(lambda path, headers: (200, body)) as (url, _):
        check = look(target(url))
    assert check.state is State.STOP and "not with JSON" in check.text


def test_json_of_another_form_is_no_list() -> None:
    with server(lambda path, headers: (200, b'{"models": ["m"]}')) as (url, _):
        assert "another form" in look(target(url)).text


def test_a_slow_server_is_left_after_the_limit_and_the_others_do_not_wait_for_it() -> None:
    release = threading.Event()

    def slowly(path: str, headers: Mapping[str, str]) -> Answer:
        release.wait(20)
        return 200, models("m")

    with server(slowly) as (slow, _), server(lambda path, headers: (200, models("m"))) as (quick, _):
        began = time.monotonic()
        asked = (target(slow, name="a"), target(quick, name="b"), target(slow, name="c"))
        first, second, third = anyio.run(reached, asked, 0.5)
        took = time.monotonic() - began
        release.set()
    assert first.state is State.STOP and "no answer within 0.5 s" in first.text and third.text == first.text
    assert second.state is State.FINE and took < 8


def test_of_several_servers_for_one_thing_one_is_enough() -> None:
    with server(lambda path, headers: (200, models("m"))) as (there, _):
        found = anyio.run(reached, (target("http://127.0.0.1:9"), target(there)), 2.0)
        assert [check.state for check in found] == [State.NOTE, State.FINE] and "another server does" in found[0].text
        other = anyio.run(reached, (target("http://127.0.0.1:9"), target(there, name="chat: other")), 2.0)
        assert [check.state for check in other] == [State.STOP, State.FINE]


def test_an_answer_without_end_is_cut_off() -> None:
    with server(lambda path, headers: (200, b" " * (5 * 2**20))) as (url, _):
        assert "longer than any list" in look(target(url), 10.0).text


def test_the_servers_own_shutdown_date_is_told() -> None:
    with server(lambda path, headers: (200, models("m", shutdown_date="2027-01-14"))) as (url, _):
        check = look(target(url))
    assert check.state is State.NOTE and "until 2027-01-14" in check.text


@pytest.mark.parametrize("date", [None, "soon", 12, {}])
def test_a_date_that_is_none_is_left_alone(date: Any) -> None:
    with server(lambda path, headers: (200, models("m", shutdown_date=date))) as (url, _):
        assert look(target(url)).state is State.FINE


def test_a_server_without_a_list_is_asked_for_its_health() -> None:
    def answer(path: str, headers: Mapping[str, str]) -> Answer:
        return (200, b"") if path == "/health" else (404, b"")

    with server(answer) as (url, asked):
        check = look(target(url))
    assert check.state is State.NOTE and "lists no models" in check.text and asked == ["GET /v1/models", "GET /health"]
    with server(lambda path, headers: (404, b"")) as (url, _):
        assert look(target(url)).state is State.STOP


def test_a_hosted_service_without_its_key_is_not_asked() -> None:
    with server(lambda path, headers: (200, models("m"))) as (url, asked):
        check = look(target(url, own=False, variable="NO_SUCH_KEY_HERE"))
    assert asked == [] and check.state is State.NOTE and "NO_SUCH_KEY_HERE is not set" in check.text


def test_a_redirect_is_not_followed() -> None:
    with server(lambda path, headers: (302, b"")) as (url, asked):
        assert "status 302" in look(target(url)).text
    assert len(asked) == 1


def test_a_worker_says_what_it_has_loaded_and_whether_it_is_ready() -> None:
    card = {"contract": 1, "worker": "w", "version": "1", "role": "music", "model": "AudioX", "ready": True}
    states = []
    for change in ({}, {"model": "another"}, {"ready": False}):
        body = json.dumps({**card, **change}).encode()
        with server(lambda path, headers, body=body: (200, body)) as (url, asked):
            check = look(target(url, "worker", url=url, model="AudioX"))
            states.append((check.state, check.text))
        assert asked == ["GET /v1/worker"]
    assert states == [
        (State.FINE, "reachable, serves the model"),
        (State.STOP, "the worker has loaded 'another'"),
        (State.NOTE, "reachable, still loading its model"),
    ]


def test_googles_answers_are_told_by_their_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_GOOGLE_KEY", SECRET)
    answers = {
        200: (b'{"name": "models/m"}', State.FINE, "serves the model"),
        404: (b'{"error": {"message": "models/m is not found"}}', State.STOP, "does not serve 'm'"),
        400: (b'{"error": {"message": "API key not valid."}}', State.STOP, "key in MY_GOOGLE_KEY"),
        503: (b"<html>", State.STOP, "status 503"),
    }
    for status, (body, state, said) in answers.items():
        with server(lambda path, headers, s=status, b=body: (s, b)) as (url, asked):
            check = look(target(url, "google", url=url, variable="MY_GOOGLE_KEY", header="x-goog-api-key", scheme=""))
        assert check.state is state and said in check.text, check
        assert asked == ["GET /v1beta/models/m"]


def test_a_hostile_model_name_stays_inside_its_path() -> None:
    with server(lambda path, headers: (404, b"{}")) as (url, asked):
        look(target(url, "google", url=url, model="../../secret?x=1", own=True))
    assert asked == ["GET /v1beta/models/..%2F..%2Fsecret%3Fx%3D1"]


@pytest.mark.parametrize("url", ["http://[::1", "http://", "nonsense", "http://host:99999"])
def test_an_address_that_is_none_is_told_and_no_traceback(url: str) -> None:
    assert look(target(url, url=url)).state is State.STOP


def test_every_server_of_a_profile_is_asked_once() -> None:
    chat = {
        "writer": "openai:a",
        "base_url": "http://mine/v1",
        "image_quality": "google:b",
        "video_quality": "google:b",
        "fallbacks": ["openai:c"],
    }
    found = targets(doubles.profile(chat=chat))
    assert [(one.kind, one.url, one.model, one.own) for one in found] == [
        ("openai", "http://mine/v1", "a", True),
        ("google", "https://generativelanguage.googleapis.com", "b", False),
        ("openai", "http://mine/v1", "c", True),
        ("openai", "https://api.openai.com/v1", "c", False),
    ], "what stands in for a model of another provider is not at the writer's address"
    assert isinstance(doubles.profile(), Profile) and targets(doubles.profile()) == ()


def test_a_worker_without_an_address_is_looked_for_where_it_usually_listens() -> None:
    worker = {"backbone": "worker", "settings": {"model": "AudioX"}}
    elsewhere = {"backbone": "worker", "settings": {"model": "CosyVoice2-0.5B", "endpoints": [{"url": "http://a:1"}]}}
    found = targets(doubles.profile(music=worker, speech=elsewhere))
    assert [(one.kind, one.url, one.model, one.variable) for one in found] == [
        ("worker", "http://127.0.0.1:8772", "AudioX", None),
        ("worker", "http://a:1", "CosyVoice2-0.5B", None),
    ]
    assert {one.model: one.worker for one in found} == {"AudioX": "audiox", "CosyVoice2-0.5B": "cosyvoice"}


def test_a_worker_that_is_not_there_is_started_by_its_name() -> None:
    named = [
        *(
            ("music" if row.startswith("AudioX") else "speech", row)
            for row in records.table("workers")
            if row != "pocket-tts"
        ),
        ("speech", "tone-1"),
    ]
    programs = {path.name.removesuffix("_worker.py") for path in PROGRAMS.glob("*_worker.py")}
    begun = set()
    for role, model in named:
        choice = {"backbone": "worker", "settings": {"model": model, "endpoints": [{"url": "http://127.0.0.1:9"}]}}
        (found,) = targets(doubles.profile(**{role: choice}))
        begun.add(look(found).mend.removeprefix("start it with: personavlog worker ").partition(",")[0])
    assert begun == programs


def test_a_server_of_others_behind_the_worker_role_is_not_asked_as_a_worker() -> None:
    with server(lambda path, _: (200, b"{}") if path == "/openapi.json" else (404, b"")) as (url, asked):
        settings = {"model": "pocket-tts", "speaks": "pocket-tts", "endpoints": [{"url": url}]}
        (found,) = targets(doubles.profile(speech={"backbone": "worker", "settings": settings}))
        check = look(found)
    assert check.state is State.FINE and asked == ["GET /openapi.json"]
