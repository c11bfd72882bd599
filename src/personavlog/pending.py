"""What was changed since the film was last made, and what making it again will take."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from personavlog.backbones.roles import CHOSEN, OWN
from personavlog.runs.index import Index, StepRow
from personavlog.runs.ledger import Entry
from personavlog.saved import current_script, shot_numbers
from personavlog.script import Script
from personavlog.steps import MUSIC, OWN_PARTS, RETAKES, STYLISE, Part, StepName, Work

CHOICE = "chosen"
"""What is said of a part of which a person chose the attempt."""
_NAMES = {
    "person": ("picture of the person", "pictures of the person"),
    "keyframe": ("picture", "pictures"),
    "clip": ("clip", "clips"),
    "voice": ("line", "lines"),
    "music": ("piece of music", "pieces of music"),
}
_CALLS = {
    "person": (Part.STYLISE, None),
    "keyframe": (Part.KEYFRAME, Work.PAINT),
    "clip": (Part.CLIP, Work.ANIMATE),
    "voice": (Part.VOICE, None),
    "music": (Part.MUSIC, None),
}


@dataclass(frozen=True)
class Pending:
    """``shots``: the parts to be made again by place in the film, from 1; ``whole``: those of no shot. ``calls`` counts
    what the backbones are asked for, corrections not among them; ``recut``: the film itself is another one."""

    shots: Mapping[int, tuple[str, ...]]
    whole: tuple[str, ...]
    calls: Mapping[str, int]
    recut: bool


def pending(index: Index, run: str) -> Pending | None:
    """What ``resume`` would make again; None where no film was finished yet."""
    made = next((event.data.get("made") for event in index.newest(run, ("film",))), None)
    script = current_script(index, run)
    if not isinstance(made, dict) or script is None:
        return None
    return _compared(index, run, _Film(made), script)


def sentences(index: Index, run: str, found: Pending) -> tuple[str, ...]:
    """The same in words."""
    if not found.recut:
        return ()
    parts = [f"shot {place}: {', '.join(parts)}" for place, parts in found.shots.items()]
    said = "; ".join([*(f"the {one}" for one in found.whole), *parts])
    begin = f"Changed since the film was made: {said}." if said else "The film was not cut again since the last change."
    work = _work(index, run, found.calls) if found.calls else "the cut alone"
    return (begin, f"Making it again takes {work}.")


class _Film:
    """The finished film, as its event tells it."""

    def __init__(self, made: Mapping[str, Any]) -> None:
        script: Mapping[str, Any] = made.get("script", {})
        self.numbers = tuple(made.get("numbers") or range(1, len(made.get("clips", ())) + 1))
        self.character: Mapping[str, Any] = script.get("character", {})
        self._shots = {
            number: {
                "asked keyframe": script["boards"][place],
                "asked clip": script["videos"][place],
                "asked voice": script["monologues"][place],
                "keyframe": made["keyframes"][place]["image"]["digest"],
                "clip": made["clips"][place]["clip"]["digest"],
                **{f"own {part}": bool(_whose(made[f"{part}s"][place])) for part in ("keyframe", "clip")},
                "own voice": made["narration"]["lines"][place].get("voice") == OWN,
            }
            for place, number in enumerate(self.numbers)
        }

    def shot(self, number: int) -> Mapping[str, Any] | None:
        return self._shots.get(number)


def _compared(index: Index, run: str, film: _Film, script: Script) -> Pending:
    numbers = shot_numbers(index, run, len(script.boards))
    whole = [name for name, step in (("person", STYLISE), ("music", MUSIC)) if _asked(index, run, step)]
    compared = {
        place: _shot(index, run, film, script, place, number, "person" in whole)
        for place, number in enumerate(numbers, 1)
    }
    calls = Counter(part for _, made in compared.values() for part in made)
    shots = {place: said for place, (said, _) in compared.items() if said}
    return Pending(shots, tuple(whole), calls + Counter(whole), bool(shots or whole) or numbers != film.numbers)


def _shot(
    index: Index, run: str, film: _Film, script: Script, place: int, number: int, person: bool
) -> tuple[tuple[str, ...], frozenset[str]]:
    """What of a shot is another thing than in the film, in words, and which parts of it are asked for."""
    pins, before = index.edits.pins(run), film.shot(number)
    own = {part: str(step(number)) in pins for part, step in OWN_PARTS.items()}
    whose = {part: _whose(json.loads(pins[str(step(number))])) for part, step in OWN_PARTS.items() if own[part]}
    if whose.get("clip") == OWN and not own["keyframe"]:
        own.pop("keyframe")  # it is the clip's first picture then
    if before is None:
        other, swapped = set(own), set[str]()
    else:
        other = _other(film, script, place - 1, before, person)
        other |= {part for part, step in RETAKES.items() if _asked(index, run, step(number))}
        swapped = {part for part in own if own[part] != before[f"own {part}"] or _another(pins, part, number, before)}
    if "keyframe" in other | swapped:
        other.add("clip")
    made = {part for part in other & own.keys() if not own[part]}
    known = {part for part in swapped if not own[part] and index.find_step(run, str(RETAKES[part](number)))}
    names = [f"{whose[part]} {part}" if own[part] else part for part in own if part in made | swapped]
    return tuple(names), frozenset(made - known)


def _whose(result: Mapping[str, Any]) -> str:
    """Whose a part is: a person's own, chosen by one, or "" where it is nobody's."""
    if OWN in (result.get("prompt"), result.get("voice")):
        return OWN
    return CHOICE if CHOSEN in (result.get("notes") or ()) else ""


def _other(film: _Film, script: Script, place: int, before: Mapping[str, Any], person: bool) -> set[str]:
    """The parts that the script asks for otherwise than in the film; ``place`` from 0."""
    now = {"keyframe": script.boards[place], "clip": script.videos[place], "voice": script.monologues[place]}
    other = {part for part, asked in now.items() if asked.model_dump(mode="json") != before[f"asked {part}"]}
    if person or film.character.get("appearance") != script.character.appearance:
        other.add("keyframe")
    if film.character.get("voice") != script.character.voice:
        other.add("voice")
    return other


def _another(pins: Mapping[str, str], part: str, number: int, before: Mapping[str, Any]) -> bool:
    """Whether a person's own picture or clip is another one than the film shows."""
    text = pins.get(str(OWN_PARTS[part](number)))
    return text is not None and part in ("keyframe", "clip") and str(before[part]) not in text


def _asked(index: Index, run: str, step: StepName) -> bool:
    """Whether somebody chose a take that the step was not made with yet."""
    chosen, row = index.edits.chosen(run, str(step)), index.find_step(run, str(step))
    return chosen is not None and (row is None or row.take != chosen)


def _work(index: Index, run: str, calls: Mapping[str, int]) -> str:
    """Calls, time and money, as such calls took in this run."""
    counted = [f"{calls[part]} {names[calls[part] > 1]}" for part, names in _NAMES.items() if calls.get(part)]
    rows, entries = index.steps(run), index.ledger.entries(run)
    seconds = sum(calls[part] * (mean_seconds(rows, part) or 0.0) for part in calls)
    prices = [(calls[part], price(entries, part)) for part in calls]
    low, high = (sum(count * bounds[end] for count, bounds in prices if bounds) for end in (0, 1))
    cost = "" if not high else f", about ${low:.2f} to ${high:.2f}"
    unknown = ", some of it of unknown price" if any(bounds is None for _, bounds in prices) else ""
    return f"{', '.join([*counted, 'the cut'])}: about {seconds:.0f} s of work{cost}{unknown}"


def mean_seconds(rows: Iterable[StepRow], part: str) -> float | None:
    """The mean of what the making of such a part ("keyframe", "music") took; None where none was made."""
    took = [row.seconds for row in rows if _is(row.name, part) and row.seconds]
    return sum(took) / len(took) if took else None


def price(entries: Iterable[Entry], part: str) -> tuple[float, float] | None:
    """The least and the most that a call for such a part cost, US dollars; None: unknown."""
    paid = [entry.money for entry in entries if _is(entry.step, part) and entry.outcome == "paid"]
    known = [money for money in paid if money is not None]
    return (min(known, default=0.0), max(known, default=0.0)) if len(known) == len(paid) else None


def _is(step: str, part: str) -> bool:
    name, (kind, work) = StepName.parse(step), _CALLS[part]
    return name is not None and name.part is kind and name.work is work
