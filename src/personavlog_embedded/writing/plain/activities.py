"""Activity frames and courses: what people visibly do, what goes wrong and what helps, as typed data with slots.

A frame's sentences are filled from the theme's own nouns and verbs. Files are ``data/activities/*.toml`` and
``data/courses/*.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator, model_validator

from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen
from personavlog.script import Act, Emotion, Framing
from personavlog_embedded import data

ACTIVITIES, COURSES = "activities", "courses"


class Kind(StrEnum):
    """What a noun is, as far as it matters to what can be done with it."""

    ANIMAL = "animal"
    CREATURE = "creature"
    PLANT = "plant"
    FOOD = "food"
    CLOTHING = "clothing"
    VEHICLE = "vehicle"
    MACHINE = "machine"
    INSTRUMENT = "instrument"
    WRITING = "writing"
    OBJECT = "object"
    BUILDING = "building"
    LANDSCAPE = "landscape"
    SKY = "sky"
    EVENT = "event"
    CRAFT = "craft"
    GAME = "game"
    BODY = "body"
    IDEA = "idea"
    PERSON = "person"
    WORK = "work"


class Tone(StrEnum):
    """How a film may speak of its theme."""

    LIGHT = "light"
    QUIET = "quiet"
    GRAVE = "grave"


class Trouble(StrEnum):
    """What a theme itself says goes wrong: somebody refuses or does something, a thing does; one must not, or fails."""

    REFUSED = "refused"
    SOMEBODY = "somebody"
    SOMETHING = "something"
    FORBIDDEN = "forbidden"
    FAILED = "failed"


class Part(StrEnum):
    """Where in a film a step stands."""

    ARRIVE = "arrive"
    BEGIN = "begin"
    WORK = "work"
    FIND = "find"
    WRONG = "wrong"
    TRY = "try"
    TURN = "turn"
    REST = "rest"
    LEAVE = "leave"


LEAST: Mapping[Part, int] = MappingProxyType(
    {Part.ARRIVE: 2, Part.BEGIN: 2, Part.WORK: 3, Part.FIND: 1, Part.REST: 2, Part.LEAVE: 2}
)
"""How many steps of each part a frame has at least, so that seeds have a choice."""
COURSE = (Part.WRONG, Part.TRY, Part.TURN)
"""The parts of a course, in order, one step each."""
OBJECT_SLOTS = frozenset(("o", "O", "the_o", "The_o", "a_o", "A_o"))
COMPANION = frozenset(("c", "C"))
_OTHER_SLOTS = (
    "tool",
    "a_tool",
    "A_tool",
    "the_tool",
    "The_tool",
    "place",
    "Place",
    "the_place",
    "The_place",
    "in_place",
    "In_place",
)
_TOLD = ("trouble", "Trouble", "who", "name", "Name", "left", "failed", "Failed", "deed", "Deed")
"""What the theme itself tells: its trouble as it is said, who is in the way and how one calls them, what one
must not do, what one did wrong, and its deed."""
WHOLE = frozenset(("{Deed}", "{Failed}"))
"""What a moment may be without a word of its own."""
SLOTS = OBJECT_SLOTS | COMPANION | frozenset((*_OTHER_SLOTS, *_TOLD, "doing", "Doing"))
CHINESE_SLOTS = frozenset(("o", "doing", "place", "tool", "c"))
SLOT = re.compile(r"\{(\w*)\}")
BRACKET = re.compile(r"\[([^\[\]]*)\]")
_ABOUT_A_PERSON = re.compile(r"\b(he|she|his|her|hers|him|himself|herself)\b", re.IGNORECASE)
_JOINED = re.compile(r"\band then\b", re.IGNORECASE)
_VERB = re.compile(r"[A-Z][a-z]*s\b")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")

Words = Annotated[str, Field(pattern=r"^\S(.*\S)?$", max_length=160)]
Name = Annotated[str, Field(pattern=r"^\S(.*\S)?$", max_length=60)]


class Step(Frozen):
    """One moment that one picture can show, with the lines that can be said over it."""

    part: Part
    act: Act
    feel: Emotion
    frame: Framing
    do: Words
    say: tuple[Words, ...] = Field(min_length=2, max_length=4)
    zh: tuple[Words, ...] = Field(min_length=1, max_length=4)
    holds: Name | None = None
    see: tuple[Name, ...] = Field(default=(), max_length=4)

    @field_validator("zh", mode="before")
    @classmethod
    def _several(cls, lines: object) -> object:
        return [lines] if isinstance(lines, str) else lines

    @field_validator("do")
    @classmethod
    def _one_moment(cls, text: str) -> str:
        found = _ABOUT_A_PERSON.search(text) or _JOINED.search(text)
        if found:
            raise ValueError(f"do says {found[0]!r}: {text!r}")
        if not _VERB.match(text) and text not in WHOLE:
            raise ValueError(f"do must begin with a verb in the third person (Lifts, Carries): {text!r}")
        return text if text in WHOLE else _between(text, 4, 18, text)

    @field_validator("say")
    @classmethod
    def _lines(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_between(line, 4, 18, line) for line in lines)

    @field_validator("zh")
    @classmethod
    def _chinese(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        for line in lines:
            if not 4 <= len(_HAN.findall(line)) <= 26:
                raise ValueError(f"zh has {len(_HAN.findall(line))} Chinese characters, 4 to 26 are wanted: {line!r}")
        return lines

    @model_validator(mode="after")
    def _slots(self) -> Step:
        for text in (self.do, *self.say):
            _check_slots(text, SLOTS)
        for text in self.zh:
            _check_slots(text, CHINESE_SLOTS)
        for text in filter(None, (self.holds, *self.see)):
            _check_known(text, SLOTS)
        return self


def _between(text: str, least: int, most: int, shown: str) -> str:
    count = len(SLOT.sub("x", BRACKET.sub("", text)).split())
    if not least <= count <= most:
        raise ValueError(f"{count} words outside brackets, {least} to {most} are wanted: {shown!r}")
    return text


def _check_known(text: str, known: frozenset[str]) -> None:
    unknown = set(SLOT.findall(text)) - known
    if unknown:
        raise ValueError(f"unknown slots {sorted(unknown)!r} in {text!r}; known are {sorted(known)!r}")
    if re.search(r"[{}\[\]]", SLOT.sub("", BRACKET.sub(r"\1", text))):
        raise ValueError(f"a brace or bracket is not closed, or brackets stand in brackets: {text!r}")


def _check_slots(text: str, known: frozenset[str]) -> None:
    """At least one slot outside brackets, and the companion only inside."""
    _check_known(text, known)
    outside = set(SLOT.findall(BRACKET.sub("", text)))
    if outside & COMPANION:
        raise ValueError(f"{{c}} stands outside brackets: {text!r}")
    if not outside:
        raise ValueError(f"no slot outside brackets: {text!r}")
    if any(not SLOT.search(option) for option in BRACKET.findall(text)):
        raise ValueError(f"a bracket without a slot: {text!r}")


class Turn(Frozen):
    """What goes wrong and what helps: three steps; ``hook`` ends the logline."""

    hook: Annotated[str, Field(pattern=r"^[^A-Z{}\[\].:]+[^{}\[\].:]*$", max_length=90)]
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _three(self) -> Turn:
        parts = tuple(step.part for step in self.steps)
        if parts != COURSE:
            raise ValueError(f"course {self.hook!r}: its steps must be wrong, try, turn; they are {list(parts)!r}")
        return self


class Course(Turn):
    """A turn that any frame with an object of these kinds may take, or the film of a theme that tells such troubles."""

    kinds: frozenset[Kind] = frozenset()
    troubles: frozenset[Trouble] = frozenset()
    tones: frozenset[Tone] = Field(min_length=1)

    @model_validator(mode="after")
    def _for_something(self) -> Course:
        if bool(self.kinds) == bool(self.troubles):
            raise ValueError(f"course {self.hook!r}: either kinds or troubles are wanted")
        return self


class Activity(Frozen):
    """One frame. ``kinds`` are those of the object that it is done to, none where it needs no object; ``family`` is its
    file's name."""

    name: Name
    about: Words
    verbs: tuple[Name, ...] = Field(min_length=1)
    kinds: frozenset[Kind]
    tones: frozenset[Tone] = Field(min_length=1)
    places: tuple[Name, ...] = Field(min_length=1)
    tools: tuple[Name, ...] = Field(min_length=1, max_length=6)
    steps: tuple[Step, ...]
    courses: tuple[Turn, ...] = Field(min_length=1)
    family: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Activity:
        counts = Counter(step.part for step in self.steps)
        short = {part.value: f"{counts[part]} of {least}" for part, least in LEAST.items() if counts[part] < least}
        if short or set(counts) - set(LEAST):
            raise ValueError(f"steps missing: {short}; parts that stand only in courses: {_outside(counts)!r}")
        if Tone.GRAVE not in self.tones and len(self.courses) < 2:
            raise ValueError("a frame that is never grave needs two courses")
        return self

    @model_validator(mode="after")
    def _sentences_once(self) -> Activity:
        texts = Counter(text for step in self.every_step() for text in (step.do, *step.say, *step.zh))
        twice = [text for text, count in texts.items() if count > 1]
        if twice:
            raise ValueError(f"sentences stand twice: {twice!r}")
        return self

    @model_validator(mode="after")
    def _objects(self) -> Activity:
        if not self.kinds:
            for step in self.every_step():
                for text in (step.do, *step.say, *step.zh):
                    found = set(SLOT.findall(BRACKET.sub("", text))) & OBJECT_SLOTS
                    if found:
                        raise ValueError(f"the frame has no object (kinds = []), but says {sorted(found)!r}: {text!r}")
        return self

    def every_step(self) -> Iterator[Step]:
        """The frame's steps and those of its courses."""
        yield from self.steps
        for course in self.courses:
            yield from course.steps


def _outside(counts: Mapping[Part, int]) -> list[str]:
    return sorted(part.value for part in set(counts) - set(LEAST))


def read_activities(file: Traversable) -> tuple[Activity, ...]:
    """The frames of one file; raises ``ConfigurationError`` that names file, frame and sentence."""
    family = file.name.removesuffix(".toml")
    rows = ({**row, "family": family} for row in _rows(file, "activity"))
    return tuple(_checked(Activity, row, file, str(row.get("name"))) for row in rows)


def read_courses(file: Traversable) -> tuple[Course, ...]:
    """The courses of one file; raises as ``read_activities`` does."""
    return tuple(_checked(Course, row, file, str(row.get("hook"))) for row in _rows(file, "course"))


def _rows(file: Traversable, name: str) -> list[dict[str, Any]]:
    try:
        sheet = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file} is not TOML: {error}. {data.REMEDY}") from error
    rows = sheet.get(name)
    if list(sheet) != [name] or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigurationError(f"{file} must hold [[{name}]] rows and nothing else. {data.REMEDY}")
    return rows


def _checked(kind: type[Any], row: Mapping[str, Any], file: Traversable, name: str) -> Any:
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        faults = "; ".join(f"{_where(one['loc'])}{one['msg'].removeprefix('Value error, ')}" for one in error.errors())
        raise ConfigurationError(f"{file.name}, {name!r}: {faults}. {data.REMEDY}") from error


def _where(loc: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, loc))}: " if loc else ""


@cache
def activities() -> tuple[Activity, ...]:
    """Every frame, by file and order; raises ``ConfigurationError`` for a name that two have."""
    found = tuple(row for file in _files(ACTIVITIES) for row in read_activities(file))
    twice = [name for name, count in Counter(row.name for row in found).items() if count > 1]
    if twice:
        raise ConfigurationError(f"Several activity frames are called {twice!r}. {data.REMEDY}")
    return found


@cache
def courses() -> tuple[Course, ...]:
    """Every course for kinds, by file and order."""
    return tuple(row for file in _files(COURSES) for row in read_courses(file))


def _files(folder: str) -> list[Traversable]:
    place = data.file(folder)
    found = [file for file in place.iterdir() if file.name.endswith(".toml")] if place.is_dir() else []
    return sorted(found, key=lambda file: file.name)
