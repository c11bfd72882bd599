"""What a clip lets the person do: what the board's act and pose say, and what the description's words add; and what of
those words cannot be done."""

from __future__ import annotations

import re

from personavlog.script import Board, VideoDescription
from personavlog_embedded.body.acts import ACTS, Move
from personavlog_embedded.body.poses import POSES

_WORDS: dict[Move, str] = {
    "run": r"\b(run|jog|sprint|chas)(s|es|ing|ning|ging)?\b|奔跑|跑",
    "walk": (
        r"\b(walk|stroll|strid|wander|hik|march|climb|step(s|ping)? (forward|on|ahead|up|into)|slow steps|careful "
        r"steps|one step after)\w*|走|散步|爬"
    ),
    "wave": (
        r"\bwav(e|es|ing) (to|at|with|hello|goodbye|one|a|her|his|their|both|back)\b|\b(and|s?he|they) waves?\b(?! "
        r"(of|in|on|roll|break|lap))|挥手|招手"
    ),
    "point": r"\bpoint(s|ing)?\b|指着|指向",
    "cheer": r"\b(cheer|rejoic|celebrat|throws? both arms|arms up|jump)\w*|欢呼|庆祝|跳",
    "dance": r"\b(danc|sway(s|ing)? from side|sways a little|in rhythm with|rocks on the toes)\w*|跳舞|起舞",
    "drink": r"\b(drink|sip|sips|sipping|eat|eats|eating|bite|tastes?|tasting|lifts the cup|slurp)\w*\b|喝|吃|尝",
    "read": r"\b(read|reads|reading|page|pages|lines)\b|读|看书|阅读",
    "work": (
        r"\b(work|works|working|typ(e|es|ing)|writ(e|es|ing)|cook|stir|draw|paint|sew|knead|carv|play)\w*|写|画|打字|做饭"
        r"|工作"
    ),
    "reach": r"\b(reach|stretch)(es|ing)?\b|伸手|够",
    "crouch": r"\b(crouch|bend(s|ing)? down|squat)\w*|蹲|弯腰",
    "kneel": r"\bkneel\w*|跪",
    "turn": r"\bturn(s|ing)? (once )?(around|away|to the side)\b|\bspin(s|ning)?\b|\bpirouett|转身|转圈",
    "sit down": r"\b(sits?|sitting) down\b|坐下",
    "stand up": r"\b(stands?|standing|gets?|getting|rises?) up\b|站起",
    "talk": r"\b(talk|speak|say|tell|explain|gestur)\w*|说|讲|聊",
    "laugh": r"\b(laugh|giggl|chuckl)\w*|笑",
    "nod": r"\bnod(s|ding)?\b(?! in)|点头",
    "look": (
        r"\b(look|glanc|gaz|turns? the head|turn(s|ing)? (her|his|their) head|follow|watch|eyes wander|scan)\w*"
        r"|看|望|环顾"
    ),
    "hold": r"\b(hold|holds|holding|turns the (object|thing)|lifts it)\b|拿|捧",
    "carry": r"\bcarr(y|ies|ying)\b|搬|抱",
}
_ARMS: frozenset[Move] = frozenset(("wave", "point", "cheer", "work", "reach", "drink", "read", "hold"))
_STEPS: frozenset[Move] = frozenset(("walk", "run"))
_RISES: frozenset[Move] = frozenset(("turn", "kneel", "sit down"))
_BODIED = _ARMS | _STEPS | _RISES | {"dance", "crouch", "stand up", "carry"}
_BEYOND = (
    (r"\b(lies|lays|lying) down\b|躺下", "lie down"),
    (r"\b(hug|embrac|kiss)\w*|拥抱|亲吻", "hug"),
    (r"\b(fall|trip|stumbl)(s|ing)\b(?! (in|on|from|asleep|like|softly|gently))|摔倒", "fall"),
)
_PLAIN: dict[Move, str] = {
    "drink": "drink or eat",
    "work": "work with the hands",
    "hold": "move what is held",
    "look": "look around",
    "turn": "turn around",
}


def acts(pose: str, description: VideoDescription, board: Board, seat: bool = False) -> tuple[Move, ...]:
    """At most three: what the act's or the pose's own movement is first, then what the description's words ask for that
    goes with it. ``seat`` tells that something to sit on is drawn with the person."""
    own = _own(pose, board)
    words = f"{description.motion} {description.detail}"
    asked = sorted(
        (found.start(), move) for move, pattern in _WORDS.items() if (found := re.search(pattern, words, re.I))
    )
    fitting = [move for _, move in asked if _fits(move, own, pose, seat)]
    return tuple(dict.fromkeys((*own, *fitting)))[:3]


def rooted(pose: str) -> bool:
    """Whether a seat, a table or the ground holds the hips of who stands so."""
    known = POSES.get(pose)
    return known is not None and (bool(known.seat) or known.rooted)


def _own(pose: str, board: Board) -> tuple[Move, ...]:
    """The board's act where the pose shows it; else what people mostly do in the pose."""
    if board.act is not None and pose in ACTS[board.act].poses:
        return ACTS[board.act].moves
    return next((row.moves for row in ACTS.values() if row.poses[0] == pose), ())


def _fits(move: Move, own: tuple[Move, ...], pose: str, seat: bool) -> bool:
    """Whether a body in this pose can do it: nobody walks on a chair, and arms do one thing at a time."""
    if move in _STEPS:
        return not rooted(pose) and own in ((), ("hold",), ("carry",))
    if move == "stand up":
        return pose in POSES and POSES[pose].seat == "bench"
    if move in _RISES:
        return not rooted(pose) and not _STEPS & set(own) and (seat or move != "sit down")
    return not (move in _ARMS and own and own[0] in _ARMS)


def beyond(done: tuple[Move, ...] | None, description: VideoDescription) -> tuple[str, ...]:
    """One sentence for everything asked of the person that they do not do; ``done`` None: not drawn."""
    missed = [name for pattern, name in _BEYOND if re.search(pattern, description.motion, re.I)]
    asked = [act for act, pattern in _WORDS.items() if re.search(pattern, description.motion, re.I)]
    missed += [
        _PLAIN.get(act, act)
        for act in asked
        if act not in (done or ()) and (done is not None or act in _BODIED - _STEPS)
    ]
    drawn = "write it into the shot's action with edit, and it is drawn in another pose"
    why = drawn if done is not None else "they are shown as in the photo"
    return tuple(f"The person cannot {name} in this shot: {why}." for name in dict.fromkeys(missed))
