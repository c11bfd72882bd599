"""What the figures of a clip do: where and in which pose each of them is at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from personavlog_embedded.body.acts import Move
from personavlog_embedded.body.cast import Cast
from personavlog_embedded.figure.geometry import Vectors
from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.figure.rig import posed, settled
from personavlog_embedded.figure.shape import bare
from personavlog_embedded.figure.shot import Camera, Performer
from personavlog_embedded.motion.gestures import Hips, gesture, looped, moves
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.rhythm import Floats
from personavlog_embedded.motion.stance import Stance
from personavlog_embedded.motion.steps import SHORTEST, Gait, Walk, gaits, turning
from personavlog_embedded.scene.stage import Stage

TWOS = 2
"""Frames that a drawing stands."""
AIR = 0.03
"""Of the frame that a walker keeps from its edges."""
DRIFT = 15.0
"""Degrees by which somebody may walk beside where they look."""
NEARER, FARTHER = 1.25, 0.75
"""How much larger or smaller a walker may get."""
LEVELS = 4
"""Of loudness that hands follow."""
LOWEST = 0.4
"""Of the leg's length that hips are over the ground at least."""
BENCH = 0.07
"""Metres from the seat to the hip joint."""
TURNS = (0.3, 1.7, 2.6, 4.0)
"""Seconds between which somebody turns, and turns back."""
FOLLOWED = ("head", "wrist.L", "wrist.R", "finger3-3.L", "finger3-3.R", "lowerarm01.L", "lowerarm01.R")
STANDS = ("lowerleg01.L", "lowerleg01.R", "foot.L", "foot.R", "toe2-1.L", "toe2-1.R")
"""Joints whose movement is seen."""


@dataclass(frozen=True, eq=False)
class Moment:
    """The figures at a time, and how the picture of them has moved on the canvas (3, 3)."""

    performers: tuple[Performer, ...]
    way: Floats


@dataclass(frozen=True, eq=False)
class Player:
    """One figure and what it does. ``most`` metres it may walk, in steps for legs of ``leg`` m; ``seat`` is the height
    of what it may sit down on, m."""

    who: Performer
    acts: tuple[Move, ...]
    instructions: Instructions
    most: float = 0.0
    leg: float = 0.8
    seat: float | None = None

    @cached_property
    def stance(self) -> Stance:
        """As it is drawn."""
        return Stance(bare(self.who.shape), self.who.pose)

    @property
    def rooted(self) -> bool:
        """Whether ground or seat holds its hips."""
        return bool(self.who.pose.seat) or self.who.pose.rooted

    @cached_property
    def walk(self) -> Walk | None:
        """Its steps, None where it takes none."""
        name = next((act for act in self.acts if act in gaits()), None)
        if name is None or self.rooted:
            return None
        gait, leg = gaits()[name], self.leg
        steps = max(self._phase(gait, self.instructions.frames / self.instructions.fps), 1.0)
        shortest = SHORTEST * leg * max(abs(_way(self.who)[0]), 0.5)  # Towards the lens nobody sees how long a step is.
        long = float(np.clip(self.most / steps, shortest, gait.step * leg))
        drift = np.radians(_heading(self.who) - _faces(self.who))
        return Walk(
            self.stance, gait, long, max(np.floor(self.most / long), 1.0), np.array([np.sin(drift), 0, np.cos(drift)])
        )

    def at(self, seconds: float) -> tuple[Performer, float]:
        """The figure, its walk taken out, and the metres that it has walked."""
        pose, hips = self.who.pose, Hips()
        for act in self.acts:
            if act in moves() and (act != "sit down" or self.seat is not None):
                pose, more = gesture(moves()[act], pose, self.who.pose, self._clock(act, seconds), self._strength)
                hips = hips.plus(more)
        if self.walk is not None:
            return self._walking(self.walk, pose, seconds)
        if "turn" in self.acts and not self.rooted:
            pose, yaw = turning(self.stance, pose, self._turned(seconds), -1.0 if _faces(self.who) > 0 else 1.0)
            return replace(self.who, pose=pose, yaw=round(self.who.yaw + yaw, 1)), 0.0
        if hips.rest or (self.rooted and not hips.stand):
            return replace(self.who, pose=pose), 0.0
        return self._placed(*self._over(pose, hips)), 0.0

    @property
    def _strength(self) -> float:
        return self.instructions.temper.person

    def _clock(self, act: Move, seconds: float) -> float:
        move = moves()[act]
        if move.clock == "time":
            return looped(move, seconds, self.instructions.fps, self.instructions.temper.pace)
        return self._loud(seconds)

    def _loud(self, seconds: float) -> float:
        """How far the hands follow the voice, in a few levels; phrases of their own where nothing is heard."""
        voice, number = self.instructions.voice, round(seconds * self.instructions.fps)
        if voice is None:
            level = float(np.clip(0.5 - 0.9 * np.cos(2 * np.pi * 0.55 * seconds), 0, 1))
        else:
            level = float(np.mean(voice[max(number - 8, 0) : number + 5]))
        return round(level * LEVELS) / LEVELS

    def _phase(self, gait: Gait, seconds: float) -> float:
        """Steps made: the first one begins gently."""
        ramp, rate = 0.5, gait.cadence * float(np.clip(self.instructions.temper.pace, 0.75, 1.3))
        early = min(seconds, ramp)
        return rate * (early**2 / (2 * ramp) + max(seconds - ramp, 0))

    def _walking(self, walk: Walk, pose: Pose, seconds: float) -> tuple[Performer, float]:
        drawings = walk.gait.drawings / 2
        phase = min(np.floor(self._phase(walk.gait, seconds) * drawings) / drawings, walk.last + 1)
        posed, beside, lift = walk.pose(pose, walk.again(phase))
        return self._placed(posed, beside, lift), walk.gone(phase)

    def _over(self, pose: Pose, hips: Hips) -> tuple[Pose, Vectors, float]:
        """Feet that stand under hips that move."""
        stance, leg = self.stance, self.stance.leg
        deepest = max(self._middle("upperleg01")[1] - stance.ground - LOWEST * leg, 0.0)
        moved = np.array([leg * hips.aside, -min(leg * hips.sink, deepest), leg * hips.ahead])
        moved = moved + hips.stand * self._standing() + hips.sit * self._sitting()
        stays = {side: foot for side, foot in stance.feet.items() if hips.leg is None or hips.leg[0] != side}
        if hips.leg is not None:
            pose = stance.bent(pose, *hips.leg)
        return stance.stepped(pose, moved, 0.0, stays), moved, hips.lift

    def _standing(self) -> Vectors:
        """From the hips as drawn to where they are over the feet."""
        hip, ankle = self._middle("upperleg01"), self._middle("foot")
        goal = ankle + np.array([0, 0.999 * self.stance.leg, 0.02])
        return np.asarray((goal - hip) * [0, 1, 1])

    def _sitting(self) -> Vectors:
        hip = self._middle("upperleg01")
        down = (self.seat or 0.0) + BENCH - (hip[1] - self.stance.ground)
        return np.array([0.0, down, -0.92 * self.stance.lengths[0]])

    def _middle(self, bone: str) -> Vectors:
        return np.asarray(np.mean([self.stance.joints[f"{bone}.{side}"] for side in "LR"], axis=0))

    def _turned(self, seconds: float) -> float:
        start, there, back, over = (at / self.instructions.temper.pace for at in TURNS)
        return float(np.interp(seconds, (start, there, back, over), (0, 1, 1, 0)))

    def _placed(self, pose: Pose, moved: Vectors, lift: float) -> Performer:
        x, _, z = self.who.turned @ moved
        where = {name: round(float(value), 4) for name, value in (("x", x), ("z", z), ("lift", lift))}
        return replace(
            self.who,
            pose=pose,
            x=self.who.x + where["x"],
            z=self.who.z + where["z"],
            lift=self.who.lift + where["lift"],
        )


@dataclass(frozen=True, eq=False)
class Acting:
    """Everybody's part. Who stands beside somebody who walks goes along."""

    cast: Cast
    players: tuple[Player, ...]

    @classmethod
    def of(cls, stage: Stage, cast: Cast, instructions: Instructions) -> Acting:
        """Of a stage's figures."""
        steps = tuple(act for act in instructions.acts if act in gaits())
        seat = next((block.high[1] for block in cast.shot.blocks), None)
        most = _room(stage, cast.shot.camera, cast.person)
        leg = min(Stance(bare(who.shape), who.pose).leg for who in cast.shot.performers)
        players = (
            Player(_settled(who), instructions.acts if who is cast.person else steps, instructions, most, leg, seat)
            for who in cast.shot.performers
        )
        return cls(cast, tuple(players))

    def at(self, seconds: float) -> Moment:
        """The figures at a time."""
        shown = [player.at(seconds) for player in self.players]
        if all(player.walk is not None for player in self.players) and len({gone for _, gone in shown}) == 1:
            return Moment(tuple(who for who, _ in shown), self._moved(shown[0][1]))
        away = [
            replace(who, x=who.x + gone * _way(player.who)[0], z=who.z + gone * _way(player.who)[1])
            for player, (who, gone) in zip(self.players, shown, strict=True)
        ]
        return Moment(tuple(away), np.eye(3))

    @property
    def walks(self) -> float:
        """-1 or 1 where the film's person walks across the picture, to its left or right; else 0."""
        aside = _way(self.cast.person)[0]
        return 0.0 if self.players[0].walk is None or abs(aside) < 0.5 else float(np.sign(aside))

    def _moved(self, gone: float) -> Floats:
        """The picture of somebody who has walked so far: as a flat figure that stands where they are."""
        camera, (aside, ahead) = self.cast.shot.camera, _way(self.cast.person)
        far = camera.distance - self.cast.person.z
        scale = far / max(far - gone * ahead, 0.2 * far)
        across = (1 - scale) * camera.centre + camera.focal * gone * aside / (far / scale)
        return np.array([[scale, 0, across], [0, scale, (1 - scale) * camera.horizon], [0, 0, 1]])


def _settled(who: Performer) -> Performer:
    """The figure with its pose in directions alone."""
    pose = settled(bare(who.shape), who.pose)
    left, right = (replace(arm, to="") for arm in (pose.left, pose.right))
    return replace(who, pose=replace(pose, left=left, right=right, planted=()))


def outline(performers: Sequence[Performer], camera: Camera) -> Floats:
    """(n, 2) px: the joints that show what figures do."""
    return np.concatenate([camera.px(_joints(who)) for who in performers])


def _joints(who: Performer) -> Vectors:
    joints = posed(bare(who.shape), who.pose).joints
    at = np.array([joints[name] for name in (*FOLLOWED, *STANDS)])
    at[:, 1] += who.lift - min(joints[name][1] for name in STANDS)
    return np.asarray(at @ who.turned.T + [who.x, 0, who.z])


def _faces(who: Performer) -> float:
    """Degrees, -180 to 180: 0 to the lens, 90 to the picture's right."""
    return (who.faces + 180) % 360 - 180


def _heading(who: Performer) -> float:
    """Where it walks: who is turned aside goes a little more aside, since nobody can come much nearer in a picture."""
    faces = _faces(who)
    aside = min(abs(faces), 180 - abs(faces))
    more = float(np.clip(aside - DRIFT, 0, min(DRIFT, 90 - aside)))
    return float(np.sign(faces)) * (abs(faces) + (more if abs(faces) < 90 else -more))


def _way(who: Performer) -> tuple[float, float]:
    """To the picture's right, and to the lens."""
    yaw = np.radians(_heading(who))
    return float(np.sin(yaw)), float(np.cos(yaw))


def _room(stage: Stage, camera: Camera, who: Performer) -> float:
    """Metres that the figure can walk before the frame ends or it gets too large or small."""
    at, (aside, ahead), far = outline([who], camera), _way(who), camera.distance - who.z
    air, left, right = AIR * stage.width, stage.margin, stage.margin + stage.width
    most = 99.0
    if abs(aside) > 0.2:
        edge = right - air - float(at[:, 0].max()) if aside > 0 else float(at[:, 0].min()) - left - air
        most = max(edge, 0.0) * far / camera.focal / abs(aside)
    if abs(ahead) > 0.05:
        top = float(at[:, 1].min()) - 0.12 * camera.focal / far
        above = (camera.horizon - stage.margin - AIR * stage.height) / max(camera.horizon - top, 1.0)
        scale = float(np.clip(above, 1.1, NEARER)) if ahead > 0 else FARTHER
        most = min(most, abs(far - far / scale) / abs(ahead))
    return most
