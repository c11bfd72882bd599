"""The chat role: any pydantic-ai model by name, hosted, self-hosted, or published by an entry point."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping

from pydantic import Field, SecretStr
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from personavlog.backbones import registry
from personavlog.errors import ConfigurationError, MissingExtraError
from personavlog.frozen import Frozen


class ChatSettings(Frozen):
    """How a chat model is reached. ``timeout`` in seconds; ``video``: the OpenAI-compatible server at ``base_url``
    takes clips."""

    base_url: str | None = Field(default=None, pattern=r"^https?://")
    api_key_env: str | None = Field(default=None, max_length=80, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int | None = Field(default=None, ge=64)
    timeout: float = Field(default=120, gt=0)
    seed: int | None = None
    video: bool = False

    def for_requests(self) -> ModelSettings:
        """The part that goes out with every request."""
        wanted = ModelSettings(timeout=self.timeout)
        if self.temperature is not None:
            wanted["temperature"] = self.temperature
        if self.max_tokens is not None:
            wanted["max_tokens"] = self.max_tokens
        if self.seed is not None:
            wanted["seed"] = self.seed
        return wanted


Maker = Callable[[str, ChatSettings], Model]
"""What an entry point ``chat.<prefix>`` names: the model's name after the colon and its settings make the model."""


def chat_model(name: str, settings: ChatSettings | None = None) -> Model:
    """The chat model called ``"<prefix>:<model>"``, such as "openai:gpt-5.2" or "google:gemini-3-pro".

    "openai" with a ``base_url`` is any OpenAI-compatible server. Raises ``ConfigurationError`` for an unknown name or a
    missing key and
    ``MissingExtraError`` where the client library is not installed.
    """
    prefix, _, model = name.partition(":")
    known = sorted({*_OWN, *registry.names("chat")})
    if prefix not in known or not model:
        raise ConfigurationError(
            f"No chat model is called {name!r}. Write '<prefix>:<model>' with one of the prefixes {', '.join(known)}."
        )
    maker: Maker = _OWN.get(prefix) or registry.find("chat", prefix)
    return maker(model, settings or ChatSettings())


def remark(model: Model) -> str:
    """What a model says about itself to the user before it writes; "" for most."""
    return str(getattr(model, "remark", ""))


def understood(model: Model, theme: str) -> str:
    """What a writer that does not know every language says of a theme before it writes; empty for all others."""
    says = getattr(model, "understood", None)
    return str(says(theme)) if callable(says) else ""


def chat_fingerprint(model: Model) -> str:
    """Provider, model and request settings in one line, for cache keys and the record; never holds a key."""
    settings = {
        key: value
        for key, value in sorted(dict(model.settings or {}).items())
        if key not in ("timeout", "extra_headers")
    }
    place = hashlib.sha256((model.base_url or "").encode()).hexdigest()[:8]
    return f"{model.system}:{model.model_name}@{place} {json.dumps(settings, default=str)}"


def takes_video(model: Model) -> bool:
    """Whether a clip can be sent as it is; other models get sampled frames."""
    return type(model).__name__ in ("GoogleModel", "VideoChatModel")


def _openai(model: str, settings: ChatSettings) -> Model:
    try:
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        from personavlog.backbones.video_chat import VideoChatModel
    except ImportError as error:
        raise MissingExtraError(f"The chat model 'openai:{model}'", "openai") from error
    key = _key(settings.api_key_env or "OPENAI_API_KEY", optional=settings.base_url is not None)
    provider = OpenAIProvider(base_url=settings.base_url or "https://api.openai.com/v1", api_key=key.get_secret_value())
    family = VideoChatModel if settings.video else OpenAIChatModel
    return family(model, provider=provider, settings=settings.for_requests())


def _google(model: str, settings: ChatSettings) -> Model:
    try:
        from pydantic_ai.models.google import GoogleModel
        from pydantic_ai.providers.google import GoogleProvider
    except ImportError as error:
        raise MissingExtraError(f"The chat model 'google:{model}'", "google") from error
    key = _key(settings.api_key_env or "GOOGLE_API_KEY", optional=False)
    provider = GoogleProvider(api_key=key.get_secret_value(), base_url=settings.base_url)
    return GoogleModel(model, provider=provider, settings=settings.for_requests())


def _key(variable: str, *, optional: bool) -> SecretStr:
    """The key from the environment; a self-hosted server may do without, and its client still wants a non-empty one."""
    value = os.environ.get(variable, "")
    if not value and not optional:
        raise ConfigurationError(f"The environment variable {variable!r} is not set. Put the provider's key there.")
    return SecretStr(value or "none")


_OWN: Mapping[str, Maker] = {"openai": _openai, "google": _google, "google-gla": _google}
