"""The gallery of the documentation: makes its films, measures them, and writes the page.

    python tools/gallery.py make PHOTOS [--runs DIR] [--only NAME ...] [--length 30] [--shots 6] [--writer
    embedded:planner] python tools/gallery.py page

``docs/gallery.toml`` lists the films, ``docs/gallery/reviews.toml`` holds what reviewers said about them. Each film
leaves a contact sheet, a short moving picture and a row of ``docs/gallery/measures.json``; ``page`` writes
``docs/gallery.md`` from these. The photos of the films listed are in ``src/personavlog/benchmark/data/photos``: give
that folder as PHOTOS to make the gallery again.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from gallery_measures import Measures, measure, read_all, write_all
from gallery_page import page
from gallery_pictures import contact_sheet, moving
from personavlog import api
from personavlog.brief import Aspect

DOCS = Path(__file__).parent.parent / "docs"


class Entry(BaseModel):
    """One film of the gallery; ``moment`` is the shot, from 1, whose clip is shown moving."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    photo: str = Field(pattern=r"^[\w.-]{1,80}$")
    theme: str
    style: str
    aspect: Aspect = Aspect.WIDE
    moment: int = Field(default=1, ge=1, le=24)
    face: int | None = None
    language: str = "en"
    seed: int = 0


def entries(docs: Path) -> tuple[Entry, ...]:
    """The films of ``gallery.toml``, in its order."""
    listed = tomllib.loads((docs / "gallery.toml").read_text("utf-8"))["film"]
    films = tuple(Entry.model_validate(film) for film in listed)
    names = [film.name for film in films]
    if len(set(names)) != len(names):
        raise SystemExit(f"Two films of {str(docs / 'gallery.toml')!r} have one name; names: {', '.join(names)}.")
    return films


def make(entry: Entry, options: argparse.Namespace) -> api.Vlog:
    """The film, through the public door."""
    return api.make(
        options.photos / entry.photo,
        entry.theme,
        entry.style,
        i_may_use_this_likeness=True,
        writer=options.writer,
        runs=options.runs,
        aspect=entry.aspect,
        length=options.length,
        shots=options.shots,
        face=entry.face,
        language=entry.language,
        seed=entry.seed,
    )


def show(entry: Entry, run: Path, docs: Path, measures: dict[str, Measures], seconds: float) -> None:
    """Put a finished run into the gallery: pictures, and its row of measures."""
    folder = docs / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    contact_sheet(run, folder / f"{entry.name}.jpg")
    moving(run, entry.moment, folder / f"{entry.name}.gif")
    measures[entry.name] = measure(run, seconds)
    write_all(folder, measures)


def chosen(films: tuple[Entry, ...], names: list[str]) -> tuple[Entry, ...]:
    """The films with these names, all where none is named."""
    unknown = set(names) - {film.name for film in films}
    if unknown:
        raise SystemExit(
            f"There are no films {', '.join(sorted(unknown))}; there are {', '.join(film.name for film in films)}."
        )
    return tuple(film for film in films if not names or film.name in names)


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=DOCS)
    commands = parser.add_subparsers(dest="command", required=True)
    maker = commands.add_parser("make")
    maker.add_argument("photos", type=Path)
    maker.add_argument("--runs", type=Path, default=api.RUNS)
    maker.add_argument("--only", nargs="*", default=[])
    maker.add_argument("--length", type=float, default=30.0)
    maker.add_argument("--shots", type=int, default=6)
    maker.add_argument("--writer", default=None)
    commands.add_parser("page")
    return parser.parse_args()


def main() -> None:
    """Make films if asked, then write the page."""
    asked = options()
    films = entries(asked.docs)
    measures = read_all(asked.docs / "gallery")
    if asked.command == "make":
        for entry in chosen(films, asked.only):
            vlog = make(entry, asked)
            show(entry, vlog.path.parent, asked.docs, measures, vlog.seconds)
            print(f"{entry.name}: {vlog.duration:.1f} s film in {vlog.seconds:.0f} s, {vlog.path}")
    (asked.docs / "gallery.md").write_text(page(films, measures, asked.docs / "gallery"), "utf-8")


if __name__ == "__main__":
    main()
