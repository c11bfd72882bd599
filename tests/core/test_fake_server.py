"""The fake server: what it says of itself, what it keeps, and that a stranger's client gets on with it."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import cv2
import httpx2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from personavlog.cli.main import app
from personavlog.errors import ConfigurationError
from personavlog.fake_server import faults, surfaces
from personavlog.fake_server.faults import Fault, read_fault
from personavlog.fake_server.log import read_log
from personavlog.fake_server.plain_value import plain_value
from personavlog.fake_server.server import MOST_BYTES, Behaviour, FakeServer, serving
from tests.core.protocol_calls import Room, faulty

WIDE = cv2.imencode(".png", np.zeros((1, 5000, 3), np.uint8))[1].tobytes()
SPEECH = {"model": "m", "input": "Hello there.", "response_format": "wav"}


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with faulty() as running:
        yield running


def post(server: FakeServer, path: str, **request: Any) -> httpx2.Response:
    return httpx2.post(f"{server.address}{path}", timeout=30, **request)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("images.edits=busy", Fault(route="images.edits", name="busy")),
        ("videos.poll=forgotten:1", Fault(route="videos.poll", name="forgotten", times=1)),
        ("videos.submit=moderated job:2:3", Fault(route="videos.submit", name="moderated job", times=2, after=3)),
        ("chat=down:0:1", Fault(route="chat", name="down", times=None, after=1)),
    ],
)
def test_a_fault_is_told_in_a_line(text: str, fault: Fault) -> None:
    assert read_fault(text, surfaces.faults()) == fault


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("image=busy", "no route 'image'. It has: audio.generate"),
        ("chat=forgotten", "no fault 'forgotten'. It knows: busy"),
        ("chat", "knows no fault ''"),
        ("chat=busy:x", "FAULT\\[:TIMES"),
        ("chat=busy:1:2:3", "FAULT\\[:TIMES"),
        ("chat=busy:-1", "FAULT\\[:TIMES"),
    ],
)
def test_a_fault_that_is_none_is_refused(text: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        read_fault(text, surfaces.faults())


def test_every_route_has_a_name_and_a_path_of_its_own() -> None:
    assert len({route.name for route in surfaces.ALL}) == len(surfaces.ALL)
    assert len({(route.method, route.pattern) for route in surfaces.ALL}) == len(surfaces.ALL)


def test_a_fault_comes_in_the_calls_that_it_was_told_for() -> None:
    with faulty("audio.speech=error:2:1") as server:
        statuses = [post(server, "/v1/audio/speech", json=SPEECH).status_code for _ in range(4)]
    assert statuses == [200, 500, 500, 200]


def test_a_key_that_was_answered_is_not_paid_again_not_even_at_the_same_time() -> None:
    with faulty(seconds=0.2) as server:
        headers, answers = {"idempotency-key": "one"}, list[httpx2.Response]()

        def ask() -> None:
            answers.append(post(server, "/v1/audio/speech", json=SPEECH, headers=headers))

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({answer.content for answer in answers}) == 1
        assert sum(line.paid for line in server.log.lines) == 1.0
        assert sum("idempotency-replayed" in answer.headers for answer in answers) == 2
    with faulty(keeps_keys=False) as forgetful:
        for _ in range(2):
            post(forgetful, "/v1/audio/speech", json=SPEECH, headers=headers)
        assert sum(line.paid for line in forgetful.log.lines) == 2.0


def test_more_at_once_than_it_takes_is_429() -> None:
    with faulty(at_once=1, seconds=2) as server:
        first = threading.Thread(target=post, args=(server, "/v1/audio/speech"), kwargs={"json": SPEECH})
        first.start()
        while server._making == 0:
            pass
        answer = post(server, "/v1/audio/speech", json=SPEECH)
        first.join()
    assert answer.status_code == 429 and answer.headers["retry-after"] == "1"


def test_equal_forms_are_told_to_be_equal_and_the_log_holds_no_content(tmp_path: Path) -> None:
    room, log = Room(tmp_path), tmp_path / "log.jsonl"
    files = {"image": ("a.png", room.blobs.get(room.picture), "image/png")}
    with serving(Behaviour(log=log)) as server:
        for prompt in ("A secret beach.", "A secret beach.", "A lake."):
            post(server, "/v1/images/edits", data={"prompt": prompt}, files=files)
    first, same, other = read_log(log)
    assert first.asked == same.asked != other.asked
    assert "secret" not in log.read_text()


@pytest.mark.parametrize(
    ("path", "request_", "status", "says"),
    [
        ("/v1/nothing", {"json": {}}, 404, "Not Found"),
        ("/v1/audio/speech", {"content": b"{"}, 400, "not JSON"),
        ("/v1/audio/speech", {"json": [1]}, 400, "no JSON object"),
        ("/v1/audio/speech", {"json": {"input": " "}}, 400, "cannot be empty"),
        ("/v1/audio/speech", {"json": {"input": ["a"]}}, 422, "valid string"),
        ("/v1/audio/speech", {"json": {**SPEECH, "speed": "fast"}}, 422, "speed"),
        ("/v1/audio/speech", {"json": {**SPEECH, "response_format": "midi"}}, 400, "midi"),
        ("/v1/audio/speech", {"json": {**SPEECH, "ref_audio": "http://elsewhere/a.wav"}}, 400, "ref_audio"),
        ("/v1/audio/speech", {"json": {**SPEECH, "task_type": "Base"}}, 400, "ref_audio"),
        (
            "/v1/audio/speech",
            {"json": {**SPEECH, "task_type": "Base", "ref_audio": "data:audio/wav,"}},
            400,
            "ref_text",
        ),
        ("/v1/audio/generate", {"json": {"input": "x", "audio_length": 1e9}}, 422, "audio_length"),
        ("/v1/images/edits", {"json": {}}, 415, "multipart"),
        ("/v1/images/edits", {"data": {"prompt": "x"}, "files": {"image": b"no picture"}}, 400, "cannot be decoded"),
        ("/v1/images/edits", {"data": {"prompt": "x"}, "files": {"image": WIDE}}, 400, "4096 px"),
        ("/v1/videos", {"data": {"prompt": "x"}, "files": {"other": b"x"}}, 400, "input_reference"),
        ("/v1/chat/completions", {"json": {"messages": []}}, 422, "messages"),
    ],
)
def test_a_request_that_cannot_be_answered_is_told_why(
    server: FakeServer, path: str, request_: dict[str, Any], status: int, says: str
) -> None:
    answer = post(server, path, **request_)
    assert answer.status_code == status and says in answer.text
    assert all(line.paid == 0 for line in server.log.lines)


def test_a_body_without_end_is_not_read(server: FakeServer) -> None:
    answer = post(server, "/v1/audio/speech", content=iter([b"x" * 10]))
    assert answer.status_code == 413
    with closing(http.client.HTTPConnection("127.0.0.1", server.http.server_port, timeout=10)) as line:
        line.request("POST", "/v1/audio/speech", headers={"content-length": str(MOST_BYTES + 1)})
        assert line.getresponse().status == 413


def test_a_model_of_the_table_speaks_with_its_own_voices(server: FakeServer) -> None:
    custom = "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice"
    for model, voice, status in ((custom, "uncle_fu", 200), (custom, "alloy", 400), ("gpt-4o-mini-tts", "cedar", 200)):
        said = post(server, "/v1/audio/speech", json={**SPEECH, "model": model, "voice": voice})
        assert said.status_code == status, (model, voice)


def test_a_voice_is_kept_used_and_removed(server: FakeServer, tmp_path: Path) -> None:
    room = Room(tmp_path)
    form = {"name": "mine", "consent": "yes", "ref_text": "What I say."}
    sample = {"audio_sample": ("a.wav", room.blobs.get(room.sample), "audio/wav")}
    assert post(server, "/v1/audio/voices", data=form).status_code == 415
    assert post(server, "/v1/audio/voices", data=form, files=sample).json()["success"]
    assert "mine" in httpx2.get(f"{server.address}/v1/audio/voices").json()["voices"]
    assert post(server, "/v1/audio/speech", json={**SPEECH, "voice": "mine"}).status_code == 200
    assert httpx2.delete(f"{server.address}/v1/audio/voices/mine").status_code == 200
    assert post(server, "/v1/audio/speech", json={**SPEECH, "voice": "mine"}).status_code == 400


def test_the_same_job_gives_the_same_bytes_and_a_synchronous_one_too(server: FakeServer, tmp_path: Path) -> None:
    room = Room(tmp_path)
    request = {
        "data": {"prompt": "x", "num_frames": "9", "fps": "16"},
        "files": {"input_reference": ("k.png", room.blobs.get(room.picture), "image/png")},
    }
    job = post(server, "/v1/videos", **request).json()["id"]
    contents = [httpx2.get(f"{server.address}/v1/videos/{job}/content").content for _ in range(2)]
    assert contents[0] == contents[1] == post(server, "/v1/videos/sync", **request).content
    assert httpx2.get(f"{server.address}/v1/videos").json()["data"][0]["id"] == job


SCHEMAS = st.recursive(
    st.sampled_from(
        [
            {"type": "string", "minLength": 7},
            {"type": "integer", "minimum": 3},
            {"type": "boolean"},
            {"enum": ["a", "b"]},
            {"const": 4},
            {"type": ["string", "null"]},
        ]
    ),
    lambda inner: st.one_of(
        st.dictionaries(st.sampled_from("abc"), inner).map(
            lambda parts: {"type": "object", "properties": parts, "required": sorted(parts)}
        ),
        inner.map(lambda one: {"type": "array", "items": one, "minItems": 2}),
        inner.map(lambda one: {"anyOf": [one, {"type": "null"}]}),
    ),
    max_leaves=8,
)


@given(SCHEMAS)
def test_the_plainest_value_fits_its_schema(schema: dict[str, Any]) -> None:
    _fits(plain_value(schema), schema)


def _fits(value: Any, schema: dict[str, Any]) -> None:
    kind = schema.get("type")
    if "anyOf" in schema:
        _fits(value, schema["anyOf"][0])
    elif "enum" in schema:
        assert value in schema["enum"]
    elif "const" in schema:
        assert value == schema["const"]
    elif kind == "object":
        assert value.keys() == schema["properties"].keys()
        for name, part in schema["properties"].items():
            _fits(value[name], part)
    elif kind == "array":
        assert len(value) == 2
        for one in value:
            _fits(one, schema["items"])
    elif kind == "integer":
        assert value >= 3
    elif kind == "boolean":
        assert value is True
    else:
        assert isinstance(value, str) and len(value) >= schema.get("minLength", 0)


def test_the_command_lists_the_faults_and_says_what_is_wrong(tmp_path: Path) -> None:
    listed = CliRunner().invoke(app, ["fake-server", "--faults"]).stdout
    assert all(route.name in listed for route in surfaces.ALL) and all(fault in listed for fault in faults.WIRE)
    for arguments, status, says in (
        (["--fault", "chat=sleepy"], 2, "knows no fault 'sleepy'"),
        (["--key-env", "NO_SUCH_KEY"], 2, "'NO_SUCH_KEY' is not set"),
        (["--log", str(tmp_path / "no" / "log")], 3, "cannot be written"),
    ):
        done = CliRunner().invoke(app, ["fake-server", "--port", "0", *arguments])
        assert done.exit_code == status and says in " ".join(done.stderr.split())


def test_a_port_that_is_taken_is_an_error_in_words(server: FakeServer) -> None:
    done = CliRunner().invoke(app, ["fake-server", "--port", str(server.http.server_port)])
    assert done.exit_code != 0 and "Choose another with --port" in " ".join(done.stderr.split())


def test_the_command_serves_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    program = "from personavlog.cli.main import main; main()"
    options = ["fake-server", "--port", "0", "--log", str(log), "--price", "0.5"]
    command = [sys.executable, "-u", "-c", program, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            (address,) = re.findall(r"http://[\d.:]+\d", running.stdout.readline())
            assert httpx2.get(f"{address}/health").status_code == 200
            assert httpx2.post(f"{address}/v1/audio/speech", json=SPEECH).headers["content-type"] == "audio/wav"
        finally:
            running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=10) == 0
    assert [line.paid for line in read_log(log)] == [0.0, 0.5]


def test_openais_own_client_gets_on_with_it(server: FakeServer, tmp_path: Path) -> None:
    openai = pytest.importorskip("openai")
    room = Room(tmp_path)
    png = room.blobs.get(room.picture)
    client = openai.OpenAI(base_url=f"{server.address}/v1", api_key="any", max_retries=0)
    with client:
        picture = client.images.edit(
            model="m", image=[("a.png", png, "image/png")], prompt="A beach.", size="64x64", extra_body={"seed": 7}
        )
        assert picture.data[0].b64_json.startswith("iVBOR")
        spoken = client.audio.speech.create(model="m", voice="alloy", input="Hello.", response_format="wav")
        assert spoken.content[:4] == b"RIFF"
        schema = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}
        messages = [{"role": "user", "content": "Is it good?"}]
        form = {"type": "json_schema", "json_schema": {"name": "r", "schema": schema, "strict": True}}
        said = client.chat.completions.create(model="m", messages=messages, response_format=form).choices[0]
        assert json.loads(said.message.content) == {"ok": True} and said.finish_reason == "stop"
        tool = {"type": "function", "function": {"name": "judge", "parameters": schema}}
        called = client.chat.completions.create(model="m", messages=messages, tools=[tool]).choices[0]
        (call,) = called.message.tool_calls
        assert (call.function.name, json.loads(call.function.arguments)) == ("judge", {"ok": True})
        with pytest.raises(openai.BadRequestError, match="does not stream"):
            client.chat.completions.create(model="m", messages=messages, stream=True)
        _makes_a_clip(client, png)


def _makes_a_clip(client: Any, png: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # OpenAI serves none any more; others speak it still
        extra = {"num_frames": 9, "fps": 16}
        reference = ("k.png", png, "image/png")
        job = client.videos.create(model="m", prompt="x", input_reference=reference, size="64x96", extra_body=extra)
        done = client.videos.poll(job.id, poll_interval_ms=20)
        assert done.status == "completed" and client.videos.download_content(done.id).read()[4:8] == b"ftyp"
        assert client.videos.delete(job.id).deleted


def test_openais_own_client_names_its_faults() -> None:
    openai = pytest.importorskip("openai")
    for fault, kind in (
        ("busy", openai.RateLimitError),
        ("key", openai.AuthenticationError),
        ("down", openai.InternalServerError),
        ("unknown field", openai.UnprocessableEntityError),
        ("drop", openai.APIConnectionError),
    ):
        with (
            faulty(f"audio.speech={fault}") as server,
            openai.OpenAI(base_url=f"{server.address}/v1", api_key="any", max_retries=0) as client,
            pytest.raises(kind),
        ):
            client.audio.speech.create(model="m", voice="alloy", input="Hello.")
