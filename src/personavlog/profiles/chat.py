"""The chat part of a profile: defaults in ``[chat]``, and what differs for one agent in a table of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from personavlog.backbones.chat_settings import (
    TIMEOUT,
    Address,
    ChatSettings,
    OutputMode,
    Price,
    Seconds,
    Temperature,
    Tokens,
    Variable,
)
from personavlog.frozen import Frozen
from personavlog.profiles.secrets import refuse_keys

if TYPE_CHECKING:
    from personavlog.backbones.reviews import Pair

Agent = Literal["story", "seg", "video", "mono", "music", "image_quality", "video_quality", "edit"]
Names = Annotated[tuple[str, ...], Field(max_length=4)]

_HOSTED = {"openai": "openai", "google": "google", "google-gla": "google"}
"""The provider of a prefix; an address, a key and a price belong to one provider and never go to another."""
_FIELDS = (
    "base_url",
    "api_key_env",
    "price",
    "temperature",
    "max_tokens",
    "timeout",
    "takes_video",
    "output",
    "fallbacks",
)


class _NoKeys(Frozen):
    """Refuses settings that are keys themselves."""

    @model_validator(mode="before")
    @classmethod
    def _keys_are_elsewhere(cls, value: Any) -> Any:
        return refuse_keys(value)


class AgentChoice(_NoKeys):
    """What differs for one agent; what is not said is as ``[chat]`` says. ``model`` is a chat model by name."""

    model: str | None = None
    base_url: Address | None = None
    api_key_env: Variable | None = None
    price: Price | None = None
    temperature: Temperature | None = None
    max_tokens: Tokens | None = None
    timeout: Seconds | None = None
    takes_video: bool | None = None
    output: OutputMode | None = None
    fallbacks: Names | None = None


class PairChoice(AgentChoice):
    """A writer pair; ``reviewer`` is another model for its reviewer, by name."""

    reviewer: str | None = None


def _table(value: Any) -> Any:
    return {"model": value} if isinstance(value, str) else value


QualityChoice = Annotated[AgentChoice, BeforeValidator(_table)]
"""A table, or only the model's name: a chat model, or measuring agents that a package publishes."""


class Chosen(Frozen):
    """Everything about one agent's model: its name, how it is asked, and what is asked in its place, in order."""

    model: str
    settings: ChatSettings
    fallbacks: tuple[tuple[str, ChatSettings], ...] = ()


class ChatChoice(_NoKeys):
    """Chat models by name ("openai:gpt-4.1"). ``writer`` is everybody's who has none of their own; the edit agent's is
    the image quality agent's. ``fallbacks`` are asked in order when a model refuses, is not there, or is out of
    tries. ``reviewer`` False: no draft is reviewed, and that costs nothing. ``single_prompt``: no agents; the story's
    model writes the whole script at one request, which nobody reviews. A key stands in the environment, in the
    variable ``api_key_env``; ``price`` is US dollars a request."""

    writer: str
    image_quality: QualityChoice
    video_quality: QualityChoice
    base_url: Address | None = None
    api_key_env: Variable | None = None
    price: Price | None = None
    temperature: Temperature | None = None
    max_tokens: Tokens | None = None
    timeout: Seconds = TIMEOUT
    takes_video: bool | None = None
    output: OutputMode = "auto"
    fallbacks: Names = ()
    rounds: int = Field(default=3, ge=1, le=8)
    reviewer: bool = True
    single_prompt: bool = False
    at_once: int = Field(default=1, ge=1, le=64)
    story: PairChoice = PairChoice()
    seg: PairChoice = PairChoice()
    video: PairChoice = PairChoice()
    mono: PairChoice = PairChoice()
    music: PairChoice = PairChoice()
    edit: AgentChoice = AgentChoice()

    @property
    def reviews(self) -> bool:
        """Whether drafts are reviewed."""
        return self.reviewer and not self.single_prompt

    def of(self, agent: Agent) -> Chosen:
        """The model of an agent, a pair's generator included."""
        above = (self.edit, self.image_quality) if agent == "edit" else (getattr(self, agent),)
        return self._chosen(next((one.model for one in above if one.model), self.writer), above)

    def reviewer_of(self, pair: Pair) -> Chosen:
        """The model of a pair's reviewer."""
        choice: PairChoice = getattr(self, pair)
        return self._chosen(choice.reviewer or choice.model or self.writer, (choice,))

    def _chosen(self, model: str, layers: tuple[AgentChoice, ...]) -> Chosen:
        """What the first layer says that says something; an address, its key and its price only where they are of this
        model's provider."""
        said: dict[str, Any] = {}
        owned: list[tuple[ChatChoice | AgentChoice, str]] = [(self, self.writer)]
        owned += [(layer, layer.model or model) for layer in reversed(layers)]
        for layer, owner in owned:
            if layer.base_url is not None:
                said.pop("price", None)  # it was that of another server
            for name in _FIELDS:
                value = getattr(layer, name)
                if value is not None and (name not in _PLACE or _same_provider(owner, model)):
                    said[name] = value
        fallbacks = said.pop("fallbacks")
        settings = ChatSettings.model_validate(said)
        return Chosen(
            model=model,
            settings=settings,
            fallbacks=tuple((name, _for(settings, model, name)) for name in fallbacks),
        )


_PLACE = ("base_url", "api_key_env", "price")


def _for(settings: ChatSettings, model: str, fallback: str) -> ChatSettings:
    """The settings of ``model`` for one that is asked in its place."""
    return settings if _same_provider(model, fallback) else settings.model_copy(update=dict.fromkeys(_PLACE))


def _same_provider(owner: str, model: str) -> bool:
    """Whether what was said beside ``owner`` may go to ``model``: always but between two hosted providers."""
    one, other = (_HOSTED.get(name.partition(":")[0]) for name in (owner, model))
    return one is None or other is None or one == other
