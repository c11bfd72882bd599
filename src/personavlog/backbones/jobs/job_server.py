"""A job service's server: what is submitted to it, what is asked of the addresses that it gives, what is fetched from
them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from personavlog.backbones.jobs.failures import Asked, Failures
from personavlog.backbones.jobs.key_paths import first_text, put
from personavlog.backbones.jobs.provider import Place
from personavlog.backbones.jobs.settings import Chosen
from personavlog.backbones.remote import Server
from personavlog.backbones.remote_answers import Answer
from personavlog.errors import BackboneError, BadMediaError

Body = dict[str, Any]
PLAIN = re.compile(r"[A-Za-z0-9.-]+(:\d+)?")
"""No user name, no backslash: what two readers of an address could take for two hosts."""


class JobServer:
    """One service for one role. ``asked`` says what a refusal is a refusal of; ``plain`` is the server itself."""

    def __init__(self, chosen: Chosen, asked: Asked) -> None:
        self.chosen, self.failures = chosen, Failures(chosen.name, chosen.map.codes, asked)
        self.plain = self._at(chosen.endpoint.url)

    def _at(self, url: str) -> Server:
        endpoint = self.chosen.endpoint.model_copy(update={"url": url})
        return Server(endpoint, self.chosen.name, self.failures.of_answer)

    async def post(self, body: Body, voice: str = "") -> Answer:
        """Submit a body to the model."""
        way, model = self.chosen.way, self.chosen.model
        path = filled(way.path, {"model": quote(model, safe="/:@"), "voice": quote(voice, safe="")})
        if way.model is not None:
            put(body, way.model, model)
        return await self.plain.ask("POST", path, json=body, headers=way.headers, params=dict(way.query))

    async def upload(self, data: bytes, media_type: str) -> str:
        """The address of a picture that was put at the service."""
        way = self.chosen.map.upload
        assert way is not None, "a model whose pictures are uploaded is of a service that takes uploads"
        name = f"picture.{media_type.rpartition('/')[2]}"
        answer = await self.plain.ask("POST", way.path, files={way.field: (name, data, media_type)})
        return first_text(answer.json(), [way.url]) or self.strange("no address of an upload")

    async def ask(self, place: Place, address: str) -> Answer:
        """Ask an address of a job; the key goes only to the service's own hosts."""
        if address.startswith("/"):
            return await self.plain.ask(place.method, address)
        parts = urlsplit(address)
        if not self._is_own(parts.scheme, parts.netloc, parts.hostname or ""):
            raise BackboneError(
                f"{self.chosen.name!r} sends to another host for its job, {parts.netloc!r:.80}. It was not asked: the "
                "key would go there. Report it there.",
                provider=self.chosen.name,
            )
        rest = parts.path + (f"?{parts.query}" if parts.query else "")
        return await self._at(f"{parts.scheme}://{parts.netloc}").ask(place.method, rest)

    def _is_own(self, scheme: str, netloc: str, host: str) -> bool:
        own = urlsplit(self.chosen.endpoint.url)
        if (scheme, netloc) == (own.scheme, own.netloc):
            return True
        plain = scheme == "https" and PLAIN.fullmatch(netloc) is not None
        return plain and any(host == one or host.endswith(f".{one}") for one in self.chosen.map.hosts)

    async def fetched(self, data: Any) -> bytes:
        """The bytes of the result that an answer names or holds."""
        address = first_text(data, self.chosen.way.result)
        if address.startswith("data:"):
            return self._inline(address)
        return await self.plain.fetch(address or self.strange("no result"))

    def _inline(self, address: str) -> bytes:
        head, _, text = address.partition(",")
        try:
            return base64.b64decode(text, validate=True) if head.endswith(";base64") else text.encode()
        except (binascii.Error, ValueError):
            return self.strange("a result that is no base64").encode()

    def strange(self, what: str) -> str:
        """Raises ``BadMediaError``; returns never, so that it can stand where a text is missing."""
        raise BadMediaError(
            f"{self.chosen.name!r} answered with {what}. It is asked once more; if it goes on, check the model's "
            "settings in the profile.",
            provider=self.chosen.name,
        )


def address_of(data: Any, place: Place, identity: str) -> str:
    """Where a job is asked for something, by the answer to its submission; "" where that is not said."""
    said = first_text(data, [place.at]) if place.at else ""
    return said or filled(place.path, {"id": quote(identity, safe="")})


def filled(template: str, parts: Mapping[str, str]) -> str:
    """A path with its parts, which are quoted already, in their braces."""
    for name, value in parts.items():
        template = template.replace(f"{{{name}}}", value)
    return template
