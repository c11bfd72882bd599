"""Words that a face can show: where somebody looks and what they do; English and Chinese, each with its expression.

Sideways values are for a person who looks to the picture's right, unless the words name a side. Of each table the first
that fits counts.
"""

from __future__ import annotations

import re

from personavlog_embedded.scene.expression import Expression

E = Expression

_LOOK = r"\b(?:look|glanc|gaz|star|peer|turn|fac|watch)\w*\s+(?:\w+\s+){0,2}?"
LOOKS: tuple[tuple[str, Expression], ...] = (
    (
        r"\b(?:look|glanc|gaz|star|peer)\w*\s+(?:back|behind|over (?:\w+ )?shoulder)|\bturn\w*\s+(?:around|back)\b"
        r"|回头|回望|转身",
        E(gaze_x=0.7, turn=21, tilt=3),
    ),
    (
        _LOOK
        + r"up\b|\b(?:lift|rais)\w*\s+(?:\w+\s+)?(?:head|eyes|face|chin)\b|\b(?:sky|stars|ceiling|clouds?)\s+above\b"
        r"|抬头|仰望|向上看|看天",
        E(gaze_y=-0.7, nod=-10, brows=0.2),
    ),
    (
        _LOOK + r"(?:down|into|in)\b|\b(?:read|writ|draw|paint|stir|knead|sew|typ|sketch|crouch|bow|kneel)(?:s|es|ing|e"
        r"|ding)?\b|低头|向下看|俯视|阅读|写",
        E(gaze_y=0.6, nod=9),
    ),
    (_LOOK + r"left\b|\bleftwards?\b|(?:向|往|朝)左", E(gaze_x=-0.6, turn=-15)),
    (_LOOK + r"right\b|\brightwards?\b|(?:向|往|朝)右", E(gaze_x=0.6, turn=15)),
    (_LOOK + r"(?:away|aside|out|across|through|along|sideways)\b|看向远方|远望|望着|侧", E(gaze_x=0.5, turn=14)),
    (
        _LOOK + r"(?:at|to|toward|towards|for|from|over|inside)\b|\b(?:watch|examin|inspect|stud(?:y|ie)|notic|spot"
        r"|point)\w*|看着|盯着|观察|看见",
        E(gaze_x=0.4, gaze_y=0.12, turn=9, nod=2),
    ),
    (r"\bnod(?:s|ding)?\b|点头", E(nod=7)),
)
ACTS: tuple[tuple[str, Expression], ...] = (
    (
        r"\beyes?\s+(?:\w+\s+){0,2}(?:clos|shut)\w*|\b(?:clos|shut)\w*\s+(?:\w+\s+){0,2}eyes?\b|\b(?:asleep|sleep|doz"
        r"|nap"
        r"|medit|pray|breathes? in)\w*|闭眼|闭上|睡|冥想",
        E(eyes=-1.0),
    ),
    (r"\b(?:laugh|chuckl|giggl|grin|cheer)\w*|大笑|笑出|哈哈", E(smile=0.6, mouth=0.45, eyes=-0.12, nod=-4)),
    (
        r"\b(?:surpris|astonish|amaz|shock|startl|gasp|stunn)\w*|\bjaw drops\b|惊讶|吃惊|震惊|惊",
        E(brows=0.8, eyes=0.7, mouth=0.4),
    ),
    (r"\b(?:smil|beam)\w*|微笑|笑", E(smile=0.5, eyes=-0.05)),
    (r"\b(?:frown|scowl|worr|hesitat|doubt)\w*|皱眉|犹豫|担心", E(smile=-0.3, brows=-0.5)),
    (r"\b(?:cry|cries|crying|weep|sob|tear)(?:s|ing)?\b|哭|流泪", E(smile=-0.5, brows=0.4, eyes=-0.3, nod=5)),
    (r"\b(?:sing|shout|yell|call|announc|yawn)(?:s|ing|es)?\b|唱|喊|打哈欠", E(mouth=0.5, brows=0.2)),
    (
        r"\b(?:says?|tells?|speak|talk|explain|greet|answer|repeat|count|whisper)(?:s|ing)?\b|(?<!小)说|讲",
        E(mouth=0.22, brows=0.12),
    ),
    (r"\b(?:smell|tast|savou?r|sniff)\w*|闻|品尝", E(smile=0.15, eyes=-0.62, nod=4)),
    (
        r"\b(?:listen|hear|think|wonder|ponder|consider)\w*|听|想",
        E(brows=0.25, gaze_x=0.35, gaze_y=-0.3, turn=4, tilt=6),
    ),
    (r"\bwink\w*|\bsquint\w*|眯", E(eyes=-0.4, smile=0.2)),
)
LENS = re.compile(
    r"\b(?:look|gaz|star|fac|glanc)\w*\s+(?:\w+\s+){0,2}?(?:at|into|to|toward|towards)\s+(?:the\s+)?(?:camera|lens"
    r"|viewer)|看镜头|看着镜头|面向镜头",
    re.I,
)
