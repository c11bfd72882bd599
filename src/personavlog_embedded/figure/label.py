"""What a px of a figure shows, which sheet of it that belongs to, and what is known at its points."""

from __future__ import annotations

from enum import IntEnum


class Label(IntEnum):
    """What is seen at a px. NOTHING is looked through. TRIM is cuffs, collars, pockets and other pieces sewn on; INNER
    is the shirt in the opening of a coat or suit."""

    NOTHING = 0
    SKIN = 1
    TOP = 2
    LEGS = 3
    SHOE = 4
    SOLE = 5
    HAIR = 6
    OVER = 7
    THING = 8
    HAT = 9
    FACE = 10
    TRIM = 11
    BUTTON = 12
    INNER = 13
    TIE = 14
    GLOVE = 15
    SCARF = 16
    APRON = 17


CLOTH = (Label.TOP, Label.LEGS, Label.OVER, Label.TRIM, Label.INNER, Label.GLOVE, Label.SCARF, Label.APRON)
"""What folds."""


class Shell(IntEnum):
    """Which sheet of the figure a face belongs to. TAILS are a coat's part below the waist, APRON one's skirt."""

    BODY = 0
    LOW = 1
    UPPER = 2
    SKIRT = 3
    EYES = 4
    HAIR = 5
    HAT = 6
    TAILS = 7
    APRON = 8


X, Y, Z, ARM_T, LEG_T, ON_ARM, SQUEEZE, ON_FOOT = range(8)
"""Columns of what is known at a point: its place on the bare mesh (3), along arm and leg, how much it is on the arm,
how stretched the cloth is (under 1: squeezed), how much it is on the foot. On hair and hats ``ARM_T`` is the angle
around the head from the face, radians, and ``LEG_T`` how far down a strand is, 0 to 1."""
