"""The chat part of a profile: what an agent inherits, what is kept apart, and what is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from personavlog import profiles
from personavlog.backbones.chat import chat_model
from personavlog.backbones.chat_settings import ChatSettings
from personavlog.errors import ConfigurationError
from personavlog.profiles.chat import ChatChoice

MEDIA = "".join(f'[{role}]\nbackbone = "fake"\n' for role in ("image", "video", "music", "speech"))
CHAT = """
writer = "openai:gpt-4.1"
image_quality = "google:gemini-3-pro"
video_quality = "google:gemini-3-pro"
"""


def chat(text: str = "") -> ChatChoice:
    return ChatChoice.model_validate(tomllib.loads(CHAT + text))


def loaded(tmp_path: Path, text: str, more: str = "") -> profiles.Profile:
    file = tmp_path / "mine.toml"
    file.write_text(f'name = "mine"\n[chat]\n{CHAT}{text}\n{MEDIA}{more}')
    return profiles.load(str(file))


def test_a_table_overrides_the_defaults_of_chat() -> None:
    choice = chat(
        "temperature = 0.5\nmax_tokens = 900\n"
        '[story]\nmodel = "openai:o4"\ntemperature = 1.0\nreviewer = "openai:mini"\n'
    )
    story, seg = choice.of("story"), choice.of("seg")
    assert (story.model, story.settings.temperature, story.settings.max_tokens) == ("openai:o4", 1.0, 900)
    assert (seg.model, seg.settings.temperature) == ("openai:gpt-4.1", 0.5)
    assert choice.reviewer_of("story").model == "openai:mini" and choice.reviewer_of("seg").model == "openai:gpt-4.1"


def test_the_edit_agent_is_the_image_quality_agents_model_until_it_has_its_own() -> None:
    table = '[image_quality]\nmodel = "openai:eyes"\ntimeout = 7\n'
    plain = CHAT.replace('image_quality = "google:gemini-3-pro"', "")
    before = ChatChoice.model_validate(tomllib.loads(plain + table)).of("edit")
    assert (before.model, before.settings.timeout) == ("openai:eyes", 7)
    after = ChatChoice.model_validate(tomllib.loads(plain + table + '[edit]\nmodel = "openai:pen"\n')).of("edit")
    assert (after.model, after.settings.timeout) == ("openai:pen", 7)


def test_an_address_and_its_key_are_never_sent_to_another_provider() -> None:
    choice = chat(
        'base_url = "http://mine/v1"\napi_key_env = "MINE"\nfallbacks = ["google:gemini-3-pro", "openai:b"]\n'
    )
    writer = choice.of("story")
    assert writer.settings.base_url == "http://mine/v1" and writer.settings.api_key_env == "MINE"
    assert choice.of("image_quality").settings == ChatSettings()
    assert [(name, one.base_url) for name, one in writer.fallbacks] == [
        ("google:gemini-3-pro", None),
        ("openai:b", "http://mine/v1"),
    ]


def test_a_price_goes_with_its_address_and_to_no_other_provider() -> None:
    choice = chat('base_url = "http://mine/v1"\nprice = 0\nfallbacks = ["google:gemini-3-pro", "openai:b"]\n')
    assert [one.price for _, one in choice.of("story").fallbacks] == [None, 0.0]
    assert choice.of("mono").settings.price == 0
    assert choice.of("image_quality").settings.price is None
    other = chat('base_url = "http://mine/v1"\nprice = 0\n[mono]\nbase_url = "https://theirs/v1"\n[seg]\nprice = 2')
    assert other.of("mono").settings.price is None and other.of("seg").settings.price == 2.0


def test_a_price_holds_for_the_model_and_for_no_other_packages() -> None:
    pytest.importorskip("openai")
    settings = ChatSettings(base_url="http://mine/v1", price=0.25)
    assert getattr(chat_model("openai:m", settings), "price", None) == 0.25
    assert getattr(chat_model("fake:m", settings), "price", None) == 0.0


def test_an_address_beside_a_writer_of_this_machine_is_everybodys() -> None:
    text = 'writer = "embedded:planner"\nimage_quality = "openai:eyes"\nvideo_quality = "openai:eyes"\nbase_url = "http://mine/v1"\n'
    choice = ChatChoice.model_validate(tomllib.loads(text))
    assert choice.of("image_quality").settings.base_url == "http://mine/v1"


def test_what_was_saved_loads_again(tmp_path: Path) -> None:
    profile = loaded(tmp_path, 'fallbacks = ["openai:b"]\nreviewer = false\n[chat.mono]\ntemperature = 0.9\n')
    saved = tomli_w.dumps(profile.model_dump(mode="json", exclude_none=True))
    assert profiles.Profile.model_validate(tomllib.loads(saved)) == profile


REFUSED: dict[str, tuple[str, str]] = {
    "a price below nothing": ("price = -1", "greater than or equal to 0"),
    "a price without end": ("price = inf", "finite number"),
    "a key": ('api_key = "abc"', "api_key_env"),
    "a key for one agent": ('[chat.story]\napi_key = "abc"', "api_key_env"),
    "a key as a variable's name": ('api_key_env = "AIzaSyA1234567890123456789"', "holds a key"),
    "a key among the models": ('fallbacks = ["sk-1234567890abcdef1234"]', "holds a key"),
    "a password": ('base_url = "https://me:secret@host/v1"', "holds a key or password"),
    "a user name": ('base_url = "https://me@host/v1"', "holds a key or password"),
    "a query": ('base_url = "https://host/v1?api-key=1"', "no user name, password or query"),
    "a file": ('base_url = "file:///etc/passwd"', "begins with http"),
    "no host": ('base_url = "http:///v1"', "names a host"),
    "no address": ('base_url = "host:8000"', "begins with http"),
    "no port": ('base_url = "http://host:lots/v1"', "Port could not be cast"),
    "half an address": ('base_url = "http://[::1"', "Invalid IPv6"),
    "another way to answer": ('output = "yaml"', "chat.output"),
    "no time": ("timeout = 0", "chat.timeout"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_not_be_in_a_profile_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    text, said = REFUSED[name]
    with pytest.raises(ConfigurationError, match=said) as caught:
        loaded(tmp_path, text)
    assert "secret" not in str(caught.value) and "1234567890" not in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [
        'api_key = "x"',
        'hf_token = "x"',
        'server = "http://me:pw@host"',
        'more = {password = "x"}',
        'all = ["sk-abcdef1234567890"]',
    ],
)
def test_no_backbone_takes_a_key_from_a_profile(tmp_path: Path, settings: str) -> None:
    with pytest.raises(ConfigurationError, match="holds a key or password"):
        loaded(tmp_path, "", f"[image.settings]\n{settings}\n")


@pytest.mark.parametrize(
    "settings", ['api_key_env = "X"', "max_tokens = 5", 'keyframe = "x"', 'model = "keyframe-maker-2026"']
)
def test_what_only_looks_a_little_like_a_key_is_taken(tmp_path: Path, settings: str) -> None:
    assert loaded(tmp_path, "", f"[image.settings]\n{settings}\n").image.settings


def test_every_agent_has_a_choice() -> None:
    agents: tuple[Any, ...] = ("story", "seg", "video", "mono", "music", "image_quality", "video_quality", "edit")
    assert all(chat().of(agent).model for agent in agents)
