"""What the painter tells of the person from its own drawing: the outline, the arms, the picture with an arm more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from personavlog.backbones.parts import PersonParts
from personavlog.metrics.person import outline
from personavlog_embedded.figure.pose import SIDES
from personavlog_embedded.painting.parts import DrawnParts
from personavlog_embedded.painting.silhouette import Silhouette
from personavlog_embedded.painting.silhouette import outline as lines
from personavlog_embedded.scene.stage import Stage
from personavlog_embedded.style.print_surface import flatten
from tests.embedded.drawn_stage import drawn_stage


@pytest.fixture(scope="module")
def stage() -> Stage:
    return drawn_stage("wave")


def test_the_outline_is_the_person_and_both_arms_are_recorded(stage: Stage) -> None:
    face = stage.face
    assert face is not None
    m = stage.margin
    box = (face.box[0] - m, face.box[1] - m, face.box[2] - m, face.box[3] - m)
    shown = Silhouette(stage)
    person, arms = shown.person, shown.limbs(flatten(stage), box)
    assert [arm.name for arm in arms] == ["left arm", "right arm"]
    assert all(person[int(y), int(x)] for arm in arms for x, y in arm.points)
    assert max(x for x, _ in arms[0].points) < min(x for x, _ in arms[1].points)
    inside = outline.filled(lines(person), person.shape)
    assert (inside & person).sum() > 0.97 * person.sum() and (inside & ~person).sum() < 0.06 * person.sum()


@pytest.mark.parametrize("side", SIDES)
def test_a_missing_arm_changes_its_side_only_and_another_one_shows_beside_it(stage: Stage, side: str) -> None:
    parts: PersonParts = DrawnParts(stage)
    left = side == "left"
    whole, less, more = (
        flatten(stage),
        parts.without("left" if left else "right"),
        parts.with_another("left" if left else "right", 40),
    )
    assert less is not None and more is not None
    gone, added = ((np.abs(other.astype(int) - whole) > 40).any(axis=2) for other in (less, more))
    columns = np.nonzero(gone)[1]
    middle = float(np.nonzero(Silhouette(stage).person)[1].mean())
    assert gone.sum() > 200 and added.sum() > 200
    assert (columns < middle).mean() > 0.8 if left else (columns > middle).mean() > 0.8


def test_what_is_worn_and_which_arms_show(stage: Stage) -> None:
    parts = DrawnParts(stage)
    assert (parts.worn & ~parts.mask).sum() == 0 and 0 < parts.worn.sum() < parts.mask.sum()
    assert parts.arms(100) == ("left", "right") and parts.arms(1_000_000) == ()


def test_a_stage_without_figures_has_no_arms_to_take_away(stage: Stage) -> None:
    plain = DrawnParts(replace(stage, cast="", parts=None))
    assert plain.without("left") is None and plain.with_another("right", 40) is None and plain.arms(0) == ()
    assert plain.mask.any() and not plain.worn.any()


def test_who_is_with_the_person_is_not_of_the_person_and_keeps_both_arms() -> None:
    pair = drawn_stage("wave", others=1)
    who, other = Silhouette(pair).person, Silhouette(pair).others
    assert other.sum() > 0.5 * who.sum() and not (who & other).any()
    whole, less = flatten(pair), DrawnParts(pair).without("left")
    assert less is not None
    gone = (np.abs(less.astype(int) - whole) > 40).any(axis=2)
    assert (gone & who).sum() > 200 and (gone & other & ~who).sum() < 0.2 * gone.sum()
