"""The library of poses. Sides are the picture's; every one may be mirrored."""

from __future__ import annotations

from personavlog.backbones.embedded.body.pose import Arm, Leg, Pose

HANGS = Arm(7, 4)
ON_HIP = Arm(44, -42, "fist", wrist=-20)
POSES: tuple[Pose, ...] = (
    Pose("stand", "stands still", left=Arm(6, 2), right=Arm(7, 4), head=-2),
    Pose("hands on hips", "stands with hands on hips", left=ON_HIP, right=ON_HIP, left_leg=Leg(8, 5), right_leg=Leg(8, 5)),
    Pose("wave", "waves hello", left=HANGS, right=Arm(62, 168, "open", wrist=-6), head=4, lean=-2),
    Pose("cheer", "cheers with raised arms", left=Arm(142, 168, "fist"), right=Arm(146, 164, "fist"), left_leg=Leg(9, 5), right_leg=Leg(9, 5)),
    Pose("point", "points at something", left=ON_HIP, right=Arm(78, 92, "point"), left_leg=Leg(5, 2), right_leg=Leg(10, 6), head=4),
    Pose("point up", "points up", left=HANGS, right=Arm(50, 172, "point"), head=5),
    Pose("think", "thinks with a hand at the chin", left=Arm(10, -86, "flat", fore_seen=0.9), right=Arm(18, -141, "fist", upper_seen=0.64, wrist=4), head=5),
    Pose("hold", "holds a thing in both hands", left=Arm(14, -98, "grip", True, fore_seen=0.72), right=Arm(14, -98, "grip", True, fore_seen=0.72)),
    Pose("hold one", "holds up a thing in one hand", left=HANGS, right=Arm(26, 142, "grip", True, fore_seen=0.9)),
    Pose("read", "reads a book", left=Arm(15, -122, "grip", True, fore_seen=0.82), right=Arm(15, -122, "grip", True, fore_seen=0.82), head=-3),
    Pose("phone", "looks at a phone", left=Arm(7, 5), right=Arm(12, -140, "grip", True, upper_seen=0.9, fore_seen=0.85, wrist=-10), head=6),
    Pose("photo", "takes a photo", left=Arm(30, -130, "grip", True, upper_seen=0.62, wrist=-34),
         right=Arm(30, -130, "grip", True, upper_seen=0.62, wrist=-34), left_leg=Leg(6, 3), right_leg=Leg(6, 3)),
    Pose("drink", "drinks or eats", left=HANGS, right=Arm(26, -146, "grip", True, upper_seen=0.68, fore_seen=0.88, wrist=-6), head=-3),
    Pose("walk", "walks", left=Arm(22, 6, behind=True), right=Arm(20, 62), left_leg=Leg(22, 48, toe=1), right_leg=Leg(26, 6, toe=1), turned=0.6, lean=3),
    Pose("run", "runs", left=Arm(52, -28, "fist", behind=True),
         right=Arm(34, 128, "fist"), left_leg=Leg(24, 96, toe=1, shin_seen=0.9), right_leg=Leg(62, 4, toe=1), turned=0.6, lean=10, half=False),
    Pose("jump", "jumps for joy", left=Arm(140, 158, "open"),
         right=Arm(140, 158, "open"), left_leg=Leg(28, 74, shin_seen=0.8), right_leg=Leg(44, -34, toe=1), half=False),
    Pose("sit", "sits on a bench", left=Arm(14, -36, "flat", fore_seen=0.9), right=Arm(20, 34, "flat", fore_seen=0.9),
         left_leg=Leg(-60, 5, 0.92, toe=0.9, before=True), right_leg=Leg(70, 2, 0.92, toe=0.9, before=True), turned=0.5, lean=-3, seat="bench"),
    Pose("sit ground", "sits cross-legged on the ground", left=Arm(26, 4, "flat"), right=Arm(26, 4, "flat"),
         left_leg=Leg(66, -82, 0.8, 0.78, before=True, toe=1), right_leg=Leg(66, -76, 0.8, 0.78, before=True, toe=-1), seat="ground"),
    Pose("crouch", "crouches down", left=Arm(24, -30, "flat"), right=Arm(26, 34, "open"),
         left_leg=Leg(4, 82, 0.95, 0.4, toe=-0.6), right_leg=Leg(78, -4, 0.7, 0.86, toe=0.6, before=True), lean=7, head=4, half=False),
    Pose("arms crossed", "stands with crossed arms", left=Arm(8, -98, "flat", upper_seen=0.92, wrist=8),
         right=Arm(8, -86, "flat", upper_seen=0.92, wrist=-12), left_leg=Leg(5, 2), right_leg=Leg(8, 5)),
    Pose("hug", "hugs self", left=Arm(4, -116, "flat", upper_seen=0.9, wrist=6), right=Arm(4, -107, "flat", upper_seen=0.9, wrist=4), head=-6),
    Pose("heart", "lays a hand on the heart", left=HANGS, right=Arm(15, -119, "flat", upper_seen=0.9, fore_seen=0.92, wrist=12), head=4),
    Pose("dance", "dances", left=Arm(118, 158, "open"), right=Arm(74, 112, "open"), left_leg=Leg(14, 24), right_leg=Leg(40, -18, toe=1), lean=-8, head=6),
    Pose("open arms", "opens the arms wide", left=Arm(50, 122, "open"), right=Arm(50, 122, "open"), left_leg=Leg(7, 4), right_leg=Leg(7, 4)),
    Pose("stretch", "stretches", left=Arm(158, 196, "fist"), right=Arm(154, 192, "fist"), left_leg=Leg(6, 3), right_leg=Leg(6, 3), lean=3),
    Pose("cheeks", "holds both cheeks", left=Arm(24, -150, "flat", upper_seen=0.58, wrist=-26), right=Arm(24, -150, "flat", upper_seen=0.58, wrist=-26)),
    Pose("reach", "reaches out a hand", left=Arm(12, 6),
         right=Arm(64, 84, "open", fore_seen=0.9), left_leg=Leg(8, 20, toe=1), right_leg=Leg(14, 4, toe=1), turned=0.4, lean=6),
    Pose("lean", "leans at ease", left=Arm(46, -46, "fist", wrist=-20),
         right=Arm(34, 24, "flat"), left_leg=Leg(-4, -6), right_leg=Leg(2, -12), lean=6, head=-8),
    Pose("work", "works with both hands", left=Arm(16, -56, "grip", fore_seen=0.8), right=Arm(16, -48, "grip", True, fore_seen=0.85), table=True, head=3),
    Pose("look away", "looks away into the distance", left=Arm(10, 5), right=Arm(12, 6), back=True),
    Pose("shade eyes", "shades the eyes and looks far", left=ON_HIP, right=Arm(112, -141, "flat", upper_seen=0.62, wrist=40)),
    Pose("umbrella", "holds an umbrella", left=HANGS, right=Arm(14, 160, "grip", True, upper_seen=0.95, fore_seen=0.5)),
    Pose("fly", "holds a line that goes up", left=Arm(10, 6), right=Arm(40, 156, "grip", True), head=5),
    Pose("kneel", "kneels", left=Arm(14, -40, "flat"),
         right=Arm(20, -28, "flat"), left_leg=Leg(4, 82, 0.95, 0.4, toe=-0.6), right_leg=Leg(78, -4, 0.7, 0.86, toe=0.6, before=True), half=False),
    Pose("explain", "talks and explains with both hands", left=Arm(22, 96, "open", fore_seen=0.7, wrist=20),
         right=Arm(20, 118, "open", fore_seen=0.75, wrist=10), head=3),
)  # fmt: skip
BY_NAME = {pose.name: pose for pose in POSES}
