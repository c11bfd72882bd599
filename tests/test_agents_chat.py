"""The chat role: names, keys, the wire of OpenAI-compatible servers, and the embedded model behind pydantic-ai's
interface."""

from __future__ import annotations

import builtins
import importlib
import inspect
import json
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import anyio
import pytest
from pydantic import BaseModel

from core.scripts import Steps
from personavlog.agents import AgentModels, Refined, Rounds, mono, refine, story
from personavlog.agents.instance import ask, instance
from personavlog.backbones.chat import ChatSettings, chat_fingerprint, chat_model, takes_video
from personavlog.backbones.reviews import RUBRIC, Change, CriterionScore, Review
from personavlog.backbones.scripted import ScriptedModel
from personavlog.backbones.tasks import MonoTask, MusicTask, SegTask, StoryTask, Task, VideoTask, fence
from personavlog.errors import BackboneError, ConfigurationError, InvalidReplyError, MissingExtraError, RefusedError
from personavlog.runs.blobs import Blobs
from personavlog.script import Beat, Board, Character, Monologue, MusicDescription, Story, StoryDraft, VideoDescription
from personavlog_embedded.writing.chat import RETRY_STRIDE, EmbeddedModel
from personavlog_embedded.writing.writers import MODULES, WriterFunctions

SECRET = "sk-verysecretvalue1234567890"
NOWHERE = Blobs(Path("/nowhere"))
ROUNDS = Rounds(Steps(), NOWHERE)
STORY = StoryTask(theme="a beach day", style="anime", shots=3, length=18)


@pytest.mark.parametrize("name", ["gpt-5", "nobody:model", "openai:", "", "embedded:poet"])
def test_an_unknown_name_is_the_callers_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    with pytest.raises(ConfigurationError):
        chat_model(name)


def test_a_missing_key_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openai")
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
    pytest.importorskip("openai")
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    warm, cold = (chat_model("openai:gpt-5.2", ChatSettings(temperature=value)) for value in (0.9, 0.1))
    assert SECRET not in chat_fingerprint(warm) and chat_fingerprint(warm) != chat_fingerprint(cold)
    assert chat_fingerprint(warm) == chat_fingerprint(
        chat_model("openai:gpt-5.2", ChatSettings(temperature=0.9, timeout=5))
    )


class Server:
    """A local server that speaks /v1/chat/completions: answers in turn, keeps what it was sent."""

    def __init__(self) -> None:
        self.replies: list[tuple[int, dict[str, Any]]] = []
        self.sent: list[dict[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.sent.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                status, body = outer.replies.pop(0)
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *said: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/v1"

    def answer(self, answer: BaseModel) -> None:
        call = {
            "id": "1",
            "type": "function",
            "function": {"name": "final_result", "arguments": answer.model_dump_json()},
        }
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": None, "tool_calls": [call]},
            "finish_reason": "tool_calls",
        }
        usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
        self.replies.append(
            (
                200,
                {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": "m",
                    "choices": [choice],
                    "usage": usage,
                },
            )
        )


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    thread.join()
    made.http.server_close()


def story_draft(title: str = "Salt") -> StoryDraft:
    beats = tuple(
        Beat(role="turn", event=event) for event in ("She arrives.", "The kite tears off.", "A dog brings it back.")
    )
    return StoryDraft(
        character=Character(appearance="a yellow coat", personality="curious"),
        story=Story(title=title, logline="A windy day.", beats=beats),
    )


def review(pair: str, approved: bool = True) -> Review:
    changes = () if approved else (Change(target="beat 2", problem="dull", wanted="wind"),)
    return Review(
        approved=approved,
        scores=tuple(CriterionScore(criterion=name, value=4) for name in RUBRIC[pair]),
        changes=changes,
    )  # type: ignore[index]


def test_a_pair_runs_over_the_wire_of_an_openai_compatible_server(server: Server) -> None:
    pytest.importorskip("openai")
    server.answer(story_draft())
    server.answer(review("story"))
    model = chat_model("openai:local-model", ChatSettings(base_url=server.address))
    pair = story.pair(model, model, STORY)
    refined: Refined[StoryDraft] = anyio.run(lambda: refine("story", pair, STORY, ROUNDS))
    assert refined.approved and refined.rounds[0].usage.input_tokens == 20
    system, user = server.sent[0]["messages"]
    assert system["role"] == "system" and "a beach day" not in json.dumps(system)
    assert user["content"][-1]["text"].startswith("<task>") and user["content"][-1]["text"].endswith("</task>")


def test_clips_reach_an_openai_compatible_server_as_video(server: Server) -> None:
    pytest.importorskip("openai")
    from pydantic_ai.messages import BinaryContent

    server.answer(story_draft())
    model = chat_model("openai:local-model", ChatSettings(base_url=server.address, takes_video=True))
    assert takes_video(model) and not takes_video(
        chat_model("openai:local-model", ChatSettings(base_url=server.address))
    )
    who = story.generator(model, STORY)
    prompt = [BinaryContent(b"mp4", media_type="video/mp4"), fence(who.role, STORY)]
    anyio.run(lambda: ask(who, prompt, STORY))
    assert server.sent[0]["messages"][1]["content"][0] == {
        "type": "video_url",
        "video_url": {"url": "data:video/mp4;base64,bXA0"},
    }


@pytest.mark.parametrize("status", [400, 401, 404])
def test_what_a_provider_refuses_is_a_backbone_error_without_the_key(server: Server, status: int) -> None:
    pytest.importorskip("openai")
    server.replies.append(
        (status, {"error": {"message": f"Incorrect API key provided: {SECRET}", "type": "x", "code": "y"}})
    )
    model = chat_model("openai:local-model", ChatSettings(base_url=server.address))
    pair = story.pair(model, model, STORY)
    with pytest.raises(BackboneError, match=f"HTTP {status}") as caught:
        anyio.run(lambda: refine("story", pair, STORY, ROUNDS))
    assert (
        SECRET not in str(caught.value) and "[key]" in str(caught.value) and not isinstance(caught.value, RefusedError)
    )


class TinyWriter:
    """Writes by rule; remembers the tasks that it was given."""

    fingerprint = "tiny-1"

    def __init__(self, approve: bool = True) -> None:
        self.tasks: list[Task] = []
        self.approve = approve

    def write_story(self, task: StoryTask) -> StoryDraft:
        self.tasks.append(task)
        draft = story_draft()
        return (
            draft
            if any(note.target == "draft" for note in task.notes)
            else draft.model_copy(update={"story": draft.story.model_copy(update={"beats": draft.story.beats[:2]})})
        )

    def write_boards(self, task: SegTask) -> tuple[Board, ...]:
        raise NotImplementedError

    def write_videos(self, task: VideoTask) -> tuple[VideoDescription, ...]:
        raise NotImplementedError

    def write_monologues(self, task: MonoTask) -> tuple[Monologue, ...]:
        self.tasks.append(task)
        return tuple(Monologue(text="I " + "walk " * 9) for _ in task.boards)

    def write_music(self, task: MusicTask) -> MusicDescription:
        raise NotImplementedError

    def review(self, task: Task, draft: BaseModel) -> Review:
        return review(task.pair, self.approve)


def test_the_embedded_model_hears_what_was_refused_and_gets_another_seed() -> None:
    writer = TinyWriter()
    model = EmbeddedModel(writer)
    pair = story.pair(model, model, STORY)
    refined = anyio.run(lambda: refine("story", pair, STORY, ROUNDS))
    assert refined.approved and len(refined.draft.story.beats) == 3
    first, second = writer.tasks
    assert second.seed == first.seed + RETRY_STRIDE and "write exactly 3" in second.notes[-1].problem
    assert refined.rounds[0].writer.startswith("embedded:tiny-1")
    assert refined.rounds[0].usage.input_tokens == 0


def test_the_reviewers_changes_reach_the_embedded_writer_as_typed_notes() -> None:
    writer = TinyWriter(approve=False)
    pair = story.pair(EmbeddedModel(writer), EmbeddedModel(writer), STORY)
    refined = anyio.run(lambda: refine("story", pair, STORY, Rounds(Steps(), NOWHERE, 2)))
    assert not refined.approved and writer.tasks[-1].notes[0].wanted == "wind"


def test_an_embedded_writer_that_repeats_itself_is_reply_unfit() -> None:
    board = Board.model_validate(
        {"place": "a pier", "time_of_day": "noon", "action": "She waits.", "framing": "medium", "emotion": "calm"}
    )
    draft = story_draft()
    task = MonoTask(boards=(board,), character=draft.character, story=draft.story, max_words=(4,))
    model = EmbeddedModel(TinyWriter())
    pair = mono.pair(model, model, task)
    with pytest.raises(InvalidReplyError, match=r"'mono\.generate'"):
        anyio.run(lambda: refine("mono", pair, task, ROUNDS))


@pytest.mark.parametrize(
    "prompt",
    [
        ["no block here"],
        ["<task>{}</task> and more"],
        ['<task>{"role": "story.generate"}</task>'],
        ['<task>{"role": "nobody.generate", "pair": "x"}</task>'],
    ],
)
def test_the_embedded_model_refuses_messages_without_a_task_it_knows(prompt: Sequence[str]) -> None:
    who = instance(
        "story.generate", EmbeddedModel(TinyWriter()), StoryDraft, {"shots": 3, "length": 18, "language": "en"}
    )
    with pytest.raises(BackboneError):
        anyio.run(lambda: ask(who, prompt, STORY))


def test_a_writer_whose_own_draft_does_not_fit_is_a_backbone_error() -> None:
    class Empty(TinyWriter):
        def write_story(self, task: StoryTask) -> StoryDraft:
            return StoryDraft.model_validate(
                {
                    "character": {"appearance": "", "personality": "bold"},
                    "story": {"title": "", "logline": "", "beats": []},
                }
            )

    pair = story.pair(EmbeddedModel(Empty()), EmbeddedModel(Empty()), STORY)
    with pytest.raises(BackboneError, match=r"has no story for this brief .*title"):
        anyio.run(lambda: refine("story", pair, STORY, ROUNDS))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_an_embedded_writer_has_every_function_with_the_arguments_that_it_is_given(name: str) -> None:
    module = importlib.import_module(MODULES[name])
    for function in ("write_story", "write_boards", "write_videos", "write_monologues", "write_music"):
        given = {key for key in inspect.signature(getattr(WriterFunctions, function)).parameters if key != "self"}
        taken = inspect.signature(getattr(module, function)).parameters
        assert given == set(taken), function
    assert chat_model(f"embedded:{name}").model_name == f"{name}-{module.VERSION}"


def test_a_role_can_have_its_own_model() -> None:
    one, other = ScriptedModel([], "one"), ScriptedModel([], "other")
    models = AgentModels(one, {"story.review": other})
    assert models.of("story.generate") is one and models.of("story.review") is other
