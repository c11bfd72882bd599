"""The story agent's writer (Eq. 1): several films of the language model, the best one taken, and what is wrong in it
mended from the others or by the plain writer's shot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from personavlog.backbones.chat_booking import tell
from personavlog.backbones.reviews import Change
from personavlog.errors import InvalidReplyError
from personavlog.metrics import text
from personavlog.script import Beat, StoryDraft
from personavlog_embedded.writing.language.checks import named, place_fault, scene_fault
from personavlog_embedded.writing.language.model import busy
from personavlog_embedded.writing.language.scenes import Scene, films
from personavlog_embedded.writing.plain import writer as plain
from personavlog_embedded.writing.plain.notes import targets
from personavlog_embedded.writing.plain.theme import Theme
from personavlog_embedded.writing.plain.titles import logline

NO_FILM = "The language model gave no film that can be read; the plain writer's shots stand in: {error}"
MENDED = "Of the language model's shots {numbers} were not fit to be shown ({faults}); the plain writer's stand there."
BUSY = (
    "This machine is busy: the language model takes several times as long as on idle cores, and fewer films are "
    "written to choose from. --writer embedded:planner takes seconds."
)
FAULT, PLACE, NAMES = 1.0, 0.3, 0.5
"""What a faulty scene and a faulty place cost a film, and what one whose every shot names the theme gains."""

Film = tuple[Scene, ...]


def write_story(
    *,
    theme: str,
    style: str,
    shots: int,
    language: str,
    name: str | None,
    appearance: str,
    seed: int,
    notes: Sequence[Change] = (),
) -> StoryDraft:
    """A story of ``shots`` beats: parts, hours, title and character are the plain writer's, places and acts the
    model's. With ``notes`` the beats that they name come from the next film."""
    read = plain.readable(theme)
    base = plain.story_of(read, shots, language, name, appearance, seed)
    beats = base.story.beats
    if busy() and not notes:
        tell(BUSY)
    try:
        written = films(theme, read.tone, [beat.role for beat in beats], seed)
    except InvalidReplyError as error:
        tell(NO_FILM.format(error=error))
        return base
    again = {number: len(changes) for number, changes in targets(notes, "beat").items()}
    story = base.story.model_copy(
        update={"beats": mended(written, beats, read, again), "logline": logline(read, (), name, language)[:300]}
    )
    return base.model_copy(update={"story": story})


def mended(written: Sequence[Film], beats: Sequence[Beat], read: Theme, again: dict[int, int]) -> tuple[Beat, ...]:
    """The beats of the best film. A faulty scene is the next film's without a fault, else the plain beat, which is
    said; a faulty place the plain beat's. ``again`` are the beats wanted anew and how often."""
    ranked = sorted(written, key=lambda film: -worth(film, read))
    made: list[Beat] = []
    kept: list[Scene] = []
    faults: dict[int, str] = {}
    for number, beat in enumerate(beats):
        scenes, fault = _fit(number, ranked, read, kept)
        skipped = again.get(number, 0)
        if skipped < len(scenes):
            kept.append(scenes[skipped])
            made.append(_beat(beat, scenes[skipped], read, [one.place for one in made]))
        else:
            made.append(beat)
            faults |= {number: fault} if not skipped else {}
    if faults and not again:
        tell(MENDED.format(numbers=", ".join(str(n + 1) for n in faults), faults="; ".join(faults.values())))
    return tuple(made)


def _fit(number: int, ranked: Sequence[Film], read: Theme, kept: Sequence[Scene]) -> tuple[list[Scene], str]:
    """The scenes of this number without a fault, the best film's first, and the first fault."""
    found = [(film[number], scene_fault(film[number], read, kept)) for film in ranked]
    return [scene for scene, fault in found if not fault], next((fault for _, fault in found if fault), "")


def _beat(beat: Beat, scene: Scene, read: Theme, before: Sequence[str]) -> Beat:
    place = beat.place if place_fault(scene.place, read, before) else scene.place
    return beat.model_copy(update={"event": scene.event, "place": place})


def worth(film: Film, read: Theme) -> float:
    """Near to the theme and naming it; faulty scenes, bad places and acts alike cost."""
    said = [f"{scene.place}. {scene.act}" for scene in film]
    near = float(text.relevance([read.english or read.text], said).mean())
    names = sum(named(one, read) for one in said) / len(said)
    wrong = sum(bool(scene_fault(scene, read, film[:n])) for n, scene in enumerate(film))
    bad = sum(bool(place_fault(scene.place, read, [one.place for one in film[:n]])) for n, scene in enumerate(film))
    return near + NAMES * names - (FAULT * wrong + PLACE * bad + 0.1 * sum(_alike(film))) / len(film)


def _alike(film: Film) -> Iterator[bool]:
    """Whether two scenes begin with the same verb, for every two."""
    return (one.act.split()[0] == other.act.split()[0] for one, other in combinations(film, 2))
