"""Rules for instructions about what is shown: things, places, time and weather that are added, removed or replaced."""

from __future__ import annotations

import re

from personavlog.backbones.corrections import Correction
from personavlog_embedded.correcting import words
from personavlog_embedded.correcting.wanted import (
    ANOTHER_POSE,
    ARTICLE,
    THING,
    Answer,
    Order,
    first_named,
    has,
    light,
    one,
    only_light,
    thing_of,
)

_ADD = re.compile(
    r"^(?:add(?: in)?|include|insert|introduce|put in|place|put|draw|paint|show|bring in|give (?:her|him|them|it|the "
    r"\w+)"
    r"|have|(?:we|i) (?:need|want)|there (?:should|must|needs to|has to|could) be|"
    r"(?:it|the (?:picture|image|scene|shot)|she|he|they) (?:needs?|lacks?|should (?:include|show|contain|have)"
    r"|must (?:include|show|contain|have)|is missing|misses))\s+(?P<thing>.+)$"
    r"|^(?:the )?(?P<lost>.+?) (?:is|are) (?:missing|not (?:visible|shown|there|in the (?:picture|image)))$|^(?:missing"
    r"|no visible):? (?P<gone>.+)$"
    r"|^(?:the )?(?P<seen>.+?) (?:should|must|needs? to|has to) be (?:visible|seen|shown|included|present|added|in "
    r"the (?:picture|image|frame))$",
    re.IGNORECASE,
)
_REMOVE = re.compile(
    r"^(?:remove|delete|erase|eliminate|omit|hide|drop|lose|ditch|discard|scrap|clear away|get rid of|take (?:away|out"
    r"|off)|without"
    r"|there (?:should|must) (?:be no|not be(?: any)?)|"
    r"(?:don't|do not|never) (?:show|include|add|draw)|no(?: more)?)\s+(?P<thing>.+)$|^(?:the )?(?P<gone>.+?) (?:should"
    r"|must) (?:be (?:removed|deleted|gone)|not be (?:there|visible|shown))$"
    r"|^take (?:the )?(?P<out>.+?) (?:away|out|off)$",
    re.IGNORECASE,
)
_REPLACE = re.compile(
    r"^(?:replace|substitute|exchange|swap|switch) (?P<old>.+?) (?:with|by|for|against) (?P<new>.+)$|^(?:change|turn"
    r"|convert|transform) (?P<was>.+?) (?:in)?to (?P<now>.+)$"
    r"|^(?:use|show|draw) (?P<rather>.+?) (?:instead of|rather than) (?P<than>.+)$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:another|a different|new|change(?: the)?|different) (?:place|location|setting|scene|background):? ?(?:to "
    r")?(?P<new>.*)$"
    r"|^(?:background|place|location|setting)\s*[:=] ?(?P<named>.+)$"
    rf"|^(?:move|set|put|place|relocate|transport|bring) (?:the (?:scene|story|shot|action|picture)|it"
    rf"|{words.PERSON}) (?:to|in|into|inside|at|on) (?P<there>.+)$"
    r"|^(?:the )?(?:place|location|setting|background|scene|backdrop|scenery|shot|picture|image)(?: behind \w+)? "
    r"(?:should|must|needs? to|has to|ought to) (?:be|show|look like|take place|depict)(?: set)?(?: in| at| on| "
    r"inside)? (?P<wanted>.+)$"
    rf"|^(?:it|this|{words.PERSON}) (?:should|must|needs? to) (?:be |take place )(?:in|at|inside|on) (?P<inside>.+)$"
    r"|^(?:show|use|paint) (?P<shown>.+?) (?:as|for|in) the background$",
    re.IGNORECASE,
)
_LEFT_RIGHT = re.compile(r"^(?:the )?(?:far )?(left|right|cent(?:er|re)|middle)\b")


def placed(plain: str) -> Answer | None:
    """Another place."""
    found = _PLACE.search(plain)
    if found is None:
        return None
    raw = next((group for group in found.groups() if group), "").strip(" .:")
    if (
        _LEFT_RIGHT.match(raw.lower())
        or has(rf"^(?:(?:more|less|too) )?{words.CLUTTER}(?: and \w+)?(?: (?:one|background|and \w+))?$", raw)
        or has(r"^(?:the )?(?:foreground|background|front)$", raw)
    ):
        return None
    if not raw:
        return one(Correction.OTHER_VIEW)
    outside = only_light(raw)
    return outside if outside else _there(raw)


def _there(raw: str) -> Answer:
    """A place, with the time of day and the weather that the words put behind it."""
    cut = re.sub(
        r"\s+(?:at|in the|by|during|under|with|on a|in) (?:the |a |heavy |light |early |late )*(?=night|midnight|dusk"
        r"|sunset"
        r"|evening|twilight|morning|dawn|sunrise|noon|midday|rain|snow|fog|mist).*$",
        "",
        raw,
        flags=re.IGNORECASE,
    )
    rest = raw[len(cut) :]
    place = Order(Correction.PLACE, (ARTICLE.sub("", cut) or cut)[:THING])
    return (place, *light(rest)) if rest else (place,)


def replaced(plain: str) -> Answer | None:
    """One thing, place, time, expression or pose for another."""
    found = _REPLACE.search(plain)
    if found is None:
        return None
    pairs = (("old", "new"), ("was", "now"), ("than", "rather"))
    old, new = next((found[a], found[b]) for a, b in pairs if found[a])
    if _LEFT_RIGHT.match(new.lower()):
        return None
    if has(rf"^(?:the )?(?:her |his )?(?:expression|face|mood|emotion|look on)|{words.MOOD}$", old):
        return one(Correction.EXPRESSION, new)
    if has(r"^(?:the |her |his )?(?:pose|posture|gesture|body)", old):
        return one(Correction.POSE, new)
    if has(r"^(?:the )?(?:framing|shot|camera|view|crop)\b", old) and (framing := first_named(new, words.FRAMINGS)):
        return one(Correction.FRAMING, framing.value)
    if light := only_light(new):
        return light
    if has(r"^(?:the )?(?:whole )?(?:background|place|location|scene|setting|backdrop|scenery|view)", old):
        return _there(new)
    if has(words.CLOTHES, old):
        return (words.NO_CLOTHES,)
    if has(r"^(?:the )?(?:style|drawing|painting)", old) or has(words.COLOUR, plain):
        return None
    return Order(Correction.REMOVE, thing_of(old)), Order(Correction.ADD, thing_of(new))


def removed(plain: str) -> Answer | None:
    """A thing, weather, strangers or an expression less."""
    found = _REMOVE.search(plain)
    if found is None:
        return None
    raw = found["thing"] or found["gone"] or found["out"]
    if only_light(raw):
        return one(Correction.WEATHER, "clear")
    if re.fullmatch(
        rf"(?:the |all |any )*(?:visual |background )?{words.CLUTTER}(?: (?:in|behind|from|around) .*)?",
        raw,
        re.IGNORECASE,
    ):
        return one(Correction.CALMER)
    if has(words.ODD, raw) or re.fullmatch(
        rf"(?:the |all |any )*(?:{words.CLUTTER}|objects?|things?|stuff|items?)(?: .*)?", raw, re.IGNORECASE
    ):
        return one(Correction.ODD)
    if has(rf"^(?:the |all |any |an? |other |extra |second )*(?:\w+ )?{words.PEOPLE}", raw):
        return Order(Correction.OTHER_VIEW), words.NO_TEXT if has(
            r"text|watermark|letters|writing|caption|signature", raw
        ) else words.NO_STRANGERS
    if has(r"^(?:the |her |his )*(?:smile|frown|grin|tears?|expression|blur\w*|noise|grain|shadows?|darkness)", raw):
        return _faceless(raw)
    thing = thing_of(raw)
    return (Order(Correction.REMOVE, thing),) if thing else None


def _faceless(raw: str) -> Answer:
    if has(r"blur|noise|grain", raw):
        return one(Correction.SHARPER)
    if has(r"shadow|darkness", raw):
        return one(Correction.BRIGHTER)
    return one(Correction.EXPRESSION, "serious" if has(r"smile|grin", raw) else "happy")


def added(plain: str) -> Answer | None:
    """A thing, weather, light or expression more."""
    found = _ADD.search(plain)
    if found is None:
        return None
    raw = next(group for group in found.groups() if group)
    if has(rf"^(?:less|more|her|him|them) |^(?:on|in|at|to) |^{words.PERSON} (?:in|at|on|to)\b", raw) or has(
        words.HEAD_CUT, plain
    ):
        return None
    if has(r"^(?:the )?(?:place|scene|background|view|picture)\b|\b(?:angle|shot|framing)$", raw):
        return None
    if re.match(rf"{words.PERSON} \w+", raw, re.IGNORECASE) and has(rf"{words.POSE}|{words.GAZE}|{words.MOOD}", raw):
        return None
    return only_light(raw) or _feature(raw) or _things(raw)


def _feature(raw: str) -> Answer:
    """Added, but no thing: an expression, light, sharpness, room, clothes."""
    if has(r"\b(?:smile|grin|laugh|frown|expression|tears?)\b", raw):
        return one(Correction.EXPRESSION, raw)
    if has(r"^(?:more )?(?:\w+ )?(?:light|lighting|brightness|exposure)$", thing_of(raw)):
        return one(Correction.BRIGHTER)
    if has(r"^(?:more )?(?:\w+ )?(?:shadows?|darkness)$", raw):
        return one(Correction.DARKER)
    if has(r"^(?:more )?(?:\w+ )?(?:details?|sharpness|clarity|definition|focus|resolution)$", raw):
        return one(Correction.SHARPER)
    if has(r"\b(?:bokeh|blur\w*|depth of field)\b", raw):
        return one(Correction.CALMER)
    if has(words.COLOUR, raw) and not has(r"\b(?:colou?rful|colou?red)\b", raw):
        return (words.NO_COLOUR,)
    if has(rf"\b{words.LIMB}$", thing_of(raw)):
        return Order(Correction.POSE, ANOTHER_POSE), words.NO_LIMBS
    return (words.NO_CLOTHES,) if has(words.CLOTHES, thing_of(raw)) else ()


def _things(raw: str) -> Answer | None:
    things = [thing for part in re.split(r"\s*,\s*(?:and )?| and ", raw) if (thing := thing_of(part))]
    return tuple(Order(Correction.ADD, thing) for thing in things[:5]) or None
