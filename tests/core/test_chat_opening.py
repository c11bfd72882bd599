"""Chat servers of one's own are looked at before a film pays for anything: a real server that is there, is not, or
serves something else."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("openai")

from personavlog.backbones import listing
from personavlog.errors import BackboneError, ConfigurationError, UnavailableError
from personavlog.production.building import build_production, open_backbones
from personavlog.runs.engine import Engine
from personavlog.runs.ledger import NO_CAP, Cap
from tests.core.doubles import Film, profile, sent
from tests.core.protocol_calls import faulty
from tests.core.strange_server import BOMB, ChatServer, Reply, endless, error, plain, serving, silence

KEY = "qq4-nobody-else-has-this-1187"


def names(*models: str, **fields: str) -> Reply:
    return plain(json.dumps({"data": [{"id": name, **fields} for name in models]}).encode())


def film(folder: Path, address: str, cap: Cap = NO_CAP, **chat: Any) -> Film:
    """Its writers are "m" at this address; each of the painter's calls is in the file "log"."""
    table = {"writer": "openai:m", "image_quality": "fake:none", "video_quality": "fake:none", "base_url": address}
    media = {"image": {"log": str(folder / "log"), "price": 0.5}}
    return Film(folder, media, cap, {"chat": {**table, **chat}})


def opened(folder: Path, address: str, **chat: Any) -> list[str]:
    """What was said to the user while the film's backbones were opened."""
    made = film(folder, address, **chat)

    async def run() -> None:
        chosen = profile(made.settings or {}, **(made.changes or {}))
        engine = Engine(made.store, made.index, made.run, {})
        with engine.making(), engine.listening(made.events.append):
            async with open_backbones(build_production(made.brief, chosen, engine)):
                pass

    anyio.run(run)
    return made.notes


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with serving() as made:
        yield made


@pytest.fixture
def dead() -> Iterator[str]:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{nobody.getsockname()[1]}/v1"


def test_a_dead_server_stops_a_film_before_anything_is_painted(tmp_path: Path, dead: str) -> None:
    made = film(tmp_path, dead)
    with pytest.raises(UnavailableError, match=r"chat server is not there: 'openai:m' at 127.* could not be reached"):
        made.make()
    assert not sent(tmp_path / "log") and not made.index.ledger.entries(made.run)


def test_a_dead_server_is_only_told_of_an_agent_with_fallbacks(tmp_path: Path, dead: str) -> None:
    made = film(tmp_path, dead, fallbacks=["fake:writer"])
    made.make()
    assert [note for note in made.notes if "is not there" in note and "fallbacks are asked" in note]


def test_a_server_that_is_there_makes_the_film_and_is_not_missed_by_a_finished_one(tmp_path: Path) -> None:
    with faulty(models=("m",)) as there:
        made = film(tmp_path, f"{there.address}/v1", output="tool")
        made.make()
        painted = sent(tmp_path / "log")
    made.make()  # nobody is at the address any more
    assert painted["image"] and sent(tmp_path / "log") == painted


def test_a_wrong_key_stops_and_names_its_variable(
    server: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINE", KEY)
    server.listing = error(401, f"bad key {KEY}")
    with pytest.raises(BackboneError, match=r"does not take the key \(HTTP 401\).*'MINE'.*api_key_env") as caught:
        opened(tmp_path, server.address, api_key_env="MINE")
    assert caught.value.status == 401 and KEY not in str(caught.value)
    assert server.looked == [("/v1/models", f"Bearer {KEY}")], "once, however many agents are there"


def test_a_model_that_is_not_served_stops_with_a_few_that_are(server: ChatServer, tmp_path: Path) -> None:
    server.listing = names(*(f"model-{n}" for n in range(9)))
    with pytest.raises(ConfigurationError, match=r"does not serve 'm'.*'model-0', .*'model-5' and 3 more\. Name one"):
        opened(tmp_path, server.address)
    assert opened(tmp_path, server.address, fallbacks=["fake:writer"])


def test_every_agents_model_is_compared_and_only_of_those_that_are_asked(server: ChatServer, tmp_path: Path) -> None:
    server.listing = names("m")
    assert opened(tmp_path, server.address, image_quality="openai:eyes") == []  # the film corrects no keyframe
    with pytest.raises(ConfigurationError, match="does not serve 'other'"):
        opened(tmp_path, server.address, mono={"reviewer": "openai:other"})


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (names("m", "other"), ""),
        (names("m:latest"), ""),
        (names("openai/*"), ""),
        (names("/models/some.gguf", owned_by="llamacpp"), "does not list 'm'"),
        (names(), ""),
        (plain(b'{"data": [3, null, {"id": ""}]}'), ""),
        (plain(b"[]"), ""),
        (plain(b"<html>Sign in</html>"), ""),
        (error(404, "no such page"), ""),
        (error(501, "not implemented"), ""),
        (error(429, "slow down"), ""),
        (error(503, "loading"), "may not serve now"),
        (BOMB, ""),
        (endless, ""),
    ],
)
def test_what_says_nothing_against_a_server_stops_no_film(
    server: ChatServer, tmp_path: Path, reply: Reply, told: str
) -> None:
    server.listing = reply
    notes = opened(tmp_path, server.address)
    assert len(notes) == bool(told) and all(told in note for note in notes)


def test_silence_ends_soon(server: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PROBE_SECONDS", 0.3)
    server.listing, began = silence, time.monotonic()
    with pytest.raises(UnavailableError, match=r"not there: .* gave no answer within 0\.3 s"):
        opened(tmp_path, server.address)
    assert time.monotonic() - began < 4


def test_a_server_of_a_known_price_is_booked_at_it_and_can_be_capped(tmp_path: Path) -> None:
    with faulty() as there:
        free = film(tmp_path, f"{there.address}/v1", Cap(50.0), output="tool", price=0)
        free.make()
    booked = [entry for entry in free.index.ledger.entries(free.run) if entry.provider.startswith("openai:")]
    assert booked and {(entry.high, entry.money) for entry in booked} == {(0.0, 0.0)}
