"""The benchmark's data: reference people, styles and themes, and what a user adds to them in one TOML file.

Who the people are, how balanced and how varied the data is, and an example of such a file: ``docs/benchmark-data.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from personavlog.benchmark.entries import read_entries
from personavlog.benchmark.outputs import ID
from personavlog.brief import MAX_THEME, CleanText
from personavlog.errors import BriefError, ConfigurationError
from personavlog.frozen import Frozen
from personavlog.media.file import looks_like, read_bytes

VERSION = "1.0"
DIGEST = "3a1c207783920bdfa7f262f0b58dac635f3b544a704a2bc8d1fd7779bbfdd198"
"""``Dataset.digest`` of this version; ``tools/benchmark_card.py`` prints it."""
FILES = ("people.toml", "styles.toml", "themes.toml", "splits.toml")
MOST_TASKS = 100_000
"""Of a split."""
PICTURES = ("a JPEG picture", "a PNG picture", "a WebP picture")

ITA_CLASSES = ((55.0, "very light"), (41.0, "light"), (28.0, "intermediate"), (10.0, "tan"), (-30.0, "brown"))
"""Classes of skin by individual typology angle, each with the angle that it lies above; at most -30 is "dark".

Chardon et al., "Skin colour typology and suntanning pathways", 1991; Del Bino and Bernerd, "Variations in skin colour
and the biological consequences of ultraviolet radiation exposure", 2013.
"""

Degrees = Annotated[float, Field(ge=-90, le=90)]


def _no_twin(text: str) -> str:
    if "__" in text or text.endswith("."):  # a vlog's folder is named <person>__<style>__<theme>
        raise PydanticCustomError("id", "an id has no '__' and does not end with '.'")
    return text


Id = Annotated[str, Field(pattern=ID, max_length=60), AfterValidator(_no_twin)]
Ids = Annotated[tuple[Id, ...], Field(min_length=1)]


class Person(Frozen):
    """One reference person. ``photo`` is a path below the folder of the TOML file that names it."""

    id: Id
    photo: str = Field(min_length=1, max_length=300)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of the photo's bytes")
    group: Literal["female", "male"]
    child: bool = False
    source: CleanText = Field(min_length=1, max_length=1000)
    licence: CleanText = Field(min_length=1, max_length=1000)
    apparent_age: tuple[int, int] | None = Field(default=None, description="Years, from and to, judged by looking")
    ita: tuple[Degrees, Degrees] | None = Field(
        default=None, description="Individual typology angle of the image-left and the image-right cheek, as measured"
    )

    @property
    def skin_tone(self) -> str:
        """Mean of the cheeks' angles and its class, such as "48°, light"; "" where nobody measured."""
        if self.ita is None:
            return ""
        angle = sum(self.ita) / 2
        return f"{angle:.0f}°, {next((name for above, name in ITA_CLASSES if angle > above), 'dark')}"


class Style(Frozen):
    """``text`` is what a method gets."""

    id: Id
    text: CleanText = Field(min_length=1, max_length=120)


class Theme(Frozen):
    """``reason`` says what is hard about it."""

    id: Id
    text: CleanText = Field(min_length=1, max_length=MAX_THEME)
    kind: Literal["realistic", "surreal"]
    category: CleanText = Field(min_length=1, max_length=40)
    difficulty: Literal["easy", "medium", "hard"]
    reason: CleanText = Field(min_length=1, max_length=1000)


class Split(Frozen):
    """Which part of the data: every person with every style and every theme."""

    name: Id
    people: Ids
    styles: Ids
    themes: Ids


@dataclass(frozen=True)
class Task:
    """One vlog that is to be made; ``photo`` is a file."""

    person: Person
    style: Style
    theme: Theme
    photo: Path


class _File(Frozen):
    """What one TOML file may say."""

    person: tuple[Person, ...] = ()
    style: tuple[Style, ...] = ()
    theme: tuple[Theme, ...] = ()
    split: tuple[Split, ...] = ()


EntryT = TypeVar("EntryT", Person, Style, Theme, Split)


@dataclass(frozen=True)
class Dataset:
    """People, styles, themes and splits by their ids, and every person's photo as a file."""

    people: Mapping[str, Person] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    splits: Mapping[str, Split] = field(default_factory=dict)
    photos: Mapping[str, Path] = field(default_factory=dict)

    def split(self, name: str) -> Split:
        """Raises ``ConfigurationError`` for one that there is not."""
        if name not in self.splits:
            raise ConfigurationError(f"There is no split {name!r}; there are: {', '.join(self.splits)}.")
        return self.splits[name]

    def tasks(self, split: str) -> tuple[Task, ...]:
        """Every vlog of a split, by person, then style, then theme, in the order of the split's lists."""
        wanted = self.split(split)
        return tuple(
            Task(self.people[person], self.styles[style], self.themes[theme], self.photos[person])
            for person, style, theme in product(wanted.people, wanted.styles, wanted.themes)
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of every entry, photos included, whatever order and files they stand in."""
        parts = (self.people, self.styles, self.themes, self.splits)
        content = [[part[name].model_dump(mode="json") for name in sorted(part)] for part in parts]
        return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @property
    def version(self) -> str:
        """``VERSION``; with entries of a user's own also the beginning of the digest."""
        return VERSION if self.digest == DIGEST else f"{VERSION}+{self.digest[:12]}"

    def with_file(self, path: Path) -> Dataset:
        """This data and what a TOML file adds; raises ``ConfigurationError`` naming the file and its entry."""
        added = read_entries(path, _File)
        joined = Dataset(
            people=_joined(self.people, added.person, f"{str(path)!r}, [[person]]"),
            styles=_joined(self.styles, added.style, f"{str(path)!r}, [[style]]"),
            themes=_joined(self.themes, added.theme, f"{str(path)!r}, [[theme]]"),
            splits=_joined(self.splits, added.split, f"{str(path)!r}, [[split]]"),
            photos={**self.photos, **{person.id: _photo(path, person) for person in added.person}},
        )
        for split in added.split:
            joined._check(split, f"{str(path)!r}, [[split]] {split.name!r}")
        return joined

    def _check(self, split: Split, place: str) -> None:
        parts = {"people": self.people, "styles": self.styles, "themes": self.themes}
        for name, known in parts.items():
            listed: tuple[str, ...] = getattr(split, name)
            if unknown := [one for one in listed if one not in known]:
                raise ConfigurationError(f"{place}, {name}: there is no {unknown[0]!r}. Add it, or correct the list.")
            if len(set(listed)) < len(listed):
                raise ConfigurationError(f"{place}, {name}: an id stands there twice. Take it out once.")
        if (tasks := len(split.people) * len(split.styles) * len(split.themes)) > MOST_TASKS:
            raise ConfigurationError(f"{place} has {tasks} vlogs; at most {MOST_TASKS} fit. Make smaller splits.")


def load(extra: Sequence[Path] = ()) -> Dataset:
    """The shipped data and what the TOML files of a user add.

    Raises ``ConfigurationError`` naming the file: a photo that is not the one described, an entry that does not fit or
    whose id is taken, shipped data that was changed.
    """
    dataset, folder = Dataset(), Path(str(files("personavlog.benchmark.data")))
    for name in FILES:
        dataset = dataset.with_file(folder / name)
    if dataset.digest != DIGEST:
        raise ConfigurationError(
            f"The benchmark's data in {str(folder)!r} is not that of version {VERSION}: somebody changed it. Install "
            "the package again; data of your own goes into a TOML file of its own."
        )
    for path in extra:
        dataset = dataset.with_file(path)
    return dataset


def _joined(known: Mapping[str, EntryT], added: Iterable[EntryT], place: str) -> dict[str, EntryT]:
    joined, taken = dict(known), {name.casefold() for name in known}
    for entry in added:
        name = entry.name if isinstance(entry, Split) else entry.id
        if name.casefold() in taken:
            raise ConfigurationError(f"{place} {name!r}: there is one of that name already. Give it another.")
        taken.add(name.casefold())
        joined[name] = entry
    return joined


def _photo(path: Path, person: Person) -> Path:
    """The file of a photo, which lies below the TOML file's folder and is the one described."""
    place = f"{str(path)!r}, [[person]] {person.id!r}, photo"
    try:
        folder = path.resolve().parent
        photo = (folder / person.photo).resolve()
        if not photo.is_relative_to(folder):
            raise ConfigurationError(f"{place}: {person.photo!r} lies outside {str(folder)!r}. Copy it there.")
        data = read_bytes(photo, "photo")
    except BriefError as error:
        raise ConfigurationError(f"{place}: {error}") from error
    except (OSError, ValueError, RuntimeError) as error:  # a loop of links, a zero byte
        raise ConfigurationError(f"{place}: {person.photo!r} is no path: {error}. Correct it.") from error
    if (found := sha256(data).hexdigest()) != person.sha256:
        raise ConfigurationError(
            f"{place}: {str(photo)!r} is not the picture that the entry describes: its SHA-256 is {found}. Put the "
            "right picture there, or correct the entry if this one is meant."
        )
    if (kind := looks_like(data)) not in PICTURES:
        raise ConfigurationError(f"{place}: {str(photo)!r} is {kind}. Give a JPEG, PNG or WebP picture.")
    return photo
