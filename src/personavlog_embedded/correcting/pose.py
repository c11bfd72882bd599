"""The pose of the painter's library that an instruction asks for."""

from __future__ import annotations

import re

from personavlog.metrics import text
from personavlog_embedded.body.poses import POSES

FLOOR = 0.82
"""Least cosine of the words and a pose's description; of 14 poses that the library has not, the nearest reaches
0.78."""
_WORDS: tuple[tuple[str, str], ...] = (
    (r"\bpoint\w* up", "point up"),
    (r"\bpoint\w*", "point"),
    (r"\bwav(?:e|es|ing)\b", "wave"),
    (r"\bhips?\b|\bwaist\b", "hands on hips"),
    (r"\b(?:arms?|hands?) (?:\w+ )?(?:crossed|folded)|\b(?:cross|fold)\w* (?:\w+ )?arms", "arms crossed"),
    (
        r"\b(?:arms?|hands?) (?:\w+ )?(?:spread|stretched|outstretched|open)|\b(?:spread|open)\w* (?:\w+ )?arms",
        "open arms",
    ),
    (r"\bshad\w+ (?:\w+ )?eyes", "shade eyes"),
    (
        r"\b(?:arms?|hands?) (?:\w+ )?(?:raised|up|lifted|in the air|overhead)|\b(?:rais|lift)\w* (?:\w+ ){0,2}(?:arms"
        r"|hands)|\b(?:cheering|celebrat\w+)",
        "cheer",
    ),
    (r"\b(?:rais|lift)\w* (?:\w+ ){0,2}(?:arm|hand)\b|\bsalut\w+", "wave"),
    (r"\bphone\b", "phone"),
    (r"\b(?:tak\w+ (?:\w+ )*(?:photo|picture)|camera)", "photo"),
    (r"\bread(?:s|ing)?\b", "read"),
    (r"\b(?:drink\w*|sips?|sipping|eat(?:s|ing)?)\b", "drink"),
    (r"\bhold\w*|\bcarr\w+|\bgrip\w*|\bclutch\w*", "hold one"),
    (r"\bchin\b|\bthink\w*", "think"),
    (r"\bheart\b|\bchest\b", "heart"),
    (r"\bcheeks?\b", "cheeks"),
    (r"\b(?:sit(?:s|ting)?|seated)\b.*\b(?:ground|grass|floor|sand|cross)|\bcross-?legged", "sit ground"),
    (r"\b(?:sit(?:s|ting)?|seated)\b", "sit"),
    (r"\b(?:crouch\w*|squat\w*|kneel\w*)", "crouch"),
    (r"\b(?:walk\w*|stroll\w*)\b", "walk"),
    (r"\b(?:run(?:s|ning)?|jogging)\b", "run"),
    (r"\bjump\w*", "jump"),
    (r"\bdanc(?:e|es|ing)\b", "dance"),
    (r"\bhugg\w+", "hug"),
    (r"\bstretch(?:es|ing)?\b", "stretch"),
    (r"\breach\w*", "reach"),
    (r"\blean\w*", "lean"),
    (r"\b(?:back|behind|away)\b", "look away"),
    (
        r"\bstand\w*|\bupright\b|\b(?:arms?|hands?) (?:\w+ )?(?:down|lowered)|\blower\w* (?:\w+ ){0,2}(?:arms?|hands?)",
        "stand",
    ),
)


def pose_of(words: str) -> str | None:
    """The pose's name in the library; None where none is meant."""
    plain = words.lower().strip()
    if plain in POSES:
        return plain
    found = next((name for pattern, name in _WORDS if re.search(pattern, plain) and name in POSES), None)
    if found is not None or re.search(r"\b(?:lying|lie|lies)\b", plain):
        return found
    index, cosine = text.nearest(plain, [pose.about for pose in POSES.values()])[0]
    return list(POSES)[index] if cosine >= FLOOR else None
