"""What torso, head and arms do: breath and balance always, then one function per act."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from personavlog_embedded.body.pose import Move
from personavlog_embedded.motion.body_cue import Angles, BodyCue
from personavlog_embedded.motion.bones import SIDES, Side
from personavlog_embedded.motion.rhythm import Floats, onset, smoothstep
from personavlog_embedded.scene.stage import Bone

Gesture = Callable[[BodyCue, Angles], None]
"""Adds an act's turns to the angles."""
BREATHS = 0.25
"""Per second."""
REACH = 36.0
"""Degrees that a reaching arm turns at most."""


def breath(cue: BodyCue) -> Floats:
    """(frames,) by how much the torso is longer than drawn, as a share."""
    rate = BREATHS * cue.rng.uniform(0.92, 1.12) * (1.7 if "run" in cue.acts else 1.0)
    return np.asarray(0.009 * min(cue.strength, 1.4) * 0.5 * (1 - np.cos(2 * np.pi * rate * cue.t)))


def balance(cue: BodyCue, angles: Angles) -> None:
    """A body is never still: torso and head lean against each other, arms hang after them."""
    lean = 0.9 * cue.strength * cue.noise(0.1, 0.3)
    angles["torso"] += lean
    angles["head"] += 2.0 * cue.strength * cue.noise(0.1, 0.4) - 0.7 * lean
    for side in SIDES:
        _add(
            angles,
            side,
            cue,
            upper=0.9 * cue.noise(0.12, 0.35) - 0.6 * lean * cue.outward(side),
            fore=1.3 * cue.noise(0.15, 0.45),
        )


def wave(cue: BodyCue, angles: Angles) -> None:
    """The raised forearm goes to and fro, the hand late after it; an arm that hangs is lifted first."""
    side = cue.raised
    lift = cue.rise(0.1, 0.7, 90, 91) * (0.0 if _is_up(cue, side) else 1.0)
    to_and_fro = cue.beat(1.7) * onset(cue.t, 0.9)
    _add(
        angles,
        side,
        cue,
        upper=34 * lift + 3 * to_and_fro,
        fore=30 * lift + 15 * to_and_fro,
        hand=9 * _late(cue, to_and_fro, 0.07),
    )
    angles["head"] += 2.5 * cue.outward(side) * onset(cue.t, 1.4)


def point(cue: BodyCue, angles: Angles) -> None:
    """The arm comes up the last bit, settles, and beats twice; the head follows."""
    side = cue.raised
    lift = 5.0 if _is_up(cue, side) else 34.0
    beats = 3.0 * np.sin(2 * np.pi * 1.3 * cue.t) * cue.rise(1.2, 1.6, 2.6, 3.2)
    _add(
        angles,
        side,
        cue,
        upper=lift * cue.rise(0.15, 0.7, 90, 91) + beats,
        fore=0.7 * lift * cue.rise(0.25, 0.85, 90, 91) + 0.8 * beats,
        hand=beats,
    )
    angles["torso"] += -1.6 * cue.outward(side) * onset(cue.t, 1.2)


def read(cue: BodyCue, angles: Angles) -> None:
    """Head down over the page, along its lines, and up for a glance; the hands breathe with it."""
    nods = cue.facing or 1.0
    line = (cue.t * 0.55 * cue.pace) % 1.0
    along = np.where(line < 0.86, line / 0.86, (1 - line) / 0.14) - 0.5
    glance = cue.rise(2.6, 3.1, 3.9, 4.5)
    angles["head"] += (nods * 4.5 * onset(cue.t, 1.0) * (1 - 1.6 * glance)) + 1.6 * along * cue.grown
    for side in SIDES:
        _add(angles, side, cue, fore=1.8 * cue.noise(0.2, 0.5), hand=1.5 * cue.noise(0.2, 0.5))


def drink(cue: BodyCue, angles: Angles) -> None:
    """What is held goes to the mouth and down again; the head tips to meet it."""
    way = cue.rise(0.5, 1.6, 2.6, 3.8)
    sides = [side for side in SIDES if side in cue.skeleton.holding] or [cue.raised]
    for side in sides:
        _reach(cue, angles, side, way)
    angles["head"] -= (cue.facing or cue.outward(sides[0]) * -1.0) * 4.0 * cue.rise(1.4, 1.9, 2.4, 3.0)


def hold(cue: BodyCue, angles: Angles) -> None:
    """What is held is lifted closer, turned a little, and looked at."""
    for side in [side for side in SIDES if side in cue.skeleton.holding] or [cue.raised]:
        up = cue.rise(0.4, 1.5, 3.2, 4.4)
        _add(angles, side, cue, upper=4 * up, fore=9 * up, hand=4 * cue.beat(0.45))
    angles["head"] += (cue.facing or 1.0) * 3.0 * onset(cue.t, 1.3)


def cheer(cue: BodyCue, angles: Angles) -> None:
    """Both arms pump, one a little after the other."""
    for side, late in zip(SIDES, (0.0, 0.06), strict=True):
        lift = cue.rise(0.05, 0.5, 90, 91) * (0.0 if _is_up(cue, side) else 1.0)
        pump = _late(cue, cue.beat(1.5), late)
        _add(angles, side, cue, upper=34 * lift + 8 * pump, fore=28 * lift + 12 * pump, hand=8 * _late(cue, pump, 0.06))
    angles["torso"] += 1.6 * cue.beat(0.75)
    angles["head"] += 3.0 * cue.beat(0.75)


def dance(cue: BodyCue, angles: Angles) -> None:
    """Two beats a bar: shoulders against hips, arms round after them."""
    bar = cue.beat(0.9)
    angles["torso"] += 4.5 * bar
    angles["head"] += -3.5 * _late(cue, bar, 0.1)
    for side, way in zip(SIDES, (1.0, -1.0), strict=True):
        swing = way * _late(cue, bar, 0.12)
        _add(
            angles,
            side,
            cue,
            upper=11 * swing + 4 * cue.beat(1.8),
            fore=15 * _late(cue, swing, 0.08),
            hand=9 * _late(cue, swing, 0.16),
        )


def work(cue: BodyCue, angles: Angles) -> None:
    """Hands in small quick strokes, in bursts; the head stays on the work."""
    bursts = 0.35 + 0.65 * smoothstep(1.5 * np.sin(2 * np.pi * 0.35 * cue.t + 0.4) + 0.5)
    for side, shift in zip(SIDES, (0.0, 1.9), strict=True):
        stroke = np.sin(2 * np.pi * 2.6 * cue.pace * cue.t + shift) * bursts * cue.grown
        _add(angles, side, cue, fore=2.6 * stroke, hand=5 * _late(cue, stroke, 0.04))
    angles["head"] += (cue.facing or 1.0) * 2.5 * onset(cue.t, 1.0)


def reach(cue: BodyCue, angles: Angles) -> None:
    """One arm is stretched out slowly, and stays."""
    side = cue.raised
    out = cue.rise(0.3, 1.9, 90, 91)
    _add(angles, side, cue, upper=26 * out, fore=16 * _late(cue, out, 0.15), hand=8 * _late(cue, out, 0.3))
    angles["torso"] += -2.5 * cue.outward(side) * _late(cue, out, 0.1)


def talk(cue: BodyCue, angles: Angles) -> None:
    """Hands beat with the voice, or in phrases of their own where nothing is heard."""
    voice = cue.voice if cue.voice is not None else smoothstep(0.5 + 1.2 * cue.noise(0.5, 1.2)) * cue.grown
    soft = np.convolve(np.pad(voice, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    for side, part in zip(SIDES, (0.6, 1.0), strict=True):
        beat = part * soft * (0.7 + 0.3 * cue.noise(0.3, 0.6)) * cue.grown
        _add(angles, side, cue, upper=3 * beat, fore=10 * beat, hand=7 * _late(cue, beat, 0.08))
    angles["head"] += 1.8 * (soft - 0.5) * cue.grown * (cue.facing or 1.0)


def laugh(cue: BodyCue, angles: Angles) -> None:
    """Shoulders shake for a while, the head goes back."""
    fit = cue.rise(0.4, 0.9, 2.2, 3.2)
    angles["torso"] += 0.9 * np.sin(2 * np.pi * 3.4 * cue.t) * fit
    angles["head"] += -(cue.facing or 1.0) * 4.5 * fit + 0.8 * np.sin(2 * np.pi * 3.4 * cue.t - 0.6) * fit


def nod(cue: BodyCue, angles: Angles) -> None:
    """Two nods."""
    angles["head"] += (cue.facing or 0.6) * 4.5 * np.sin(2 * np.pi * 1.1 * cue.t) ** 2 * cue.rise(0.4, 0.7, 2.0, 2.5)


def look(cue: BodyCue, angles: Angles) -> None:
    """The head goes to one side, rests, and to the other; the shoulders follow a little."""
    at = cue.t * cue.pace
    way = smoothstep((at - 0.3) / 1.1) - 1.9 * smoothstep((at - 2.4) / 1.4) + 0.9 * smoothstep((at - 4.6) / 1.2)
    way *= cue.rng.choice([-1.0, 1.0])
    angles["head"] += 5.5 * way
    angles["torso"] += 1.4 * _late(cue, way, 0.12)


def crouch(cue: BodyCue, angles: Angles) -> None:
    """The back bends further while the hips sink."""
    down = cue.rise(0.3, 1.6, 90, 91)
    angles["torso"] += (cue.facing or 0.3) * 9 * down
    angles["head"] -= (cue.facing or 0.3) * 4 * down


def step(cue: BodyCue, angles: Angles) -> None:
    """What the upper body does over walking legs is the gait's own."""


GESTURES: dict[Move, Gesture] = {
    "walk": step,
    "run": step,
    "wave": wave,
    "point": point,
    "read": read,
    "drink": drink,
    "hold": hold,
    "cheer": cheer,
    "dance": dance,
    "work": work,
    "look": look,
    "crouch": crouch,
    "talk": talk,
    "laugh": laugh,
    "nod": nod,
    "reach": reach,
}


def _add(
    angles: Angles,
    side: Side,
    cue: BodyCue,
    upper: Floats | float = 0.0,
    fore: Floats | float = 0.0,
    hand: Floats | float = 0.0,
) -> None:
    """Turns that lift the arm of a side where they are positive."""
    arm = cue.skeleton.arm(side)
    if arm is None:
        return
    for bone, joint, turn in zip(arm, (0, 1, 1), (upper, fore, hand), strict=True):
        angles[bone] += cue.outward(side, joint) * turn


def _late(cue: BodyCue, series: Floats, seconds: float) -> Floats:
    """The series ``seconds`` later, 0 before."""
    return np.asarray(np.interp(cue.t - seconds, cue.t, series, left=0.0))


def _is_up(cue: BodyCue, side: Side) -> bool:
    """Whether the hand is drawn at least as high as the elbow."""
    arm = cue.skeleton.arm(side)
    return (
        arm is not None and cue.skeleton.joints[arm[2]][1] < cue.skeleton.joints[arm[1]][1] + 0.02 * cue.skeleton.height
    )


def _reach(cue: BodyCue, angles: Angles, side: Side, way: Floats) -> None:
    """Bring the hand towards the mouth, as far as the arm may turn."""
    arm = cue.skeleton.arm(side)
    if arm is None or cue.mouth is None:
        return
    upper, fore = _two_bones(cue, arm, cue.mouth)
    angles[arm[0]] += upper * way
    angles[arm[1]] += fore * way
    angles[arm[2]] += -0.35 * (upper + fore) * way


def _two_bones(cue: BodyCue, arm: tuple[Bone, Bone, Bone], goal: Floats) -> tuple[float, float]:
    """Degrees, each at most ``REACH``, that shoulder and elbow turn for the hand to come nearest to ``goal`` with the
    least turning."""
    shoulder, elbow, hand = (cue.skeleton.joints[bone] for bone in arm)
    a, b = complex(*(elbow - shoulder)), complex(*(hand - elbow))
    # A shoulder that turns far looks shrugged; the elbow does most.
    upper, fore = np.meshgrid(np.linspace(-0.6 * REACH, 0.6 * REACH, 25), np.linspace(-REACH, REACH, 37))
    reached = np.exp(1j * np.deg2rad(upper)) * (a + b * np.exp(1j * np.deg2rad(fore)))
    cost = np.abs(reached - complex(*(goal - shoulder))) + 0.0012 * (abs(a) + abs(b)) * (np.abs(upper) + np.abs(fore))
    best = np.unravel_index(int(cost.argmin()), cost.shape)
    return float(upper[best]), float(fore[best])
