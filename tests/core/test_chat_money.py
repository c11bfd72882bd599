"""What chat models cost: each request is reserved before it is sent and settled when it ended, and keys are nowhere."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import anyio
import pytest
from pydantic_ai.messages import ModelRequest, ModelResponse, TextPart, UserPromptPart
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.test import TestModel
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.usage import RequestUsage

from personavlog.backbones.chat import chat_model
from personavlog.backbones.chat_booking import BookedModel
from personavlog.backbones.chat_prices import OUTPUT_TOKENS, high_estimate, paid
from personavlog.backbones.chat_settings import ChatSettings
from personavlog.backbones.receipts import unbilled
from personavlog.backbones.scripted import ScriptedModel
from personavlog.errors import BackboneError, CostLimitError
from personavlog.redaction import data_without_keys, read_key, without_keys
from personavlog.runs.ledger import Cap, Entry
from tests.core.doubles import Film

PAIRS = 5
SECRET = "zz9-plural-z-alpha-7731"


def film(folder: Path, writer: str = "fake:writer", cap: Cap | None = None, **chat: object) -> Film:
    table = {"writer": writer, "image_quality": "fake:none", "video_quality": "fake:none", "at_once": 4, **chat}
    return Film(folder, changes={"chat": table}, **({"cap": cap} if cap else {}))


def booked(made: Film) -> list[Entry]:
    return [entry for entry in made.index.ledger.entries("film") if entry.provider.startswith("fake:")]


def test_every_request_of_a_film_is_in_the_ledger(tmp_path: Path) -> None:
    one = film(tmp_path, "fake:writer?price=0.25")
    one.make()
    names = sorted(entry.step for entry in booked(one))
    kinds = ("draft", "review")
    assert names == sorted(
        f"write/{pair}/1/{kind}" for pair in ("story", "seg", "video", "mono", "music") for kind in kinds
    )
    assert {(entry.outcome, entry.high, entry.money, entry.model) for entry in booked(one)} == {
        ("paid", 0.25, 0.25, "fake-writer-1")
    }
    one.make()
    assert len(booked(one)) == 2 * PAIRS, "a film that is there asks nobody"


def test_without_a_reviewer_half_is_asked_and_half_is_paid(tmp_path: Path) -> None:
    one = film(tmp_path, "fake:writer?price=0.25", reviewer=False)
    one.make()
    assert [entry.step.rpartition("/")[2] for entry in booked(one)] == ["draft"] * PAIRS
    assert one.index.ledger.totals("film").paid == 0.25 * PAIRS
    rounds = [event.data for event in one.events if event.kind == "round"]
    assert len(rounds) == PAIRS and all(data["review"] is None for data in rounds)


def test_a_server_that_is_down_for_a_moment_is_asked_again_and_both_are_booked(tmp_path: Path) -> None:
    one = film(tmp_path, "fake:writer?price=0.25&down=2")
    one.make()
    outcomes = [(entry.outcome, entry.money) for entry in booked(one)]
    assert outcomes[:2] == [("failed", 0.0)] * 2 and outcomes[2:] == [("paid", 0.25)] * 2 * PAIRS
    assert [event.data["name"] for event in one.events if event.kind == "retry"] == ["write/story/1/draft"] * 2


def test_a_failure_of_a_server_whose_prices_nobody_knows_is_unknown(tmp_path: Path) -> None:
    one = film(tmp_path, "fake:writer?price=unknown&down=1")
    one.make()
    assert [(entry.outcome, entry.money) for entry in booked(one)][:1] == [("failed", None)]
    assert one.index.ledger.totals("film").unknown == 1 + 2 * PAIRS


@pytest.mark.parametrize(
    ("status", "free"), [(400, False), (401, True), (403, True), (404, True), (429, True), (500, False), (None, False)]
)
def test_what_no_server_works_on_is_not_billed(status: int | None, free: bool) -> None:
    assert unbilled(BackboneError("no", status=status)) is free


def test_a_request_that_reaches_nobody_is_not_billed_and_one_that_breaks_off_may_be(tmp_path: Path) -> None:
    """Real sockets: nobody listens at the first address, and the second takes the request and hangs up."""
    with socket.socket() as nobody, socket.create_server(("127.0.0.1", 0)) as server:
        nobody.bind(("127.0.0.1", 0))
        threading.Thread(target=_hang_up, args=[server], daemon=True).start()
        found = {}
        for name, port in (("unsent", nobody.getsockname()[1]), ("broken", server.getsockname()[1])):
            with pytest.raises(BackboneError) as caught:
                anyio.run(_asked, port)
            found[name] = unbilled(caught.value)
    assert found == {"unsent": True, "broken": False}


def _hang_up(server: socket.socket) -> None:
    connection, _ = server.accept()
    connection.recv(1 << 16)
    connection.close()


async def _asked(port: int) -> None:
    model = chat_model("openai:any", ChatSettings(base_url=f"http://127.0.0.1:{port}/v1"))
    assert isinstance(model, WrapperModel) and isinstance(model.wrapped, BookedModel)
    await model.wrapped.wrapped.request([ModelRequest(parts=[UserPromptPart("Hello")])], None, ModelRequestParameters())


def test_the_cap_stops_the_writers_too(tmp_path: Path) -> None:
    one = film(tmp_path, "fake:writer?price=0.25", Cap(0.80))
    with pytest.raises(CostLimitError, match=r"may cost \$0.25"):
        one.make()
    assert len(booked(one)) == 3
    one.cap = Cap(0.25 * 2 * PAIRS)
    one.make()
    assert len(booked(one)) == 2 * PAIRS


def test_an_unknown_price_is_unknown_and_never_nothing(tmp_path: Path) -> None:
    with pytest.raises(CostLimitError, match="unknown"):
        film(tmp_path / "capped", "fake:writer?price=unknown", Cap(5.0)).make()
    one = film(tmp_path / "free", "fake:writer?price=unknown")
    one.make()
    assert one.index.ledger.totals("film").text == f"$0.00 and {2 * PAIRS} calls of unknown price"


class At(WrapperModel):
    """A model of this name at this address."""

    def __init__(self, name: str, address: str | None, system: str = "openai") -> None:
        super().__init__(TestModel())
        self._at = (name, address, system)

    model_name = property(lambda self: self._at[0])  # type: ignore[assignment]
    base_url = property(lambda self: self._at[1])  # type: ignore[assignment]
    system = property(lambda self: self._at[2])  # type: ignore[assignment]


MESSAGES = [ModelRequest(parts=[UserPromptPart(content="a" * 2000)])]


@pytest.mark.parametrize(
    ("address", "known"), [("https://api.openai.com/v1/", True), ("http://127.0.0.1:8000/v1", False)]
)
def test_the_price_is_the_servers_and_not_the_names(address: str, known: bool) -> None:
    model, parameters = At("gpt-4.1", address), ModelRequestParameters()
    high = high_estimate(model, MESSAGES, {"max_tokens": 1000}, parameters)
    spent = paid(model, ModelResponse(parts=[TextPart("x")], usage=RequestUsage(input_tokens=500, output_tokens=300)))
    assert (high is not None, spent is not None) == (known, known)
    if high is not None and spent is not None:
        assert (
            0
            < spent
            < high
            < high_estimate(model, MESSAGES, None, parameters)
            == pytest.approx(  # type: ignore[operator]
                high + (OUTPUT_TOKENS - 1000) * 8e-6
            )
        )


def test_an_answer_without_usage_has_no_known_price() -> None:
    response = ModelResponse(parts=[TextPart("x")], usage=RequestUsage(unmeasured_requests=1))
    assert paid(At("gpt-4.1", "https://api.openai.com/v1/"), response) is None


def test_a_model_on_this_machine_costs_nothing_through_any_wrapper() -> None:
    model = WrapperModel(WrapperModel(ScriptedModel([])))
    assert high_estimate(model, MESSAGES, None, ModelRequestParameters()) == 0.0


def test_a_key_is_blotted_out_of_all_that_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_SERVICE_API_KEY", SECRET)
    one = film(tmp_path)
    one.make()
    event = one.production.engine.emit("note", text=f"it said {SECRET}", deep=[{"and": SECRET}])
    assert SECRET not in json.dumps(event.data) and json.dumps(event.data).count("[key]") == 2


def test_a_key_that_was_read_is_blotted_out_by_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAIN_NAME", SECRET)
    assert without_keys(SECRET) == SECRET, "a variable of this name is no key until it is read as one"
    assert read_key("PLAIN_NAME") == SECRET
    monkeypatch.delenv("PLAIN_NAME")
    assert data_without_keys({"a": (f"x{SECRET}y", 3, None)}) == {"a": ["x[key]y", 3, None]}


def test_short_values_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_TOKEN", "on")
    assert without_keys("monday on") == "monday on"
