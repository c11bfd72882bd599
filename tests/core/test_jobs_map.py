"""Provider maps as data: what they may say, what is read out of answers, and where a key goes."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.backbones.jobs.failures import Asked, Failures
from personavlog.backbones.jobs.inputs import Inputs, body_of, length_of, nearest_aspect, nearest_resolution, put_images
from personavlog.backbones.jobs.job_server import JobServer, address_of
from personavlog.backbones.jobs.key_paths import LONGEST_LIST, first_text, found, put
from personavlog.backbones.jobs.provider import Place, providers
from personavlog.backbones.jobs.settings import Chosen
from personavlog.backbones.remote import Server
from personavlog.backbones.remote_answers import Answer
from personavlog.errors import BackboneError, RefusedError, UnavailableError

NAMES = st.lists(st.sampled_from(["a", "b", "0", "2", "input"]), min_size=1, max_size=4).map(
    lambda names: ".".join(["x", *names])
)
JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "0"]), parts, max_size=3),
    max_leaves=8,
)


@given(NAMES, st.integers())
def test_what_was_put_is_found(path: str, value: int) -> None:
    data: dict[str, Any] = {}
    put(data, path, value)
    assert found(data, path) == value


@given(JSON, NAMES)
def test_any_answer_can_be_read(data: Any, path: str) -> None:
    found(data, path)
    assert isinstance(first_text(data, [path]), str)


def test_a_number_of_a_list_fills_no_memory() -> None:
    data: dict[str, Any] = {}
    put(data, "a.999999999", 1)
    assert len(data["a"]) == LONGEST_LIST + 1


def test_every_map_is_whole() -> None:
    for name, provider in providers().items():
        assert provider.source.split()[0] in ("DOC", "SRC") and provider.url.startswith("https://"), name
        for role, way in provider.ways.items():
            chosen = Chosen(name, role, {})
            assert way.answers == "media" or way.result, f"{name} {role} says where its result lies"
            assert way.model is not None or "{model}" in way.path, f"{name} {role} says where its model goes"
            assert chosen.inputs.prompt is not None and (role in ("music", "speech") or chosen.inputs.image)
            assert way.answers != "job" or provider.job is not None
        if provider.job is not None:
            job = provider.job
            words = [*job.running, *job.done, *job.failed, *job.refused, *job.lost, *job.cancelled]
            assert len(words) == len(set(words)) and job.running and job.done
            assert all(place.at or "{id}" in place.path for place in (job.state, job.cancel, job.result) if place)


def test_an_id_cannot_lead_to_another_path() -> None:
    place = Place(path="/tasks/{id}")
    assert address_of({}, place, "../../account?x=1#y") == "/tasks/..%2F..%2Faccount%3Fx%3D1%23y"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/v1/get_result?id=1",
        "https://bfl.ai.evil.example/x",
        "https://evilbfl.ai/x",
        "http://api.bfl.ai/x",
        "http://api.eu1.bfl.ai/x",
        "https://user@api.eu1.bfl.ai/x",
        "https://evil.example\\@api.bfl.ai/x",
        "//api.eu1.bfl.ai/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_job_is_asked_at_no_address_but_the_services_own(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _watched(monkeypatch)
    server = JobServer(Chosen("bfl", "image", {}), Asked("board"))
    if address.startswith("//"):
        anyio.run(server.ask, Place(), address)
        assert asked == [("https://api.bfl.ai", address)], "a path of the service's own server"
        return
    with pytest.raises(BackboneError, match="another host"):
        anyio.run(server.ask, Place(), address)
    assert asked == []


def test_a_regional_address_of_the_service_is_asked_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _watched(monkeypatch)
    server = JobServer(Chosen("bfl", "image", {}), Asked("board"))
    anyio.run(server.ask, Place(), "https://api.eu1.bfl.ai/v1/get_result?id=1")
    assert asked == [("https://api.eu1.bfl.ai", "/v1/get_result?id=1")]


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    asked: list[tuple[str, str]] = []

    async def ask(self: Server, method: str, path: str, **content: Any) -> Answer:
        asked.append((self.endpoint.url, path))
        return Answer(200, b"{}")

    monkeypatch.setattr(Server, "ask", ask)
    return asked


def test_inputs_go_where_the_map_says_and_the_users_own_win() -> None:
    names = Inputs(prompt="input.prompt", negative=None, seed="input.seed", fixed={"input.steps": 20, "go": True})
    body = body_of(names, {"prompt": "a boat", "negative": "fog", "seed": 0}, {"input.steps": 4, "lora.scale": 0.5})
    assert body == {"go": True, "input": {"steps": 4, "prompt": "a boat", "seed": 0}, "lora": {"scale": 0.5}}


def test_pictures_go_into_a_list_or_one_by_one_and_no_further() -> None:
    listed: dict[str, Any] = {}
    put_images(listed, Inputs(images="image_urls"), ["a", "b"])
    single: dict[str, Any] = {}
    put_images(single, Inputs(image=("first",)), ["a", "b"])
    assert listed == {"image_urls": ["a", "b"]} and single == {"first": "a"}


def test_shapes_sizes_and_lengths_as_services_write_them() -> None:
    assert nearest_aspect(1360, 768, ["16:9", "9:16", "1:1"]) == "16:9" and nearest_aspect(1, 1, []) is None
    words = {"480P": 480, "720P": 720, "1080P": 1080}
    assert [nearest_resolution(*size, words) for size in ((832, 480), (1280, 704), (1440, 2560))] == [
        "480P",
        "720P",
        "1080P",
    ]
    assert length_of(Inputs(), 4.0) == 4 and length_of(Inputs(), 4.1) == 5
    assert length_of(Inputs(seconds_as="text"), 4.1) == "5"
    assert length_of(Inputs(seconds_as="milliseconds"), 4.1) == 4100


@given(JSON, st.text(max_size=40))
def test_whatever_a_job_fails_with_is_one_of_our_errors(data: Any, reason: str) -> None:
    for name, provider in providers().items():
        error = Failures(name, provider.codes, Asked("board", "photo")).of_job(data, reason)
        assert isinstance(error, BackboneError) and error.provider == name


@given(st.binary(max_size=80), st.sampled_from([301, 400, 404, 422, 500]))
def test_whatever_a_server_answers_is_read_without_harm(body: bytes, status: int) -> None:
    for name, provider in providers().items():
        Failures(name, provider.codes, Asked("board")).of_answer(Answer(status, body))


def test_a_word_inside_another_is_no_code() -> None:
    codes = providers()["fal"].codes
    error = Failures("fal", codes, Asked("board")).of_answer(Answer(403, b'{"detail": "The path is blocked."}'))
    assert error is None
    assert isinstance(Failures("fal", codes, Asked("board")).of_job({}, "runner died"), UnavailableError)
    assert isinstance(Failures("fal", codes, Asked("board")).of_job({}, "flagged as nsfw content"), RefusedError)
