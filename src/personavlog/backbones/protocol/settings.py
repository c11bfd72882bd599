"""The settings of a backbone that is reached through servers, as a profile gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import Field, ValidationError, model_validator

from personavlog.backbones.capabilities import ImageCapabilities, Licence, SoundCapabilities, VideoCapabilities
from personavlog.backbones.records import ModelRecord, table
from personavlog.backbones.remote import Endpoint
from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen

FAMILY = "protocol"
UNKNOWN = Licence(name="unknown", limits="No licence is known for this model: read its maker's page.")

FieldName = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,60}$")]
CanT = TypeVar("CanT", ImageCapabilities, VideoCapabilities, SoundCapabilities)


class ServerSettings(Frozen):
    """``model`` is the name that the servers of ``endpoints`` serve it by, ``known_as`` its name in ``models.toml``
    where that is another, ``server`` the kind of server (``servers.toml``).

    ``can`` says what the model can do where the table does not or is wrong; ``steps`` and ``guidance`` are the model's
    own, ``extra`` goes along with every request, and fields named in ``leave_out`` do not. ``price`` is what a call
    costs in US dollars (0 for a server of your own), None: as the table says.
    """

    model: str = Field(min_length=1, max_length=200)
    endpoints: tuple[Endpoint, ...] = Field(min_length=1, max_length=256)
    known_as: str = Field(default="", max_length=200)
    server: str = "vllm-omni"
    can: Mapping[str, Any] = {}
    steps: int | None = Field(default=None, ge=1, le=1000)
    guidance: float | None = Field(default=None, ge=0, le=100)
    extra: Mapping[FieldName, str | int | float | bool] = {}
    leave_out: tuple[str, ...] = ()
    price: float | None = Field(default=None, ge=0)

    @property
    def record(self) -> ModelRecord | None:
        """What the table knows of the model."""
        return table(FAMILY).get(self.known_as or self.model)

    def fingerprint(self, role: str) -> str:
        """Everything that a result depends on besides the request: not where the servers are, nor what they cost."""
        kept = self.model_dump_json(exclude={"endpoints", "price", "probe_seed"}, exclude_defaults=True)
        return f"{role}.openai-1 {kept}"


class ImageSettings(ServerSettings):
    """``probe_seed``: three small pictures are asked for before a film to see whether the seed has its effect."""

    probe_seed: bool = False

    @model_validator(mode="after")
    def _probing_is_free(self) -> ImageSettings:
        if self.probe_seed and self.price != 0:
            raise ValueError("probe_seed makes pictures that no ledger books: it is for servers that cost price = 0")
        return self

    def capabilities(self) -> ImageCapabilities:
        """By the table and ``can``; for an unknown model sides that are multiples of 16."""
        known = self.record.image if self.record else None
        return _said(ImageCapabilities, known, self, {})


class VideoSettings(ServerSettings):
    """``every`` how many seconds a job is asked for its state, and for how long ``at_most``; ``lost_after`` seconds
    without an answer its server is taken to have lost it, where there is another."""

    every: float = Field(default=2.0, gt=0, le=60)
    at_most: float = Field(default=3600.0, gt=0, le=86_400)
    lost_after: float = Field(default=60.0, ge=0)

    def capabilities(self) -> VideoCapabilities:
        """By the table and ``can``; raises ``ConfigurationError`` for an unknown model of which nothing is said."""
        known = self.record.video if self.record else None
        if known is None and "durations" not in self.can:
            raise ConfigurationError(
                f"Nothing is known of the video model {self.known_as or self.model!r}. Say what it can do in the "
                "profile: can = { durations = { fps = 16, frame_step = 4, frame_offset = 1, shortest = 1.0, longest = "
                "5.0 }, sizes = { multiple = 16, max_side = 1280 } }, or set known_as to one of: "
                f"{', '.join(_names('video'))}."
            )
        return _said(VideoCapabilities, known, self, {})


class SpeechSettings(ServerSettings):
    """``voice`` is spoken with where the brief names none."""

    voice: str | None = Field(default=None, max_length=200)

    def capabilities(self) -> SoundCapabilities:
        """By the table and ``can``; of an unknown model only that it speaks."""
        known = self.record.sound if self.record else None
        return _said(SoundCapabilities, known, self, {"rate": 24_000, "max_duration": 120.0})


class MusicSettings(ServerSettings):
    """Nothing of its own."""

    def capabilities(self) -> SoundCapabilities:
        """By the table and ``can``; an unknown model makes up to half a minute at a time."""
        known = self.record.sound if self.record else None
        return _said(SoundCapabilities, known, self, {"rate": 44_100, "max_duration": 30.0, "seed": True})


def _said(kind: type[CanT], known: CanT | None, settings: ServerSettings, otherwise: Mapping[str, object]) -> CanT:
    """Capabilities of ``kind``: the table's, or ``otherwise``, with what the user says."""
    base = known.model_dump(exclude_unset=True) if known else {"licence": UNKNOWN, **otherwise}
    try:
        return kind.model_validate({**base, **settings.can})
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ConfigurationError(f"can = {{ ... }} of the model {settings.model!r} does not fit: {wrong}.") from error


def _names(role: str) -> list[str]:
    return sorted(name for name, one in table(FAMILY).items() if getattr(one, role) is not None)
