"""Names in a script that a voice does not read, in Latin letters."""

from __future__ import annotations

from dataclasses import dataclass

from personavlog.languages import foreign

_MOST_NAMED = 8


@dataclass(frozen=True)
class Transcribed:
    """A line that the voice can read; ``said`` are the words that were written in another script, as they are said,
    and "" for one that is not said at all."""

    line: str
    said: tuple[tuple[str, str], ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it."""
        read = [f"{word!r} as {latin!r}" for word, latin in self.said if latin][:_MOST_NAMED]
        lost = [repr(word) for word, latin in self.said if not latin][:_MOST_NAMED]
        notes = [f"The voice reads {', '.join(read)}: it knows no other script. Write names as they are to be said."]
        gone = [f"The voice cannot say {', '.join(lost)} and leaves it out. Write it in letters that it reads."]
        return (*(notes if read else ()), *(gone if lost else ()))


def transcribed(line: str, language: str) -> Transcribed:
    """The line with every word of a script that ``language`` is not written in put into Latin letters; meaning is not
    translated."""
    words = foreign(line, language)
    if not words:
        return Transcribed(line, ())
    from anyascii import anyascii

    said = tuple((word, "".join(c for c in anyascii(word) if c.isalpha() or c in "' ").strip()) for word in words)
    for word, latin in sorted(said, key=lambda pair: -len(pair[0])):
        line = line.replace(word, f" {latin.capitalize()} " if language != "zh" else latin.capitalize())
    return Transcribed(line, said)
