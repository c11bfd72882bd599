"""Chat servers that do what they should not: every answer ends within a deadline and a size, in a sentence that names
the server."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import anyio
import pytest

pytest.importorskip("openai")

from personavlog.agents.instance import Answer, ask, instance
from personavlog.backbones import chat_booking, forgiving_chat
from personavlog.backbones.chat import ChatSettings, chat_fingerprint, chat_model, takes_video
from personavlog.backbones.retrying import RetryPolicy
from personavlog.backbones.tasks import StoryTask, fence
from personavlog.errors import (
    BackboneError,
    ConfigurationError,
    InvalidReplyError,
    RateLimitedError,
    RefusedError,
    TimedOutError,
    UnavailableError,
)
from personavlog.script import MusicDescription
from tests.core.strange_server import (
    BOMB,
    ChatServer,
    Reply,
    answer,
    arguments,
    drip,
    endless,
    error,
    message,
    plain,
    serving,
    silence,
    words,
)

SECRET = "zz9-plural-z-alpha-7731"
PIECE = MusicDescription(emotions=("calm",), instruments=("piano",), style="ambient", tempo=80)
TASK = StoryTask(theme="a beach day", style="anime", shots=3, length=18)
TEXT = PIECE.model_dump_json()


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as made:
        yield made


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_booking, "PATIENT", RetryPolicy(first_wait=0.001, longest_wait=0.01))
    monkeypatch.setattr(forgiving_chat, "_learned", {})


def asked(server: ChatServer, *, seeing: bool = False, instead: tuple[str, ...] = (), **settings: object) -> Answer:
    chosen = ChatSettings.model_validate({"base_url": server.address, "timeout": 1.0, **settings})
    others = [chat_model(name, chosen) for name in instead]
    model = chat_model("openai:local-model", chosen, needs_pictures=seeing, instead=others)
    who = instance("music.generate", model, MusicDescription, {})
    return anyio.run(lambda: ask(who, ["Write this.", *PICTURES, fence(who.role, TASK)], TASK))


PICTURES: list = []


@pytest.fixture
def with_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    from pydantic_ai.messages import BinaryContent

    monkeypatch.setitem(globals(), "PICTURES", [BinaryContent(b"\x89PNG", media_type="image/png")])


STRANGE: dict[str, tuple[Reply, type[BackboneError], str]] = {
    "no choices": (plain(b'{"id": "1", "object": "chat.completion", "model": "m"}'), UnavailableError, "no choices"),
    "empty choices": (message({}, "stop", choices=[]), UnavailableError, "no choices"),
    "an error with status 200": (
        plain(b'{"error": {"message": "upstream is down"}}'),
        UnavailableError,
        "upstream is down",
    ),
    "html": (plain(b"<html>Sign in</html>", kind="text/html"), UnavailableError, "no answer"),
    "html that says it is json": (plain(b"<html>Sign in</html>"), UnavailableError, "no answer"),
    "nothing": (plain(b""), UnavailableError, "no answer"),
    "a list": (plain(b"[1, 2]"), UnavailableError, "no answer"),
    "one byte a moment": (drip, TimedOutError, r"within 1 s. Raise timeout"),
    "silence": (silence, TimedOutError, r"within 1 s. Raise timeout"),
    "an endless body": (endless, BackboneError, "without end"),
    "a bomb": (BOMB, BackboneError, "without end"),
    "an unknown packing": (plain(b"x", headers={"content-encoding": "br"}), UnavailableError, "packed with"),
    "a broken packing": (plain(b"x", headers={"content-encoding": "gzip"}), UnavailableError, "unpacked"),
    "a redirect": (plain(b"", status=307, headers={"location": "http://127.0.0.1:9/"}), BackboneError, "elsewhere"),
    "too many": (error(429, "slow down", {"retry-after": "0"}), RateLimitedError, "slow down"),
    "overloaded": (error(503, "busy"), UnavailableError, "busy"),
    "broken": (error(500, "oops"), UnavailableError, "oops"),
    "no key": (error(401, "bad key"), BackboneError, "api_key_env"),
    "no such model": (error(404, "no model m"), BackboneError, "model's name"),
    "no money": (error(429, "no credit", code="insufficient_quota"), BackboneError, "Top up"),
    "policy": (error(400, "not allowed", code="content_policy_violation"), RefusedError, "Change the theme"),
    "a flagged prompt": (error(400, "Your input was flagged as sensitive content"), RefusedError, "Change the theme"),
    "a refusal": (message({"role": "assistant", "refusal": "I will not"}, "stop"), RefusedError, "Change the theme"),
    "a filtered answer": (message({"role": "assistant", "content": ""}, "content_filter"), RefusedError, "theme"),
    "cut off": (
        message(
            {
                "role": "assistant",
                "tool_calls": [
                    {"id": "1", "type": "function", "function": {"name": "final_result", "arguments": '{"emo'}}
                ],
            },
            "length",
        ),
        InvalidReplyError,
        "Raise max_tokens",
    ),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_a_server_does_ends_soon_in_a_sentence(server: ChatServer, name: str) -> None:
    reply, kind, said = STRANGE[name]
    server.replies = [reply]
    began = time.monotonic()
    with pytest.raises(kind, match=said) as caught:
        asked(server)
    assert time.monotonic() - began < 6
    text = str(caught.value)
    assert "local-model" in text and text.endswith((".", "!")) and "\n" not in text and len(text) < 700
    if not isinstance(caught.value, InvalidReplyError | RefusedError):
        assert server.address.split("/")[2] in text


@pytest.mark.parametrize(("status", "calls"), [(429, 6), (503, 4), (500, 4), (401, 1), (400, 1)])
def test_only_what_may_pass_is_tried_again_and_by_one_policy(server: ChatServer, status: int, calls: int) -> None:
    server.replies = [error(status, "no")]
    with pytest.raises(BackboneError) as caught:
        asked(server)
    assert len(server.sent) == calls and caught.value.status == status and caught.value.provider == "openai"


def test_a_wait_longer_than_the_policys_is_told_and_not_waited(server: ChatServer) -> None:
    server.replies = [error(429, "no", {"retry-after": "3600"})]
    with pytest.raises(RateLimitedError) as caught:
        asked(server)
    assert caught.value.retry_after == 3600 and len(server.sent) == 1


def test_a_failure_that_passes_is_not_noticed(server: ChatServer) -> None:
    server.replies = [error(503, "busy"), plain(b'{"error": "upstream"}'), answer(PIECE)]
    assert asked(server).output == PIECE and len(server.sent) == 3


SLIPS = {
    "fence": f"```json\n{TEXT}\n```",
    "prose around": f'Sure, here it is: {TEXT} Anything "else"?',
    "trailing comma": TEXT[:-1] + ",}",
    "trailing comma in a list": TEXT.replace('"calm"]', '"calm", ]'),
    "comments": TEXT.replace("{", "{ // the mood\n", 1)[:-1] + "/* done */ }",
    "a slash in a text": TEXT.replace("ambient", "ambient // slow, }"),
}


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("how", [arguments, words])
def test_slips_that_can_be_read_in_one_way_are_mended(server: ChatServer, slip: str, how: object) -> None:
    server.replies = [how(SLIPS[slip])]  # type: ignore[operator]
    wanted = json.loads(TEXT) | ({"style": "ambient // slow, }"} if "slash" in slip else {})
    assert asked(server).output.model_dump(mode="json") == wanted and len(server.sent) == 1


@pytest.mark.parametrize("output", ["tool", "native", "prompted"])
def test_typed_answers_are_asked_for_as_the_profile_says(server: ChatServer, output: str) -> None:
    server.replies = [answer(PIECE) if output == "tool" else words(f"```json\n{TEXT}\n```")]
    assert asked(server, output=output).output == PIECE
    assert ("tools" in server.sent[0], "response_format" in server.sent[0]) == {
        "tool": (True, False),
        "native": (False, True),
        "prompted": (False, "response_format" in server.sent[0]),
    }[output]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tempo": "fast"}, "tempo"),
        ({"extra": 1}, "extra: Extra inputs"),
        ({"instruments": None}, "instruments"),
    ],
)
def test_what_did_not_fit_is_always_said(server: ChatServer, change: dict[str, object], said: str) -> None:
    server.replies = [arguments(json.dumps({**json.loads(TEXT), **change}))]
    with pytest.raises(
        InvalidReplyError, match=rf"'music\.generate' gave no answer that fits after 3 attempts: .*{said}"
    ):
        asked(server)


@pytest.mark.parametrize("text", ["", "I would rather talk about the weather.", '{"emotions": '])
def test_words_without_an_answer_are_said_to_be_that(server: ChatServer, text: str) -> None:
    server.replies = [words(text)]
    with pytest.raises(InvalidReplyError, match="was empty, or words without the JSON"):
        asked(server)


def test_what_a_gate_refused_is_said_too(server: ChatServer) -> None:
    server.replies = [answer(PIECE)]
    model = chat_model("openai:local-model", ChatSettings(base_url=server.address))
    who = instance("music.generate", model, MusicDescription, {}, lambda piece, task: ["Too calm for this beach."])
    with pytest.raises(InvalidReplyError, match="Too calm for this beach"):
        anyio.run(lambda: ask(who, ["Write this."], TASK))


@pytest.mark.parametrize(
    "said",
    [
        "This model does not support image input",
        "m is not a multimodal model",
        "unknown variant `image_url`, expected `text`",
        "image input is not supported - hint: you may need to provide the mmproj",
    ],
)
@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.usefixtures("with_picture")
def test_a_model_that_sees_nothing_is_asked_again_without_the_picture(
    server: ChatServer, said: str, status: int
) -> None:
    server.replies = [error(status, said), answer(PIECE)]
    assert asked(server).output == PIECE
    shown = ["image_url" in json.dumps(sent) for sent in server.sent]
    assert shown == [True, False]


@pytest.mark.usefixtures("with_picture")
def test_an_agent_that_is_of_no_use_blind_says_which_model_to_choose(server: ChatServer) -> None:
    server.replies = [error(400, "This model does not support image input"), answer(PIECE)]
    with pytest.raises(BackboneError, match="Choose a model that sees pictures"):
        asked(server, seeing=True)
    assert len(server.sent) == 1


@pytest.mark.usefixtures("with_picture")
def test_what_a_writer_learned_blinds_no_agent_that_must_see(server: ChatServer) -> None:
    refusal = error(500, "image input is not supported")
    server.replies = [refusal, answer(PIECE), refusal]
    assert asked(server).output == PIECE
    with pytest.raises(BackboneError, match="Choose a model that sees pictures"):
        asked(server, seeing=True)
    assert "image_url" in json.dumps(server.sent[-1])


def test_a_forced_tool_call_that_is_refused_is_asked_for_freely(server: ChatServer) -> None:
    server.replies = [error(400, "tool_choice 'required' is not supported"), words(f"Here: {TEXT}")]
    assert asked(server, output="tool").output == PIECE
    assert [sent["tool_choice"] for sent in server.sent] == ["required", "auto"]


def test_a_server_that_refuses_tool_choice_for_good_is_told_of(server: ChatServer) -> None:
    server.replies = [error(400, "tool_choice is not supported")]
    with pytest.raises(BackboneError, match='output = "auto"'):
        asked(server, output="tool")
    assert len(server.sent) == 2


@pytest.mark.parametrize(
    "said",
    [
        "response_format of type json_schema is not supported",
        "Failed to parse grammar",
        "guided_json is disabled on this server",
    ],
)
@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_server_that_takes_no_schema_is_asked_by_a_tool_and_that_is_remembered(
    server: ChatServer, said: str, status: int
) -> None:
    server.replies = [error(status, said), answer(PIECE)]
    assert asked(server).output == PIECE and asked(server).output == PIECE
    assert ["response_format" in sent for sent in server.sent] == [True, False, False]
    assert ["tools" in sent for sent in server.sent] == [False, True, True]


@pytest.mark.parametrize(
    "said",
    [
        "registry/library/m does not support tools",
        "tools are not supported by this model",
        '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    ],
)
def test_a_server_that_takes_neither_schema_nor_tools_is_asked_in_words(server: ChatServer, said: str) -> None:
    refusals = [error(400, "json_schema is not supported"), *[error(400, said)] * (2 if "choice" in said else 1)]
    server.replies = [*refusals, words(f"```json\n{TEXT}\n```")]
    assert asked(server).output == PIECE
    last = server.sent[-1]
    assert "tools" not in last and '"instruments"' in json.dumps(last["messages"]).replace("\\", "")


@pytest.mark.parametrize(
    "said", ["response_format is not supported", "no tools supported", "tool_choice is wrong", "no image, no grammar"]
)
@pytest.mark.parametrize("output", ["auto", "native", "tool", "prompted"])
def test_a_server_that_says_the_same_to_everything_is_left_soon(server: ChatServer, said: str, output: str) -> None:
    server.replies = [error(400, said)]
    with pytest.raises(BackboneError):
        asked(server, output=output)
    assert len(server.sent) <= 4


def test_a_server_that_ignores_the_schema_is_asked_by_a_tool(server: ChatServer) -> None:
    server.replies = [words("Sure! A calm piano piece."), answer(PIECE)]
    assert asked(server).output == PIECE
    assert ["tools" in sent for sent in server.sent] == [False, True]


def test_a_schema_goes_out_as_it_is_and_the_answer_has_an_end(server: ChatServer) -> None:
    server.replies = [words(TEXT)]
    asked(server)
    sent = server.sent[0]
    schema = sent["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["tempo"] == {"maximum": 200, "minimum": 40, "type": "integer"}
    assert schema["properties"]["instruments"]["maxItems"] == 8
    assert 256 <= sent["max_tokens"] < 4000 and "max_completion_tokens" not in sent


@pytest.mark.parametrize("given", [100, 9000])
def test_a_limit_of_the_profile_stands(server: ChatServer, given: int) -> None:
    server.replies = [words(TEXT)]
    asked(server, max_tokens=given)
    assert server.sent[0]["max_tokens"] == given


def test_another_model_is_asked_when_the_first_does_not_deliver(server: ChatServer) -> None:
    refusals = [error(401, "no"), *[error(400, "no", code="content_filter")] * 2, *[arguments("{}")] * 3]
    server.replies = [*refusals, answer(PIECE)]
    got = asked(server, instead=("openai:second", "openai:third", "openai:fourth"))
    assert got.output == PIECE and got.who.startswith("openai:fourth")
    assert [sent["model"] for sent in server.sent] == ["local-model", *["second"] * 2, *["third"] * 3, "fourth"]


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_a_key_from_the_environment_never_comes_back(
    server: ChatServer, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_LITTLE_SERVER", SECRET)
    server.replies = [error(status, f"Your key is {SECRET}\x1b[2J and sk-abcdef1234567890abcd")]
    with pytest.raises(BackboneError) as caught:
        asked(server, api_key_env="MY_LITTLE_SERVER")
    text = str(caught.value)
    assert SECRET not in text and "abcdef1234" not in text and "\x1b" not in text and text.count("[key]") == 2


def test_fingerprints_tell_everything_apart_that_changes_an_answer() -> None:
    def of(name: str = "openai:m", **settings: object) -> str:
        return chat_fingerprint(chat_model(name, ChatSettings.model_validate({"base_url": "http://a/v1", **settings})))

    changes = [
        {"takes_video": True},
        {"output": "native"},
        {"base_url": "http://b/v1"},
        {"temperature": 0.5},
        {"max_tokens": 100},
        {"seed": 3},
    ]
    assert len({of(), of("openai:n"), *(of(**change) for change in changes)}) == 2 + len(changes)
    assert of() == of(timeout=5) and takes_video(
        chat_model("openai:m", ChatSettings(base_url="http://a", takes_video=True))
    )


def test_a_model_that_cannot_be_asked_so_is_the_callers_fault() -> None:
    who = instance("music.generate", chat_model("fake:m", ChatSettings(output="native")), MusicDescription, {})
    with pytest.raises(ConfigurationError, match="Change its output"):
        anyio.run(lambda: ask(who, ["Write."], TASK))
