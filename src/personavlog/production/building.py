"""From a profile to a production: what can be found out before anything is spent, and the building of it all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from personavlog.agents.script import AgentModels
from personavlog.backbones import registry
from personavlog.backbones.capabilities import ImageCapabilities, SoundCapabilities, VideoCapabilities
from personavlog.backbones.registry import MediaRole
from personavlog.brief import Brief
from personavlog.errors import BriefError, ConfigurationError, MissingExtraError
from personavlog.feedback.measures import measures_of
from personavlog.languages import LANGUAGES
from personavlog.media import ffmpeg
from personavlog.production.agents import agents_of
from personavlog.production.chat_servers import look_at_chat_servers
from personavlog.production.length import film_length
from personavlog.production.production import Production
from personavlog.profiles import Profile
from personavlog.runs.blobs import Blobs
from personavlog.runs.engine import Engine
from personavlog.runs.ledger import NO_CAP, Cap

MEASURES_AT_ONCE = 2
ENCODERS_AT_ONCE = 2
TENTH = 0.1
"""Share by which a film may be shorter than was asked without a word."""


def known(profile: Profile, role: MediaRole) -> Any:
    """A profile's capabilities for a role, without building the backbone where its maker says them."""
    choice = profile.backbones[role]
    found = registry.capabilities(role, choice.backbone)
    return registry.load(role, choice.backbone, choice.settings).capabilities if found is None else found


def check_profile(brief: Brief, profile: Profile, blobs: Blobs) -> None:
    """Everything that would stop the film half made and can be known now: backbones and agents that are not there,
    settings that do not fit, voices, lengths, measures. No model is loaded and nothing is asked.

    Raises ``ConfigurationError``, ``MissingExtraError``, ``BriefError`` or ``MachineError``.
    """
    for role, choice in profile.backbones.items():
        registry.load(role, choice.backbone, choice.settings)
    ffmpeg.binary()
    image, speech = (known(profile, role) for role in ("image", "speech"))
    _check_writers(brief, agents_of(profile.chat, blobs, image)["agents"])
    _check_references(profile, image)
    _check_measures(profile, image)
    _check_voice(brief, profile.speech.backbone, speech)
    check_length(brief, profile)


def _check_references(profile: Profile, image: ImageCapabilities) -> None:
    if profile.extra_references and image.references < 2:
        raise ConfigurationError(
            f"The painter {profile.image.backbone!r} takes one reference. Take extra_references out of the profile, or "
            "choose a painter that takes several."
        )


def _check_writers(brief: Brief, agents: AgentModels) -> None:
    """A writer that says which languages it writes is held to them; a chat model writes all."""
    for model in {id(one): one for one in (agents.default, *agents.by_role.values())}.values():
        written = getattr(model, "languages", tuple(LANGUAGES))
        if brief.language not in written:
            names = " and ".join(LANGUAGES[one].name for one in written)
            raise BriefError(
                f"The writer without a chat model writes {names} only, not {LANGUAGES[brief.language].name}. Choose a "
                "chat model with --writer, or a --language that it writes; the theme may be in any language."
            )


def _check_measures(profile: Profile, image: ImageCapabilities) -> None:
    feedback = profile.feedback
    if feedback.measures == "proxy" and feedback.keyframe_corrections and not image.records:
        raise ConfigurationError(
            f"The painter {profile.image.backbone!r} keeps no record of its pictures, so the stand-in measures cannot "
            'see what they show. Set measures = "published" in the profile\'s [feedback] (extra: metrics), or '
            "keyframe_corrections = 0."
        )


def _check_voice(brief: Brief, backbone: str, speech: SoundCapabilities) -> None:
    if speech.languages and brief.language not in speech.languages:
        raise BriefError(
            f"The speech backbone {backbone!r} does not speak {brief.language!r}. It speaks: "
            f"{', '.join(speech.languages)}."
        )
    if brief.language in speech.absent:
        raise MissingExtraError(f"Speech in {LANGUAGES[brief.language].name}", speech.absent[brief.language])
    fitting = [name for name, language in speech.voices.items() if language == brief.language]
    if brief.voice is not None and speech.voices and brief.voice not in fitting:
        raise BriefError(
            f"There is no voice {brief.voice!r} for the language {brief.language!r}. There are: "
            f"{', '.join(fitting) or 'none'}."
        )
    if brief.voice_sample is None and speech.needs_sample:
        raise BriefError(
            f"The speech backbone {backbone!r} has no voice of its own. Give one with --voice-sample, or choose "
            "another in the profile."
        )
    if brief.voice_sample is not None and speech.needs_transcript and not brief.voice_transcript:
        raise BriefError(
            f"The speech backbone {backbone!r} clones a voice only with the words that are spoken in the sample. Give "
            "them with --voice-transcript."
        )


def check_shots(brief: Brief, profile: Profile, shots: int) -> None:
    """Whether the film can have ``shots`` shots in place of the brief's; raises ``BriefError``."""
    check_length(with_shots(brief, profile, shots), profile)


def with_shots(brief: Brief, profile: Profile, shots: int) -> Brief:
    """The brief with so many shots, and as long as they are then."""
    video: VideoCapabilities = known(profile, "video")
    length = film_length(brief, shots, profile.crossfade / video.fps)
    return brief.model_copy(update={"shots": shots, "length": length})


def check_length(brief: Brief, profile: Profile) -> None:
    """Whether so many shots of the profile's video backbone can be about as long as was asked; raises
    ``BriefError``."""
    video: VideoCapabilities = known(profile, "video")
    shortest, longest = video.durations.bounds
    fade = profile.crossfade / video.fps
    most = brief.shots * longest - (brief.shots - 1) * fade
    least = brief.shots * shortest - (brief.shots - 1) * fade
    if most < brief.length * (1 - TENTH):
        needed = -int(-(brief.length * (1 - TENTH) - fade) // (longest - fade))
        raise BriefError(
            f"A film of {brief.length:g} s in {brief.shots} shots needs shots of {brief.length / brief.shots:.1f} s; "
            f"the video backbone {profile.video.backbone!r} makes at most {longest:.1f} s. Ask for --shots {needed} or "
            f"more, or for a --length of at most {most:.0f}."
        )
    if least > brief.length * (1 + TENTH):
        raise BriefError(
            f"{brief.shots} shots of at least {shortest:.1f} s do not fit into {brief.length:g} s. Ask for fewer "
            f"shots, or for a --length of at least {least:.0f}."
        )


def build_production(brief: Brief, profile: Profile, engine: Engine, cap: Cap = NO_CAP) -> Production:
    """Build the profile's backbones and agents; raises ``ConfigurationError`` or ``MissingExtraError`` when one cannot
    be built, ``MachineError`` when the ffmpeg of this machine does not serve."""
    ffmpeg.binary()  # before anything is spent: a film that cannot be cut need not be painted
    built: dict[MediaRole, Any] = {
        role: registry.load(role, choice.backbone, choice.settings) for role, choice in profile.backbones.items()
    }
    agents = agents_of(profile.chat, engine.store, built["image"].capabilities)
    measures = measures_of(profile.feedback, engine.store)
    return Production(brief=brief, profile=profile, engine=engine, measures=measures, cap=cap, **built, **agents)


@asynccontextmanager
async def open_backbones(production: Production) -> AsyncIterator[Production]:
    """The production with its backbones open and its chat servers looked at; they are closed whatever happens."""
    await look_at_chat_servers(production)
    async with AsyncExitStack() as stack:
        for role in production.profile.backbones:
            backbone = getattr(production, role)
            stack.push_async_callback(backbone.aclose)
            await backbone.open()
            for sentence in getattr(backbone, "remarks", ()):
                production.note(sentence)
        yield production


def record_licences(production: Production) -> None:
    """Put every backbone's licence into the record."""
    for role, choice in production.profile.backbones.items():
        licence = getattr(production, role).capabilities.licence
        limits = " ".join(text for text in (licence.limits, licence.territory) if text)
        production.engine.emit("licence", role=role, backbone=choice.backbone, licence=licence.name, limits=limits)


def limits(profile: Profile) -> Mapping[str, int]:
    """How many steps of every kind may run at once."""
    at_once: dict[str, int] = {role: choice.at_once for role, choice in profile.backbones.items()}
    devices = {f"device {name}": count for name, count in profile.devices.items()}
    few = {"measure": MEASURES_AT_ONCE, "inspect": MEASURES_AT_ONCE, "cut": ENCODERS_AT_ONCE, "keep": 64}
    return {**at_once, **devices, "chat": profile.chat.at_once, **few}
