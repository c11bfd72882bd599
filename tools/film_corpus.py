"""Writes what the measuring reviewers compare drafts with: hashed beats and sentences of films of many themes.

    python tools/film_corpus.py [--writer embedded:planner] [--seeds 2 3]

The themes are those of benchmarks/script_themes.toml that may be looked at, with other seeds than the benchmark's;
never those that are only run. To be written again whenever the writer's sentences change.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from personavlog.backbones.chat import chat_model
from personavlog.errors import PersonaVlogError
from personavlog.runs.blobs import Blobs
from personavlog_embedded.writing.reviewing.corpus import Corpus, CorpusFilm, hashed_film

ROOT = Path(__file__).parents[1]
INTO = ROOT / "src/personavlog_embedded/data/reviewing_corpus.json"
sys.path.insert(0, str(ROOT / "benchmarks"))

from script_films import LOOKED_AT, themes, written  # noqa: E402


def films(writer: str, seeds: list[int]) -> list[CorpusFilm]:
    """All films of the looked-at themes that the writer takes, without reviews: what it writes of its own accord."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        blobs = Blobs(Path(folder))
        for theme in themes(LOOKED_AT):
            for seed in seeds:
                try:
                    script, _ = written(theme, writer, seed, blobs, reviewed=False)
                except PersonaVlogError:
                    continue
                events = [beat.event for beat in script.story.beats]
                found.append(hashed_film(theme.theme, events, [line.text for line in script.monologues]))
    return found


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writer", default="embedded:planner")
    parser.add_argument("--seeds", type=int, nargs="+", default=[2, 3])
    options = parser.parse_args()
    name = chat_model(options.writer).model_name
    corpus = Corpus(writer=name, films=tuple(films(options.writer, options.seeds)))
    INTO.write_text(corpus.model_dump_json() + "\n", encoding="utf-8")
    print(f"{len(corpus.films)} films, {INTO.stat().st_size} bytes: {INTO}")


if __name__ == "__main__":
    main()
