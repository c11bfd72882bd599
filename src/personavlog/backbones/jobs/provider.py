"""How each job service is spoken to, as data: ``providers.toml``, checked against the records below.

A provider has ways, one a media role, and one shape of job that they share. Names of fields are key paths
(``key_paths``) into the JSON that is sent or came.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field, TypeAdapter

from personavlog.backbones.chat_settings import Address, Variable
from personavlog.backbones.jobs.inputs import Inputs
from personavlog.backbones.jobs.key_paths import KeyPath
from personavlog.backbones.registry import MediaRole
from personavlog.frozen import Frozen

Template = str
"""A path of the server's with parts in braces: {model}, {voice} when submitting, {id} afterwards."""


class Place(Frozen):
    """Where a job is asked for something: the address that lies ``at`` a key path of the answer to its submission, else
    ``path`` of the server."""

    method: Literal["GET", "POST", "PUT", "DELETE"] = "GET"
    at: KeyPath | None = None
    path: Template = ""


class Job(Frozen):
    """The life of a job. ``id`` lies in the answer to its submission, ``word`` in the answer of ``state``; the lists
    are the words that it may be, anything else is an error. ``result`` is asked once the job is done, where its result
    does not come with its state. ``error`` is what went wrong, ``served`` the model that worked,
    ``flags`` are true where what came was blacked out.
    ``settles``: seconds after a submission in which the service may not know its job yet. ``cost`` lies in the answer
    to the submission, in units of ``unit`` US dollars."""

    id: tuple[KeyPath, ...]
    state: Place
    word: KeyPath
    running: tuple[str, ...]
    done: tuple[str, ...]
    failed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    result: Place | None = None
    cancel: Place | None = None
    error: tuple[KeyPath, ...] = ()
    served: tuple[KeyPath, ...] = ()
    flags: tuple[KeyPath, ...] = ()
    progress: KeyPath | None = None
    cost: KeyPath | None = None
    unit: float = Field(default=1.0, gt=0)
    every: float = Field(default=2.0, gt=0)
    at_most: float = Field(default=3600.0, gt=0)
    settles: float = Field(default=0.0, ge=0)


class Way(Frozen):
    """How one role is asked for. ``answers`` with a "job" to poll, with "json" that holds the result, or with the
    "media" itself; ``result`` is where the result's address lies. ``default`` is the model of whoever names none,
    ``model`` where a model's name goes in the body; None: it is part of ``path``. ``pcm`` is the rate in Hz of
    headerless sound."""

    default: str
    path: Template
    url: Address | None = None
    model: KeyPath | None = None
    answers: Literal["job", "json", "media"] = "job"
    result: tuple[KeyPath, ...] = ()
    headers: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    pcm: int | None = Field(default=None, gt=0)


class Codes(Frozen):
    """Words by which a failure is known, lower-case, looked for ``at`` key paths of the answer: of an input that was
    ``refused``, of an account without ``credit``, of ``busy`` servers. ``inputs`` is where the refused field is named
    (fal: detail.0.loc.1)."""

    at: tuple[KeyPath, ...] = ()
    refused: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    busy: tuple[str, ...] = ()
    inputs: KeyPath | None = None


class Upload(Frozen):
    """Where a picture is put first: a form with the file as ``field``; its address lies at ``url`` of the answer."""

    path: Template
    field: str
    url: KeyPath


class Provider(Frozen):
    """One service. ``hosts``: domains besides that of ``url`` to which a job's addresses may lead, and the key with
    them. ``life``: seconds for which a result can be fetched. ``source`` says where the shapes are from."""

    url: Address
    key_env: Variable
    header: str = "Authorization"
    scheme: str = "Bearer"
    hosts: tuple[str, ...] = ()
    life: float | None = Field(default=None, gt=0)
    request: str | None = Field(default=None, description="The header that holds the request's id")
    source: str
    codes: Codes = Codes()
    upload: Upload | None = None
    job: Job | None = None
    ways: Mapping[MediaRole, Way]
    inputs: Mapping[str, Inputs] = Field(default={}, description="By model; a role's name for all others of the role")

    def inputs_of(self, model: str, role: MediaRole) -> Inputs:
        """How a model's inputs are named."""
        return self.inputs.get(model) or self.inputs[role]


_PROVIDERS = TypeAdapter(dict[str, Provider])


@cache
def providers() -> Mapping[str, Provider]:
    """Every service of the table by name."""
    text = files("personavlog.backbones.jobs").joinpath("providers.toml").read_text(encoding="utf-8")
    return _PROVIDERS.validate_python(tomllib.loads(text))
