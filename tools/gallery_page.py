"""The gallery's page from its list, its numbers and its reviewers' words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import fmean
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field

from gallery_measures import Measures, between
from prose import wrapped

SEEN = ("theme", "style", "person")


class Film(Protocol):
    """What the page needs of an entry of the list."""

    name: str
    theme: str
    style: str
    aspect: str


class Review(BaseModel):
    """What somebody said who knew nothing of a film: ``saw`` and ``looks_like`` from the pictures alone, ``works`` and
    ``broken`` with the lists. ``theme_seen``, ``style_seen`` and ``person_seen``: whether they chose the right one from
    lists with decoys. ``marks`` are from 1 to 5."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reviewer: str
    theme_seen: bool
    style_seen: bool
    person_seen: bool
    marks: dict[str, Annotated[int, Field(ge=1, le=5)]] = {}
    saw: str = ""
    looks_like: str = ""
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
    given = [review for film in films for review in said.get(film.name, [])]
    if not given:
        return ""
    theme, style, person = (sum(getattr(review, f"{what}_seen") for review in given) for what in SEEN)
    marks = {kind: fmean(review.marks[kind] for review in given if kind in review.marks) for kind in given[0].marks}
    return (
        "Reviewers who saw only the pictures wrote down what they saw, then chose theme, style and portrait from lists "
        f"with decoys: of {len(given)} judgements the theme was right in {theme}, the style in {style}, the person in "
        f"{person}. Then they said what works and what is broken, and marked from 1 to 5; the means: "
        f"{', '.join(f'{kind} {mean:.1f}' for kind, mean in marks.items())}."
    )


def _film(film: Film, folder: Path, given: list[Review]) -> str:
    sheet, clip = (folder / f"{film.name}.{kind}" for kind in ("jpg", "gif"))
    lines = [f"## {film.name}", f"*{film.theme}*, in the style {film.style}, {film.aspect}."]
    lines += [f"![Contact sheet of {film.name}](gallery/{sheet.name})"] if sheet.is_file() else ["Not made yet."]
    lines += [f"![{film.name}, moving](gallery/{clip.name})"] if clip.is_file() else []
    return "\n\n".join([*lines, *(_review(review) for review in given)])


def _review(review: Review) -> str:
    seen = ", ".join(f"{what} {'' if getattr(review, f'{what}_seen') else 'not '}recognised" for what in SEEN)
    marks = f" Marks: {', '.join(f'{kind} {mark}' for kind, mark in review.marks.items())}." if review.marks else ""
    told = (("Saw", review.saw), ("Style", review.looks_like), ("Works", review.works), ("Broken", review.broken))
    words = "\n>\n".join(f"> {title}: {text}" for title, text in told if text)
    return f"{review.reviewer}: {seen}.{marks}\n\n{words}".strip()


def _number(value: float | None, places: int = 2) -> str:
    return "not measured" if value is None else f"{value:.{places}f}"
