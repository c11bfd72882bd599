"""What the media backbones of a film will ask for: by their own ``estimate`` of typical requests, and the tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from personavlog.backbones import records, registry
from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.backbones.records import ModelRecord, Price
from personavlog.backbones.registry import MediaRole
from personavlog.backbones.roles import Estimate, SpeechRequest
from personavlog.brief import Brief
from personavlog.errors import PersonaVlogError
from personavlog.estimate import requests
from personavlog.estimate.numbers import UNKNOWN, EstimateStage, Span, StageEstimate, total
from personavlog.production.building import known
from personavlog.profiles import BackboneChoice, Profile
from personavlog.stages.narrate import REWRITES

OWN_MACHINES = ("local", "workers")
"""Families whose models cost nothing a call."""


@dataclass(frozen=True)
class Asked:
    """One kind of request, made from the backbone's capabilities, and from ``fewest`` to ``most`` of it."""

    request: Callable[[Any], Any]
    fewest: int
    most: int


def media_stages(brief: Brief, profile: Profile) -> tuple[StageEstimate, ...]:
    """Pictures, clips, speech and music. What a backbone cannot say, or why it cannot be built, is in ``unknown``."""
    shots, feedback = brief.shots, profile.feedback
    pictures = (
        Asked(lambda can: requests.stylised(brief, profile, can), 1, 1),
        Asked(lambda can: requests.keyframe(brief, profile, can), shots, shots),
        Asked(
            lambda can: requests.keyframe(brief, profile, can, corrected=True), 0, shots * feedback.keyframe_corrections
        ),
    )
    clips = Asked(lambda can: requests.clip(brief, profile, can), shots, shots * (1 + feedback.clip_corrections))

    def line(can: Any) -> SpeechRequest:
        return requests.line(brief, profile, video_capabilities(profile), can)

    return (
        _stage(profile, EstimateStage.PICTURES, "image", pictures),
        _stage(profile, EstimateStage.CLIPS, "video", [clips]),
        _stage(profile, EstimateStage.SPEECH, "speech", [Asked(line, shots, shots * (1 + REWRITES))]),
        _stage(profile, EstimateStage.MUSIC, "music", [Asked(lambda can: requests.music(brief), 1, 1)]),
    )


def at_once(profile: Profile, choice: BackboneChoice) -> int:
    """How many calls of a role run beside each other."""
    return min(choice.at_once, profile.devices.get(choice.device, choice.at_once))


def video_capabilities(profile: Profile) -> VideoCapabilities:
    """Of the profile's clips, also where the backbone cannot be built here; raises as ``known`` does."""
    record = records.record_of("video", profile.video.backbone, profile.video.settings)
    can: VideoCapabilities = record.video if record and record.video else known(profile, "video")
    return can


def _stage(profile: Profile, stage: EstimateStage, role: MediaRole, asked: Sequence[Asked]) -> StageEstimate:
    choice = profile.backbones[role]
    record = records.record_of(role, choice.backbone, choice.settings)
    calls = (sum(one.fewest for one in asked), sum(one.most for one in asked))
    try:
        backbone = registry.load(role, choice.backbone, choice.settings)
        said = [(one, backbone.estimate(one.request(backbone.capabilities))) for one in asked]
    except PersonaVlogError as error:
        return _unbuilt(stage, role, choice, record, calls, str(error))
    money = total(_money(estimate).times(one.fewest, one.most) for one, estimate in said)
    seconds = total(_seconds(estimate, record).times(one.fewest, one.most) for one, estimate in said)
    beside = 1 / at_once(profile, choice)
    return StageEstimate(
        stage=stage,
        backbone=choice.backbone,
        calls=calls,
        money=money,
        seconds=seconds.times(beside, beside),
        prices=tuple(map(_source, record.prices)) if record else (),
        unknown=_unknown(choice.backbone, money, seconds),
    )


def _unbuilt(
    stage: EstimateStage,
    role: MediaRole,
    choice: BackboneChoice,
    record: ModelRecord | None,
    calls: tuple[int, int],
    why: str,
) -> StageEstimate:
    """Of a backbone that cannot be built here, for want of a package, a model file or a key: what runs on one's own
    machines costs nothing, and the time is the table's."""
    own = records.family_of(role, choice.backbone) in OWN_MACHINES
    each = Span(low=record.seconds[0], high=record.seconds[1]) if record and record.seconds else UNKNOWN
    return StageEstimate(
        stage=stage,
        backbone=choice.backbone,
        calls=calls,
        money=Span() if own else UNKNOWN,
        seconds=each.times(*calls),
        prices=tuple(map(_source, record.prices)) if record else (),
        unknown=(why,),
    )


def _money(estimate: Estimate) -> Span:
    return Span(low=estimate.low or 0.0, high=estimate.high)


def _seconds(estimate: Estimate, record: ModelRecord | None) -> Span:
    """The table's, which knows a span; else the backbone's own, where 0 says that it does not know."""
    if record is not None and record.seconds is not None:
        return Span(low=record.seconds[0], high=record.seconds[1])
    return Span(low=estimate.seconds, high=estimate.seconds or None)


def _source(price: Price) -> str:
    bounds = f"${price.low:g}" if price.low == price.high else f"${price.low:g} to ${price.high:g}"
    return f"{bounds} a {price.unit}: {price.source}, read on {price.date}"


def _unknown(backbone: str, money: Span, seconds: Span) -> tuple[str, ...]:
    said = []
    if not money.known:
        said.append(
            f"No price of a call of {backbone!r} is known: its maker publishes none, or no table has this model. "
            "Backbones of your own servers take one in their settings: price = 0."
        )
    if not seconds.known:
        said.append(f"How long a call of {backbone!r} takes is not known.")
    return tuple(said)
