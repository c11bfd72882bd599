"""What a film says to its user: a sentence each, ranked by how much it matters.

A note says what is otherwise than asked for, or soon will be, and what the user can do about it. What nobody can act
on, or what holds for every film, is no note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from pydantic import Field, JsonValue

from personavlog.frozen import Frozen


class NoteKind(StrEnum):
    """What a note bears on; the gravest first, which is the order in which notes are shown."""

    FILM = "film"
    """The film is otherwise than asked for: its theme, its words, its length, its voice; or a person's own file is not
    in it."""
    PART = "part"
    """Something in the film is: in a shot, in a picture, in the photo it is made from."""
    SERVICE = "service"
    """Nothing in the film differs, but a server or a model may not serve the next one."""


class Note(Frozen):
    """One sentence for the user. ``shots`` are the places of the shots that it is about, from 1; none: no shot of its
    own."""

    text: str
    about: NoteKind = NoteKind.PART
    shots: tuple[int, ...] = Field(default=())

    @property
    def sentence(self) -> str:
        """The note as it is shown."""
        if not self.shots:
            return self.text
        return f"Shot{'s' if len(self.shots) > 1 else ''} {', '.join(map(str, self.shots))}: {self.text}"

    @classmethod
    def of(cls, data: Mapping[str, JsonValue]) -> Note:
        """The note of an event's or entry's data; those of earlier versions have a text only."""
        return cls.model_validate({name: value for name, value in data.items() if name in cls.model_fields})


def ranked(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Each note once, the gravest first and else in the order in which they were said; what several shots say in one,
    and what is said of no shot of its own not again of some."""
    shots: dict[tuple[NoteKind, str], tuple[int, ...]] = {}
    everywhere = set[str]()
    for note in notes:
        same = (note.about, note.text)
        shots[same] = tuple(sorted({*shots.get(same, ()), *note.shots}))
        if not note.shots:
            everywhere.add(note.text)
    once = [
        Note(text=text, about=kind, shots=() if text in everywhere else found) for (kind, text), found in shots.items()
    ]
    order = list(NoteKind)
    return tuple(dict.fromkeys(sorted(once, key=lambda note: order.index(note.about))))
