"""The chat role on Gemini: the wire of generateContent, spoken by a local server."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from pydantic_ai.models import Model

from personavlog.agents import ChatVideoQuality, Refined, Rounds, refine, story
from personavlog.agents.video_quality import VIDEO_FPS, ClipVerdict
from personavlog.backbones.chat import ChatSettings, chat_fingerprint, chat_model, takes_video
from personavlog.backbones.drafts import ConsideredStory
from personavlog.backbones.findings import ClipInspection
from personavlog.errors import BackboneError, ConfigurationError, RefusedError
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs
from sample_backbones.media import Animator
from tests.core.chat_server import SECRET, STORY, Server, gemini_answer, review, serving, story_draft
from tests.core.judge_cases import board, description
from tests.shared.scripts import Steps

KEY = "AIzaSyVerySecretValue1234567890"

ROUNDS = Rounds(Steps(), Blobs(Path("/nowhere")))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def model(server: Server, monkeypatch: pytest.MonkeyPatch) -> Model:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    return chat_model("google:gemini-local", ChatSettings(base_url=server.address, temperature=0.4))


def write(model: Model) -> Refined[ConsideredStory]:
    pair = story.pair(model, model, STORY)
    return anyio.run(lambda: refine("story", pair, STORY, ROUNDS))


def test_a_missing_key_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY", raising=False)
    with pytest.raises(ConfigurationError, match="'GOOGLE_API_KEY' is not set"):
        chat_model("google:gemini-local")


def test_another_variable_may_hold_the_key_and_it_is_nowhere_in_the_fingerprint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY", raising=False)
    monkeypatch.setenv("MY_KEY", SECRET)
    assert SECRET not in chat_fingerprint(chat_model("google:gemini-local", ChatSettings(api_key_env="MY_KEY")))


def test_a_pair_runs_over_the_wire(server: Server, model: Model) -> None:
    server.replies += [gemini_answer(story_draft()), gemini_answer(review("story"))]
    refined = write(model)
    assert (
        refined.approved and refined.draft.story_draft == story_draft() and refined.rounds[0].usage.input_tokens == 20
    )
    first = server.sent[0]
    assert first.path.endswith("/models/gemini-local:generateContent") and first.headers["x-goog-api-key"] == KEY
    instructions, told = json.dumps(first.body["systemInstruction"]), first.body["contents"][-1]["parts"][-1]["text"]
    assert "a beach day" not in instructions and told.startswith("<task>") and told.endswith("</task>")
    assert first.body["generationConfig"]["temperature"] == 0.4


def test_an_answer_that_does_not_fit_goes_back_with_what_is_wrong(server: Server, model: Model) -> None:
    draft = story_draft()
    short = draft.model_copy(update={"story": draft.story.model_copy(update={"beats": draft.story.beats[:2]})})
    server.replies += [gemini_answer(short), gemini_answer(draft), gemini_answer(review("story"))]
    assert write(model).draft.story_draft == draft
    assert "write exactly 3" in json.dumps(server.sent[1].body["contents"][-1])


def test_a_clip_goes_out_inline_as_it_is(server: Server, model: Model, tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    made = Animator().sound(blobs)
    server.replies.append(gemini_answer(ClipVerdict(qualified=True)))
    request = ClipInspection(
        board=board(), description=description(), clip=made, scores=(Score(name="flicker", value=0.4),)
    )
    assert takes_video(model)
    assert anyio.run(ChatVideoQuality(model, blobs).inspect, request) is None
    sent = [part["inlineData"] for part in server.sent[0].body["contents"][-1]["parts"] if "inlineData" in part]
    assert [part["mime_type"] for part in sent] == ["video/mp4"], "protocol buffers' JSON takes either spelling"
    assert base64.b64decode(sent[0]["data"], altchars=b"-_") == blobs.get(made.clip)
    parts = server.sent[0].body["contents"][-1]["parts"]
    rates = [part["videoMetadata"] for part in parts if "videoMetadata" in part]
    assert rates == [{"fps": VIDEO_FPS}], "sampled as often as the video quality agent wants it"


@pytest.mark.parametrize(
    "refusal",
    [
        {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}},
        {"candidates": [{"finishReason": "SAFETY", "index": 0}]},
        {"candidates": [{"content": {"role": "model", "parts": []}, "finishReason": "PROHIBITED_CONTENT"}]},
    ],
    ids=["prompt", "answer", "empty answer"],
)
def test_a_refusal_is_a_refusal(server: Server, model: Model, refusal: dict[str, object]) -> None:
    usage = {"promptTokenCount": 10, "totalTokenCount": 10}
    server.replies += [(200, {**refusal, "usageMetadata": usage, "modelVersion": "m", "responseId": "1"})] * 2
    with pytest.raises(RefusedError, match=r"'gemini-local'.*refused this request.*Change the theme"):
        write(model)
    assert len(server.sent) == 2 and server.sent[0].body != server.sent[1].body, "never asked again unchanged"


@pytest.mark.parametrize(
    ("status", "name", "advice"),
    [
        (400, "INVALID_ARGUMENT", "Check the model's name and settings"),
        (403, "PERMISSION_DENIED", "Check the key"),
        (429, "RESOURCE_EXHAUSTED", "Wait, or set at_once lower"),
        (500, "INTERNAL", "Try again later"),
        (503, "UNAVAILABLE", "Try again later"),
    ],
)
def test_an_error_of_the_service_says_its_status_and_never_the_key(
    server: Server, model: Model, status: int, name: str, advice: str
) -> None:
    server.replies += [(status, {"error": {"code": status, "message": f"No: {KEY}", "status": name}})] * 6
    with pytest.raises(BackboneError, match=f"'gemini-local'.*HTTP {status}.*{advice}") as caught:
        write(model)
    assert KEY not in str(caught.value) and not isinstance(caught.value, RefusedError)


def test_a_server_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    with pytest.raises(BackboneError, match="Check base_url and the network"):
        write(chat_model("google:gemini-local", ChatSettings(base_url="http://127.0.0.1:9", timeout=4)))
