"""Chat servers of the user's own, looked at before anything is paid: whether they are there, take the key, and serve
the models that the film asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import anyio

from personavlog.backbones.listing import Listing, listed
from personavlog.backbones.remote import Endpoint, Server
from personavlog.backbones.reviews import RUBRIC
from personavlog.errors import (
    BackboneError,
    ConfigurationError,
    PersonaVlogError,
    TimedOutError,
    UnavailableError,
)
from personavlog.notes import NoteKind
from personavlog.production.production import Production
from personavlog.profiles import Profile
from personavlog.profiles.chat import Chosen
from personavlog.redaction import of_a_server, read_key
from personavlog.steps import SCRIPT

MOST_NAMES = 6
ANY_NAME = "llamacpp"
"""The owner that llama.cpp's server names; it answers to every model's name."""
OPENAI = "api.openai.com"
"""What it lists depends on the account."""


async def look_at_chat_servers(production: Production) -> None:
    """Ask every chat server at an address of the user's own once what it serves.

    A film whose script is there asks nobody, as it may need none of them. What is wrong for an agent that has
    fallbacks is only said.

    Raises ``UnavailableError`` for a server that is not there, ``BackboneError`` for a key that is not taken,
    ``ConfigurationError`` for a model that is not served.
    """
    if _is_written(production):
        return
    places: dict[tuple[str, str], list[Chosen]] = defaultdict(list)
    for chosen in dict.fromkeys(_asked(production.profile)):
        if chosen.model.startswith("openai:") and (address := chosen.settings.base_url):
            places[address.rstrip("/"), chosen.settings.api_key_env or "OPENAI_API_KEY"].append(chosen)
    wrong: list[PersonaVlogError] = []
    async with anyio.create_task_group() as group:
        for (address, variable), models in places.items():
            group.start_soon(_examine, production, address, variable, models, wrong)
    if wrong:
        raise wrong[0]


def _is_written(production: Production) -> bool:
    step = production.engine.index.find_step(production.engine.run, str(SCRIPT))
    return production.pinned_script is not None or (step is not None and step.made is not None)


def _asked(profile: Profile) -> Iterator[Chosen]:
    """The models that the film will ask."""
    chat, feedback = profile.chat, profile.feedback
    yield from map(chat.of, RUBRIC)
    if chat.reviews:
        yield from map(chat.reviewer_of, RUBRIC)
    if feedback.keyframe_corrections:
        yield chat.of("image_quality")
        yield chat.of("edit")
    if feedback.clip_corrections:
        yield chat.of("video_quality")


async def _examine(
    production: Production, address: str, variable: str, models: Sequence[Chosen], wrong: list[PersonaVlogError]
) -> None:
    key = variable if read_key(variable) else None  # a server of one's own may do without
    complaints: list[tuple[Chosen, PersonaVlogError]] = []
    try:
        found = await listed(Server(Endpoint(url=address, key_env=key), models[0].model))
        complaints = [(one, error) for one in models if (error := _compared(production, address, one, found))]
    except BackboneError as error:
        complaint = _complaint(error, address, variable)
        if complaint is None and error.status in (502, 503, 504):
            production.note(f"A chat server may not serve now: {error}", NoteKind.SERVICE)
        if complaint is not None:
            complaints = [(one, complaint) for one in models]
    for one, said in complaints:
        if not one.fallbacks:
            wrong.append(said)
            return
    for text in dict.fromkeys(str(said) for _, said in complaints):
        production.note(f"{text} Until then its fallbacks are asked.", NoteKind.SERVICE)


def _complaint(error: BackboneError, address: str, variable: str) -> PersonaVlogError | None:
    """What is wrong with a server that did not list its models; None where it may serve all the same."""
    place = urlsplit(address).netloc
    if error.status in (401, 403):
        return BackboneError(
            f"The chat server at {place} does not take the key (HTTP {error.status}). Check the key in the environment "
            f"variable {variable!r}, or name another with api_key_env in the profile's [chat].",
            provider="openai",
            status=error.status,
        )
    if error.status is None and isinstance(error, UnavailableError | TimedOutError):
        return UnavailableError(f"The chat server is not there: {error}", provider="openai")
    return None


def _compared(production: Production, address: str, chosen: Chosen, found: Listing) -> ConfigurationError | None:
    model, names = chosen.model.partition(":")[2], sorted(filter(None, found.models))
    if not names or _serves(names, model):
        return None
    place = urlsplit(address)
    if ANY_NAME in found.owners or place.hostname == OPENAI:
        production.note(
            f"The chat server at {place.netloc} does not list {model!r}; it may refuse it.", NoteKind.SERVICE
        )
        return None
    said = of_a_server(", ".join(repr(name[:80]) for name in names[:MOST_NAMES]))
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ConfigurationError(
        f"The chat server at {place.netloc} does not serve {model!r}. It serves: {said}{more}. Name one of these in "
        "the profile's [chat], or start the server with this model."
    )


def _serves(names: Sequence[str], model: str) -> bool:
    """Whether a model is among the names: Ollama's "qwen3" is "qwen3:latest", and a gateway's "a/b:free" is a way of
    asking "a/b"; one with "*" says nothing."""
    return any(name in (model, f"{model}:latest", model.rpartition(":")[0]) or "*" in name for name in names)
