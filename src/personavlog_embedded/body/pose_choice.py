"""Which pose a board asks for: by its words, else by what the words mean, else by the mood; neighbours in a film never
stand alike."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from personavlog.metrics import text
from personavlog.metrics.text_table import table
from personavlog.script import Emotion, Framing
from personavlog_embedded.body.hand_props import first_prop
from personavlog_embedded.body.pose import Pose
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\b(umbrella|parasol)|伞", ("umbrella",)),
    (r"\b(kites?|balloons?)\b|风筝|气球", ("fly",)),
    (r"\b(lies|lying|lays? (down|back)|asleep|sleeps?|naps?|dozes?)\b|躺|睡", ("lie", "sit ground", "stretch")),
    (r"\b(paint(s|ing)?|easel|brush stroke)\b(?! (shop|on the wall))|画画|绘画|作画", ("paint", "work")),
    (r"\b(dig|shovel|spade)\w*|挖|铲", ("dig", "plant", "reach")),
    (
        r"\b(plants?|planting|weeds?|sows?|sowing|picks? (up|flowers?|berries|mushrooms?|shells?)|harvest\w*|kneels? "
        r"(beside|over))\b"
        r"|种|捡|采",
        ("plant", "reach"),
    ),
    (
        r"\b(pray|wish(es|ing)?\b|bows? (her|his|their) head|folds? (the|her|his|their) hands)\w*|祈祷|许愿",
        ("pray", "heart"),
    ),
    (r"\b(rows?|rowing|paddl\w*)\b(?! of)|划船", ("row", "play")),
    (
        r"\b(plays?|playing|strum\w*|practi[sc]\w*) (the |a |his |her |their )?(\w+ )?(guitar|violin|cello|lute|ukulele"
        r"|banjo|instrument|drum|piano)|\bstrum\w*"
        r"|弹|拉琴",
        ("play", "work"),
    ),
    (
        r"\b(cook|stir|bak(e|es|ing)\b|knead|chop|fry|fries|simmer|brew|pours?\b|soup)\w*|做饭|炒|煮|烤",
        ("cook", "work"),
    ),
    (r"\b(writ|sketch|draw(s|ing)\b|signs\b|doodl)\w*|写|画", ("write", "work")),
    (
        r"\b(at|behind) (a|an|the|her|his|their) (\w+ )?(table|desk|counter|stall|workbench)\b|桌前|柜台",
        ("work", "hold"),
    ),
    (
        r"\b((open|spread|stretch)\w* (\w+ )?(both )?arms|arms (wide|open|spread|outstretched)|welcom\w*|embrac\w*)"
        r"|欢迎|张开",
        ("open arms", "wave"),
    ),
    (
        r"\b(cross-?legged|sits? (\w+ )?([io]n the (\w+ )?(ground|floor|grass|sand|dust|snow|leaves|rug|blanket|steps?"
        r"|roof))|picnic)"
        r"|席地|盘腿",
        ("sit ground", "sit"),
    ),
    (r"\b(sits?|sitting|seated|sinks? into|settles? (in|into|down)|bench|sofa|armchair)\b|坐", ("sit", "sit ground")),
    (
        r"\b((arms|hands) (are )?(up|raised|in the air|overhead|high)|rais\w+ both (arms|hands)|cheer|celebrat"
        r"|throws? (up )?(both|her|his|their) (arms|hands)|victory)\w*|\bwins?\b|欢呼|庆祝",
        ("cheer", "jump"),
    ),
    (r"\b(jump|leap|hops?)\w*|跳起|跳跃", ("jump", "cheer")),
    (r"\b(danc|twirl|spins?|waltz)\w*|跳舞|起舞", ("dance", "open arms")),
    (r"\b(runs?|running|sprint|race|races|chas|dash|hurr|rush)\w*\b|奔跑|跑|追", ("run", "walk")),
    (r"\b(crouch|kneel|squat|bends? (down|over)|pets?|strok)\w*|蹲|跪|弯腰", ("crouch", "kneel", "reach")),
    (
        r"\b(search|hunt|explor|look(s|ing)? (around|for)|looks? everywhere|peer|rummag|seek)\w*|寻找|四处|张望",
        ("search", "shade eyes", "think"),
    ),
    (
        r"\b(walk|stroll|wander|strid|hik|march|climb|cross(es|ing)\b(?! (arms|her arms|his arms))|steps?\b|follows?"
        r"|enters?|arrives?|comes around|heads? (for|to|down))\w*|走|散步|漫步",
        ("walk", "reach", "look away"),
    ),
    (
        r"\b(take|takes|taking|snap|snaps|shoot|shoots) (a |the |one |another )?(\w+ )?(photo|picture|selfie|shot)s?"
        r"|\bphotograph|(?<!at the )(?<!to the )(?<!for the )(?<!into the )\bcamera\b|拍照|照相|相机",
        ("photo", "phone"),
    ),
    (
        r"\b(typ(e|es|ing)|cut|sew|carv|build|repair|fix|solder|mix|wash|plays? the|work|polish|wrap|fold)\w*"
        r"|打字|工作|修",
        ("work", "hold"),
    ),
    (r"\b(phone|texts?|message|scroll|screen|tablet|map)\w*|手机|地图", ("phone", "hold one")),
    (r"\b(read|book|letter|newspaper|diary|page|postcard)\w*|读|看书|书|信", ("read", "hold")),
    (r"\b(drink|sip|eat|bite|taste|tasting|slurp|chew|snack|swallow)\w*|喝|吃|尝", ("drink", "hold one")),
    (r"\bwav(e|es|ing)\b(?! (of|break|lap|roll))|greet|goodbye|hello\b|挥手|招手|再见", ("wave", "open arms")),
    (r"\bpoint(s|ing)? (up|at the (sky|star|moon|cloud|bird|roof))|指着(天|星|月)", ("point up", "point")),
    (r"\bpoint(s|ing)?\b|\bshow(s|ing)? the way|指着|指向", ("point", "point up")),
    (
        r"\b(think|ponder|wonder|consider|decid|hesitat|puzzl|stud(y|ies)|examin|inspect|chin)\w*|想|思考|犹豫",
        ("think", "arms crossed"),
    ),
    (r"\b(hug|cold|shiver|freez|wraps? (her|his|their) arms)\w*|冷|抱住自己", ("hug", "arms crossed")),
    (
        r"\b(surpris|shock|gasp|amaz|can(not|'t) believe|covers? (her|his|their) (mouth|face)|astonish)\w*|惊",
        ("cheeks", "heart"),
    ),
    (
        r"\b(touched|thank|grateful|heart|moved|remember|proud|breathes? (in|deep)|sighs?)\w*|感动|感谢|深呼吸",
        ("heart", "hands on hips"),
    ),
    (
        r"\b(stretch\w*(?! (out )?(a|one|her|his|their) (hand|arm))|yawn|wakes?)\w*|伸懒腰|打哈欠|醒",
        ("stretch", "open arms"),
    ),
    (r"\b(lean|rests? (against|on)|railing|wall)\w*|靠", ("lean", "arms crossed")),
    (
        r"\b(looks? (back|away|out|up at|over|across)|gaz|watch|stares? (at|into|out)|view|horizon|sunset|skyline)\w*"
        r"|远望"
        r"|眺望|望着|看着",
        ("look away", "shade eyes", "hands on hips"),
    ),
    (
        r"\b(reach|touch|stretch(es)? (out )?(a|one|her|his|their)|press|knock|open(s|ing)? the|push|pull|grab|feed"
        r"|gives?"
        r"|hands (over|out|back)\b)\w*|伸手|摸|推|拉|喂",
        ("reach", "hold one"),
    ),
    (r"\b(lift|hold|rais)\w* (\w+ ){1,5}(high|aloft)\b|高举|举高", ("hold high", "hold one")),
    (r"\b(carr(y|ies|ying)|lugs?|hauls?|drags?|brings?|fetch\w*)\b|提着|拎", ("carry", "hold")),
    (
        r"\b(hold|lift|balanc|shows?|unwrap|unpack|open|bring|buys?|gets?|receiv|hug(s|ging)? the)\w*|拿|捧|举|抱",
        ("hold", "hold one"),
    ),
    (r"\b(look|glanc|search|scan|spot)\w*|看|找", ("shade eyes", "hands on hips", "think")),
    (r"\b(talk|speak|explain|tell|laugh|smil|gestur|says?|sing)\w*|说|讲|聊|笑|唱", ("explain", "open arms", "heart")),
)
"""What words ask for, the most telling first: poses that fit them, the best first."""
MOODS: dict[Emotion, tuple[str, str, str]] = {
    Emotion.JOYFUL: ("wave", "hands on hips", "open arms"),
    Emotion.CALM: ("stand", "hands on hips", "lean"),
    Emotion.CURIOUS: ("point", "think", "shade eyes"),
    Emotion.TENSE: ("arms crossed", "hug", "cheeks"),
    Emotion.NOSTALGIC: ("stand", "heart", "lean"),
    Emotion.EXCITED: ("wave", "cheer", "open arms"),
    Emotion.MELANCHOLIC: ("stand", "hug", "lean"),
    Emotion.PROUD: ("arms crossed", "hands on hips", "open arms"),
}
"""Where the words name no pose: one for every third shot. No pose is in two columns, so neighbours never stand alike,
whatever their moods."""
NEEDS_A_THING = frozenset({"hold", "hold one", "hold high", "read", "drink", "carry", "play"})
"""Poses whose hands look knotted when there is nothing in them."""
WALKABLE = frozenset({"umbrella", "carry", "fly", "hold one"})
STROLL = re.compile(r"\b(walk|stroll|wander|strid|hik)\w*|走|散步", re.IGNORECASE)
"""Poses of the arms that go with walking, and the words for it."""
NEAR = 0.72
"""Least cosine of an action and a pose's description that counts."""


def chosen(spec: KeyframeSpec) -> Pose:
    """The board's pose, mirrored where the person stands on the right."""
    named = (POSES[spec.pose],) if spec.pose in POSES else tuple(POSES[name] for name in _named(spec.board.action))
    fitting = [
        pose
        for pose in named
        if spec.pose == pose.name
        or (_suits(pose, spec.board.framing) and (spec.props or pose.name not in NEEDS_A_THING))
    ]
    pose = fitting[0] if fitting else POSES["stand" if first_prop(spec) else MOODS[spec.board.emotion][spec.turn % 3]]
    pose = (
        POSES["read"]
        if pose.name == "search" and (thing := first_prop(spec)) is not None and thing.name == "map"
        else pose
    )
    pose = (
        _striding(pose)
        if spec.board.framing is Framing.WIDE and pose.name in WALKABLE and STROLL.search(spec.board.action)
        else pose
    )
    return pose.mirrored() if spec.side > 0 else pose


def _striding(pose: Pose) -> Pose:
    """The pose's arms over walking legs."""
    walk = POSES["walk"]
    return replace(pose, left_leg=walk.left_leg, right_leg=walk.right_leg, turned=walk.turned, lean=walk.lean)


def _named(action: str) -> tuple[str, ...]:
    """Names of poses that the words ask for, the best first: by what they say, else by what they mean."""
    for pattern, names in WORDS:
        if re.search(pattern, action, re.IGNORECASE):
            return names
    known = list(POSES)
    scores = table([pose.about for pose in POSES.values()]) @ text.embed([action])[0]
    order = np.argsort(-scores, kind="stable")
    return tuple(known[int(k)] for k in order[:2] if scores[k] >= NEAR)


def _suits(pose: Pose, framing: Framing) -> bool:
    return framing is Framing.WIDE or (pose.half and not pose.back)
