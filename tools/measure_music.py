"""Measure every track of the music packs once and write the table that the music backbone chooses from.

    python -m tools.measure_music [pack ...]

About two seconds of one core per track.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import soundfile

from personavlog import weights
from personavlog_embedded.music.listen import features
from personavlog_embedded.music.tracks import TABLE, Track


def main(packs: list[str]) -> None:
    """Measure, write, say."""
    tracks = [track for pack in packs for track in measured(pack)]
    rows = [track.model_dump() for track in sorted(tracks, key=lambda track: (track.pack, track.file))]
    TABLE.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    print(f"{len(rows)} tracks of {len(packs)} packs")


def measured(pack: str) -> list[Track]:
    """One pack's tracks."""
    folder = weights.path(pack)
    catalog = json.loads((folder / "catalog.json").read_text())
    return [_track(pack, catalog["category"]["label"], entry, folder) for entry in catalog["tracks"]]


def _track(pack: str, category: str, entry: dict[str, str], folder: Path) -> Track:
    samples, rate = soundfile.read(folder / entry["packagePath"], dtype="float32")
    found = features(samples, rate)
    return Track(
        pack=pack,
        file=entry["packagePath"],
        title=entry["title"],
        category=category,
        duration=round(len(samples) / rate, 2),
        tempo=round(found.tempo, 1),
        brightness=round(found.brightness),
        drive=round(found.drive, 4),
        minor=round(found.minor, 2),
    )


if __name__ == "__main__":
    main(sys.argv[1:] or [name for name in weights.catalogue() if name.startswith("music-")])
