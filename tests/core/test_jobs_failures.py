"""What goes wrong at a job service: which error it is, whether it is tried again, and what the user is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from personavlog.backbones import registry
from personavlog.backbones.jobs import provider, settings
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
from personavlog.fake_server.elevenlabs import OWN
from personavlog.fake_server.faults import Fault
from personavlog.fake_server.server import Behaviour, FakeServer, serving
from tests.core.hosted_house import KEY, VARIABLES, House

SMALL = {"fal": {"resolution": "180p"}, "dashscope": {"parameters.resolution": "180P"}, "replicate": {}, "bfl": {}}
ALL = (("image", "bfl"), ("image", "fal"), ("image", "replicate"), ("video", "dashscope"))
"""Every service with jobs once."""
STATE = {"bfl": "bfl.poll", "fal": "fal.status", "replicate": "replicate.get", "dashscope": "dashscope.task"}


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, KEY)


def faulty(*faults: tuple[str, str, int | None], **behaviour: Any) -> Any:
    told = tuple(Fault(route=route, name=name, times=times) for route, name, times in faults)
    return serving(Behaviour(faults=told, key=KEY, **behaviour))


def called(house: House, role: Any, name: str, server: FakeServer, **more: Any) -> Any:
    extra = more.pop("extra", SMALL.get(name, {}) if role == "video" else {})
    address = f"{server.address}/{name}"
    backbone = registry.load(role, name, {"base_url": address, "every": 0.02, "extra": extra, **more})
    return house.edit(backbone) if role == "image" else house.animate(backbone)


@pytest.mark.parametrize(("role", "name"), ALL)
def test_a_moderated_job_is_a_refusal_that_names_the_input_and_is_not_sent_again(
    role: str, name: str, tmp_path: Path
) -> None:
    house = House(tmp_path)
    with faulty((f"{name}.submit", "moderated job", None)) as server, pytest.raises(RefusedError) as refusal:
        called(house, role, name, server)
    assert refusal.value.refused == ("board" if role == "image" else "motion")
    assert f"refused the {refusal.value.refused}" in str(refusal.value)
    assert len(server.log.of(f"{name}.submit")) == 1 and house.job("edit") is house.job("animate") is None


def test_a_request_that_is_moderated_before_it_runs_is_a_refusal_too(tmp_path: Path) -> None:
    with faulty(("bfl.submit", "moderated request", None)) as server, pytest.raises(RefusedError, match="board"):
        called(House(tmp_path), "image", "bfl", server)


@pytest.mark.parametrize(("fault", "refused"), [("refused words", "board"), ("refused picture", "reference picture")])
def test_a_refusal_names_the_field_that_the_service_names(fault: str, refused: str, tmp_path: Path) -> None:
    with faulty(("fal.submit", fault, None)) as server, pytest.raises(RefusedError) as refusal:
        called(House(tmp_path), "image", "fal", server)
    assert refusal.value.refused == refused


def test_a_picture_that_was_blacked_out_is_a_refusal_and_no_result(tmp_path: Path) -> None:
    with faulty(("fal.submit", "blacked out", None)) as server, pytest.raises(RefusedError, match="content filter"):
        called(House(tmp_path), "image", "fal", server)
    assert not server.log.of("results")


@pytest.mark.parametrize(("role", "name"), ALL)
def test_a_job_that_failed_there_is_sent_again(role: str, name: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty((f"{name}.submit", "failed job", 1)) as server:
        called(house, role, name, server)
    assert [type(error) for error in house.retries] == [UnavailableError]
    assert "The worker died" in str(house.retries[0])
    assert [entry.outcome for entry in house.entries] == ["failed", "paid"]
    assert len(server.log.of(f"{name}.submit")) == 2


@pytest.mark.parametrize(("role", "name"), ALL)
def test_a_job_out_of_memory_is_final_and_says_what_helps(role: str, name: str, tmp_path: Path) -> None:
    with faulty((f"{name}.submit", "memory job", None)) as server, pytest.raises(OutOfMemoryError, match="smaller"):
        called(House(tmp_path), role, name, server)


@pytest.mark.parametrize(("role", "name"), ALL)
def test_an_account_without_credit_is_said_and_not_asked_again(role: str, name: str, tmp_path: Path) -> None:
    with faulty((f"{name}.submit", "no credit", None)) as server, pytest.raises(BackboneError) as error:
        called(House(tmp_path), role, name, server)
    assert error.value.status == 402 and "Top it up" in str(error.value)
    assert not isinstance(error.value, RefusedError | UnavailableError | RateLimitedError)
    assert len(server.log.of(f"{name}.submit")) == 1


@pytest.mark.parametrize(("role", "name"), ALL)
def test_a_full_queue_is_waited_for(role: str, name: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty((f"{name}.submit", "busy", 1)) as server:
        called(house, role, name, server)
    assert [type(error) for error in house.retries] == [RateLimitedError]
    assert house.retries[0].retry_after == 1 and house.entries[0].money == 0.0


def test_a_code_for_busy_counts_whatever_the_status(tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("dashscope.submit", "throttled", 1)) as server:
        called(house, "video", "dashscope", server)
    assert [type(error) for error in house.retries] == [RateLimitedError]


@pytest.mark.parametrize(("role", "name"), ALL)
def test_a_job_that_was_forgotten_is_sent_again_once(
    role: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = {
        key: row.model_copy(update={"job": row.job and row.job.model_copy(update={"settles": 0.0})})
        for key, row in provider.providers().items()
    }
    monkeypatch.setattr(settings, "providers", lambda: at_once)
    with faulty((STATE[name], "forgotten", 1)) as server:
        called(House(tmp_path), role, name, server)
    assert len(server.log.of(f"{name}.submit")) == 2
    house = House(tmp_path / "always")
    with faulty((STATE[name], "forgotten", None)) as server, pytest.raises(BackboneError, match="forgot a job twice"):
        called(house, role, name, server)
    assert len(server.log.of(f"{name}.submit")) == 2, "what forgets its jobs is not paid for more of them"


def test_a_job_is_not_forgotten_while_the_service_may_not_know_it_yet(tmp_path: Path) -> None:
    with serving(Behaviour(key=KEY)) as server:
        lost = server.jobs.find
        asked: list[str] = []

        def find(identity: str) -> Any:
            asked.append(identity)
            return None if len(asked) < 3 else lost(identity)

        server.jobs.find = find  # type: ignore[method-assign]
        called(House(tmp_path), "image", "bfl", server)
    assert len(server.log.of("bfl.submit")) == 1 and len(server.log.of("bfl.poll")) >= 3


def test_an_address_that_expired_is_asked_for_again_before_anything_is_paid_twice(tmp_path: Path) -> None:
    with faulty(("results", "expired", 1)) as server:
        called(House(tmp_path), "image", "fal", server)
    assert len(server.log.of("fal.submit")) == 1 and len(server.log.of("fal.response")) == 2


def test_a_result_that_is_gone_is_made_again_once(tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("results", "expired", None)) as server, pytest.raises(BadMediaError, match="expired"):
        called(house, "image", "fal", server)
    assert len(server.log.of("fal.submit")) == 2 and house.job("edit") is None


def test_half_a_body_is_fetched_again_and_not_made_again(tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("results", "half", 1)) as server:
        called(house, "image", "replicate", server)
    assert [type(error) for error in house.retries] == [UnavailableError]
    assert len(server.log.of("replicate.submit")) == 1 and len(server.log.of("results")) == 2


@pytest.mark.parametrize("fault", ["damaged", "wrong type"])
def test_a_file_that_is_no_picture_is_made_again_once_and_never_stored(fault: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("results", fault, 1)) as server:
        called(house, "image", "bfl", server)
    assert [type(error) for error in house.retries] == [BadMediaError]
    assert len(server.log.of("bfl.submit")) == 2


@pytest.mark.parametrize("fault", ["short", "other picture"])
def test_a_clip_that_is_not_what_was_asked_for_is_made_again(fault: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("fal.submit", fault, 1)) as server:
        called(house, "video", "fal", server)
    assert [type(error) for error in house.retries] == [BadMediaError]
    assert len(server.log.of("fal.submit")) == 2


@pytest.mark.parametrize(("role", "name"), ALL)
def test_a_result_in_a_private_network_is_never_fetched(role: str, name: str, tmp_path: Path) -> None:
    with (
        faulty((f"{name}.submit", "private address", None)) as server,
        pytest.raises(BadMediaError, match=r"10\.0\.0\.7"),
    ):
        called(House(tmp_path), role, name, server)


@pytest.mark.parametrize("name", ["bfl", "fal"])
def test_the_key_never_goes_to_another_host_for_a_job(name: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    wrong = pytest.raises(BackboneError, match=r"another host.*elsewhere\.invalid")
    with faulty((f"{name}.submit", "foreign address", None)) as server, wrong:
        called(house, "image", name, server)
    assert KEY not in " ".join(entry.message for entry in house.entries)


@pytest.mark.parametrize(("role", "name"), ALL)
def test_a_state_or_an_answer_that_nobody_knows_is_an_error_and_no_endless_wait(
    role: str, name: str, tmp_path: Path
) -> None:
    with (
        faulty((f"{name}.submit", "strange state", None)) as server,
        pytest.raises(BackboneError, match="does not know"),
    ):
        called(House(tmp_path / "state"), role, name, server)
    with faulty((f"{name}.submit", "no result", None)) as server, pytest.raises(BadMediaError, match="no result"):
        called(House(tmp_path / "result"), role, name, server)


@pytest.mark.parametrize("fault", ["garbage", "wrong type", "redirect"])
def test_an_answer_to_the_submission_that_is_none_of_the_services(fault: str, tmp_path: Path) -> None:
    with faulty(("fal.submit", fault, None)) as server, pytest.raises(BackboneError):
        called(House(tmp_path), "image", "fal", server)
    assert {line.route for line in server.log.lines} == {"fal.submit"}, "nothing was followed"


def test_a_wrong_key_is_named_by_its_variable_and_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", "k-another-secret-98765")
    house = House(tmp_path)
    with faulty() as server, pytest.raises(BackboneError, match="FAL_KEY") as error:
        called(house, "image", "fal", server)
    assert error.value.status == 401 and "98765" not in str(error.value)
    assert len(server.log.of("fal.submit")) == 1


def test_a_model_that_is_not_served_is_said(tmp_path: Path) -> None:
    with serving(Behaviour(models=("other",))) as server, pytest.raises(BackboneError, match="model's name"):
        called(House(tmp_path), "image", "bfl", server)


def test_a_job_that_never_ends_is_given_up_and_found_again(tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(seconds=30.0) as server:
        with pytest.raises(TimedOutError, match="next try asks"):
            called(house, "image", "fal", server, at_most=0.1)
        assert house.job("edit") and len(server.log.of("fal.submit")) == 1, "the second try asked the same job"


# --- what comes at once -----------------------------------------------------------------------------------------------


def spoken(house: House, name: str, server: FakeServer) -> Any:
    voices = {"Anna": {"id": OWN, "language": "en"}}
    backbone = registry.load("speech", name, {"base_url": f"{server.address}/{name}", "voices": voices})
    return house.speak(backbone, voice="Anna")


def composed(house: House, server: FakeServer) -> Any:
    return house.compose(registry.load("music", "elevenlabs", {"base_url": f"{server.address}/elevenlabs"}))


def test_music_that_names_a_star_is_a_refusal_of_its_description(tmp_path: Path) -> None:
    with faulty(("elevenlabs.music", "refused words", None)) as server, pytest.raises(RefusedError) as refusal:
        composed(House(tmp_path), server)
    assert refusal.value.refused == "music description"


@pytest.mark.parametrize("name", ["elevenlabs", "dashscope"])
def test_a_line_may_be_refused_and_the_account_be_empty(name: str, tmp_path: Path) -> None:
    with faulty((f"{name}.speech", "no credit", None)) as server, pytest.raises(BackboneError, match="no credit left"):
        spoken(House(tmp_path), name, server)
    with faulty((f"{name}.speech", "refused words", None)) as server, pytest.raises(RefusedError) as refusal:
        spoken(House(tmp_path), name, server)
    assert refusal.value.refused == "line"


@pytest.mark.parametrize("name", ["elevenlabs", "dashscope"])
def test_a_silent_line_is_spoken_again(name: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty((f"{name}.speech", "silent", 1)) as server:
        spoken(house, name, server)
    assert [type(error) for error in house.retries] == [BadMediaError]


def test_music_that_is_too_short_is_composed_again(tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("elevenlabs.music", "short", 1)) as server:
        composed(house, server)
    assert [type(error) for error in house.retries] == [BadMediaError]


def test_a_full_queue_of_a_voice_is_waited_for(tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("elevenlabs.speech", "queue full", 1)) as server:
        spoken(house, "elevenlabs", server)
    assert [type(error) for error in house.retries] == [RateLimitedError]


def test_a_voice_that_must_be_verified_first_is_said(tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("elevenlabs.add", "verification", None)) as server:
        backbone = registry.load("speech", "elevenlabs", {"base_url": f"{server.address}/elevenlabs"})
        with pytest.raises((UnavailableError, ConfigurationError), match="verified by its owner"):
            house.speak(backbone, sample=house.sample())


def test_a_sound_whose_address_expired_is_spoken_again(tmp_path: Path) -> None:
    house = House(tmp_path)
    with faulty(("dashscope.heard", "expired", 1)) as server:
        spoken(house, "dashscope", server)
    assert [type(error) for error in house.retries] == [BadMediaError]
