"""Rules for instructions about the person: likeness, limbs, size, place in the frame, look, pose and feeling."""

from __future__ import annotations

import re

from personavlog.backbones.corrections import Correction
from personavlog_embedded.correcting import words
from personavlog_embedded.correcting.wanted import ANOTHER_POSE, Answer, Order, has, one, thing_of


def same_face(plain: str) -> Answer | None:
    """The face of the reference."""
    if has(words.CLOTHES, plain):
        return None
    faces = has(r"\b(?:face|features)\b", plain) and has(
        r"\b(?:same|match\w*|consistent|original|lost|different|wrong|changed|more like|stay like|photo)\b", plain
    )
    like = has(
        r"\b(?:less (?:stylised|stylized|cartoon\w*)|more realistic|look (?:more )?like (?:the |her|him))\b", plain
    ) and not has(words.BACKGROUND, plain)
    return one(Correction.SAME_FACE) if faces or like or has(words.SAME_FACE, plain) else None


def head(plain: str) -> Answer | None:
    """The whole head inside the frame."""
    return one(Correction.WHOLE_HEAD) if has(words.HEAD_CUT, plain) else None


def limbs(plain: str) -> Answer | None:
    """Limbs that look wrong."""
    faulty = (
        has(words.LIMB_FAULT, plain)
        and has(rf"\b{words.LIMB}\b", plain)
        and not has(r"\bhold|\bheld\b|\bhead\b|\b(?:in|from) (?:her|his|the|their) (?:\w+ )?hands?\b", plain)
    )
    alone = re.fullmatch(
        rf"(?:remove|delete|erase|add|redraw|fix|hide) (?:the |an? |her |his )?(?:\w+ )?{words.LIMB}(?: .*)?",
        plain,
        re.IGNORECASE,
    )
    return (
        (Order(Correction.POSE, ANOTHER_POSE), words.NO_LIMBS)
        if faulty or (alone and not has(r"\bhead", plain))
        else None
    )


def sized(plain: str) -> Answer | None:
    """A bigger or smaller person."""
    bigger = has(
        r"\b(?:bigger|larger|enlarge\w*|taller|increase the size|scale (?:\w+ )*up|too (?:small|tiny|little))\b", plain
    )
    smaller = has(
        r"\b(?:smaller|shrink\w*|tinier|reduce the size|scale (?:\w+ )*down|too (?:big|large|huge|tall)|less (?:big"
        r"|large))\b",
        plain,
    )
    if not bigger and not smaller:
        return None
    if not has(
        rf"{words.PERSON}\b|\b(?:face|head|body)\b|^(?:a |make )?(?:it )?(?:bigger|larger|smaller|enlarge|shrink)(?: "
        r"in the frame)?$",
        plain,
    ):
        return (words.NO_SIZE,)
    return one(Correction.BIGGER if bigger else Correction.SMALLER)


def moved(plain: str) -> Answer | None:
    """The person elsewhere in the frame."""
    too = re.search(r"\btoo (?:far )?(?:to |on |towards? )?(?:the )?(left|right)\b", plain, re.IGNORECASE)
    side = re.search(r"\b(left|right|cent(?:er|re|ered|red)|middle)\b", plain, re.IGNORECASE)
    if too:
        return one(Correction.RIGHT if too[1].lower() == "left" else Correction.LEFT)
    if (
        side is None
        or not has(
            r"\b(?:mov\w*|shift\w*|slid\w*|plac\w*|put|position\w*|should be|cent(?:er|re)\w*|to the|on the|in the"
            r"|further|more|step)\b",
            plain,
        )
        or has(rf"{words.GAZE}|\bhold|\bhands?\b", plain)
    ):
        return None
    moved = re.match(
        r"^(?:move|shift|slide|place|put|position|cent(?:er|re)) (?P<who>.+?)(?: (?:further |more )?(?:to|towards?|on"
        r"|in|into|at|left|right)\b.*)?$",
        plain,
        re.IGNORECASE,
    )
    if moved and not re.fullmatch(
        rf"{words.PERSON}|left|right|it|to.*|in.*|{words.PICTURE}", moved["who"], re.IGNORECASE
    ):
        return (words.NO_MOVE,)
    word = side[1].lower()
    return one({"left": Correction.LEFT, "right": Correction.RIGHT}.get(word, Correction.CENTRE))


def gazed(plain: str) -> Answer | None:
    """Where the person looks."""
    found = re.search(words.GAZE, plain, re.IGNORECASE)
    if found is None or has(r"\bhow\b", plain):
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
    at_camera = has(r"camera|lens|viewer|audience|\bus\b|straight|ahead|forward", aim) and not has(
        r"\bnot (?:\w+ )?(?:at|into) the camera|away from", plain
    )
    away = "away" if "camera" in aim or aim in ("side", "horizon") else aim
    return one(Correction.EXPRESSION, "looking at the camera" if at_camera else f"looking {away}")


def posed(plain: str) -> Answer | None:
    """What the person does."""
    hold = re.search(words.HOLD, plain, re.IGNORECASE)
    if hold and has(r"\b(?:hold|carr|grip|clutch)", plain):
        thing = thing_of(hold["thing"])
        if thing and not has(rf"^(?:{words.LIMB})$", thing):
            return Order(Correction.ADD, thing), Order(Correction.POSE, f"holding {thing}")
    found = re.search(words.POSE, plain, re.IGNORECASE)
    return (
        None
        if found is None
        else one(
            Correction.POSE,
            re.sub(
                rf"^(?:make|let|have|show|draw)?\s*{words.PERSON}\s+(?:should |must |needs to |is |are |be |to )*",
                "",
                plain,
                flags=re.IGNORECASE,
            ),
        )
    )


def felt(plain: str) -> Answer | None:
    """What the face shows."""
    plain = (
        re.sub(r",? (?:not|instead of|rather than) \w+$", "", plain)
        if has(rf"{words.MOOD}.*,? (?:not|instead of|rather than) \w+$", plain)
        else plain
    )
    if (
        not has(words.MOOD, plain)
        or has(words.BACKGROUND, plain)
        or has(r"\b(?:atmosphere|colou?rs?|lighting)\b", plain)
    ):
        return None
    joyful = r"happ\w+|smil\w+|joy\w*|laugh\w*|cheer\w*|grin\w*|excite\w*"
    if has(rf"\b(?:not|less|stop|too|n't|without)\b.*\b(?:{joyful})", plain):
        return one(Correction.EXPRESSION, "serious")
    if has(
        r"\b(?:not|less|stop|too|n't|without)\b.*\b(?:serious|stern|sad|angry|tense|neutral|worried|bored|frown\w*)",
        plain,
    ):
        return one(Correction.EXPRESSION, "happier")
    return one(Correction.EXPRESSION, plain)
