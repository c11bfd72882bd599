"""What somebody wears for the weather and the work: a coat, a raincoat, an apron, a space suit, a skirt; the same in
every shot that asks for it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from personavlog.script import Weather
from personavlog_embedded.body.outfit import Colour, Outfit
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

COLD = re.compile(
    r"\b(snow\w*|winter\w*|ic(e|y)\b(?! (cream|tea))|frost\w*|frozen|blizzard|glacier|arctic|polar|ski\w*)|雪|冬|冰川",
    re.I,
)
COAT = re.compile(r"\b(over|rain|trench)?coats?\b|\bjackets?\b|\bparka\b|大衣|外套|风衣", re.I)
SCARF = re.compile(r"\bscar(f|ves)\b|围巾", re.I)
BEANIE = re.compile(r"\b(beanie|woo(l|lly|len)+ (hat|cap)|bobble hat|knitted (hat|cap))\b|毛线帽", re.I)
STRAW = re.compile(r"\b(straw|sun)[ -]?hats?\b|草帽", re.I)
APRON = re.compile(r"\baprons?\b|围裙", re.I)
SUIT = re.compile(r"\b(space ?suits?|astronauts?|space ?walk\w*)\b|宇航服|航天服|宇航员", re.I)
SKIRT = re.compile(r"\bskirts?\b|裙", re.I)
DRESS = re.compile(r"\b(dress|gown|kimono|sari)\b|连衣裙", re.I)
COATS = ((0.62, 0.50, 0.36), (0.24, 0.30, 0.42), (0.52, 0.20, 0.20), (0.30, 0.38, 0.32))
RAINCOATS = ((0.80, 0.60, 0.18), (0.26, 0.36, 0.50), (0.46, 0.38, 0.29))
KNITS = ((0.74, 0.26, 0.22), (0.88, 0.78, 0.60), (0.30, 0.46, 0.56), (0.80, 0.56, 0.24))
SKIRTS = ((0.40, 0.24, 0.34), (0.26, 0.32, 0.46), (0.66, 0.36, 0.28), (0.36, 0.42, 0.34))
WHITE, LINEN, STRAW_COLOUR = (0.88, 0.89, 0.90), (0.90, 0.86, 0.78), (0.86, 0.72, 0.44)
BOOTS = (0.24, 0.18, 0.15)
GREY: Colour = np.array([0.52, 0.54, 0.58], np.float32)


def dressed(
    own: Outfit, spec: KeyframeSpec, *, outdoors: bool, airless: bool, pose: str
) -> tuple[Outfit, tuple[str, ...]]:
    """What of ``own`` and over it is worn in this shot, and what of that is invented, as words for a note."""
    said = f"{spec.board.action} {spec.who} {' '.join(spec.props)}"
    if airless or SUIT.search(said):
        # Who wears a suit of one piece in the photo keeps its colour.
        cloth, legs = (own.cloth, own.legs) if _one_piece(own) else (_colour(WHITE), _colour(WHITE) * np.float32(0.97))
        suit = replace(own, top="suit", long=True, cloth=cloth, legs=legs, gloves=GREY, shoes=GREY)
        return suit, ("a space suit",)
    out, added = _below(own, spec, said)
    cold = outdoors and (
        spec.board.weather is Weather.SNOW or bool(COLD.search(f"{spec.board.place} {spec.board.action}"))
    )
    wet = outdoors and spec.board.weather is Weather.RAIN
    if cold or wet or (outdoors and COAT.search(said)):
        out = replace(
            out, top="coat", long=True, cloth=_unlike(RAINCOATS if wet else COATS, own, spec), shoes=_colour(BOOTS)
        )
        added += ("a raincoat" if wet else "a coat",)
    if cold or SCARF.search(said):
        out, added = replace(out, scarf=_knit(spec)), (*added, "a scarf")
    if cold or BEANIE.search(said):
        out, added = (
            replace(out, hat="beanie", hat_colour=_knit(spec), gloves=_knit(spec) * np.float32(0.8) if cold else None),
            (*added, "a woollen hat"),
        )
    elif outdoors and STRAW.search(said):
        out, added = replace(out, hat="straw", hat_colour=_colour(STRAW_COLOUR)), (*added, "a straw hat")
    if not outdoors and (pose == "cook" or APRON.search(said)):
        out, added = replace(out, apron=_colour(LINEN)), (*added, "an apron")
    return out, added


def _one_piece(own: Outfit) -> bool:
    return own.top == "photo" and float(np.abs(own.cloth - own.legs).max()) < 0.08


def _below(own: Outfit, spec: KeyframeSpec, said: str) -> tuple[Outfit, tuple[str, ...]]:
    """A dress or a skirt where words say so."""
    if DRESS.search(said) and own.top != "photo":
        return replace(own, skirt=own.cloth), ("a dress",)
    if SKIRT.search(said):
        return replace(own, skirt=_colour(SKIRTS[spec.film % len(SKIRTS)])), ("a skirt",)
    return own, ()


def _colour(rgb: tuple[float, float, float]) -> Colour:
    return np.array(rgb, np.float32)


def _knit(spec: KeyframeSpec) -> Colour:
    return _colour(KNITS[spec.film % len(KNITS)])


def _unlike(table: tuple[tuple[float, float, float], ...], own: Outfit, spec: KeyframeSpec) -> Colour:
    """The film's colour of a coat; the next one where it would not be told from the trousers."""
    some = [_colour(table[(spec.film + n) % len(table)]) for n in range(2)]
    return some[0] if float(np.abs(some[0] - own.legs).sum()) > 0.3 else some[1]
