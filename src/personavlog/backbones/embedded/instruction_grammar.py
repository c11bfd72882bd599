"""What one wish of an edit agent asks for, by its words: a table of rules, the first that fits decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from personavlog.backbones.embedded import instruction_words as words
from personavlog.backbones.findings import Correction

ANOTHER_POSE = "another"
"""The pose that is asked for where limbs look wrong."""
THING = 60
"""Characters of a thing, place, pose or expression that are kept."""


@dataclass(frozen=True)
class Order:
    """One correction; ``amount`` is 0.5 for "slightly", 2 for "much"."""

    correction: Correction
    thing: str = ""
    amount: float = 1.0


Answer = tuple[Order | str, ...]
"""What shall be done, and sentences that say what cannot be done; empty where the wish is that something stays as it is."""
Rule = Callable[[str], Answer | None]
Kind = TypeVar("Kind", bound=StrEnum)

_ARTICLE = re.compile(r"^(?:(?:an?|the|some|any|more|another|all|one|his|her|their|its|that|this|those|these|of) )+", re.IGNORECASE)
_TAIL = re.compile(
    r"\s+(?:from|in|on|onto|into|to|next to|beside|besides|behind|near|nearby|at|by|under|below|above|around|over|across"
    r"|in front of|that|which|who|where|so that|because|for|"
    r"floating|standing|lying|hanging|visible|instead|falling|flying|sitting)(?=\s|$).*$",
    re.IGNORECASE,
)
_ADD = re.compile(
    r"^(?:add(?: in)?|include|insert|introduce|put in|place|put|draw|paint|show|bring in|give (?:her|him|them|it|the \w+)"
    r"|have|there (?:should|must|needs to|has to|could) be|"
    r"(?:it|the (?:picture|image|scene|shot)|she|he|they) (?:needs?|lacks?|should (?:include|show|contain|have)"
    r"|must (?:include|show|contain|have)|is missing|misses))\s+(?P<thing>.+)$"
    r"|^(?:the )?(?P<lost>.+?) (?:is|are) (?:missing|not (?:visible|shown|there|in the (?:picture|image)))$|^(?:missing|no visible):? (?P<gone>.+)$"
    r"|^(?:the )?(?P<seen>.+?) (?:should|must|needs? to|has to) be (?:visible|seen|shown|included|present|added|in the (?:picture|image|frame))$",
    re.IGNORECASE,
)
_REMOVE = re.compile(
    r"^(?:remove|delete|erase|eliminate|omit|hide|drop|lose|clear away|get rid of|take (?:away|out|off)|without"
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
    r"^(?:another|a different|new|change(?: the)?|different) (?:place|location|setting|scene|background):? ?(?:to )?(?P<new>.*)$"
    r"|^(?:background|place|location|setting)\s*[:=] ?(?P<named>.+)$"
    rf"|^(?:move|set|put|place|relocate|transport|bring) (?:the (?:scene|story|shot|action|picture)|it"
    rf"|{words.PERSON}) (?:to|in|into|inside|at|on) (?P<there>.+)$"
    r"|^(?:the )?(?:place|location|setting|background|scene|backdrop|scenery|shot|picture|image)(?: behind \w+)? "
    r"(?:should|must|needs? to|has to|ought to) (?:be|show|look like|take place|depict)(?: set)?(?: in| at| on| inside)? (?P<wanted>.+)$"
    rf"|^(?:it|this|{words.PERSON}) (?:should|must|needs? to) (?:be |take place )(?:in|at|inside|on) (?P<inside>.+)$"
    r"|^(?:show|use|paint) (?P<shown>.+?) (?:as|for|in) the background$",
    re.IGNORECASE,
)
_LEFT_RIGHT = re.compile(r"^(?:the )?(?:far )?(left|right|cent(?:er|re)|middle)\b")
_LESS = re.compile(r"\b(?:less|not so|too|overly|tone down|reduce|decrease|lower)\b", re.IGNORECASE)


def understand(plain: str) -> Answer | None:
    """What the words ask for, None where no rule knows them. ``plain`` is one clause without fillers."""
    return next((answer for rule in RULES if (answer := rule(plain)) is not None), None)


def named(plain: str, table: Mapping[str, Kind]) -> Kind | None:
    """The first of a table's meanings that the words hold."""
    return next((meaning for pattern, meaning in table.items() if re.search(pattern, plain, re.IGNORECASE)), None)


def thing_of(raw: str) -> str:
    """A noun phrase without article and without where it is, bounded."""
    return _TAIL.sub("", _ARTICLE.sub("", raw.strip(" .:'"))).strip(" .:'")[:THING]


def _has(pattern: str, plain: str) -> bool:
    return re.search(pattern, plain, re.IGNORECASE) is not None


def _one(correction: Correction, thing: str = "") -> Answer:
    return (Order(correction, thing[:THING]),)


def _canonical(plain: str) -> Answer | None:
    """The vocabulary itself."""
    lower = plain.lower()
    for correction in Correction:
        opening = correction.form.partition("{}")[0]
        if lower == correction.form or (opening != correction.form and opening.endswith(": ") and lower.startswith(opening)):
            return _one(correction, plain[len(opening) :].strip() if opening != correction.form else "")
    return None


def _kept(plain: str) -> Answer | None:
    if not _has(
        r"^(?:keep|preserve|maintain|leave|retain|(?:don't|do not|without|never) (?:chang|alter|touch|modify)\w*)\b|\b(?:is"
        r"|are|looks?) (?:fine|good|great|ok|okay|perfect|correct)$",
        plain,
    ):
        return None
    if _has(words.HEAD_CUT, plain):
        return _one(Correction.WHOLE_HEAD)
    alike = _has(words.SAME_FACE, plain) or (_has(r"\bface\b", plain) and _has(r"\b(?:like|consistent|same|original)\b", plain))
    return _one(Correction.SAME_FACE) if alike else ()


def _same_face(plain: str) -> Answer | None:
    if _has(words.CLOTHES, plain):
        return None
    faces = _has(r"\b(?:face|features)\b", plain) and _has(
        r"\b(?:same|match\w*|consistent|original|lost|different|wrong|changed|more like|stay like|photo)\b", plain
    )
    like = _has(r"\b(?:less (?:stylised|stylized|cartoon\w*)|more realistic|look (?:more )?like (?:the |her|him))\b", plain) and not _has(
        words.BACKGROUND, plain
    )
    return _one(Correction.SAME_FACE) if faces or like or _has(words.SAME_FACE, plain) else None


def _head(plain: str) -> Answer | None:
    return _one(Correction.WHOLE_HEAD) if _has(words.HEAD_CUT, plain) else None


def _limbs(plain: str) -> Answer | None:
    faulty = (
        _has(words.LIMB_FAULT, plain)
        and _has(rf"\b{words.LIMB}\b", plain)
        and not _has(r"\bhold|\bheld\b|\bhead\b|\b(?:in|from) (?:her|his|the|their) (?:\w+ )?hands?\b", plain)
    )
    alone = re.fullmatch(rf"(?:remove|delete|erase|add|redraw|fix|hide) (?:the |an? |her |his )?(?:\w+ )?{words.LIMB}(?: .*)?", plain, re.IGNORECASE)
    return (Order(Correction.POSE, ANOTHER_POSE), words.NO_LIMBS) if faulty or (alone and not _has(r"\bhead", plain)) else None


def _placed(plain: str) -> Answer | None:
    found = _PLACE.search(plain)
    if found is None:
        return None
    raw = next((group for group in found.groups() if group), "").strip(" .:")
    if (
        _LEFT_RIGHT.match(raw.lower())
        or _has(rf"^(?:(?:more|less|too) )?{words.CLUTTER}(?: and \w+)?(?: (?:one|background|and \w+))?$", raw)
        or _has(r"^(?:the )?(?:foreground|background|front)$", raw)
    ):
        return None
    if not raw:
        return _one(Correction.OTHER_VIEW)
    outside = _only_light(raw)
    return outside if outside else _there(raw)


def _there(raw: str) -> Answer:
    """A place, with the time of day and the weather that the words put behind it."""
    cut = re.sub(
        r"\s+(?:at|in the|by|during|under|with|on a|in) (?:the |a |heavy |light |early |late )*(?=night|midnight|dusk|sunset"
        r"|evening|twilight|morning|dawn|sunrise|noon|midday|rain|snow|fog|mist).*$",
        "",
        raw,
        flags=re.IGNORECASE,
    )
    rest = raw[len(cut) :]
    place = Order(Correction.PLACE, (_ARTICLE.sub("", cut) or cut)[:THING])
    return (place, *_light(rest)) if rest else (place,)


def _light(plain: str) -> tuple[Order, ...]:
    time, weather = named(plain, words.TIMES), named(plain, words.WEATHERS)
    orders = [] if time is None else [Order(Correction.TIME, time.value)]
    return (*orders, *([] if weather is None else [Order(Correction.WEATHER, weather.value)]))


def _only_light(raw: str) -> Answer:
    """Time and weather, if the words name nothing else."""
    rest = raw
    for pattern in (*words.TIMES, *words.WEATHERS):
        rest = re.sub(pattern, "", rest, flags=re.IGNORECASE)
    rest = re.sub(
        r"\b(?:an?|the|some|more|light|heavy|gentle|soft|warm|thick|dense|falling|fall|bit|of|little|sky|skies|weather|scene"
        r"|time|early|late|lots?|many|bright|very|and|with|effects?|flakes|drops|from|in|background)\b|[ ,.]",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    return _light(raw) if not rest else ()


def _replaced(plain: str) -> Answer | None:
    found = _REPLACE.search(plain)
    if found is None:
        return None
    pairs = (("old", "new"), ("was", "now"), ("than", "rather"))
    old, new = next((found[a], found[b]) for a, b in pairs if found[a])
    if _LEFT_RIGHT.match(new.lower()):
        return None
    if _has(r"^(?:the )?(?:her |his )?(?:expression|face|mood|emotion|look on)", old):
        return _one(Correction.EXPRESSION, new)
    if _has(r"^(?:the |her |his )?(?:pose|posture|gesture|body)", old):
        return _one(Correction.POSE, new)
    if _has(r"^(?:the )?(?:framing|shot|camera|view|crop)\b", old) and (framing := named(new, words.FRAMINGS)):
        return _one(Correction.FRAMING, framing.value)
    if light := _only_light(new):
        return light
    if _has(r"^(?:the )?(?:whole )?(?:background|place|location|scene|setting|backdrop|scenery|view)", old):
        return _there(new)
    if _has(words.CLOTHES, old):
        return (words.NO_CLOTHES,)
    if _has(r"^(?:the )?(?:style|drawing|painting)", old) or _has(words.COLOUR, plain):
        return None
    return Order(Correction.REMOVE, thing_of(old)), Order(Correction.ADD, thing_of(new))


def _removed(plain: str) -> Answer | None:
    found = _REMOVE.search(plain)
    if found is None:
        return None
    raw = found["thing"] or found["gone"] or found["out"]
    if _only_light(raw):
        return _one(Correction.WEATHER, "clear")
    if re.fullmatch(rf"(?:the |all |any )*(?:visual |background )?{words.CLUTTER}(?: (?:in|behind|from|around) .*)?", raw, re.IGNORECASE):
        return _one(Correction.CALMER)
    if _has(words.ODD, raw) or re.fullmatch(rf"(?:the |all |any )*(?:{words.CLUTTER}|objects?|things?|stuff|items?)(?: .*)?", raw, re.IGNORECASE):
        return _one(Correction.ODD)
    if _has(rf"^(?:the |all |any |an? |other |extra |second )*(?:\w+ )?{words.PEOPLE}", raw):
        return Order(Correction.OTHER_VIEW), words.NO_TEXT if _has(r"text|watermark|letters|writing|caption|signature", raw) else words.NO_STRANGERS
    if _has(r"^(?:the |her |his )*(?:smile|frown|grin|tears?|expression|blur\w*|noise|grain|shadows?|darkness)", raw):
        return _faceless(raw)
    thing = thing_of(raw)
    return (Order(Correction.REMOVE, thing),) if thing else None


def _faceless(raw: str) -> Answer:
    if _has(r"blur|noise|grain", raw):
        return _one(Correction.SHARPER)
    if _has(r"shadow|darkness", raw):
        return _one(Correction.BRIGHTER)
    return _one(Correction.EXPRESSION, "serious" if _has(r"smile|grin", raw) else "happy")


def _added(plain: str) -> Answer | None:
    found = _ADD.search(plain)
    if found is None:
        return None
    raw = next(group for group in found.groups() if group)
    if _has(r"^(?:less|more|her|him|them) |^(?:on|in|at|to) ", raw) or _has(words.HEAD_CUT, plain):
        return None
    if _has(r"^(?:the )?(?:place|scene|background|view|picture)\b|\b(?:angle|shot|framing)$", raw):
        return None
    if re.match(rf"{words.PERSON} (?:\w+ )", raw, re.IGNORECASE) and _has(rf"{words.POSE}|{words.GAZE}|{words.MOOD}", raw):
        return None
    return _only_light(raw) or _feature(raw) or _things(raw)


def _feature(raw: str) -> Answer:
    """Added, but no thing: an expression, light, sharpness, room, clothes."""
    if _has(r"\b(?:smile|grin|laugh|frown|expression|tears?)\b", raw):
        return _one(Correction.EXPRESSION, raw)
    if _has(r"^(?:more )?(?:\w+ )?(?:light|lighting|brightness|exposure)$", thing_of(raw)):
        return _one(Correction.BRIGHTER)
    if _has(r"^(?:more )?(?:\w+ )?(?:shadows?|darkness)$", raw):
        return _one(Correction.DARKER)
    if _has(r"^(?:more )?(?:\w+ )?(?:details?|sharpness|clarity|definition|focus|resolution)$", raw):
        return _one(Correction.SHARPER)
    if _has(r"\b(?:bokeh|blur\w*|depth of field)\b", raw):
        return _one(Correction.CALMER)
    if _has(words.COLOUR, raw) and not _has(r"\b(?:colou?rful|colou?red)\b", raw):
        return (words.NO_COLOUR,)
    if _has(rf"\b{words.LIMB}$", thing_of(raw)):
        return Order(Correction.POSE, ANOTHER_POSE), words.NO_LIMBS
    return (words.NO_CLOTHES,) if _has(words.CLOTHES, thing_of(raw)) else ()


def _things(raw: str) -> Answer | None:
    things = [thing for part in re.split(r"\s*,\s*(?:and )?| and ", raw) if (thing := thing_of(part))]
    return tuple(Order(Correction.ADD, thing) for thing in things[:5]) or None


def _framed(plain: str) -> Answer | None:
    if _has(r"\b(?:eyes?|mouth|smiles?|grin)\b", plain):
        return None
    if _has(
        r"\b(?:zoom(?:ed)? out|wider|pull(?:ed)? back|step back|further (?:away|back)|farther|more (?:of )?(?:the |her "
        r"|his )?(?:surroundings?|environment|background|scenery|place|body)|too (?:close|tight|near))\b",
        plain,
    ):
        return _one(Correction.WIDER)
    if _has(
        r"\b(?:zoom(?:ed)? in|tighter|too (?:wide|far away|distant)|closer(?! to (?:the |a |her|his)?(?:\w+)$)"
        r"|closer to (?:the )?camera|nearer|come in closer)\b",
        plain,
    ):
        return _one(Correction.CLOSER)
    framing = named(plain, words.FRAMINGS)
    return None if framing is None else _one(Correction.FRAMING, framing.value)


def _moved(plain: str) -> Answer | None:
    too = re.search(r"\btoo (?:far )?(?:to |on |towards? )?(?:the )?(left|right)\b", plain, re.IGNORECASE)
    side = re.search(r"\b(left|right|cent(?:er|re|ered|red)|middle)\b", plain, re.IGNORECASE)
    if too:
        return _one(Correction.RIGHT if too[1].lower() == "left" else Correction.LEFT)
    if (
        side is None
        or not _has(r"\b(?:mov\w*|shift\w*|slid\w*|plac\w*|put|position\w*|should be|cent(?:er|re)\w*|to the|on the|in the|further|more|step)\b", plain)
        or _has(rf"{words.GAZE}|\bhold|\bhands?\b", plain)
    ):
        return None
    moved = re.match(
        r"^(?:move|shift|slide|place|put|position|cent(?:er|re)) (?P<who>.+?)(?: (?:further |more )?(?:to|towards?|on|in|into|at|left|right)\b.*)?$",
        plain,
        re.IGNORECASE,
    )
    if moved and not re.fullmatch(rf"{words.PERSON}|left|right|it|to.*|in.*|{words.PICTURE}", moved["who"], re.IGNORECASE):
        return (words.NO_MOVE,)
    word = side[1].lower()
    return _one({"left": Correction.LEFT, "right": Correction.RIGHT}.get(word, Correction.CENTRE))


def _sized(plain: str) -> Answer | None:
    bigger = _has(r"\b(?:bigger|larger|enlarge\w*|taller|increase the size|scale (?:\w+ )*up|too (?:small|tiny|little))\b", plain)
    smaller = _has(r"\b(?:smaller|shrink\w*|tinier|reduce the size|scale (?:\w+ )*down|too (?:big|large|huge|tall)|less (?:big|large))\b", plain)
    if not bigger and not smaller:
        return None
    if not _has(rf"{words.PERSON}\b|\b(?:face|head|body)\b|^(?:a |make )?(?:it )?(?:bigger|larger|smaller|enlarge|shrink)(?: in the frame)?$", plain):
        return (words.NO_SIZE,)
    return _one(Correction.BIGGER if bigger else Correction.SMALLER)


def _gazed(plain: str) -> Answer | None:
    found = re.search(words.GAZE, plain, re.IGNORECASE)
    if found is None or _has(r"\bhow\b", plain):
        return None
    where = found[found.lastindex or 0].lower()
    aim = {
        "upward": "up",
        "upwards": "up",
        "sky": "up",
        "stars": "up",
        "moon": "up",
        "downward": "down",
        "downwards": "down",
        "ground": "down",
        "floor": "down",
    }.get(where, where)
    at_camera = _has(r"camera|lens|viewer|audience|\bus\b|straight|ahead|forward", aim) and not _has(r"\bnot (?:\w+ )?(?:at|into) the camera|away from", plain)
    away = "away" if "camera" in aim or aim in ("side", "horizon") else aim
    return _one(Correction.EXPRESSION, "looking at the camera" if at_camera else f"looking {away}")


def _posed(plain: str) -> Answer | None:
    hold = re.search(words.HOLD, plain, re.IGNORECASE)
    if hold and _has(r"\b(?:hold|carr|grip|clutch)", plain):
        thing = thing_of(hold["thing"])
        if thing and not _has(rf"^(?:{words.LIMB})$", thing):
            return Order(Correction.ADD, thing), Order(Correction.POSE, f"holding {thing}")
    found = re.search(words.POSE, plain, re.IGNORECASE)
    return (
        None
        if found is None
        else _one(
            Correction.POSE,
            re.sub(rf"^(?:make|let|have|show|draw)?\s*{words.PERSON}\s+(?:should |must |needs to |is |are |be |to )*", "", plain, flags=re.IGNORECASE),
        )
    )


def _felt(plain: str) -> Answer | None:
    plain = re.sub(r",? (?:not|instead of|rather than) \w+$", "", plain) if _has(rf"{words.MOOD}.*,? (?:not|instead of|rather than) \w+$", plain) else plain
    if not _has(words.MOOD, plain) or _has(words.BACKGROUND, plain) or _has(r"\b(?:atmosphere|colou?rs?|lighting)\b", plain):
        return None
    joyful = r"happ\w+|smil\w+|joy\w*|laugh\w*|cheer\w*|grin\w*|excite\w*"
    if _has(rf"\b(?:not|less|stop|too|n't|without)\b.*\b(?:{joyful})", plain):
        return _one(Correction.EXPRESSION, "serious")
    if _has(r"\b(?:not|less|stop|too|n't|without)\b.*\b(?:serious|stern|sad|angry|tense|neutral|worried|bored|frown\w*)", plain):
        return _one(Correction.EXPRESSION, "happier")
    return _one(Correction.EXPRESSION, plain)


def _weathered(plain: str) -> Answer | None:
    light = _light(re.sub(r"\b(?:rain(?:bow|coat)|snow(?:man|ball|board))\w*", "", plain, flags=re.IGNORECASE))
    if not light:
        return None
    against = _has(r"\b(?:not|n't|stop|less|too|no longer|without)\b", plain)
    weather = next((order for order in light if order.correction is Correction.WEATHER), None)
    if against and weather is not None and not _has(r"\bbut\b", plain):
        return _one(Correction.WEATHER, "cloud" if weather.thing == "clear" else "clear")
    if against:
        return _one(Correction.TIME, "noon" if light[0].thing in ("night", "dusk") else "dusk")
    return light


def _lit(plain: str) -> Answer | None:
    if _has(r"\b(?:bright\w*|light(?:er|en\w*)|(?:under-?exposed)|(?:more|add|increase)\b.*\b(?:light\w*|exposure|brightness))\b", plain) and not _has(
        r"\b(?:less|too|not so|overly|reduce|lower|decrease|tone down) (?:the )?(?:bright|expos|light)", plain
    ):
        return _one(Correction.BRIGHTER)
    if _has(
        r"\b(?:too|less|not so|overly|very|underlit|poorly lit)\b.*\b(?:dark|dim|gloomy|lit|shadow\w*)\b|\b(?:dark|dim"
        r"|gloomy)\b.*\b(?:to see|face)\b|\bunderlit\b|\bpoorly lit\b",
        plain,
    ) and not _has(r"not (?:so )?dark enough", plain):
        return _one(Correction.BRIGHTER)
    if _has(
        r"\b(?:dark\w*|dim\w*|over-?exposed|burnt|blown[- ]out|washed[- ]out|bright\w*|gloomy|(?:less|reduce|lower|decrease"
        r"|tone down)\b.*\b(?:light\w*|exposure|brightness))\b",
        plain,
    ):
        return _one(Correction.DARKER)
    return None


def _clear(plain: str) -> Answer | None:
    if _has(words.BACKGROUND, plain) and _has(words.CLUTTER, plain) and not _has(r"\b(?:blurry|blurred|too soft)\b", plain):
        return _one(Correction.CALMER)
    sharp = (
        r"\b(?:sharp\w*|crisp\w*|blurr?y|blurred|unblur|deblur|clearer|clarity|(?:higher|more|better|improve|increase"
        r"|insufficient|low)\b.*\b(?:resolution|detail\w*|quality|definition|focus)|pixelat\w+|nois(?:e|y)|grainy?|out of focus|in focus|details?)\b"
    )
    return _one(Correction.SHARPER) if _has(sharp, plain) else None


def _behind(plain: str) -> Answer | None:
    if not _has(words.BACKGROUND, plain) and not _has(r"\b(?:view|angle|perspective|side of the place)\b", plain):
        return None
    if _has(words.CLUTTER, plain):
        return _one(Correction.CALMER)
    if _has(words.ODD, plain):
        return _one(Correction.ODD)
    return (
        _one(Correction.OTHER_VIEW)
        if _has(r"\b(?:another|different|other|change|new|vary|regenerate|redo|redraw|repaint|fix|wrong|abnormal)\b", plain)
        else None
    )


def _odd(plain: str) -> Answer | None:
    return _one(Correction.ODD) if _has(words.ODD, plain) and _has(r"\b(?:objects?|things?|shapes?|items?|elements?|artifacts?|artefacts?)\b", plain) else None


def _unable(plain: str) -> Answer | None:
    if _has(words.CLOTHES, plain):
        return (words.NO_CLOTHES,)
    if _has(words.STYLE, plain):
        return ("The style is the whole film's and stays as strong as it is; another style makes another film.",)
    return (words.NO_COLOUR,) if _has(words.COLOUR, plain) else None


RULES: tuple[Rule, ...] = (
    _canonical, _kept, _limbs, _head, _same_face, _replaced, _removed, _placed, _added, _clear, _sized, _moved, _gazed, _framed, _posed, _weathered, _lit,
    _felt, _behind, _odd, _unable,
)  # fmt: skip
"""In this order: what names its verb first, then what is only described."""
