"""What the agents of a film will ask for: typical tokens (``chat_tokens.toml``) at the prices of genai-prices."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from pydantic import TypeAdapter

from personavlog.backbones import registry
from personavlog.backbones.chat import HOSTED
from personavlog.backbones.chat_models import chat_record
from personavlog.backbones.chat_prices import PICTURE_TOKENS, VIDEO_TOKENS, listed
from personavlog.backbones.reviews import RUBRIC
from personavlog.brief import Brief
from personavlog.errors import PersonaVlogError
from personavlog.estimate.numbers import UNKNOWN, EstimateStage, Span, StageEstimate, total
from personavlog.frozen import Frozen
from personavlog.production.building import MEASURES_AT_ONCE
from personavlog.profiles import Profile
from personavlog.profiles.chat import ChatChoice, Chosen
from personavlog.stages.narrate import REWRITES

FEWEST_PICTURE_TOKENS = 258
"""A tile of 768 px, which Gemini bills least for; ``PICTURE_TOKENS`` is the other end."""
FEWEST_VIDEO_TOKENS = 1300
"""Five seconds at one frame a second."""
FRAMES = 8
FRAME_TOKENS = (FEWEST_PICTURE_TOKENS, 800)
"""Of the small frames that a model without video gets in a clip's place."""
THOUGHT_TOKENS = 2000
"""Assumed of models that think before they answer and of those that no table knows; only in the high estimate."""
SLACK = 1.5
"""Texts of another tokenizer or a wordier writer, in the high estimate."""
TOKENS_A_SECOND = (40.0, 120.0)
"""Assumed of hosted models, with ``WAIT`` seconds before the first token."""
WAIT = (0.5, 5.0)
ON_THE_WAY = 0.6
"""Of the script's time: three of the five pairs write beside each other."""


class Line(Frozen):
    """Tokens of a film, and of each of its shots."""

    film: float
    shot: float

    def of(self, shots: int) -> float:
        """For so many shots."""
        return self.film + self.shot * shots


class Weight(Frozen):
    """One request of an agent and its answer."""

    sent: Line
    answered: Line


@dataclass(frozen=True)
class Requests:
    """The requests of one agent, from ``fewest`` to ``most``; tokens of one, at least and at most."""

    chosen: Chosen
    fewest: int
    most: int
    sent: tuple[float, float]
    answered: tuple[float, float]


@cache
def weights() -> dict[str, Weight]:
    """By agent."""
    text = files("personavlog.estimate").joinpath("chat_tokens.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Weight]).validate_python(tomllib.loads(text))


def script_stage(brief: Brief, profile: Profile) -> StageEstimate:
    """The five pairs and their rounds, and lines that have to be written shorter."""
    beside = ON_THE_WAY if profile.chat.at_once >= 3 else 1.0
    return _stage(EstimateStage.SCRIPT, profile.chat.writer, list(_script(brief, profile.chat)), beside)


def inspections(brief: Brief, profile: Profile) -> StageEstimate:
    """The quality agents and the edit agent, where they are chat models."""
    asked = [*_keyframes(brief, profile), *_clips(brief, profile)]
    names = dict.fromkeys(profile.chat.of(one).model for one in ("image_quality", "video_quality"))
    return _stage(EstimateStage.MEASURING, ", ".join(names), asked, 1 / MEASURES_AT_ONCE)


def _script(brief: Brief, chat: ChatChoice) -> Iterator[Requests]:
    rounds = chat.rounds if chat.reviews else 1
    if chat.single_prompt:
        yield _rounds(chat.of("story"), "whole.generate", brief.shots, 1, 1)
    for pair in () if chat.single_prompt else RUBRIC:
        pictures = 1 if pair == "story" else 0
        yield _rounds(chat.of(pair), f"{pair}.generate", brief.shots, rounds, pictures)
        if chat.reviews:
            yield _rounds(chat.reviewer_of(pair), f"{pair}.review", brief.shots, rounds, pictures)
    yield _plain(chat.of("mono"), "shorten", brief.shots, 0, REWRITES * brief.shots)


def _keyframes(brief: Brief, profile: Profile) -> Iterator[Requests]:
    corrections, chat = profile.feedback.keyframe_corrections, profile.chat
    measuring = _is_measuring(chat.of("image_quality").model)
    if corrections and not measuring:
        shown = (2.0 * FEWEST_PICTURE_TOKENS, 2.0 * PICTURE_TOKENS)
        most = brief.shots * (1 + corrections)
        yield _plain(chat.of("image_quality"), "image_quality", brief.shots, brief.shots, most, shown)
    if corrections and not (measuring and chat.edit.model is None):
        yield _plain(chat.of("edit"), "edit", brief.shots, 0, brief.shots * corrections)


def _clips(brief: Brief, profile: Profile) -> Iterator[Requests]:
    corrections, chosen = profile.feedback.clip_corrections, profile.chat.of("video_quality")
    if corrections and not _is_measuring(chosen.model):
        most = brief.shots * (1 + corrections)
        yield _plain(chosen, "video_quality", brief.shots, brief.shots, most, _clip_tokens(chosen))


def _clip_tokens(chosen: Chosen) -> tuple[float, float]:
    record, wanted = chat_record(chosen.model, chosen.settings), chosen.settings.takes_video
    if wanted or (wanted is None and record is not None and record.video):
        return FEWEST_VIDEO_TOKENS, VIDEO_TOKENS
    return FRAMES * FRAME_TOKENS[0], FRAMES * FRAME_TOKENS[1]


def _is_measuring(model: str) -> bool:
    """Whether a quality agent measures and asks nobody."""
    prefix, _, name = model.partition(":")
    return bool(name) and registry.published("quality", prefix) is not None


def _plain(
    chosen: Chosen, agent: str, shots: int, fewest: int, most: int, shown: tuple[float, float] = (0.0, 0.0)
) -> Requests:
    weight = weights()[agent]
    sent, answered = weight.sent.of(shots), weight.answered.of(shots)
    return Requests(
        chosen,
        fewest,
        most,
        (sent + shown[0], SLACK * sent + shown[1]),
        (answered, SLACK * answered + _thoughts(chosen)),
    )


def _thoughts(chosen: Chosen) -> int:
    record = chat_record(chosen.model, chosen.settings)
    return 0 if record is not None and not record.thinks else THOUGHT_TOKENS


def _rounds(chosen: Chosen, agent: str, shots: int, rounds: int, pictures: int) -> Requests:
    """Every round is sent with what was said in those before it: in the mean of n rounds (n + 1) / 2 requests and
    (n - 1) / 2 answers."""
    weight = weights()[agent]
    sent, answered = weight.sent.of(shots), weight.answered.of(shots)
    most = SLACK * (sent * (rounds + 1) / 2 + answered * (rounds - 1) / 2)
    shown = (pictures * FEWEST_PICTURE_TOKENS, pictures * PICTURE_TOKENS)
    return Requests(
        chosen, 1, rounds, (sent + shown[0], most + shown[1]), (answered, SLACK * answered + _thoughts(chosen))
    )


def _stage(stage: EstimateStage, backbone: str, asked: list[Requests], beside: float) -> StageEstimate:
    money = total(_money(one).times(one.fewest, one.most) for one in asked)
    return StageEstimate(
        stage=stage,
        backbone=backbone,
        calls=(sum(one.fewest for one in asked), sum(one.most for one in asked)),
        money=money,
        seconds=total(_seconds(one).times(one.fewest, one.most) for one in asked).times(beside, beside),
        prices=_sources(asked),
        unknown=tuple(_unknown(asked)),
    )


def _money(one: Requests) -> Span:
    low, high = (
        _price(one.chosen, round(sent), round(answered)) for sent, answered in zip(one.sent, one.answered, strict=True)
    )
    return UNKNOWN if high is None else Span(low=low or 0.0, high=high)


def _price(chosen: Chosen, sent: int, answered: int) -> float | None:
    """US dollars; None: unknown. A model of another package says its own."""
    prefix, _, model = chosen.model.partition(":")
    if prefix in HOSTED and chosen.settings.price is not None:
        return chosen.settings.price
    if prefix in HOSTED:
        return listed(prefix, model, chosen.settings.base_url, sent, answered)
    try:
        price = getattr(registry.find("chat", prefix)(model, chosen.settings), "price", None)
    except PersonaVlogError:
        return None
    return None if price is None else float(price)


def _seconds(one: Requests) -> Span:
    if one.chosen.model.partition(":")[0] not in HOSTED or one.chosen.settings.base_url:
        return UNKNOWN
    slow, quick = TOKENS_A_SECOND
    return Span(low=WAIT[0] + one.answered[0] / quick, high=WAIT[1] + one.answered[1] / slow)


def _sources(asked: list[Requests]) -> tuple[str, ...]:
    hosted = any(one.most and _is_listed(one.chosen) and _money(one).known for one in asked)
    said = f"the package genai-prices {version('genai-prices')}, which names its providers' pages"
    return (said,) if hosted else ()


def _is_listed(chosen: Chosen) -> bool:
    return chosen.model.partition(":")[0] in HOSTED and chosen.settings.price is None


def _unknown(asked: Iterable[Requests]) -> Iterator[str]:
    models = dict.fromkeys(one.chosen.model for one in asked if one.most and not _money(one).known)
    for model in models:
        yield f"The price of the chat model {model!r} is not known."
    models = dict.fromkeys(one.chosen.model for one in asked if one.most and not _seconds(one).known)
    for model in models:
        yield f"How long the chat model {model!r} takes is not known."
