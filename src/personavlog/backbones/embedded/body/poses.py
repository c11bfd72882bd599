"""The library of poses. Sides are the picture's; every one may be mirrored."""

from __future__ import annotations

from personavlog.backbones.embedded.body.pose import Arm, Leg, Pose

SIT = Leg(thigh=14, shin=2, thigh_seen=0.42, before=True)
POSES: tuple[Pose, ...] = (
    Pose("stand", "stands still", left=Arm(6, 2), right=Arm(7, 4), left_leg=Leg(2, 0), right_leg=Leg(9, 6), head=-2),
    Pose("hands on hips", "stands with hands on hips", left=Arm(44, -46, "flat", wrist=-30), right=Arm(44, -46, "flat", wrist=-30), left_leg=Leg(8, 5), right_leg=Leg(8, 5)),
    Pose("wave", "waves hello", left=Arm(10, 2), right=Arm(62, 168, "open", wrist=-6), left_leg=Leg(2, 0), right_leg=Leg(8, 5), head=4, lean=-2),
    Pose("cheer", "cheers with raised arms", left=Arm(142, 168, "fist"), right=Arm(146, 164, "fist"), left_leg=Leg(9, 5), right_leg=Leg(9, 5)),
    Pose("point", "points at something", left=Arm(44, -46, "flat", wrist=-30), right=Arm(78, 92, "point"), left_leg=Leg(5, 2), right_leg=Leg(10, 6), head=4),
    Pose("point up", "points up", left=Arm(10, 4), right=Arm(50, 172, "point"), left_leg=Leg(2, 0), right_leg=Leg(8, 5), head=5),
    Pose("think", "thinks with a hand at the chin", left=Arm(14, -84, "flat", fore_seen=0.85), right=Arm(16, -148, "fist", upper_seen=0.86, wrist=10), left_leg=Leg(3, 1), right_leg=Leg(9, 6), head=5),
    Pose("hold", "holds a thing in both hands", left=Arm(14, -98, "grip", True, fore_seen=0.72), right=Arm(14, -98, "grip", True, fore_seen=0.72), left_leg=Leg(3, 1), right_leg=Leg(8, 5)),
    Pose("hold one", "holds up a thing in one hand", left=Arm(10, 4), right=Arm(26, 142, "grip", True, fore_seen=0.9), left_leg=Leg(2, 0), right_leg=Leg(8, 5)),
    Pose("read", "reads a book", left=Arm(15, -122, "grip", True, fore_seen=0.82), right=Arm(15, -122, "grip", True, fore_seen=0.82), left_leg=Leg(3, 1), right_leg=Leg(8, 5), head=-3),
    Pose("phone", "looks at a phone", left=Arm(12, 6), right=Arm(18, -136, "grip", True, fore_seen=0.9, wrist=-10), left_leg=Leg(2, 0), right_leg=Leg(9, 6), head=6),
    Pose("photo", "takes a photo", left=Arm(34, -158, "grip", True, fore_seen=0.8), right=Arm(34, -158, "grip", True, fore_seen=0.8), left_leg=Leg(6, 3), right_leg=Leg(6, 3)),
    Pose("drink", "drinks or eats", left=Arm(10, 3), right=Arm(30, -140, "grip", True, upper_seen=0.9, wrist=-6), left_leg=Leg(2, 0), right_leg=Leg(8, 5), head=-3),
    Pose("walk", "walks", left=Arm(22, 6, behind=True), right=Arm(20, 62), left_leg=Leg(22, 48, toe=1), right_leg=Leg(26, 6, toe=1), turned=0.6, lean=3),
    Pose("run", "runs", left=Arm(52, -28, "fist", behind=True), right=Arm(34, 128, "fist"), left_leg=Leg(24, 96, toe=1, shin_seen=0.9), right_leg=Leg(62, 4, toe=1), turned=0.6, lean=10, half=False),
    Pose("jump", "jumps for joy", left=Arm(140, 158, "open"), right=Arm(140, 158, "open"), left_leg=Leg(28, 74, shin_seen=0.8), right_leg=Leg(44, -34, toe=1), half=False),
    Pose("sit", "sits on a bench", left=Arm(18, -14, "flat"), right=Arm(18, -14, "flat"), left_leg=SIT, right_leg=SIT, seat="bench"),
    Pose("sit ground", "sits cross-legged on the ground", left=Arm(26, 4, "flat"), right=Arm(26, 4, "flat"), left_leg=Leg(66, -82, 0.8, 0.78, before=True, toe=1), right_leg=Leg(66, -76, 0.8, 0.78, before=True, toe=-1), seat="ground"),
    Pose("crouch", "crouches down", left=Arm(20, -16, "flat"), right=Arm(34, -30, "relaxed"), left_leg=Leg(58, -8, 0.62, 0.8, before=True), right_leg=Leg(58, -8, 0.62, 0.8, before=True), half=False),
    Pose("arms crossed", "stands with crossed arms", left=Arm(16, -92, "fist", fore_seen=0.9), right=Arm(16, -86, "fist", fore_seen=0.9), left_leg=Leg(5, 2), right_leg=Leg(8, 5)),
    Pose("hug", "hugs self", left=Arm(20, -112, "flat", fore_seen=1.0), right=Arm(20, -104, "flat", fore_seen=1.0), left_leg=Leg(2, 0), right_leg=Leg(4, 2), head=-6),
    Pose("heart", "lays a hand on the heart", left=Arm(10, 4), right=Arm(24, -112, "flat", fore_seen=0.82), left_leg=Leg(2, 0), right_leg=Leg(8, 5), head=4),
    Pose("dance", "dances", left=Arm(118, 158, "open"), right=Arm(74, 112, "open"), left_leg=Leg(14, 24), right_leg=Leg(40, -18, toe=1), lean=-8, head=6),
    Pose("open arms", "opens the arms wide", left=Arm(72, 96, "open"), right=Arm(72, 96, "open"), left_leg=Leg(7, 4), right_leg=Leg(7, 4)),
    Pose("stretch", "stretches", left=Arm(158, 196, "fist"), right=Arm(154, 192, "fist"), left_leg=Leg(6, 3), right_leg=Leg(6, 3), lean=3),
    Pose("cheeks", "holds both cheeks", left=Arm(34, -166, "flat", upper_seen=0.9, wrist=6), right=Arm(34, -166, "flat", upper_seen=0.9, wrist=6), left_leg=Leg(3, 0), right_leg=Leg(3, 0)),
    Pose("reach", "reaches out a hand", left=Arm(12, 6), right=Arm(64, 84, "open", fore_seen=0.9), left_leg=Leg(8, 20, toe=1), right_leg=Leg(14, 4, toe=1), turned=0.4, lean=6),
    Pose("lean", "leans at ease", left=Arm(46, -50, "flat", wrist=-30), right=Arm(34, 24, "flat"), left_leg=Leg(-4, -6), right_leg=Leg(2, -12), lean=6, head=-8),
    Pose("work", "works with both hands", left=Arm(18, -58, "grip", fore_seen=0.8), right=Arm(18, -50, "grip", True, fore_seen=0.85), left_leg=Leg(3, 1), right_leg=Leg(5, 2), table=True, lean=0, head=3),
    Pose("look away", "looks away into the distance", left=Arm(10, 5), right=Arm(12, 6), left_leg=Leg(3, 1), right_leg=Leg(7, 4), back=True),
    Pose("shade eyes", "shades the eyes and looks far", left=Arm(44, -46, "flat", wrist=-30), right=Arm(58, -142, "flat", upper_seen=0.95, wrist=22), left_leg=Leg(4, 2), right_leg=Leg(8, 5)),
)  # fmt: skip
BY_NAME = {pose.name: pose for pose in POSES}
