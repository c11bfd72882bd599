"""What one request of an edit agent asks for, by its words: a table of rules, the first that fits decides."""

from __future__ import annotations

import re

from personavlog.backbones.corrections import Correction
from personavlog_embedded.correcting import words
from personavlog_embedded.correcting.content import added, placed, removed, replaced
from personavlog_embedded.correcting.person import felt, gazed, head, limbs, moved, posed, same_face, sized
from personavlog_embedded.correcting.wanted import Answer, Rule, first_named, has, light, one


def understand(plain: str) -> Answer | None:
    """What the words ask for, None where no rule knows them. ``plain`` is one clause without fillers."""
    return next((answer for rule in RULES if (answer := rule(plain)) is not None), None)


def _canonical(plain: str) -> Answer | None:
    """The vocabulary itself."""
    lower = plain.lower()
    for correction in Correction:
        opening = correction.form.partition("{}")[0]
        if lower == correction.form or (
            opening != correction.form and opening.endswith(": ") and lower.startswith(opening)
        ):
            return one(correction, plain[len(opening) :].strip() if opening != correction.form else "")
    return None


def _kept(plain: str) -> Answer | None:
    if not has(
        r"^(?:keep|preserve|maintain|leave|retain|(?:don't|do not|without|never) (?:chang|alter|touch|modify)\w*)\b"
        r"|\b(?:is"
        r"|are|looks?) (?:fine|good|great|ok|okay|perfect|correct)$",
        plain,
    ):
        return None
    if has(words.HEAD_CUT, plain):
        return one(Correction.WHOLE_HEAD)
    alike = has(words.SAME_FACE, plain) or (
        has(r"\bface\b", plain) and has(r"\b(?:like|consistent|same|original)\b", plain)
    )
    return one(Correction.SAME_FACE) if alike else ()


def _framed(plain: str) -> Answer | None:
    if has(r"\b(?:eyes?|mouth|smiles?|grin)\b", plain):
        return None
    if has(
        r"\b(?:zoom(?:ed)? out|wider|pull(?:ed)? back|step back|further (?:away|back)|farther|more (?:of )?(?:the |her "
        r"|his )?(?:surroundings?|environment|background|scenery|place|body)|too (?:close|tight|near))\b",
        plain,
    ):
        return one(Correction.WIDER)
    if has(
        r"\b(?:zoom(?:ed)? in|tighter|too (?:wide|far away|distant)|closer(?! to (?:the |a |her|his)?(?:\w+)$)"
        r"|closer to (?:the )?camera|nearer|come in closer)\b",
        plain,
    ):
        return one(Correction.CLOSER)
    framing = first_named(plain, words.FRAMINGS)
    return None if framing is None else one(Correction.FRAMING, framing.value)


def _weathered(plain: str) -> Answer | None:
    found = light(re.sub(r"\b(?:rain(?:bow|coat)|snow(?:man|ball|board))\w*", "", plain, flags=re.IGNORECASE))
    if not found:
        return None
    against = has(r"\b(?:not|n't|stop|less|too|no longer|without)\b", plain)
    weather = next((order for order in found if order.correction is Correction.WEATHER), None)
    if against and weather is not None and not has(r"\bbut\b", plain):
        return one(Correction.WEATHER, "cloud" if weather.thing == "clear" else "clear")
    if against:
        return one(Correction.TIME, "noon" if found[0].thing in ("night", "dusk") else "dusk")
    return found


def _lit(plain: str) -> Answer | None:
    if has(
        r"\b(?:bright\w*|light(?:er|en\w*)|(?:under-?exposed)|(?:more|add|increase)\b.*\b(?:light\w*|exposure"
        r"|brightness))\b",
        plain,
    ) and not has(
        r"\b(?:less|too|not so|overly|reduce|lower|decrease|tone down) (?:the )?(?:bright|expos|light)", plain
    ):
        return one(Correction.BRIGHTER)
    if has(
        r"\b(?:too|less|not so|overly|very|underlit|poorly lit)\b.*\b(?:dark|dim|gloomy|lit|shadow\w*)\b|\b(?:dark|dim"
        r"|gloomy)\b.*\b(?:to see|face)\b|\b(?:is|looks?|seems?|appears?)\b.*\b(?:dark|dim|gloomy)\b|\bunderlit\b"
        r"|\bpoorly lit\b",
        plain,
    ) and not has(r"not (?:so )?dark enough", plain):
        return one(Correction.BRIGHTER)
    if has(
        r"\b(?:dark\w*|dim\w*|over-?exposed|burnt|blown[- ]out|washed[- ]out|bright\w*|gloomy|(?:less|reduce|lower"
        r"|decrease"
        r"|tone down)\b.*\b(?:light\w*|exposure|brightness))\b",
        plain,
    ):
        return one(Correction.DARKER)
    return None


def _clear(plain: str) -> Answer | None:
    if (
        has(words.BACKGROUND, plain)
        and has(words.CLUTTER, plain)
        and not has(r"\b(?:blurry|blurred|too soft)\b", plain)
    ):
        return one(Correction.CALMER)
    sharp = (
        r"\b(?:sharp\w*|crisp\w*|blurr?y|blurred|unblur|deblur|clearer|clarity|(?:higher|more|better|improve|increase"
        r"|insufficient|low)\b.*\b(?:resolution|detail\w*|quality|definition|focus)|pixelat\w+|nois(?:e|y)|grainy?|out "
        r"of focus|in focus|details?)\b"
    )
    return one(Correction.SHARPER) if has(sharp, plain) else None


def _behind(plain: str) -> Answer | None:
    if not has(words.BACKGROUND, plain) and not has(r"\b(?:view|angle|perspective|side of the place)\b", plain):
        return None
    if has(words.CLUTTER, plain):
        return one(Correction.CALMER)
    if has(words.ODD, plain):
        return one(Correction.ODD)
    return (
        one(Correction.OTHER_VIEW)
        if has(
            r"\b(?:another|different|other|change|new|vary|regenerate|redo|redraw|repaint|fix|wrong|abnormal)\b", plain
        )
        else None
    )


def _odd(plain: str) -> Answer | None:
    return (
        one(Correction.ODD)
        if has(words.ODD, plain)
        and has(r"\b(?:objects?|things?|shapes?|items?|elements?|artifacts?|artefacts?)\b", plain)
        else None
    )


def _unable(plain: str) -> Answer | None:
    if has(words.CLOTHES, plain):
        return (words.NO_CLOTHES,)
    if has(words.STYLE, plain):
        return ("The style is the whole film's and stays as strong as it is; another style makes another film.",)
    return (words.NO_COLOUR,) if has(words.COLOUR, plain) else None


RULES: tuple[Rule, ...] = (
    _canonical,
    _kept,
    limbs,
    head,
    same_face,
    replaced,
    removed,
    placed,
    added,
    _clear,
    sized,
    moved,
    gazed,
    _framed,
    posed,
    _weathered,
    _lit,
    felt,
    _behind,
    _odd,
    _unable,
)
"""In this order: what names its verb first, then what is only described."""
