"""What the painter tells of the person from its own layers: the outline, the arms, the picture with an arm more."""

from __future__ import annotations

import numpy as np

from personavlog.backbones.parts import PersonParts
from personavlog.metrics.person import outline
from personavlog_embedded.painting import silhouette
from personavlog_embedded.painting.parts import LayeredPerson
from personavlog_embedded.style.print_surface import flatten
from tests.embedded.small_stage import FACE, HEIGHT, WIDTH, stage


def test_the_outline_is_the_person_and_the_bare_arm_is_recorded() -> None:
    (arm,) = silhouette.limbs(stage(), FACE)
    assert arm.name == "right arm" and arm.bare and all(118 <= x < 174 and 82 <= y < 106 for x, y in arm.points)
    inside, person = outline.filled(silhouette.outline(stage()), (HEIGHT, WIDTH)), silhouette.person(stage())
    assert (inside & person).sum() > 0.97 * person.sum() and (inside & ~person).sum() < 0.06 * person.sum()


def test_a_missing_arm_changes_nothing_but_the_arm_and_another_one_shows_beside_it() -> None:
    parts: PersonParts = LayeredPerson(stage())
    whole, less, more = flatten(stage()), parts.without("right"), parts.with_another("right", 40)
    assert less is not None and more is not None
    gone, added = (less != whole).any(axis=2), (more != whole).any(axis=2)
    box = np.zeros_like(gone)
    box[80:110, 100:176] = True
    assert gone.any() and not gone[~box].any() and added.sum() > 200


def test_what_is_worn_and_which_arms_show() -> None:
    parts = LayeredPerson(stage())
    assert (parts.worn & ~parts.mask).sum() == 0 and 0 < parts.worn.sum() < parts.mask.sum()
    assert parts.arms(100) == ("right",) and parts.arms(100_000) == ()
    assert parts.with_another("left", 40) is None and np.array_equal(parts.without("left"), flatten(stage()))
