"""Speech and music by workers: real worker programs, and servers that only look like one."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import anyio
import numpy as np
import pytest
from pydantic import ValidationError

from personavlog.backbones import records, registry
from personavlog.backbones.retrying import RetryPolicy, retried
from personavlog.backbones.roles import MusicRequest, SpeechRequest, SpeechResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.workers.music import WorkerMusic
from personavlog.backbones.workers.speech import STRANGER, UNKNOWN_VOICE, WorkerSpeech, trimmed
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
from tests.core.worker_room import MUSIC, Running, line, own_worker, read_wav, running, sample, tools, wav

OWN = {"rate": 24000, "max_duration": 60.0, "languages": ["en"], "seed": True, "licence": {"name": "MIT"}}
CARD = {
    "contract": 1,
    "worker": "own",
    "version": "7",
    "role": "speech",
    "model": "own-1",
    "licence": "MIT",
    "capabilities": {"languages": ["en"], "clones": True, "seed": True},
    "ready": True,
    "memory": {},
    "a field of a later version": 1,
}
Reply = Callable[[BaseHTTPRequestHandler], None]


class Impostor:
    """What only looks like a worker: ``card`` is what it says, ``reply`` how it answers a POST, ``sent`` the bodies."""

    def __init__(self) -> None:
        self.card: dict[str, Any] = dict(CARD)
        self.reply: Reply = plain(wav(np.full(24000, 0.1)))
        self.sent: list[bytes] = []
        self.routes: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                plain(json.dumps(outer.card).encode(), kind="application/json")(self)

            def do_POST(self) -> None:
                outer.routes.append(self.path)
                outer.sent.append(self.rfile.read(int(self.headers["content-length"])))
                outer.reply(self)

            def log_message(self, *said: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.http.server_port}"


def plain(body: bytes, status: int = 200, kind: str = "audio/wav", said: int | None = None, **headers: str) -> Reply:
    """These bytes; ``said`` is another length than they have."""

    def reply(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        length = len(body) if said is None else said
        for name, value in {"content-type": kind, "content-length": str(length), **headers}.items():
            to.send_header(name.replace("_", "-"), value)
        to.end_headers()
        to.wfile.write(body)
        to.close_connection = True

    return reply


def failed(status: int, kind: str, message: str = "so it is", **headers: str) -> Reply:
    """An error as the contract words it."""
    body = json.dumps({"error": {"kind": kind, "message": message}}).encode()
    return plain(body, status, "application/json", **headers)


@pytest.fixture
def impostor() -> Iterator[Impostor]:
    with serving() as made:
        yield made


@contextmanager
def serving() -> Iterator[Impostor]:
    made = Impostor()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.http.shutdown()
        thread.join()
        made.http.server_close()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(str(own_worker(tmp_path_factory.mktemp("own"))), "--port", "0") as worker:
        yield worker


def speech(*addresses: str, timeout: float = 30.0, **settings: Any) -> WorkerSpeech:
    endpoints = [{"url": address, "timeout": timeout} for address in addresses]
    said = {"model": "own-1", "capabilities": OWN, **settings}
    built = registry.load("speech", "worker", {"endpoints": endpoints, **said})
    assert isinstance(built, WorkerSpeech)
    return built


def spoken(backbone: WorkerSpeech, folder: Path, request: SpeechRequest | None = None) -> SpeechResult:
    """One line, from open to close."""

    async def work() -> SpeechResult:
        await backbone.open()
        try:
            return await backbone.speak(request or line(), tools(folder))
        finally:
            await backbone.aclose()

    return anyio.run(work)


def test_a_line_is_mono_without_silence_at_its_ends_and_says_who_made_it(own: Running, tmp_path: Path) -> None:
    backbone = speech(own.address)
    result = spoken(backbone, tmp_path)
    samples = Blobs(tmp_path / "blobs").samples(result.audio)
    assert samples.ndim == 1 and result.audio.rate == 24000 and result.audio.duration == pytest.approx(1.5, abs=0.1)
    assert result.receipt.money == 0 and result.receipt.model == "own-1" and len(result.receipt.request) == 32
    assert "own 7" in backbone.fingerprint and own.address not in backbone.fingerprint
    assert result.notes == ()


def test_the_fingerprint_follows_the_workers_version(impostor: Impostor, tmp_path: Path) -> None:
    backbones = []
    for version in ("7", "8"):
        impostor.card["version"] = version
        backbones.append(speech(impostor.address))
        spoken(backbones[-1], tmp_path)
    assert backbones[0].fingerprint != backbones[1].fingerprint


def test_the_sample_and_its_words_are_sent_and_nothing_of_their_file_names(impostor: Impostor, tmp_path: Path) -> None:
    stored, rate = read_wav(sample())
    audio = Blobs(tmp_path / "blobs").put_audio(stored, rate)
    spoken(speech(impostor.address), tmp_path, line(sample=audio, transcript="What I said.", seed=9, speed=1.1))
    body = impostor.sent[0]
    asked = json.loads(body[body.index(b"{") : body.index(b"}") + 1])
    assert asked == {
        "text": "Good morning, dear friends.",
        "language": "en",
        "transcript": "What I said.",
        "speed": 1.1,
        "seed": 9,
    }
    assert Blobs(tmp_path / "blobs").get(audio) in body and audio.digest.encode() not in body


def test_what_cannot_be_followed_is_said(impostor: Impostor, tmp_path: Path) -> None:
    cloning = {**OWN, "clones": True}
    result = spoken(speech(impostor.address, capabilities=cloning), tmp_path, line(voice="anna"))
    assert result.notes == (STRANGER, UNKNOWN_VOICE)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"contract": 2}, "version 2 of the worker contract, this PersonaVlog speaks 1"),
        ({"role": "music"}, "makes music, not speech"),
        ({"model": "other"}, "has loaded 'other', the profile names 'own-1'"),
        ({"capabilities": {"languages": ["zh"], "seed": True}}, "language 'en'"),
        ({"capabilities": {"languages": "en", "seed": False}}, "seed"),
        ({"worker": None}, "is no worker"),
        ({"contract": "one"}, "is no worker"),
    ],
)
def test_the_wrong_worker_is_refused_before_anything_is_asked(
    impostor: Impostor, tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    impostor.card |= change
    with pytest.raises(ConfigurationError, match=says):
        spoken(speech(impostor.address), tmp_path)
    assert impostor.sent == []


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (failed(422, "refused", "The voice sample lasts 42.0 s"), RefusedError, "lasts 42.0 s"),
        (failed(429, "busy", retry_after="7"), RateLimitedError, "so it is"),
        (failed(507, "out_of_memory", "CUDA out of memory"), OutOfMemoryError, "memory"),
        (failed(400, "bad_request"), BackboneError, "so it is"),
        (failed(500, "failed"), UnavailableError, "so it is"),
        (failed(503, "loading", retry_after="5"), UnavailableError, "so it is"),
        (failed(401, "bad_request", "The token is missing"), BackboneError, "key_env"),
        (plain(b""), BadMediaError, "no sound"),
        (plain(b"<html>welcome</html>"), BadMediaError, "no sound"),
        (plain(wav(np.zeros(24000))), BadMediaError, "silent"),
        (plain(wav(np.full(24000, 0.1))[:2000], said=48044), UnavailableError, "reached"),
        (plain(b"", 302, location="http://evil.example/"), BackboneError, "elsewhere"),
    ],
)
def test_each_failure_is_one_of_ours(
    impostor: Impostor, tmp_path: Path, reply: Reply, error: type[Exception], says: str
) -> None:
    impostor.reply = reply
    with pytest.raises(error, match=says) as raised:
        spoken(speech(impostor.address), tmp_path)
    assert type(raised.value) is error
    if isinstance(raised.value, RateLimitedError):
        assert raised.value.retry_after == 7.0


def test_half_a_sound_behind_a_whole_header_is_not_taken(impostor: Impostor, tmp_path: Path) -> None:
    impostor.reply = plain(wav(np.full(24000, 0.1))[:30])
    with pytest.raises(BadMediaError, match="no sound"):
        spoken(speech(impostor.address), tmp_path)


def test_a_slow_worker_is_not_waited_for_without_end(own: Running, tmp_path: Path) -> None:
    with pytest.raises(TimedOutError, match="within 1 s"):
        spoken(speech(own.address, timeout=1.0), tmp_path, line("slow"))
    own.wait_until(lambda: any("stopped" in text for text in own.said), seconds=5)


def test_nobody_there_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"could not be reached.*personavlog worker"):
        spoken(speech("http://127.0.0.1:9"), tmp_path)


def test_a_model_that_is_being_loaded_is_waited_for(tmp_path: Path) -> None:
    program = own_worker(tmp_path, loading=3.0)
    with running(str(program), "--port", "0", ready=False) as worker:
        assert worker.get("/v1/worker").json()["ready"] is False
        assert worker.post({"text": "Hello.", "language": "en"}).status_code == 503
        with pytest.raises(TimedOutError, match="did not load its model within 0 s"):
            spoken(speech(worker.address, loading=0.0), tmp_path)
        assert spoken(speech(worker.address), tmp_path).audio.duration > 1


def test_a_worker_that_dies_in_a_call_is_tried_again_and_then_said(tmp_path: Path) -> None:
    tries: list[str] = []
    with running(str(own_worker(tmp_path)), "--port", "0") as worker:
        backbone = speech(worker.address)

        async def work() -> SpeechResult:
            await backbone.open()
            return await retried(
                lambda: backbone.speak(line("die"), tools(tmp_path)),
                RetryPolicy(first_wait=0.01, longest_wait=0.05),
                on_retry=lambda error, wait: tries.append(str(error)),
            )

        with pytest.raises(UnavailableError, match=r"that the server runs\. Start it with: personavlog worker NAME"):
            anyio.run(work)
    assert len(tries) == 3


def test_the_other_worker_takes_over_from_one_that_was_killed(tmp_path: Path) -> None:
    program = str(own_worker(tmp_path))
    with running(program, "--port", "0") as one, running(program, "--port", "0") as two:
        backbone = speech(one.address, two.address)

        async def work() -> list[SpeechResult]:
            await backbone.open()
            first = await backbone.speak(line(), tools(tmp_path))
            os.kill(one.process.pid, signal.SIGKILL)
            one.process.wait(10)
            await anyio.to_thread.run_sync(_until_closed, one.address)
            policy = RetryPolicy(first_wait=0.01)
            return [first] + [await retried(lambda: backbone.speak(line(), tools(tmp_path)), policy) for _ in range(3)]

        assert len(anyio.run(work)) == 4
        assert sum("done" in text for text in two.said) >= 3


def _until_closed(address: str) -> None:
    import httpx2

    for _ in range(200):
        try:
            httpx2.get(f"{address}/v1/worker", timeout=5)
        except httpx2.TransportError:
            return
        time.sleep(0.05)


def test_one_of_two_that_is_not_there_is_left_out(own: Running, tmp_path: Path) -> None:
    backbone = speech("http://127.0.0.1:9", own.address)
    assert spoken(backbone, tmp_path).audio.duration > 1


def test_two_workers_of_different_versions_are_refused(tmp_path: Path) -> None:
    with serving() as one, serving() as two:
        two.card["version"] = "8"
        with pytest.raises(ConfigurationError, match="Start all anew"):
            spoken(speech(one.address, two.address), tmp_path)


def test_two_lines_at_once_go_to_two_workers(tmp_path: Path) -> None:
    with serving() as one, serving() as two:
        answer = plain(wav(np.full(24000, 0.1)))

        def slowly(to: BaseHTTPRequestHandler) -> None:
            time.sleep(0.5)
            answer(to)

        one.reply = two.reply = slowly
        backbone = speech(one.address, two.address)

        async def work() -> None:
            await backbone.open()
            async with anyio.create_task_group() as group:
                for number in range(4):
                    group.start_soon(backbone.speak, line(seed=number), tools(tmp_path))

        anyio.run(work)
        assert (len(one.sent), len(two.sent)) == (2, 2)


def test_a_worker_is_asked_for_no_more_at_once_than_its_endpoint_says(impostor: Impostor, tmp_path: Path) -> None:
    working, most = 0, 0
    answer = plain(wav(np.full(24000, 0.1)))
    lock = threading.Lock()

    def slowly(to: BaseHTTPRequestHandler) -> None:
        nonlocal working, most
        with lock:
            working += 1
            most = max(most, working)
        time.sleep(0.2)
        with lock:
            working -= 1
        answer(to)

    impostor.reply = slowly
    endpoints = [{"url": impostor.address, "at_once": 2}]
    backbone = WorkerSpeech(model="own-1", capabilities=OWN, endpoints=endpoints)

    async def work() -> None:
        await backbone.open()
        async with anyio.create_task_group() as group:
            for number in range(5):
                group.start_soon(backbone.speak, line(seed=number), tools(tmp_path))

    anyio.run(work)
    assert most == 2 and len(impostor.sent) == 5


def test_progress_is_told_and_a_stopped_run_stops_the_worker(own: Running, tmp_path: Path) -> None:
    told: list[float] = []

    def progress(share: float) -> None:
        told.append(share)
        if len(told) == 3:
            raise Cancelled("The run was stopped.")

    plain_tools = tools(tmp_path)
    stopping = Tools(plain_tools.blobs, progress, plain_tools.job, lambda: len(told) >= 3)
    backbone = speech(own.address)

    async def work() -> None:
        await backbone.open()
        await backbone.speak(line("slow"), stopping)

    before = sum("stopped" in text for text in own.said)
    with pytest.raises(Cancelled):
        anyio.run(work)
    assert 0 < told[1] < told[2] < 0.6
    own.wait_until(lambda: sum("stopped" in text for text in own.said) > before, seconds=5)
    assert spoken(backbone, tmp_path).audio.duration > 1


def test_a_run_that_is_cancelled_from_outside_stops_the_worker(own: Running, tmp_path: Path) -> None:
    backbone = speech(own.address)
    before = sum("stopped" in text for text in own.said)

    async def work() -> None:
        await backbone.open()
        with anyio.move_on_after(1.0):
            await backbone.speak(line("slow"), tools(tmp_path))

    anyio.run(work)
    own.wait_until(lambda: sum("stopped" in text for text in own.said) > before, seconds=5)


def test_music_has_the_asked_length_and_its_licence(tmp_path: Path) -> None:
    with running(str(own_worker(tmp_path, "music")), "--port", "0") as worker:
        endpoints = [{"url": worker.address}]
        backbone = registry.load(
            "music", "worker", {"model": "own-1", "capabilities": {**OWN, "languages": []}, "endpoints": endpoints}
        )
        assert isinstance(backbone, WorkerMusic)

        async def work() -> Any:
            await backbone.open()
            return await backbone.compose(MUSIC, tools(tmp_path))

        result = anyio.run(work)
    assert result.audio.duration == pytest.approx(24.0, abs=0.01) and result.source == "own-1 (MIT)"


def test_too_short_or_silent_music_is_not_taken(impostor: Impostor, tmp_path: Path) -> None:
    impostor.card["role"] = "music"
    backbone = WorkerMusic(model="own-1", capabilities=OWN, endpoints=[{"url": impostor.address}])
    longer = MUSIC.model_copy(update={"duration": 61.0})

    async def work(request: MusicRequest) -> None:
        await backbone.open()
        await backbone.compose(request, tools(tmp_path))

    with pytest.raises(BadMediaError, match=r"1.0 s where 24.0"):
        anyio.run(work, MUSIC)
    impostor.reply = plain(wav(np.zeros((24 * 24000, 2))))
    with pytest.raises(BadMediaError, match="silent"):
        anyio.run(work, MUSIC)
    with pytest.raises(BackboneError, match="at most 60 s"):
        anyio.run(work, longer)
    assert len(impostor.sent) == 2


def test_the_models_of_the_table_are_known_with_their_licences() -> None:
    table = records.table("workers")
    assert {"CosyVoice2-0.5B", "Fun-CosyVoice3-0.5B", "AudioX"} <= set(table)
    assert all(row.sound is not None and row.sound.licence == row.licence for row in table.values())
    assert table["AudioX"].licence.name == "CC-BY-NC-4.0" and table["CosyVoice2-0.5B"].licence.name == "Apache-2.0"
    assert WorkerSpeech(model="Fun-CosyVoice3-0.5B").capabilities.needs_transcript


@pytest.mark.parametrize("role", ["speech", "music"])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"model": "own-1", "colour": "red"},
        {"model": "AudioX", "endpoints": []},
        {"model": "AudioX", "endpoints": [{"url": "file:///etc/passwd"}]},
        {"model": "AudioX", "endpoints": [{"url": "http://me:pw@host"}]},
    ],
)
def test_settings_that_do_not_fit_are_refused(role: Any, settings: dict[str, Any]) -> None:
    with pytest.raises((ConfigurationError, ValidationError)):
        registry.load(role, "worker", settings)


def test_a_model_that_nobody_knows_says_what_it_can() -> None:
    with pytest.raises(ConfigurationError, match="No model 'own-1' is known"):
        WorkerSpeech(model="own-1")


# --- CosyVoice's own server -------------------------------------------------------------------------------------------


def pcm(samples: Any) -> bytes:
    return (np.asarray(samples) * 32767).astype("<i2").tobytes()


def upstream(address: str, model: str = "Fun-CosyVoice3-0.5B") -> WorkerSpeech:
    return WorkerSpeech(model=model, speaks="cosyvoice-fastapi", endpoints=[{"url": address}])


def voiced(folder: Path, **changes: Any) -> SpeechRequest:
    stored, rate = read_wav(sample())
    return line(sample=Blobs(folder / "blobs").put_audio(stored, rate), **changes)


@pytest.mark.parametrize(
    ("model", "opening"),
    [("Fun-CosyVoice3-0.5B", "You are a helpful assistant.<|endofprompt|>"), ("CosyVoice2-0.5B", "")],
)
def test_upstreams_server_gets_its_form_and_answers_in_bare_samples(
    impostor: Impostor, tmp_path: Path, model: str, opening: str
) -> None:
    impostor.reply = plain(pcm(np.full(48000, 0.2)))
    result = spoken(
        upstream(impostor.address, model), tmp_path, voiced(tmp_path, transcript="My <|words|>.", text="A [b] line.")
    )
    assert result.audio.rate == 24000 and result.audio.duration == pytest.approx(2.0)
    assert impostor.routes == ["/inference_zero_shot"]
    fields = impostor.sent[0].decode("latin-1")
    assert f"{opening}My words ." in fields and "A b line." in fields and 'name="prompt_wav"' in fields
    assert not upstream(impostor.address).capabilities.seed


def test_upstreams_server_takes_a_voice_without_its_words_across_languages(impostor: Impostor, tmp_path: Path) -> None:
    impostor.reply = plain(pcm(np.full(48000, 0.2)))
    result = spoken(upstream(impostor.address), tmp_path, voiced(tmp_path, speed=1.2))
    assert impostor.routes == ["/inference_cross_lingual"] and "one speed" in result.notes[0]


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (plain(b""), BadMediaError, "16-bit"),
        (plain(b"\0\0\0"), BadMediaError, "16-bit"),
        (plain(pcm(np.zeros(24000))), BadMediaError, "silent"),
        (plain(b"Internal Server Error", 500, "text/plain"), UnavailableError, "docs/cosyvoice.md"),
        (plain(b"\1\2", said=90000), UnavailableError, "docs/cosyvoice.md"),
    ],
)
def test_upstreams_server_as_it_is_fails_in_words(
    impostor: Impostor, tmp_path: Path, reply: Reply, error: type[Exception], says: str
) -> None:
    impostor.reply = reply
    with pytest.raises(error, match=says):
        spoken(upstream(impostor.address), tmp_path, voiced(tmp_path, transcript="Words."))


def test_upstreams_server_needs_a_voice(impostor: Impostor, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="--voice-sample"):
        spoken(upstream(impostor.address), tmp_path)


def test_what_is_quiet_at_the_ends_is_cut_and_what_is_quiet_within_stays() -> None:
    quiet, loud = np.zeros(12000, np.float32), np.full(6000, 0.5, np.float32)
    whole = np.concatenate([quiet, loud, quiet, loud, quiet])
    assert len(trimmed(whole, 24000)) == 6000 + 12000 + 6000 + 2 * 2400
