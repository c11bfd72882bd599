"""What an instruction means when no rule knows its words: the nearest sentence of a phrase bank."""

from __future__ import annotations

from personavlog.backbones.corrections import Correction
from personavlog.metrics import text
from personavlog_embedded.correcting import words
from personavlog_embedded.correcting.wanted import ANOTHER_POSE, Answer, Order

FLOOR = 0.80
"""Least cosine that counts as meant. Of 15 sentences that no rule knows and that mean a correction, 8 reach it, all
with the right phrase; between 0.75 and 0.80 half are wrong. Of 13 that mean none, none reaches it (0.799 at most). A
correction that is not understood is said; a wrong one would be painted."""
LONGEST = 160
"""Characters; a longer sentence means too much to be one of these."""

_ORDERS: dict[Correction, tuple[str, ...]] = {
    Correction.BIGGER: (
        "make the person bigger",
        "the person takes up too little of the frame",
        "the person is hardly visible",
    ),
    Correction.SMALLER: ("make the person smaller", "the person fills too much of the frame"),
    Correction.BRIGHTER: (
        "make the picture brighter",
        "it is hard to see anything in the dark",
        "the picture is underlit",
    ),
    Correction.DARKER: ("make the picture darker", "the highlights are blown out", "the picture is glaring"),
    Correction.SHARPER: ("make the picture sharper", "everything looks fuzzy and soft", "the picture lacks definition"),
    Correction.CLOSER: ("bring the camera closer", "frame the person more tightly"),
    Correction.WIDER: (
        "move the camera away",
        "we should see more of the place",
        "too little of the place is visible",
        "the framing is claustrophobic",
    ),
    Correction.LEFT: ("move the person to the left",),
    Correction.RIGHT: ("move the person to the right",),
    Correction.CENTRE: ("put the person in the middle of the frame",),
    Correction.WHOLE_HEAD: ("the top of the head is out of frame", "the forehead is missing"),
    Correction.SAME_FACE: (
        "this is not the same person as in the reference",
        "the face does not look like her any more",
    ),
    Correction.CALMER: ("the background is too busy", "there is too much going on behind her"),
    Correction.ODD: (
        "there is something behind her that makes no sense",
        "an object in the picture should not be there",
    ),
    Correction.OTHER_VIEW: ("show the place from another angle", "the background looks wrong, paint it again"),
}
_FEELINGS = {
    "happy": ("she looks too gloomy", "cheer her up", "the mood of the face should be positive"),
    "sad": ("she should seem heartbroken", "the face should show grief"),
    "surprised": ("she should look stunned", "her jaw drops"),
    "serious": ("the face should be solemn", "she should not look amused"),
}
_NOTES = {
    words.NO_LIMBS: (
        "her body has an impossible anatomy",
        "the hands look like claws",
        "the joints bend the wrong way",
    ),
    words.NO_CLOTHES: ("the outfit does not fit the season", "her clothing is wrong for the occasion"),
    words.NO_COLOUR: ("the colours look dull", "the colour balance is off"),
}


def nearest(plain: str) -> Answer | None:
    """The correction that a short English sentence means; None where nothing is near enough."""
    if len(plain) > LONGEST or text.is_chinese(plain) or not any(letter.isalpha() for letter in plain):
        return None
    phrases = tuple(BANK)
    index, cosine = text.nearest(plain.lower(), phrases)[0]
    return BANK[phrases[index]] if cosine >= FLOOR else None


def _bank() -> dict[str, Answer]:
    bank: dict[str, Answer] = {
        phrase: (Order(correction),) for correction, phrases in _ORDERS.items() for phrase in phrases
    }
    bank |= {
        phrase: (Order(Correction.EXPRESSION, feeling),) for feeling, phrases in _FEELINGS.items() for phrase in phrases
    }
    for note, phrases in _NOTES.items():
        pose = (Order(Correction.POSE, ANOTHER_POSE),) if note == words.NO_LIMBS else ()
        bank |= {phrase: (*pose, note) for phrase in phrases}
    return bank


BANK = _bank()
"""Each phrase with what it asks for."""
