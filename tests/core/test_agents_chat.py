"""The chat role: names, keys, and the wire of OpenAI-compatible servers."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from pydantic_ai.messages import BinaryContent

from personavlog.agents import AgentModels, Refined, Rounds, refine, story
from personavlog.agents.instance import ask
from personavlog.backbones.chat import ChatSettings, chat_fingerprint, chat_model, takes_video
from personavlog.backbones.drafts import ConsideredStory
from personavlog.backbones.scripted import ScriptedModel
from personavlog.backbones.tasks import fence
from personavlog.errors import BackboneError, ConfigurationError, MissingExtraError, RefusedError
from personavlog.runs.blobs import Blobs
from tests.core.chat_server import SECRET, STORY, Server, openai_answer, review, serving, story_draft
from tests.shared.scripts import Steps

ROUNDS = Rounds(Steps(), Blobs(Path("/nowhere")))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.mark.parametrize("name", ["gpt-5", "nobody:model", "openai:", "", "sample:poet"])
def test_an_unknown_name_is_the_callers_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    with pytest.raises(ConfigurationError):
        chat_model(name)


def test_a_missing_key_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ConfigurationError, match="'OPENAI_API_KEY' is not set"):
        chat_model("openai:gpt-5.2")


@pytest.mark.parametrize(
    ("name", "module", "extra"), [("openai:x", "openai", "openai"), ("google:x", "google", "google")]
)
def test_a_missing_client_library_gives_the_install_line(
    name: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(wanted: str, *rest: Any) -> Any:
        if wanted.startswith((f"pydantic_ai.models.{module}", f"pydantic_ai.providers.{module}")):
            raise ImportError(wanted)
        return real(wanted, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtraError, match=rf"personavlog\[{extra}\]"):
        chat_model(name)


def test_the_key_is_nowhere_in_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    warm, cold = (chat_model("openai:gpt-5.2", ChatSettings(temperature=value)) for value in (0.9, 0.1))
    assert SECRET not in chat_fingerprint(warm) and chat_fingerprint(warm) != chat_fingerprint(cold)
    assert chat_fingerprint(warm) == chat_fingerprint(
        chat_model("openai:gpt-5.2", ChatSettings(temperature=0.9, timeout=5))
    )


def test_a_pair_runs_over_the_wire_of_an_openai_compatible_server(server: Server) -> None:
    server.replies.append(openai_answer(story_draft()))
    server.replies.append(openai_answer(review("story")))
    model = chat_model("openai:local-model", ChatSettings(base_url=f"{server.address}/v1"))
    pair = story.pair(model, model, STORY)
    refined: Refined[ConsideredStory] = anyio.run(lambda: refine("story", pair, STORY, ROUNDS))
    assert refined.approved and refined.rounds[0].usage.input_tokens == 20
    system, user = server.sent[0].body["messages"]
    assert system["role"] == "system" and "a beach day" not in json.dumps(system)
    assert user["content"][-1]["text"].startswith("<task>") and user["content"][-1]["text"].endswith("</task>")


def test_clips_reach_an_openai_compatible_server_as_video(server: Server) -> None:
    server.replies.append(openai_answer(story_draft()))
    model = chat_model("openai:local-model", ChatSettings(base_url=f"{server.address}/v1", takes_video=True))
    assert takes_video(model) and not takes_video(
        chat_model("openai:local-model", ChatSettings(base_url=f"{server.address}/v1"))
    )
    who = story.generator(model, STORY)
    prompt = [BinaryContent(b"mp4", media_type="video/mp4"), fence(who.role, STORY)]
    anyio.run(lambda: ask(who, prompt, STORY))
    assert server.sent[0].body["messages"][1]["content"][0] == {
        "type": "video_url",
        "video_url": {"url": "data:video/mp4;base64,bXA0"},
    }


def test_a_refusal_of_an_openai_compatible_server_is_a_refusal(server: Server) -> None:
    status, reply = openai_answer(story_draft())
    reply["choices"][0] |= {"message": {"role": "assistant", "content": None}, "finish_reason": "content_filter"}
    server.replies += [(status, reply)] * 2
    model = chat_model("openai:local-model", ChatSettings(base_url=f"{server.address}/v1"))
    pair = story.pair(model, model, STORY)
    with pytest.raises(RefusedError, match=r"'local-model'.*refused this request.*Change the theme"):
        anyio.run(lambda: refine("story", pair, STORY, ROUNDS))
    assert len(server.sent) == 2 and server.sent[0].body != server.sent[1].body, "never asked again unchanged"


@pytest.mark.parametrize("status", [400, 401, 404])
def test_an_error_of_the_provider_says_its_status_and_never_the_key(server: Server, status: int) -> None:
    server.replies.append(
        (status, {"error": {"message": f"Incorrect API key provided: {SECRET}", "type": "x", "code": "y"}})
    )
    model = chat_model("openai:local-model", ChatSettings(base_url=f"{server.address}/v1"))
    pair = story.pair(model, model, STORY)
    with pytest.raises(BackboneError, match=f"HTTP {status}") as caught:
        anyio.run(lambda: refine("story", pair, STORY, ROUNDS))
    assert (
        SECRET not in str(caught.value) and "[key]" in str(caught.value) and not isinstance(caught.value, RefusedError)
    )


def test_a_role_can_have_its_own_model() -> None:
    one, other = ScriptedModel([], "one"), ScriptedModel([], "other")
    models = AgentModels(one, {"story.review": other})
    assert models.of("story.generate") is one and models.of("story.review") is other
