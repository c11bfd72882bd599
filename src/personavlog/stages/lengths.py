"""How long every shot is to be, as a step of its own: the run's earlier lengths are among its inputs, so that a shot
whose clip was made keeps its length when another shot's line is changed."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from personavlog import steps
from personavlog.agents.mono import spoken_length
from personavlog.backbones.capabilities import DurationRule
from personavlog.frozen import Frozen
from personavlog.languages import LANGUAGES
from personavlog.production.production import Production
from personavlog.script import Monologue
from personavlog.sound.slots import TOLERANCE, Before, Line, Slot, slots
from personavlog.stages.write import Writing

VERSION = "slots-1"


class ShotLength(Frozen):
    """A shot's own number, the words of its line, and how long it is, in seconds."""

    shot: int
    words: int
    seconds: float = Field(gt=0)


class Asked(Frozen):
    """What the lengths follow from: words by shot, in the film's order; ``pace`` in words a second, ``length`` and
    ``crossfade`` in seconds; ``before`` is how long the shots were, empty in a new film."""

    numbers: tuple[int, ...]
    words: tuple[int, ...]
    pace: float
    length: float
    crossfade: float
    durations: DurationRule
    may_rewrite: bool
    before: tuple[ShotLength, ...] = ()


class Lengths(Frozen):
    """Each shot's time, in the film's order."""

    asked: Asked
    slots: tuple[Slot, ...]

    @property
    def shots(self) -> tuple[ShotLength, ...]:
        """How long each shot is."""
        known = zip(self.asked.numbers, self.asked.words, self.slots, strict=True)
        return tuple(ShotLength(shot=shot, words=words, seconds=slot.duration) for shot, words, slot in known)

    @property
    def duration(self) -> float:
        """The film's length in seconds that is planned for."""
        return sum(slot.duration - slot.out for slot in self.slots)

    @property
    def moved(self) -> tuple[int, ...]:
        """Numbers of the shots that get another length although their lines are not longer."""
        before = {one.shot: one for one in self.asked.before}
        kept = [one for one in self.shots if one.shot in before and one.words <= before[one.shot].words]
        return tuple(one.shot for one in kept if one.seconds != before[one.shot].seconds)


async def shot_lengths(production: Production, writing: Writing) -> Lengths:
    """The slots of all shots; lengths that the run's shots had are kept where the film's length allows it."""
    asked = _asked(production, await writing.lines.value())

    async def work() -> Lengths:
        return Lengths(asked=asked, slots=_slots(asked))

    lengths = await production.think(steps.SLOTS, work, uses="keep", fingerprint=VERSION, returns=Lengths, asked=asked)
    for note in _notes(production, lengths):
        production.note(note)
    return lengths


def _asked(production: Production, texts: Sequence[Monologue]) -> Asked:
    """The question, with the lengths of before: of the same question asked before those that it had then, so that a
    resumed or taken back film is the same; else those that stand."""
    language = production.brief.language
    plain = Asked(
        numbers=production.ids,
        words=tuple(spoken_length(text.text, language) for text in texts),
        pace=LANGUAGES[language].pace,
        length=production.length,
        crossfade=production.crossfade,
        durations=production.video.capabilities.durations,
        may_rewrite=production.pinned_script is None,
    )
    known = production.made_before(steps.SLOTS, Lengths)
    for one in known:
        if one.asked.model_copy(update={"before": ()}) == plain:
            return one.asked
    return plain.model_copy(update={"before": known[0].shots}) if known else plain


def _slots(asked: Asked) -> tuple[Slot, ...]:
    before = {one.shot: Before(_line(one.words, asked), one.seconds) for one in asked.before}
    return slots(
        [_line(words, asked) for words in asked.words],
        asked.length,
        asked.durations,
        crossfade=asked.crossfade,
        may_rewrite=asked.may_rewrite,
        before=[before.get(number) for number in asked.numbers],
    )


def _line(words: int, asked: Asked) -> Line:
    return Line(words / asked.pace, words)


def _notes(production: Production, lengths: Lengths) -> list[str]:
    """What a person should know of lengths that are not as they were, or as was asked."""
    wanted, notes = lengths.asked.length, []
    if moved := sorted(map(production.place, lengths.moved)):
        which = f"Shot{'s' if len(moved) > 1 else ''} {', '.join(map(str, moved))}"
        notes.append(
            f"{which} get{'' if len(moved) > 1 else 's'} another length and another clip, or the film would be more "
            f"than a tenth off {wanted:.1f} s."
        )
    if lengths.duration > (1 + TOLERANCE) * wanted:
        notes.append(
            f"The lines need {lengths.duration:.1f} s, so the film is longer than the {wanted:.1f} s asked for."
        )
    return notes
