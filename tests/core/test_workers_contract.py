"""The worker contract over HTTP, asked of real worker programs that the command started."""

from __future__ import annotations

import ast
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest

from personavlog.backbones.workers.launching import PROGRAMS_FOLDER
from tests.core.worker_room import LINE, Running, own_worker, read_wav, running, sample

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(scope="module")
def tone() -> Iterator[Running]:
    with running("tone", "--port", "0") as worker:
        yield worker


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(str(own_worker(tmp_path_factory.mktemp("own"))), "--port", "0", "--waiting", "1") as worker:
        yield worker


def test_a_worker_says_who_it_is(tone: Running) -> None:
    said = tone.get("/v1/worker").json()
    assert said["contract"] == 1 and said["ready"] is True
    assert (said["worker"], said["role"], said["model"]) == ("tone", "speech", "tone-1")
    assert said["capabilities"]["rate"] == 24000 and said["licence"]


def test_a_line_comes_as_wav_and_equal_seeds_give_equal_bytes(tone: Running) -> None:
    one, two, other = (tone.post({**LINE, "seed": seed}) for seed in (3, 3, 4))
    samples, rate = read_wav(one.content)
    assert one.headers["content-type"] == "audio/wav" and rate == 24000 and 1.0 < len(samples) / rate < 4.0
    assert one.content == two.content != other.content
    slow, _ = read_wav(tone.post({**LINE, "speed": 0.5}).content)
    assert len(slow) == pytest.approx(2 * len(samples), rel=0.01)


def test_a_samples_pitch_is_taken_over(tone: Running) -> None:
    def pitch(given: float) -> float:
        samples, rate = read_wav(tone.post(LINE, sample(pitch=given)).content)
        spectrum = np.abs(np.fft.rfft(samples[: rate // 6]))
        return float(np.argmax(spectrum)) * 6

    assert pitch(300.0) > 1.5 * pitch(150.0)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({**LINE, "text": ""}, "'text'"),
        ({**LINE, "text": "x" * 2001}, "'text'"),
        ({**LINE, "language": "../etc"}, "'language'"),
        ({**LINE, "seed": -1}, "'seed'"),
        ({**LINE, "seed": True}, "'seed'"),
        ({**LINE, "speed": 9}, "'speed'"),
        ({**LINE, "speed": float("nan")}, "'speed'"),
        ({**LINE, "colour": "red"}, "colour"),
        ({"text": "Hello."}, "'language'"),
        ([LINE], "JSON object"),
    ],
)
def test_a_field_that_does_not_fit_is_named(tone: Running, request_: Any, field: str) -> None:
    answer = tone.post(request_)
    assert answer.status_code == 400 and answer.json()["error"]["kind"] == "bad_request"
    assert field in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no sound", "no whole WAV"),
        (sample()[:900], "no whole WAV"),
        (sample(0.2), "1 to 30 s"),
        (sample(31.0), "1 to 30 s"),
        (sample(rate=4000), "fewer than 8000"),
    ],
)
def test_a_sample_that_the_model_does_not_take_is_refused_in_words(tone: Running, data: bytes, words: str) -> None:
    answer = tone.post(LINE, data)
    assert answer.status_code == 422 and answer.json()["error"]["kind"] == "refused"
    assert words in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/v1/music", 404),
        ("GET", "/v1/jobs/nobody", 404),
        ("DELETE", "/v1/jobs/../worker", 404),
        ("GET", "/etc/passwd", 404),
        ("POST", "/v1/speech", 411),
    ],
)
def test_other_places_are_not_there(tone: Running, method: str, path: str, status: int) -> None:
    answer = httpx2.request(method, f"{tone.address}{path}")
    assert answer.status_code == status and answer.json()["error"]["message"]


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}])
def test_a_web_page_or_another_name_of_this_machine_is_not_answered(tone: Running, headers: dict[str, str]) -> None:
    assert tone.get("/v1/worker", headers=headers).status_code == 403
    assert tone.post(LINE, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x--\r\n",
        b"--x\r\nno header\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="request"\r\n\r\n{"text": "\xff"}\r\n--x--\r\n',
        b"".join(b'--x\r\nContent-Disposition: form-data; name="r"\r\n\r\n%d\r\n' % n for n in range(9)) + b"--x--\r\n",
    ],
)
def test_a_body_that_is_none_is_refused(tone: Running, body: bytes) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = httpx2.post(f"{tone.address}/v1/speech", content=body, headers=headers)
    assert answer.status_code in (400, 411)


def test_a_body_without_end_is_not_read(tone: Running) -> None:
    host, port = tone.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as link:
        link.sendall(b"POST /v1/speech HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
        link.shutdown(socket.SHUT_WR)
        assert b" 413 " in link.recv(65536)


def test_a_token_is_asked_for_where_one_is_set(tmp_path: Path) -> None:
    arguments = (str(own_worker(tmp_path)), "--port", "0", "--token-env", "WORKER_SECRET_TOKEN")
    with running(*arguments, ready=False, WORKER_SECRET_TOKEN="s3cret-token") as worker:
        assert worker.get("/v1/worker").status_code == 401
        assert worker.post(LINE, headers={"Authorization": "Bearer wrong"}).status_code == 401
        right = {"Authorization": "Bearer s3cret-token"}
        worker.wait_until(lambda: bool(worker.get("/v1/worker", headers=right).json()["ready"]))
        assert worker.post(LINE, headers=right).status_code == 200
    assert "s3cret" not in "\n".join(worker.said)


def test_others_are_served_only_with_a_token(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="--token-env"), running("tone", "--host", "0.0.0.0", "--port", "0"):
        pass


@pytest.mark.parametrize(
    ("words", "status", "kind", "says"),
    [
        ("memory", 507, "out_of_memory", "ran out of memory"),
        ("fail", 500, "failed", "ValueError: no such layer"),
        ("nothing", 500, "failed", "returned no bytes"),
        ("refuse", 422, "refused", "Write others"),
    ],
)
def test_what_goes_wrong_in_the_model_has_a_kind_and_the_worker_goes_on(
    own: Running, words: str, status: int, kind: str, says: str
) -> None:
    answer = own.post({**LINE, "text": words})
    assert (answer.status_code, answer.json()["error"]["kind"]) == (status, kind)
    assert says in answer.json()["error"]["message"]
    assert own.post(LINE).status_code == 200


def test_too_loud_a_sound_is_turned_down_and_not_cut(own: Running) -> None:
    samples, _ = read_wav(own.post({**LINE, "text": "loud"}).content)
    assert np.sum(np.abs(samples) > 0.999) < 5


def test_one_at_a_time_a_queue_and_then_busy(own: Running) -> None:
    answers: list[httpx2.Response] = []

    def ask(number: int) -> None:
        answers.append(own.post({**LINE, "text": "slow"}, headers={"X-Job": f"turn-{number}"}))

    def state(number: int) -> str:
        return str(own.get(f"/v1/jobs/turn-{number}").json().get("state"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(2)]
    threads[0].start()
    own.wait_until(lambda: state(0) == "running")
    threads[1].start()
    own.wait_until(lambda: state(1) == "queued")
    busy = own.post(LINE)
    assert busy.status_code == 429 and busy.json()["error"]["kind"] == "busy" and int(busy.headers["retry-after"]) > 0
    assert own.post(LINE, headers={"X-Job": "turn-0"}).status_code in (400, 429)
    own.wait_until(lambda: 0 < own.get("/v1/jobs/turn-0").json()["progress"] < 1)
    for number in range(2):
        assert httpx2.delete(f"{own.address}/v1/jobs/turn-{number}").status_code == 200
    for thread in threads:
        thread.join(20)
    assert [answer.json()["error"]["kind"] for answer in answers] == ["stopped", "stopped"]
    assert own.post(LINE).status_code == 200


def test_who_hangs_up_stops_the_work(own: Running) -> None:
    with pytest.raises(httpx2.TimeoutException):
        httpx2.post(
            f"{own.address}/v1/speech",
            json={**LINE, "text": "slow"},
            headers={"X-Job": "left"},
            timeout=httpx2.Timeout(20, read=0.5),
        )
    own.wait_until(lambda: own.get("/v1/jobs/left").json()["state"] == "stopped", seconds=5)


def test_nobodys_voice_stays_on_the_disk(tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    with running("tone", "--port", "0", TMPDIR=str(place)) as worker:
        folder = next(place.glob("personavlog-worker-*"))
        assert folder.stat().st_mode & 0o077 == 0
        assert worker.post(LINE, sample()).status_code == 200
        worker.wait_until(lambda: not list(folder.iterdir()))
    _gone(lambda: not list(place.glob("personavlog-worker-*")))


@posix
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_with_the_command_however_that_ends(how: int) -> None:
    with running("tone", "--port", "0") as worker:
        os.kill(worker.process.pid, how)
        worker.process.wait(20)
        _gone(lambda: not _listens(worker.address))


@posix
def test_the_command_ends_with_its_worker_and_says_so(tmp_path: Path) -> None:
    with running(str(own_worker(tmp_path)), "--port", "0") as worker:
        with pytest.raises(httpx2.TransportError):
            worker.post({**LINE, "text": "die"})
        assert worker.process.wait(20) == 3
        worker.wait_until(lambda: "ended with status 9" in "\n".join(worker.said))


def test_a_port_that_is_taken_is_said(tone: Running) -> None:
    port = tone.address.rpartition(":")[2]
    with pytest.raises(AssertionError, match=f"Port {port} cannot be used"), running("tone", "--port", port):
        pass


def _listens(address: str) -> bool:
    host, port = address.removeprefix("http://").split(":")
    with socket.socket() as link:
        return link.connect_ex((host, int(port))) == 0


def _gone(true: Any) -> None:
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("program", sorted(PROGRAMS_FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_a_program_is_python_3_8_and_imports_nothing_of_ours(program: Path) -> None:
    tree = ast.parse(program.read_text(encoding="utf-8"), feature_version=(3, 8))
    top = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} - {"serving"} <= set(sys.stdlib_module_names)
    assert "import personavlog" not in program.read_text(encoding="utf-8")
    assert tempfile.gettempdir() not in program.read_text(encoding="utf-8")


def test_the_example_has_sixty_lines() -> None:
    assert len((PROGRAMS_FOLDER / "tone_worker.py").read_text(encoding="utf-8").splitlines()) <= 60
