"""The chat role: any pydantic-ai model by name, hosted, self-hosted, or published by an entry point."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from personavlog.backbones import registry
from personavlog.backbones.chat_booking import BookedModel
from personavlog.backbones.chat_settings import ChatSettings, OutputMode, RequestMode
from personavlog.backbones.forgiving_chat import ForgivingModel
from personavlog.backbones.http import bounded_client
from personavlog.backbones.served_chat import ServedModel, WatchingModel
from personavlog.errors import ConfigurationError, MissingExtraError
from personavlog.redaction import read_key

__all__ = [
    "ChatSettings",
    "Maker",
    "chat_fingerprint",
    "chat_model",
    "fallbacks",
    "output_mode",
    "takes_video",
]

OPENAI = "https://api.openai.com/v1"
GOOGLE = "https://generativelanguage.googleapis.com"
HOSTED = ("openai", "google", "google-gla")
"""Prefixes whose models live at an address and want a key."""

WAYS: tuple[RequestMode, ...] = ("native", "tool", "prompted")
"""How a server of one's own is asked for a typed answer: by schema, which holds the model to it, then by a tool, then
in words, which every server takes."""

Maker = Callable[[str, ChatSettings], Model]
"""What an entry point ``chat.<prefix>`` names: the model's name after the colon and its settings make the model.

A model may say more about itself: ``price`` (US dollars a request, 0 on this machine; absent: looked up),
``takes_video``, ``self_hosted`` (a server of the user's own, of whatever make).
"""


def chat_model(
    name: str, settings: ChatSettings | None = None, *, needs_pictures: bool = False, instead: Sequence[Model] = ()
) -> Model:
    """The chat model called ``"<prefix>:<model>"``, such as "openai:gpt-5.2" or "google:gemini-3-pro".

    "openai" with a ``base_url`` is any OpenAI-compatible server. ``needs_pictures``: it is of no use blind; ``instead``
    are those that are asked, in order, when it does not deliver. Raises ``ConfigurationError`` for an unknown name or a
    missing key and ``MissingExtraError`` where the client library is not installed.
    """
    prefix, _, model = name.partition(":")
    known = sorted({*_OWN, *registry.names("chat")})
    if prefix not in known or not model:
        raise ConfigurationError(
            f"No chat model is called {name!r}. Write '<prefix>:<model>' with one of the prefixes {', '.join(known)}."
        )
    maker: Maker = _OWN.get(prefix) or registry.find("chat", prefix)
    chosen = settings or ChatSettings()
    made = maker(model, chosen)
    video = takes_video(made) if chosen.takes_video is None else chosen.takes_video
    own = bool(getattr(made, "self_hosted", False))
    if chosen.price is not None and prefix in HOSTED:  # models of other packages say theirs
        made.price = chosen.price  # type: ignore[attr-defined]
    output = "tool" if chosen.output == "auto" and not own else chosen.output
    booked = BookedModel(ServedModel(made, chosen, takes_video=video, output=output))
    ways = WAYS if output == "auto" else ()
    return ForgivingModel(booked, needs_pictures=needs_pictures, instead=instead, ways=ways, self_hosted=own)


def takes_video(model: Model) -> bool:
    """Whether a clip can be sent as it is; other models get sampled frames."""
    return bool(getattr(model, "takes_video", False))


def output_mode(model: Model) -> OutputMode:
    """How a typed answer is asked of it."""
    mode: OutputMode = getattr(model, "output_mode", "tool")
    return mode


def fallbacks(model: Model) -> tuple[Model, ...]:
    """The models that are asked, in order, when this one does not deliver."""
    return tuple(getattr(model, "instead", ()))


def understood(model: Model, theme: str) -> str:
    """What a writer that does not know every language says of a theme before it writes; empty for all others."""
    says = getattr(model, "understood", None)
    return str(says(theme)) if callable(says) else ""


def chat_fingerprint(model: Model) -> str:
    """Provider, address, model, request settings and how clips and answers travel, in one line, for cache keys and the
    record; never holds a key."""
    settings = {
        key: value
        for key, value in sorted(dict(model.settings or {}).items())
        if key not in ("timeout", "max_retries", "extra_headers")
    }
    place = hashlib.sha256((model.base_url or "").encode()).hexdigest()[:8]
    ways = f"{output_mode(model)}{' video' if takes_video(model) else ''}"
    return f"{model.system}:{model.model_name}@{place} {json.dumps(settings, default=str)} {ways}"


def _for_requests(settings: ChatSettings) -> ModelSettings:
    """The part that goes out with every request; the client library tries nothing again behind the ledger's back."""
    wanted = ModelSettings(timeout=settings.timeout, max_retries=0)
    if settings.temperature is not None:
        wanted["temperature"] = settings.temperature
    if settings.max_tokens is not None:
        wanted["max_tokens"] = settings.max_tokens
    if settings.seed is not None:
        wanted["seed"] = settings.seed
    return wanted


def _openai(model: str, settings: ChatSettings) -> Model:
    try:
        from pydantic_ai.providers.openai import OpenAIProvider

        from personavlog.backbones.video_chat import CompatibleModel, VideoChatModel, own_profile
    except ImportError as error:
        raise MissingExtraError(f"The chat model 'openai:{model}'", "openai") from error
    key = _key(settings.api_key_env or "OPENAI_API_KEY", optional=settings.base_url is not None)
    address = settings.base_url or OPENAI
    provider = OpenAIProvider(base_url=address, api_key=key, http_client=bounded_client(address, settings.timeout))
    family = VideoChatModel if settings.takes_video else CompatibleModel
    if settings.base_url is None:
        return family(model, provider=provider, settings=_for_requests(settings))
    own = family(model, provider=provider, settings=_for_requests(settings), profile=own_profile)
    own.self_hosted = True
    return own


def _google(model: str, settings: ChatSettings) -> Model:
    try:
        from pydantic_ai.models.google import GoogleModel
        from pydantic_ai.providers.google import GoogleProvider
    except ImportError as error:
        raise MissingExtraError(f"The chat model 'google:{model}'", "google") from error
    key = _key(settings.api_key_env or "GOOGLE_API_KEY", optional=False)
    client = bounded_client(settings.base_url or GOOGLE, settings.timeout)
    provider = GoogleProvider(api_key=key, base_url=settings.base_url, http_client=client)
    return WatchingModel(GoogleModel(model, provider=provider, settings=_for_requests(settings)))


def _key(variable: str, *, optional: bool) -> str:
    """The key from the environment; a self-hosted server may do without, and its client still wants a non-empty one."""
    value = read_key(variable)
    if not value and not optional:
        raise ConfigurationError(f"The environment variable {variable!r} is not set. Put the provider's key there.")
    return value or "none"


_OWN: Mapping[str, Maker] = {"openai": _openai, "google": _google, "google-gla": _google}
