"""A photo's own smile counts: a sad mood takes it away, a merry one does not make a grimace of it, and a face seen
aside is changed less."""

from __future__ import annotations

from personavlog_embedded.face.resting import LEAST, Resting, fitted
from personavlog_embedded.scene.expression import Expression

GRIN, SOBER, ASIDE = Resting(1.0), Resting(0.0), Resting(0.0, 1.0)


def test_a_grin_becomes_a_calm_face_and_a_sober_one_hardly_changes() -> None:
    calm = Expression(smile=0.2)
    assert fitted(calm, GRIN).smile < -0.4
    assert fitted(calm, SOBER).smile == 0.2


def test_a_grin_is_not_made_wider() -> None:
    merry = Expression(smile=0.6)
    assert abs(fitted(merry, GRIN).smile) < 0.15 < fitted(merry, SOBER).smile


def test_no_mood_takes_more_than_a_face_can_bear() -> None:
    assert fitted(Expression(smile=-0.9), GRIN).smile == LEAST


def test_a_face_in_half_profile_is_changed_less() -> None:
    wanted = Expression(smile=0.6, mouth=0.4, turn=20.0, brows=0.5)
    aside = fitted(wanted, ASIDE)
    assert all(
        0 < getattr(aside, part) < 0.5 * getattr(wanted, part) + 1e-9 for part in ("smile", "mouth", "turn", "brows")
    )
