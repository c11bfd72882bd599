"""What a profile says about a job service, and what follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from personavlog.backbones import records
from personavlog.backbones.chat_settings import Address, Seconds, Variable
from personavlog.backbones.jobs.inputs import Inputs, Scalar
from personavlog.backbones.jobs.key_paths import KeyPath
from personavlog.backbones.jobs.provider import Job, Provider, Way, providers
from personavlog.backbones.records import ModelRecord
from personavlog.backbones.registry import MediaRole
from personavlog.backbones.remote import Endpoint
from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen

ModelName = Annotated[
    str, Field(max_length=160, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._:@-]*(/[A-Za-z0-9_-][A-Za-z0-9._:@-]*)*$")
]


class Voice(Frozen):
    """A voice of the service by its ``id``; ``language`` as ISO 639-1."""

    id: Annotated[str, Field(min_length=1, max_length=120)]
    language: str = Field(pattern=r"^[a-z]{2}$")


class JobSettings(Frozen):
    """``model`` None: the service's usual one. ``base_url`` and ``key_env`` in place of the service's own; ``timeout``
    of one answer, ``at_most`` of a whole job, ``every`` between two looks, all in seconds. ``extra`` are more inputs by
    key path. A model that is not in the table is described by ``record`` and, where its inputs have other names than
    usual, ``inputs``. ``voices`` are those that a film may use, by name; ``sample_url`` is a public address of the
    voice sample, for services that clone from addresses only."""

    model: ModelName | None = None
    base_url: Address | None = None
    key_env: Variable | None = None
    timeout: Seconds = 120.0
    at_most: Annotated[float, Field(gt=0, le=86400)] | None = None
    every: Annotated[float, Field(gt=0, le=600)] | None = None
    extra: Mapping[KeyPath, Scalar] = {}
    inputs: Inputs | None = None
    record: ModelRecord | None = None
    voices: Mapping[str, Voice] = {}
    sample_url: Address | None = None
    keep_voice: bool = False


class Chosen:
    """A service for a role, with its model; raises ``ConfigurationError`` for a model that nothing is known of."""

    def __init__(self, provider: str, role: MediaRole, settings: Mapping[str, Any]) -> None:
        self.provider, self.role = provider, role
        self.settings = JobSettings.model_validate(settings)
        self.map: Provider = providers()[provider]
        self.way: Way = self.map.ways[role]
        self.model = self.settings.model or self.way.default
        self.record = self.settings.record or self._listed()
        self.inputs = self.settings.inputs or self.map.inputs_of(self.model, role)

    def _listed(self) -> ModelRecord:
        prefix = f"{self.provider}:"
        known = {
            name.removeprefix(prefix): row for name, row in records.table("jobs").items() if name.startswith(prefix)
        }
        row = known.get(self.model)
        if row is None or self._can(row) is None:
            fitting = sorted(name for name, one in known.items() if self._can(one) is not None)
            raise ConfigurationError(
                f"Nothing is known of the {self.role} model {self.model!r} of {self.provider!r}. Known: "
                f"{', '.join(fitting)}. Describe another one with settings.record (docs/services.md)."
            )
        return row

    def _can(self, row: ModelRecord) -> object:
        return {"image": row.image, "video": row.video}.get(self.role, row.sound)

    @property
    def name(self) -> str:
        """How errors and the ledger call it."""
        return self.provider

    @cached_property
    def job(self) -> Job:
        """The shape of the service's jobs."""
        assert self.map.job is not None, "a way that answers with a job has one"
        return self.map.job

    @cached_property
    def endpoint(self) -> Endpoint:
        """Where it is asked."""
        return Endpoint(
            url=self.settings.base_url or self.way.url or self.map.url,
            key_env=self.settings.key_env or self.map.key_env,
            header=self.map.header,
            scheme=self.map.scheme,
            timeout=self.settings.timeout,
        )

    @property
    def fingerprint(self) -> str:
        """Service, model, and what else of the settings a result depends on."""
        said = self.settings.model_dump_json(include={"extra", "inputs", "voices", "sample_url"})
        return f"{self.provider}-{self.role} {self.model} {hashlib.sha256(said.encode()).hexdigest()[:12]}"
