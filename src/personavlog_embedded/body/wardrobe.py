"""What somebody wears for the weather, the work and the words: a coat, an apron, a space suit, a skirt; the same in
every shot that asks for it."""

from __future__ import annotations

import re
from dataclasses import replace

from personavlog.script import Weather
from personavlog_embedded.figure.outfit import Colour, Outfit
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

COLD = re.compile(
    r"\b(snow\w*|winter\w*|ic(e|y)\b(?! (cream|tea))|frost\w*|frozen|blizzard|glacier|arctic|polar|ski\w*)|雪|冬|冰川",
    re.I,
)
RAINCOAT = re.compile(r"\brain ?coats?\b|雨衣", re.I)
COAT = re.compile(r"\b(over|rain|trench)?coats?\b|\bjackets?\b|\bparka\b|大衣|外套|风衣|雨衣", re.I)
SCARF = re.compile(r"\bscar(f|ves)\b|围巾", re.I)
BEANIE = re.compile(r"\b(beanie|woo(l|lly|len)+ (hat|cap)|bobble hat|knitted (hat|cap))\b|毛线帽", re.I)
STRAW = re.compile(r"\b(straw|sun)[ -]?hats?\b|草帽", re.I)
APRON = re.compile(r"\baprons?\b|围裙", re.I)
SPACE_SUIT = re.compile(r"\b(space ?suits?|astronauts?|space ?walk\w*)\b|宇航服|航天服|宇航员", re.I)
SUIT = re.compile(
    r"\b(an?|his|her|the|in|business|dinner|dark|black|gr[ea]y|blue|white|brown|linen)[ -]suit\b|\btuxedo|西装|西服",
    re.I,
)
SHORTS = re.compile(r"\b(in|wear\w*|and|pair of|her|his|their)( \w+)? shorts\b|短裤", re.I)
BOOTS = re.compile(r"\b(rubber |wellington |rain |winter |hiking )?boots\b|\bwellies\b|靴", re.I)
GLOVES = re.compile(r"\b(gloves|mittens)\b|手套", re.I)
SKIRT = re.compile(r"\bskirts?\b|裙", re.I)
DRESS = re.compile(r"\b(dress|gown|kimono|sari)\b|连衣裙", re.I)
COATS = ((0.62, 0.50, 0.36), (0.24, 0.30, 0.42), (0.52, 0.20, 0.20), (0.30, 0.38, 0.32))
RAINCOATS = ((0.80, 0.60, 0.18), (0.26, 0.36, 0.50), (0.46, 0.38, 0.29))
KNITS = ((0.74, 0.26, 0.22), (0.88, 0.78, 0.60), (0.30, 0.46, 0.56), (0.80, 0.56, 0.24))
SKIRTS = ((0.40, 0.24, 0.34), (0.26, 0.32, 0.46), (0.66, 0.36, 0.28), (0.36, 0.42, 0.34))
WHITE, LINEN, STRAW_COLOUR = (0.88, 0.89, 0.90), (0.90, 0.86, 0.78), (0.86, 0.72, 0.44)
BOOT = (0.24, 0.18, 0.15)
SUITS = ((0.18, 0.21, 0.29), (0.27, 0.27, 0.29), (0.35, 0.29, 0.24))
TIE = (0.5, 0.14, 0.17)
GREY = (0.52, 0.54, 0.58)


def dressed(
    own: Outfit, spec: KeyframeSpec, *, outdoors: bool, airless: bool, pose: str
) -> tuple[Outfit, tuple[str, ...]]:
    """What of ``own`` and over it is worn in this shot, and what of that is invented, as words for a note."""
    said = f"{spec.board.action} {spec.who} {' '.join(spec.props)}"
    if airless or SPACE_SUIT.search(said):
        # Who wears a suit of one piece in the photo keeps its colour.
        cloth, legs = (own.cloth, own.legs) if _one_piece(own) else (WHITE, _dimmed(WHITE, 0.97))
        suit = replace(
            own,
            top="space suit",
            long=True,
            cloth=cloth,
            legs=legs,
            gloves=GREY,
            shoes=GREY,
            hat="helmet",
            hat_colour=GREY,
        )
        return suit, ("a space suit",)
    out, added = _below(own, spec, said)
    cold = outdoors and (
        spec.board.weather is Weather.SNOW or bool(COLD.search(f"{spec.board.place} {spec.board.action}"))
    )
    wet = outdoors and spec.board.weather is Weather.RAIN
    if cold or wet or (outdoors and COAT.search(said)):
        rain = wet or bool(RAINCOAT.search(said))
        out = replace(
            out,
            top="raincoat" if rain else "coat",
            long=True,
            cloth=_unlike(RAINCOATS if rain else COATS, own, spec),
            under=own.cloth,
            open=not (cold or rain),
            boots=cold or wet,
            shoes=BOOT,
        )
        added += ("a raincoat" if rain else "a coat",)
    if cold or SCARF.search(said):
        out, added = replace(out, scarf=_knit(spec)), (*added, "a scarf")
    if (cold or GLOVES.search(said)) and own.gloves is None:
        out = replace(out, gloves=_dimmed(_knit(spec), 0.8))
    if cold or BEANIE.search(said):
        out, added = replace(out, hat="beanie", hat_colour=_knit(spec)), (*added, "a woollen hat")
    elif outdoors and STRAW.search(said):
        out, added = replace(out, hat="straw", hat_colour=STRAW_COLOUR), (*added, "a straw hat")
    if not outdoors and (pose == "cook" or APRON.search(said)):
        out, added = replace(out, apron=LINEN), (*added, "an apron")
    return out, added


def _one_piece(own: Outfit) -> bool:
    return own.top == "photo" and max(abs(a - b) for a, b in zip(own.cloth, own.legs, strict=True)) < 0.08


def _below(own: Outfit, spec: KeyframeSpec, said: str) -> tuple[Outfit, tuple[str, ...]]:
    """A suit, a dress, a skirt, shorts or boots where words say so."""
    if SUIT.search(said):
        cloth = SUITS[spec.film % len(SUITS)]
        return replace(own, top="suit", long=True, cloth=cloth, legs=cloth, tie=TIE), ("a suit",)
    if DRESS.search(said) and own.top != "photo":
        return replace(own, top="dress"), ("a dress",)
    if SKIRT.search(said):
        return replace(own, skirt=SKIRTS[spec.film % len(SKIRTS)]), ("a skirt",)
    if SHORTS.search(said):
        return replace(own, shorts=True), ("shorts",)
    if BOOTS.search(said):
        return replace(own, boots=True), ("boots",)
    return own, ()


def _knit(spec: KeyframeSpec) -> Colour:
    return KNITS[spec.film % len(KNITS)]


def _dimmed(colour: Colour, share: float) -> Colour:
    red, green, blue = colour
    return red * share, green * share, blue * share


def _unlike(table: tuple[Colour, ...], own: Outfit, spec: KeyframeSpec) -> Colour:
    """The film's colour of a coat; the next one where it would not be told from the trousers."""
    some = [table[(spec.film + n) % len(table)] for n in range(2)]
    return some[0] if sum(abs(a - b) for a, b in zip(some[0], own.legs, strict=True)) > 0.3 else some[1]
