"""What a keyframe's scores say is wrong: each measure's floor, the defect below it, and what may cure it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.findings import DefectKind
from personavlog.metrics import clarity, clothes, identity, seams
from personavlog.metrics.person import limbs
from personavlog.metrics.score import Score


@dataclass(frozen=True)
class Fault:
    """One defect, its number in words, and what the embedded painter can do about it, if anything."""

    kind: DefectKind
    evidence: str
    remedy: Remedy | None = None


@dataclass(frozen=True)
class ScoreFloor:
    """The least that a score may be, which defect it is below that, and what may cure it."""

    score: str
    least: float
    kind: DefectKind
    says: str
    remedy: Remedy


def _again(part: str) -> Remedy:
    return Remedy(correction=Correction.AGAIN, thing=part)


FLOORS = (
    ScoreFloor(
        clarity.CLARITY, clarity.CLARITY_FLOOR, DefectKind.CLARITY, "The picture is not sharp", _again("the picture")
    ),
    ScoreFloor(
        clarity.EXPOSURE,
        clarity.EXPOSURE_FLOOR,
        DefectKind.CLARITY,
        "Too much is burnt out or drowned",
        _again("the light"),
    ),
    ScoreFloor(
        limbs.NAME, limbs.FLOOR, DefectKind.LIMBS, "An arm is missing, or there is one too many", _again("the arms")
    ),
    ScoreFloor(
        identity.NAME,
        identity.FLOOR,
        DefectKind.MISALIGNED,
        "The face is not the reference's",
        Remedy(correction=Correction.SAME_FACE),
    ),
    ScoreFloor(
        clothes.NAME, clothes.FLOOR, DefectKind.CLOTHES, "The clothes are not the reference's", _again("the clothes")
    ),
    ScoreFloor(
        seams.NAME, seams.FLOOR, DefectKind.SCENE, "The background is pieced together", _again("the background")
    ),
)
"""Most serious first."""
SPOILERS = (clarity.CLARITY, clarity.EXPOSURE)
"""What is wrong with the whole picture lowers the other measures too; where one of these is found, the others say
nothing."""


def low(scores: Sequence[Score], floors: Mapping[str, float]) -> Iterator[Fault]:
    """A fault for every score below its floor; ``floors`` replaces some of them. A score without a value is none."""
    known = {score.name: score for score in scores}
    spoilt = False
    for floor in FLOORS:
        score, least = known.get(floor.score), floors.get(floor.score, floor.least)
        if score is None or score.value is None or score.value >= least or (spoilt and floor.score not in SPOILERS):
            continue
        spoilt = spoilt or floor.score in SPOILERS
        evidence = f"{floor.says}: {floor.score} is {score.value:.2f}, at least {least:.2f} is sound. {score.note}"
        yield Fault(floor.kind, evidence.strip()[:300], floor.remedy)
