"""Servers that are asked for media: what of an answer is taken, whom a key reaches, and which error says what."""

from __future__ import annotations

import email.utils
import http.server
import io
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import numpy as np
import PIL.Image
import pytest
import soundfile

from personavlog.backbones import arrived
from personavlog.backbones.polling import polled
from personavlog.backbones.remote import Endpoint, Server
from personavlog.backbones.remote_answers import retry_after
from personavlog.backbones.roles import EditRequest
from personavlog.backbones.tools import Tools
from personavlog.errors import (
    BackboneError,
    BadMediaError,
    Cancelled,
    ConfigurationError,
    OutOfMemoryError,
    RateLimitedError,
    RefusedError,
    TimedOutError,
    UnavailableError,
)
from personavlog.runs.blobs import Blobs

KEY = "sk-averysecretvalue-12345"
Handler = http.server.BaseHTTPRequestHandler


class Local:
    """A server whose ``answer`` gets the handler; ``seen`` are the headers of every request."""

    def __init__(self) -> None:
        self.answer: Callable[[Handler], None] = lambda to: reply(to, 200, b"{}")
        self.seen: list[dict[str, str]] = []
        outer = self

        class One(Handler):
            def do_GET(self) -> None:  # noqa: N802
                outer.seen.append({name.lower(): value for name, value in self.headers.items()})
                outer.answer(self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *said: object) -> None:
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), One)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


def reply(to: Handler, status: int, body: bytes, **headers: str) -> None:
    to.send_response(status)
    for name, value in {"content-length": str(len(body)), **headers}.items():
        to.send_header(name.replace("_", "-"), value)
    to.end_headers()
    to.wfile.write(body)


@pytest.fixture
def local() -> Iterator[Local]:
    made = Local()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    thread.join()
    made.http.server_close()


@pytest.fixture
def server(local: Local, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("SOME_KEY", KEY)
    return Server(Endpoint(url=local.url, key_env="SOME_KEY", timeout=5), "some-model")


def asked(server: Server, **content: Any) -> Any:
    async def ask() -> Any:
        return await server.ask("POST", "/v1/things", **content)

    return anyio.run(ask)


@pytest.mark.parametrize(
    ("status", "body", "error", "says"),
    [
        (401, b'{"error": {"message": "bad key"}}', BackboneError, "Check the key in the variable 'SOME_KEY'"),
        (402, b"no credit", BackboneError, "Top up"),
        (404, b'{"detail": "model x not found"}', BackboneError, "Check the model's name"),
        (400, b'{"error": {"message": "rejected by our safety system"}}', RefusedError, "safety system"),
        (422, b'{"detail": [{"msg": "size must be one of"}]}', BackboneError, "size must be one of"),
        (429, b"slow down", RateLimitedError, "at_once lower"),
        (500, b"CUDA out of memory. Tried to allocate 2 GiB", OutOfMemoryError, "smaller picture"),
        (503, b"loading", UnavailableError, "Try again later"),
        (504, b"gateway", TimedOutError, "Try again"),
        (302, b"", BackboneError, "sends the request elsewhere"),
    ],
)
def test_an_answer_says_what_is_wrong_and_who_must_act(
    server: Server, local: Local, status: int, body: bytes, error: type[BackboneError], says: str
) -> None:
    local.answer = lambda to: reply(to, status, body, location="http://169.254.169.254/")
    with pytest.raises(error, match=says) as caught:
        asked(server, json={}, refused="board")
    assert caught.value.status == status
    assert type(caught.value) is error
    assert caught.value.refused == ("board" if error is RefusedError else "")


def test_a_key_that_a_server_quotes_is_not_repeated(server: Server, local: Local) -> None:
    local.answer = lambda to: reply(to, 401, f"wrong key {KEY}".encode())
    with pytest.raises(BackboneError) as caught:
        asked(server)
    assert KEY not in str(caught.value)
    assert local.seen[0]["authorization"] == f"Bearer {KEY}"


def test_a_missing_key_is_said_before_anything_is_sent(local: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOME_KEY", raising=False)
    with pytest.raises(ConfigurationError, match="'SOME_KEY' is not set"):
        asked(Server(Endpoint(url=local.url, key_env="SOME_KEY"), "some-model"))
    assert not local.seen


def test_a_slow_or_endless_answer_ends(local: Local) -> None:
    def drip(to: Handler) -> None:
        to.send_response(200)
        to.end_headers()
        for _ in range(100):
            try:
                to.wfile.write(b"x")
                to.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    local.answer = drip
    with pytest.raises(TimedOutError):
        asked(Server(Endpoint(url=local.url, timeout=0.5), "some-model"))
    local.answer = lambda to: reply(to, 200, b"x" * 5000)
    with pytest.raises(BackboneError, match="without end"):
        asked(Server(Endpoint(url=local.url), "some-model"), most=1000)


def fetched(server: Server, url: str) -> bytes:
    async def fetch() -> bytes:
        return await server.fetch(url)

    return anyio.run(fetch)


@pytest.mark.parametrize(
    "url",
    ["http://169.254.169.254/latest", "https://10.0.0.1/x", "https://localhost/x", "file:///etc/passwd", "ftp://a/b"],
)
def test_a_result_is_not_fetched_from_a_private_place(server: Server, url: str) -> None:
    with pytest.raises(BadMediaError, match="not taken"):
        fetched(server, url)


def test_the_key_goes_to_the_servers_own_host_only(server: Server, local: Local) -> None:
    other = Local()
    thread = threading.Thread(target=other.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        other.answer = lambda to: reply(to, 200, b"media")
        local.answer = lambda to: reply(to, 302, b"", location=f"{other.url}/media")
        assert fetched(server, f"{local.url}/result") == b"media"
    finally:
        other.http.shutdown()
        thread.join()
        other.http.server_close()
    assert "authorization" in local.seen[0]
    assert "authorization" not in other.seen[0]


def test_a_redirect_into_the_private_network_is_not_followed(server: Server, local: Local) -> None:
    local.answer = lambda to: reply(to, 302, b"", location="http://169.254.169.254/latest")
    with pytest.raises(BadMediaError, match="not taken"):
        fetched(server, f"{local.url}/result")
    local.answer = lambda to: reply(to, 302, b"", location=f"{local.url}/again")
    with pytest.raises(BadMediaError, match="one address to the next"):
        fetched(server, f"{local.url}/result")


def test_an_expired_address_is_a_result_that_is_asked_again(server: Server, local: Local) -> None:
    local.answer = lambda to: reply(to, 403, b"expired")
    with pytest.raises(BadMediaError, match="expired"):
        fetched(server, f"{local.url}/result")


def test_retry_after_is_read_in_both_its_forms() -> None:
    assert retry_after("7") == 7
    assert retry_after(email.utils.formatdate(time.time() + 30, usegmt=True)) == pytest.approx(30, abs=2)
    assert [retry_after(value) for value in (None, "soon", "")] == [None, None, None]
    assert retry_after("-3") == 0


def job_tools(blobs: Blobs, stop: threading.Event) -> Tools:
    alone = Tools.alone(blobs)
    return Tools(blobs, alone.progress, alone.job, stop.is_set)


def test_a_job_outlives_a_server_that_is_away(tmp_path: Any) -> None:
    answers: list[Any] = [UnavailableError("away"), None, RateLimitedError("busy", retry_after=0.01), None, "done"]

    async def look() -> Any:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def run() -> Any:
        return await polled(look, Tools.alone(Blobs(tmp_path)), "some-model", every=0.01)

    assert anyio.run(run) == "done"


def test_a_stopped_run_cancels_its_job_where_it_runs(tmp_path: Any) -> None:
    stop, cancelled = threading.Event(), []
    tools = job_tools(Blobs(tmp_path), stop)

    async def look() -> None:
        stop.set()

    async def cancel() -> None:
        cancelled.append(True)

    async def run() -> None:
        assert await tools.job.submitted(_first) == "first"
        with pytest.raises(Cancelled):
            await polled(look, tools, "some-model", every=1, cancel=cancel)
        assert await tools.job.submitted(_second) == "second"

    anyio.run(run)
    assert cancelled


async def _first() -> str:
    return "first"


async def _second() -> str:
    return "second"


def test_a_job_without_end_is_told_of(tmp_path: Any) -> None:
    async def look() -> None:
        return None

    async def run() -> None:
        await polled(look, Tools.alone(Blobs(tmp_path)), "some-model", every=0.01, at_most=0.05)

    with pytest.raises(TimedOutError, match="did not finish its job"):
        anyio.run(run)


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    PIL.Image.fromarray(np.random.default_rng(1).integers(0, 255, (height, width, 3), np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


def request(blobs: Blobs, width: int, height: int) -> EditRequest:
    reference = blobs.put_image(np.zeros((64, 64, 3), np.uint8))
    return EditRequest(purpose="stylise", reference=reference, style="x", width=width, height=height)


def test_a_picture_whose_sides_were_rounded_is_cut_to_what_was_asked(tmp_path: Any) -> None:
    blobs = Blobs(tmp_path)
    image = arrived.picture(png(752, 1328), request(blobs, 768, 1360), "some-model", blobs)
    assert blobs.pixels(image).shape == (1360, 768, 3)


@pytest.mark.parametrize("data", [png(1024, 1024), png(96, 170), b"<html>sorry</html>", b"", png(768, 1360)[:5000]])
def test_what_is_no_picture_of_the_asked_shape_is_not_taken(tmp_path: Any, data: bytes) -> None:
    blobs = Blobs(tmp_path)
    with pytest.raises(BadMediaError, match="'some-model' delivered"):
        arrived.picture(data, request(blobs, 768, 1360), "some-model", blobs)


def test_sound_of_any_kind_is_taken_and_noise_of_bytes_is_not(tmp_path: Any) -> None:
    blobs = Blobs(tmp_path)
    tone = np.sin(np.arange(4800) / 10).astype(np.float32)
    buffer = io.BytesIO()
    soundfile.write(buffer, np.stack([tone, tone], 1), 48_000, format="FLAC")
    assert arrived.sound(buffer.getvalue(), "some-model", blobs).channels == 2
    assert arrived.pcm((tone * 32767).astype("<i2").tobytes(), 24_000, "some-model", blobs).duration == pytest.approx(
        0.2
    )
    for bad in (b"", b"RIFF....WAVE", b"not a sound at all" * 9):
        with pytest.raises(BadMediaError):
            arrived.sound(bad, "some-model", blobs)
    with pytest.raises(BadMediaError):
        arrived.pcm(b"odd", 24_000, "some-model", blobs)
