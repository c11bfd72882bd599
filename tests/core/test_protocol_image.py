"""Pictures from ``/v1/images/edits``: what is sent, what is taken, and what every failure becomes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.roles import Keyframe
from personavlog.errors import (
    BackboneError,
    BadMediaError,
    ConfigurationError,
    OutOfMemoryError,
    RateLimitedError,
    RefusedError,
    TimedOutError,
    UnavailableError,
)
from personavlog.fake_server import faults
from personavlog.fake_server.server import Behaviour, FakeServer, serving
from personavlog.fake_server.wire import Request
from tests.core.protocol_calls import MODEL, Room, failure, faulty, image, run, settings

KEY = "sk-averysecretvalue-12345"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def sent(server: FakeServer) -> list[Request]:
    """Every request that the server reads from now on."""
    requests: list[Request] = []
    answer = server.answer

    def noted(request: Request) -> Any:
        requests.append(request)
        return answer(request)

    server.answer = noted  # type: ignore[method-assign]
    return requests


def test_a_picture_has_the_asked_size_and_follows_the_seed(room: Room) -> None:
    with faulty() as server:
        backbone = image(server)
        one, same, other = [run(partial(backbone.edit, room.edit(seed=seed), room.tools)) for seed in (7, 7, 8)]
    assert (one.image.width, one.image.height) == (144, 160) and one.image == same.image != other.image
    assert one.receipt.money == 1.0


def test_the_form_holds_the_bytes_and_the_fields_of_its_kind_of_server(room: Room) -> None:
    request = room.edit(negative="blur")
    with faulty() as server:
        requests = sent(server)
        extra = {"true_cfg_scale": 4.0, "enable_teacache": True}
        run(partial(image(server, steps=20, guidance=3.5, extra=extra).edit, request, room.tools))
        run(partial(image(server, server="openai", extra={"quality": "high"}).edit, request, room.tools))
        run(partial(image(server, leave_out=("negative_prompt", "n")).edit, request, room.tools))
    omni, openai, fewer = requests
    assert omni.fields == {
        "model": MODEL,
        "prompt": "A beach.",
        "size": "144x160",
        "seed": "7",
        "num_inference_steps": "20",
        "guidance_scale": "3.5",
        "negative_prompt": "blur",
        "response_format": "b64_json",
        "n": "1",
        "true_cfg_scale": "4.0",
        "enable_teacache": "true",
    }
    (upload,) = omni.files("image")
    assert upload.data == room.blobs.get(room.picture) and upload.media_type == "image/png"
    wanted = {"model": MODEL, "prompt": "A beach.", "size": "144x160", "n": "1", "quality": "high"}
    assert openai.fields == wanted and len(openai.files("image[]")) == 1
    assert not {"negative_prompt", "n"} & fewer.fields.keys()


def test_a_correction_edits_the_picture_before_it(room: Room) -> None:
    other, last = (room.blobs.put_image(np.full((160, 144, 3), shade, np.uint8)) for shade in (90, 120))
    request = room.edit(
        corrections=(Remedy(correction=Correction.WORDS, thing="warmer light"),), previous=Keyframe(image=other)
    )
    with faulty() as server:
        requests = sent(server)
        for wanted in (request, request.model_copy(update={"extra_references": (last,)})):
            run(partial(image(server).edit, wanted, room.tools))
    one, more = [[file.data for file in request.files("image")] for request in requests]
    assert one == [room.blobs.get(other)]
    assert more == [room.blobs.get(picture) for picture in (other, room.picture, last)]


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        ("busy", RateLimitedError, "at_once"),
        ("down", UnavailableError, "Try again later"),
        ("error", UnavailableError, "Try again later"),
        ("memory", OutOfMemoryError, "smaller picture"),
        ("key", BackboneError, "Check the key"),
        ("moderated", RefusedError, "Change what it shows"),
        ("unknown field", BackboneError, "num_inference_steps"),
        ("half", UnavailableError, "could not be reached"),
        ("garbage", UnavailableError, "no JSON"),
        ("wrong type", UnavailableError, "no JSON"),
        ("drop", UnavailableError, "could not be reached"),
        ("redirect", BackboneError, "not followed"),
        ("wrong size", BadMediaError, "72x160"),
        ("damaged", BadMediaError, "no picture"),
        ("no picture", BadMediaError, "no picture"),
        ("empty", BadMediaError, "without a picture"),
    ],
)
def test_every_fault_is_an_error_that_says_what_to_do(
    room: Room, fault: str, kind: type[BackboneError], says: str
) -> None:
    with faulty(f"images.edits={fault}") as server:
        error = failure(partial(image(server).edit, room.edit(), room.tools))
    assert type(error) is kind and says in str(error) and error.provider == MODEL
    assert error.refused == ("board" if kind is RefusedError else "")


def test_an_answer_that_does_not_come_ends_at_the_limit(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "SLOW", 1.0)
    with faulty("images.edits=slow") as server:
        endpoints = [{"url": f"{server.address}/v1", "timeout": 0.2}]
        error = failure(partial(image(server, endpoints=endpoints).edit, room.edit(), room.tools))
    assert type(error) is TimedOutError and "0.2 s" in str(error)


def test_a_refused_photo_is_named(room: Room) -> None:
    with faulty("images.edits=moderated") as server:
        request = room.edit(purpose="stylise", board=None)
        assert failure(partial(image(server).edit, request, room.tools)).refused == "photo"


def test_what_came_damaged_is_asked_for_under_another_key_and_what_never_came_under_the_same(room: Room) -> None:
    with faulty("images.edits=damaged:1", "images.edits=error:1:1") as server:
        backbone = image(server)
        for _ in range(2):
            failure(partial(backbone.edit, room.edit(), room.tools))
        run(partial(backbone.edit, room.edit(), room.tools))
        first, second, third = [line.key for line in server.log.of("images.edits")]
    assert first != second == third and first[:32] == second[:32]


def test_another_process_gets_the_answer_that_was_paid_for(room: Room) -> None:
    with faulty() as server:
        made = [run(partial(image(server).edit, room.edit(), room.tools)) for _ in range(2)]
        lines = server.log.of("images.edits")
    assert made[0].image == made[1].image and [result.receipt.money for result in made] == [1.0, 0.0]
    assert [line.paid for line in lines] == [1.0, 0.0] and lines[1].repeat


def test_the_key_goes_along_and_into_no_error(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", KEY)
    monkeypatch.setenv("WRONG_KEY", f"{KEY}-wrong")
    with serving(Behaviour(key=KEY)) as server:
        run(partial(image(server, endpoints=[_with_key(server, "A_KEY")]).edit, room.edit(), room.tools))
        wrong = image(server, endpoints=[_with_key(server, "WRONG_KEY")])
        for work in (partial(wrong.edit, room.edit(), room.tools), wrong.open):
            error = failure(work)
            assert error.status == 401 and "WRONG_KEY" in str(error) and KEY not in str(error)
        unset = image(server, endpoints=[_with_key(server, "NO_KEY")])
        with pytest.raises(ConfigurationError, match="'NO_KEY' is not set"):
            run(unset.open)
        assert KEY not in server.log.lines[-1].model_dump_json()


def _with_key(server: FakeServer, variable: str) -> dict[str, str]:
    return {"url": f"{server.address}/v1", "key_env": variable}


def test_opening_finds_a_model_that_is_not_served_and_one_that_ends(room: Room) -> None:
    with serving(Behaviour(models=("another",))) as server:
        with pytest.raises(ConfigurationError, match=f"does not serve '{MODEL}'. It serves: 'another'"):
            run(image(server).open)
        provider = image(server, server="openai")
        run(provider.open)
        assert "does not list 'a-model'" in provider.remarks[0]
        error = failure(partial(image(server).edit, room.edit(), room.tools))
        assert error.status == 400 and "Model mismatch: request specifies 'a-model'" in str(error)
    with faulty("models=ending", models=(MODEL,)) as server:
        backbone = image(server)
        run(backbone.open)
        assert "is served until 2027-01-14" in backbone.remarks[0]


def test_opening_says_that_a_server_is_not_there_and_goes_on(room: Room) -> None:
    with faulty() as server:
        gone = {"url": "http://127.0.0.1:9/v1"}
        backbone = image(server, endpoints=[gone, {"url": f"{server.address}/v1"}])

        async def made() -> None:
            await backbone.open()
            await backbone.edit(room.edit(), room.tools)

        run(made)
        assert "127.0.0.1:9" in backbone.remarks[0] and len(server.log.of("images.edits")) == 1


def test_a_wrong_address_is_named(room: Room) -> None:
    with faulty() as server:
        wrong = image(server, endpoints=[{"url": f"{server.address}/v2"}])
        error = failure(partial(wrong.edit, room.edit(), room.tools))
    assert error.status == 404 and "server's address" in str(error) and "127.0.0.1" in str(error)


def test_a_seed_that_is_ignored_is_found_and_said(room: Room) -> None:
    with faulty("images.edits=wrong seed") as ignoring, faulty() as following:
        first, second = image(ignoring, price=0, probe_seed=True), image(following, price=0, probe_seed=True)
        run(first.open)
        run(second.open)
        assert not first.capabilities.seed and "does not follow the seed" in first.remarks[0]
        assert second.capabilities.seed and not second.remarks
        requests = sent(ignoring)
        run(partial(first.edit, room.edit(), room.tools))
        assert "seed" not in requests[-1].fields


def test_a_probe_that_would_cost_money_is_refused() -> None:
    with faulty() as server, pytest.raises(ValueError, match="no ledger books"):
        image(server, probe_seed=True)


def test_an_unknown_price_is_unknown_and_a_known_model_is_known() -> None:
    with faulty() as server:
        plain = settings(server, price=None)
        unknown = image(server, price=None).estimated({"call": 1})
        known = image(server, known_as="black-forest-labs/FLUX.1-Kontext-dev", price=None)
    assert unknown.high is None and plain["price"] is None
    assert known.capabilities.sizes.nearest(768, 1360) == (768, 1360)
    assert "Non-Commercial" in known.capabilities.licence.name


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"endpoints": []}, "endpoints"),
        ({"endpoints": [{"url": "ftp://host"}]}, "http"),
        ({"endpoints": [{"url": "http://user:word@host/v1"}]}, "password"),
        ({"server": "ollama"}, "Set server to one of: openai, sglang, vllm-omni"),
        ({"can": {"sizes": {"multiple": 0}}}, "sizes.multiple"),
        ({"can": {"colour": True}}, "colour"),
        ({"extra": {"a b": 1}}, "extra"),
        ({"steps": 0}, "steps"),
    ],
)
def test_settings_that_do_not_fit_are_refused(changes: dict[str, Any], says: str) -> None:
    with faulty() as server, pytest.raises((ValueError, ConfigurationError), match=says):
        image(server, **changes)


def test_the_fingerprint_is_the_model_and_its_settings_not_the_servers() -> None:
    with faulty() as one, faulty() as other:
        assert image(one).fingerprint == image(other, one, price=2.0).fingerprint
        assert image(one).fingerprint != image(one, steps=20).fingerprint
        assert one.address not in image(one).fingerprint
