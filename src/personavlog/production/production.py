"""Who makes a film: the brief, the profile, the engine and one backbone for every role."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from personavlog.agents.edit import EditAgent
from personavlog.agents.script import AgentModels
from personavlog.backbones import registry
from personavlog.backbones.findings import ImageQuality, VideoQuality
from personavlog.backbones.roles import ImageEdit, ImageToVideo, Music, OnProgress, SoundCapabilities, Speech
from personavlog.brief import Brief
from personavlog.errors import BriefError
from personavlog.feedback.measures import Measures, measures_of
from personavlog.media import ffmpeg
from personavlog.production.agents import agents_of
from personavlog.profiles import BackboneChoice, Profile
from personavlog.runs.blobs import Blobs
from personavlog.runs.engine import Engine
from personavlog.runs.keys import Input
from personavlog.steps import StepName

T = TypeVar("T", bound=BaseModel)

SEED_PER_TAKE = 1009
"""A take's seeds lie this far from the one before, so that no shot of a film ever gets another shot's seed by being
taken again."""
MEASURES_AT_ONCE = 2
ENCODERS_AT_ONCE = 2


@dataclass(frozen=True)
class Production:
    """Everything that a stage may ask for."""

    brief: Brief
    profile: Profile
    engine: Engine
    image: ImageEdit
    video: ImageToVideo
    music: Music
    speech: Speech
    agents: AgentModels
    image_quality: ImageQuality
    edit_agent: EditAgent
    video_quality: VideoQuality
    measures: Measures

    @property
    def seconds_per_shot(self) -> float:
        """The wanted length of one shot in seconds, crossfades included."""
        overlap = (self.brief.shots - 1) * self.profile.crossfade / self.video.capabilities.fps
        return (self.brief.length + overlap) / self.brief.shots

    @property
    def blobs(self) -> Blobs:
        """The store of all media."""
        return self.engine.store

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the film in px."""
        return self.brief.aspect.size()

    def take_of(self, step: StepName) -> int:
        """Which take of a step is wanted: 0 first; goes into seeds, so that a new take is another picture, clip or
        voice."""
        return self.engine.index.edits.chosen(self.engine.run, str(step)) or 0

    def seed_of(self, step: StepName) -> int:
        """The seed of the wanted take of a step."""
        return self.brief.seed + self.take_of(step) * SEED_PER_TAKE

    async def ask(
        self,
        step: StepName,
        call: Callable[[OnProgress], Awaitable[T]],
        *,
        uses: str,
        fingerprint: str,
        returns: type[T],
        cost: float = 0.0,
        **inputs: Input,
    ) -> T:
        """One step whose work is one call of a backbone, with progress and cancellation."""
        return await self.engine.step(
            str(step),
            lambda: call(self.engine.progress(str(step))),
            version=1,
            fingerprint=fingerprint,
            uses=uses,
            inputs=inputs,
            returns=returns,
            cost=cost,
        )

    def note(self, text: str) -> None:
        """Emit a sentence for the user, shown now and kept in the record."""
        self.engine.emit("note", text=text)

    def finished(self, part: StepName) -> None:
        """Emit that a part of the film is final."""
        self.engine.emit("finished", name=str(part))


def check_profile(brief: Brief, profile: Profile, blobs: Blobs) -> None:
    """Check before the film is begun that every backbone, agent, measure and voice of the profile is there, and an
    ffmpeg that serves.

    Raises ``ConfigurationError``, ``MissingExtraError``, ``BriefError`` or ``MachineError``.
    """
    ffmpeg.binary()
    built = _built(profile, blobs)
    agents_of(profile.chat, blobs, built["image"].capabilities)
    measures_of(profile.feedback, blobs)
    _check_voice(brief, profile.speech.backbone, built["speech"].capabilities)


def _check_voice(brief: Brief, backbone: str, speech: SoundCapabilities) -> None:
    if speech.languages and brief.language not in speech.languages:
        raise BriefError(
            f"The speech backbone {backbone!r} does not speak {brief.language!r}. It speaks: "
            f"{', '.join(speech.languages)}."
        )
    fitting = [name for name, language in speech.voices.items() if language == brief.language]
    if brief.voice is not None and speech.voices and brief.voice not in fitting:
        raise BriefError(
            f"There is no voice {brief.voice!r} for the language {brief.language!r}. There are: "
            f"{', '.join(fitting) or 'none'}."
        )


def build_production(brief: Brief, profile: Profile, engine: Engine) -> Production:
    """Build the profile's backbones and agents; raises ``ConfigurationError`` or ``MissingExtraError`` when one cannot
    be built, ``MachineError`` when the ffmpeg of this machine does not serve."""
    ffmpeg.binary()  # before anything is spent: a film that cannot be cut need not be painted
    built = _built(profile, engine.store)
    agents = agents_of(profile.chat, engine.store, built["image"].capabilities)
    measures = measures_of(profile.feedback, engine.store)
    return Production(brief=brief, profile=profile, engine=engine, measures=measures, **built, **agents)


def record_licences(production: Production) -> None:
    """Put every backbone's licence into the record."""
    for role, choice in _choices(production.profile).items():
        licence = getattr(production, role).capabilities.licence
        production.engine.emit(
            "licence", role=role, backbone=choice.backbone, licence=licence.name, limits=licence.limits
        )


def limits(profile: Profile) -> Mapping[str, int]:
    """How many steps of every kind may run at once."""
    at_once: dict[str, int] = {role: choice.at_once for role, choice in _choices(profile).items()}
    few = {"measure": MEASURES_AT_ONCE, "inspect": MEASURES_AT_ONCE, "cut": ENCODERS_AT_ONCE, "keep": 64}
    return {**at_once, "chat": profile.chat.at_once, **few}


def _built(profile: Profile, blobs: Blobs) -> dict[registry.MediaRole, Any]:
    return {
        role: registry.load(role, choice.backbone, blobs, choice.settings) for role, choice in _choices(profile).items()
    }


def _choices(profile: Profile) -> Mapping[registry.MediaRole, BackboneChoice]:
    return {"image": profile.image, "video": profile.video, "music": profile.music, "speech": profile.speech}
