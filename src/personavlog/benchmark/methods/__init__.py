"""Other methods: the input of each, made from our storyboards, and its outputs, taken over into our layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from personavlog.benchmark.methods import instantcharacter, mmstoryagent, movieagent, storydiffusion, vlogger
from personavlog.benchmark.methods.table import Foreign, foreign
from personavlog.benchmark.methods.taking import Found, by_table, folder_of, pictures_of, take_over, take_over_all
from personavlog.benchmark.methods.vistory import import_vistory
from personavlog.benchmark.outputs import Outputs, Problem, Vlog
from personavlog.errors import ConfigurationError

__all__ = ["Adapter", "adapter", "adapters", "import_outputs", "import_vistory", "write_inputs"]

KIND = "person"
"""What the person is called where a method needs a word for it and nobody gave a better one."""


@dataclass(frozen=True)
class Adapter:
    """``write_input`` writes one vlog's input into a folder of its own, ``find`` finds what came of it. ``own_story``:
    the method tells the theme in its own words, so what we know of the character is not of its vlog."""

    entry: Foreign
    write_input: Callable[[Vlog, Path, str], None]
    find: Callable[[Path, Vlog], Found]
    own_story: bool = False


def adapters() -> dict[str, Adapter]:
    """All of them, by name."""
    table = foreign()

    def ours(name: str) -> Callable[[Path, Vlog], Found]:
        return lambda source, vlog: by_table(table[name], source, vlog.shots)

    pages, spoken, filmed = table["mm-storyagent"], table["vlogger"], table["movieagent"]
    known = (
        Adapter(table["storydiffusion"], storydiffusion.write_input, ours("storydiffusion")),
        Adapter(table["instantcharacter"], instantcharacter.write_input, ours("instantcharacter")),
        Adapter(
            pages,
            mmstoryagent.write_input,
            lambda source, vlog: by_table(pages, source, mmstoryagent.storyboard(source)),
            own_story=True,
        ),
        Adapter(filmed, movieagent.write_input, lambda source, vlog: _filmed(filmed, source), own_story=True),
        Adapter(
            spoken,
            vlogger.write_input,
            lambda source, vlog: by_table(spoken, source, vlogger.storyboard(vlog)),
        ),
    )
    return {one.entry.name: one for one in known}


def _filmed(entry: Foreign, source: Path) -> Found:
    found = movieagent.found(source)
    found.whole = by_table(entry, source, ()).whole
    return found


def adapter(name: str) -> Adapter:
    """The adapter of a method; raises ``ConfigurationError`` naming those that there are."""
    known = adapters()
    if name not in known:
        raise ConfigurationError(f"There is no adapter for {name!r}. Known are: {', '.join(known)}.")
    return known[name]


def write_inputs(name: str, outputs: Outputs, target: Path, kinds: Mapping[str, str] | None = None) -> list[Path]:
    """Write the input of method ``name`` for every vlog of ours, each into a folder of its name in ``target``.
    ``kinds`` are words for people by id, such as "woman" or "boy".

    Raises ``ConfigurationError`` for an unknown method and for a vlog without a picture of the person.
    """
    chosen, written = adapter(name), []
    for vlog in outputs.vlogs:
        folder = target / vlog.name
        chosen.write_input(vlog, folder, (kinds or {}).get(vlog.meta.person, KIND))
        written.append(folder)
    return written


def import_outputs(name: str, source: Path, ours: Outputs, target: Path) -> Outputs:
    """Take over what method ``name`` made: for every vlog of ours its output folder of that name in ``source``, into
    the method's folder ``target``. A vlog that is not there or cannot be read is a problem, and the others are taken
    over.

    Raises ``ConfigurationError`` for an unknown method, or where ``target`` has something in it.
    """
    chosen = adapter(name)

    def one(vlog: Vlog) -> tuple[Vlog, tuple[Problem, ...]]:
        place = folder_of(source, vlog.name)
        found = chosen.find(place, vlog)
        meta = vlog.meta.model_copy(update={"character": ""}) if chosen.own_story else vlog.meta
        return take_over(found, place, chosen.entry, meta, pictures_of(vlog), target)

    return take_over_all(chosen.entry.method, target, {vlog.name: partial(one, vlog) for vlog in ours.vlogs})
