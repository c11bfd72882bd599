"""The build of the film's person: what the script says of sex and years, never what a photo might suggest of origin."""

from __future__ import annotations

import re
from dataclasses import replace

from personavlog_embedded.figure.shape import Shape

FEMALE = re.compile(
    r"\b(wom[ae]n|girl|lady|female|she|her|mother|grandmother|daughter|sister|aunt)\b|女|妈|奶奶|姐|妹", re.I
)
MALE = re.compile(r"\b(m[ae]n|boy|gentleman|male|he|his|father|grandfather|son|brother|uncle)\b|男|爸|爷爷|哥|弟", re.I)
YEARS = re.compile(r"\b(\d{1,2})[- ]?(years?[- ]old|岁)|(\d{1,2}) ?岁", re.I)
OLD = re.compile(
    r"\b(elderly|old (wom[ae]n|m[ae]n|lady)|grand(mother|father)|pensioner|retired)\b|老人|奶奶|爷爷", re.I
)
FAR = 0.95
"""How far towards one sex the words bring the shape: bodies overlap."""
AGED = 72.0


def shape_of(photo: Shape, who: str) -> Shape:
    """``photo`` is what the photo says (a child or not), ``who`` the character's appearance in words."""
    female, male = bool(FEMALE.search(who)), bool(MALE.search(who))
    sex = 0.5 if female == male else FAR if male else 1 - FAR
    found = YEARS.search(who)
    said = float(found.group(1) or found.group(3)) if found else AGED if OLD.search(who) else photo.years
    return replace(photo, male=sex, years=said if (said < 16) == (photo.years < 16) else photo.years)
