"""How far scripts are about their themes, without painting: 60 themes that may be looked at and 40 that are only run.

    python benchmarks/scripts.py [--writer embedded:planner] [--seeds 2] [--into films.jsonl] [--scripts FOLDER]
    python benchmarks/scripts.py --from before.jsonl --from after.jsonl

Both halves stand side by side with the aims on the half that nobody looked at. ``--into`` keeps a record a film (counts
and hashes, no text), ``--from`` prints tables of records again; ``--scripts`` writes the scripts of the looked-at half
alone. A theme's words are its content words by stem (personavlog_embedded.writing.reviewing.words), no writer's own.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from personavlog.runs.blobs import Blobs
from personavlog.script import Script
from script_films import LOOKED_AT, ONLY_RUN, Film, Theme, filmed, themes
from script_tables import table


def run(writer: str, seeds: int, scripts: Path | None, into: Path | None, halves: Sequence[str]) -> list[Film]:
    """Write the films of these halves."""
    films = []
    with tempfile.TemporaryDirectory() as folder:
        blobs = Blobs(Path(folder))
        for theme in (theme for half in halves for theme in themes(half)):
            for seed in range(seeds):
                film, script = filmed(theme, writer, seed, blobs)
                films.append(film)
                if into:
                    with into.open("a", encoding="utf-8") as records:
                        records.write(film.model_dump_json() + "\n")
                if scripts and script and theme.half == LOOKED_AT:
                    (scripts / f"{theme.key}-{seed}.txt").write_text(page(theme, script), "utf-8")
    return films


def page(theme: Theme, script: Script) -> str:
    """A script to be read: theme, boards and lines, nothing of who wrote it."""
    parts = [f"Theme: {theme.theme}" + (f" ({theme.english})" if theme.english else "")]
    for number, (board, line) in enumerate(zip(script.boards, script.monologues, strict=True), 1):
        seen = f" Seen: {', '.join(board.props)}." if board.props else ""
        parts.append(
            f"{number}. {board.place}, {board.time_of_day.value}, {board.weather.value}, {board.framing.value}: "
            f"{board.action}{seen}\n   “{line.text}”"
        )
    return "\n\n".join(parts) + "\n"


def read(path: Path) -> list[Film]:
    """The records of an earlier run."""
    return [Film.model_validate_json(line) for line in path.read_text("utf-8").splitlines() if line]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the films, or read their records, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writer", default="embedded:planner", help="Any chat model.")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--half", choices=(LOOKED_AT, ONLY_RUN), help="One half alone.")
    parser.add_argument("--into", type=Path, help="Append a record a film, JSON lines.")
    parser.add_argument("--scripts", type=Path, help="A folder for the scripts of the looked-at half.")
    parser.add_argument("--from", dest="records", type=Path, action="append", help="Records of earlier runs instead.")
    options = parser.parse_args(arguments)
    if options.scripts:
        options.scripts.mkdir(parents=True, exist_ok=True)
    runs = {path.stem: read(path) for path in options.records or ()}
    if not runs:
        halves = [options.half] if options.half else [LOOKED_AT, ONLY_RUN]
        films = run(options.writer, options.seeds, options.scripts, options.into, halves)
        runs = {options.writer: films}
    for name, films in runs.items():
        print(f"\n## {name}\n\n" + "\n".join(table(films)))


if __name__ == "__main__":
    main()
