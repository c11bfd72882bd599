"""Voices that are cloned at a service: made from a sample once, deleted when they are no longer needed.

ElevenLabs takes the recording itself. DashScope takes only a public address of it and fetches it from there, so it
clones only where the settings name one: the recording is never published by us.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import anyio

from personavlog.backbones.jobs.key_paths import first_text
from personavlog.backbones.jobs.settings import Chosen
from personavlog.backbones.remote import Server
from personavlog.errors import BackboneError, BadMediaError, ConfigurationError, UnavailableError
from personavlog.media import Audio
from personavlog.runs.blobs import Blobs

CUSTOMIZATION = "/services/audio/tts/customization"


class Enrolled:
    """The voices that one backbone had cloned, by the sample's digest."""

    def __init__(self, chosen: Chosen, server: Server) -> None:
        self._chosen, self._server = chosen, server
        self._made: dict[str, str] = {}
        self._making = anyio.Lock()

    @property
    def possible(self) -> bool:
        """Whether a sample can be cloned with these settings."""
        return self._chosen.provider != "dashscope" or self._chosen.settings.sample_url is not None

    async def voice(self, sample: Audio, blobs: Blobs) -> str:
        """The id of the sample's voice, cloned at the first call; raises ``ConfigurationError`` where the service needs
        an address of the sample and none is named."""
        async with self._making:
            if sample.digest not in self._made:
                self._made[sample.digest] = await self._cloned(sample, blobs)
            return self._made[sample.digest]

    def forget(self, sample: Audio | None) -> bool:
        """Know no longer of a sample's voice, because the service does not; False where none was made."""
        return sample is not None and self._made.pop(sample.digest, None) is not None

    async def delete(self) -> None:
        """Delete at the service what was cloned; what cannot be deleted stays there."""
        for digest, voice in list(self._made.items()):
            try:
                await self._deleted(voice)
            except (BackboneError, ConfigurationError):
                continue
            self._made.pop(digest, None)

    async def _cloned(self, sample: Audio, blobs: Blobs) -> str:
        made = await (self._of_address() if self._chosen.provider == "dashscope" else self._of_bytes(sample, blobs))
        if not made:
            raise BadMediaError(
                f"{self._chosen.name!r} answered with no id of the cloned voice. It is asked once more.",
                provider=self._chosen.name,
            )
        return made

    async def _of_bytes(self, sample: Audio, blobs: Blobs) -> str:
        name = f"personavlog-{sample.digest[:12]}"
        if there := await self._named(name):
            return there
        answer = await self._server.ask(
            "POST",
            "/v1/voices/add",
            data={"name": name, "remove_background_noise": "false"},
            files={"files": ("sample.wav", blobs.get(sample), "audio/wav")},
        )
        data = answer.json()
        if isinstance(data, dict) and data.get("requires_verification") is True:
            raise UnavailableError(
                f"{self._chosen.name!r} wants the cloned voice to be verified by its owner. Do that on its site, then "
                "resume.",
                provider=self._chosen.name,
            )
        return first_text(data, ["voice_id"])

    async def _named(self, name: str) -> str:
        """The id of the voice of this name, which a run left that was killed; "" where there is none."""
        said = (await self._server.ask("GET", "/v2/voices", params={"search": name})).json()
        voices = said.get("voices") if isinstance(said, dict) else None
        found = [one for one in voices or () if isinstance(one, dict) and one.get("name") == name]
        return first_text(found, ["0.voice_id"])

    async def _of_address(self) -> str:
        address = self._chosen.settings.sample_url
        if address is None:
            raise ConfigurationError(
                f"{self._chosen.name!r} clones a voice only from a public address of the recording, which it fetches. "
                "Put the voice sample where it can be fetched and name it with settings.sample_url, or use a voice of "
                "settings.voices and no sample."
            )
        prefix = hashlib.sha256(address.encode()).hexdigest()[:9]
        wanted = {"action": "create_voice", "target_model": self._chosen.model, "prefix": prefix, "url": address}
        body = {"model": "voice-enrollment", "input": wanted}
        return first_text((await self._server.ask("POST", CUSTOMIZATION, json=body)).json(), ["output.voice_id"])

    async def _deleted(self, voice: str) -> None:
        if self._chosen.provider == "dashscope":
            wanted = {"action": "delete_voice", "voice_id": voice}
            await self._server.ask("POST", CUSTOMIZATION, json={"model": "voice-enrollment", "input": wanted})
        else:
            await self._server.ask("DELETE", f"/v1/voices/{quote(voice, safe='')}")
