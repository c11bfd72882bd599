"""The gallery's page from its list, its numbers and its reviewers' words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from gallery_measures import Measures, between
from prose import wrapped


class Film(Protocol):
    """What the page needs of an entry of the list."""

    name: str
    theme: str
    style: str
    aspect: str


class Review(BaseModel):
    """What somebody said who knew nothing of a film: ``saw``, ``looks_like`` and ``person`` from the pictures alone,
    ``works`` and ``broken`` with the theme.

    ``theme_seen``, ``style_seen`` and ``person_seen``: whether they chose the right one from a list with decoys before
    they were told; ``theme_shown`` and
    ``style_right`` what they held of it afterwards, strictly.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    reviewer: str
    theme_seen: bool
    style_seen: bool
    person_seen: bool | None = None
    theme_shown: bool | None = None
    style_right: bool | None = None
    saw: str = ""
    looks_like: str = ""
    person: str = ""
    works: str = ""
    broken: str = ""


def page(films: Iterable[Film], measures: Mapping[str, Measures], folder: Path) -> str:
    """The page as Markdown: what was measured, then each film with its pictures and its reviews."""
    listed, said = list(films), reviews(folder)
    parts = [
        "# Gallery",
        "Films that one command made from one photo, a theme and a style, with the embedded profile: no GPU, no key. "
        "Written by `tools/gallery.py`.",
        _table(listed, measures),
        "Identity is the cosine of face features (0.60 and more is the same person), least and mean of the shots in "
        "which a face can be measured. Pose variety "
        "is the mean distance of the shots' poses (CC's pose term, 0 to 1). Style within is the mean distance of a "
        "film's own keyframes, between to the other "
        "films'; smaller is nearer. Seconds are wall time of making, beside whatever else the machine did then.",
        _times(listed, measures),
        _tally(listed, said),
        *(_film(film, folder, said.get(film.name, [])) for film in listed),
    ]
    return wrapped("\n\n".join(part for part in parts if part)) + "\n"


def reviews(folder: Path) -> dict[str, list[Review]]:
    """Reviews by film from ``reviews.toml``: arrays of tables, each called as its film."""
    path = folder / "reviews.toml"
    told = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {name: [Review.model_validate(review) for review in given] for name, given in told.items()}


def _table(films: list[Film], measures: Mapping[str, Measures]) -> str:
    head = (
        "| Film | Style | Shape | Identity min / mean | Pose variety | Style within / between | Seconds "
        "|\n|---|---|---|---|---|---|---|"
    )
    rows = [_row(film, measures) for film in films if film.name in measures]
    return "\n".join([head, *rows]) if rows else ""


def _row(film: Film, measures: Mapping[str, Measures]) -> str:
    mine = measures[film.name]
    apart = between(mine, [other for name, other in measures.items() if name != film.name])
    cells = (
        f"[{film.name}](#{film.name})",
        film.style,
        film.aspect,
        f"{_number(mine.identity_min)} / {_number(mine.identity_mean)}",
        _number(mine.pose_variety),
        f"{_number(mine.style_within)} / {_number(apart)}",
        f"{mine.seconds:.0f}",
    )
    return "| " + " | ".join(cells) + " |"


def _times(films: list[Film], measures: Mapping[str, Measures]) -> str:
    made = [film for film in films if film.name in measures]
    stages = list(dict.fromkeys(stage for film in made for stage in measures[film.name].stages))
    if not stages:
        return ""
    head = f"| Seconds of steps | {' | '.join(stages)} |\n|---|{'---|' * len(stages)}"
    rows = [
        f"| {film.name} | " + " | ".join(_number(measures[film.name].stages.get(stage), 1) for stage in stages) + " |"
        for film in made
    ]
    return "\n".join([head, *rows])


def _tally(films: list[Film], said: Mapping[str, list[Review]]) -> str:
    reviewed = [said[film.name] for film in films if said.get(film.name)]
    if not reviewed:
        return ""
    theme, style = (
        sum(all(getattr(review, seen) for review in given) for given in reviewed)
        for seen in ("theme_seen", "style_seen")
    )
    both = sum(all(review.theme_seen and review.style_seen for review in given) for given in reviewed)
    return (
        f"Reviewers who saw only the pictures recognised the theme in {theme}, the style in {style} and both in {both} "
        f"of {len(reviewed)} films: they wrote "
        "down what they saw, then chose from a list with decoys, and only then were told the theme and the style and "
        "asked, strictly, whether the film shows "
        f"them ({_shown(reviewed)}), what works and what is broken."
    )


def _shown(reviewed: list[list[Review]]) -> str:
    """How many of all reviews that were asked hold that a film shows its theme, and is in its style."""
    counts = []
    for what in ("theme_shown", "style_right"):
        held = [getattr(review, what) for given in reviewed for review in given if getattr(review, what) is not None]
        counts.append(f"{what.split('_')[0]} {sum(held)} of {len(held)}")
    return ", ".join(counts)


def _film(film: Film, folder: Path, given: list[Review]) -> str:
    sheet, clip = (folder / f"{film.name}.{kind}" for kind in ("jpg", "gif"))
    lines = [f"## {film.name}", f"*{film.theme}*, in the style {film.style}, {film.aspect}."]
    lines += [f"![Contact sheet of {film.name}](gallery/{sheet.name})"] if sheet.is_file() else ["Not made yet."]
    lines += [f"![{film.name}, moving](gallery/{clip.name})"] if clip.is_file() else []
    return "\n\n".join([*lines, *(_review(review) for review in given)])


def _review(review: Review) -> str:
    asked = (("theme", review.theme_seen), ("style", review.style_seen), ("person", review.person_seen))
    seen = ", ".join(
        f"{what} {'recognised' if known else 'not recognised'}" for what, known in asked if known is not None
    )
    verdicts = (("theme shown", review.theme_shown), ("style right", review.style_right))
    strict = ", ".join(f"{what}: {'yes' if known else 'no'}" for what, known in verdicts if known is not None)
    seen += f". Told what it is, strictly: {strict}" if strict else ""
    told = (
        ("Saw", review.saw),
        ("Style", review.looks_like),
        ("Person", review.person),
        ("Works", review.works),
        ("Broken", review.broken),
    )
    words = "\n>\n".join(f"> {title}: {text}" for title, text in told if text)
    return f"{review.reviewer}: {seen}.\n\n{words}".strip()


def _number(value: float | None, places: int = 2) -> str:
    return "not measured" if value is None else f"{value:.{places}f}"
