"""InstantCharacter: a prompt and a seed a picture, and a picture of the person."""

from __future__ import annotations

import json
from pathlib import Path

from personavlog.benchmark.methods.writing import reference, text_file
from personavlog.benchmark.outputs import Vlog


def write_input(vlog: Vlog, folder: Path, kind: str) -> None:
    """``jobs.jsonl``, a call of the pipeline a line (``prompt``, ``seed`` and the name to save as), and
    ``reference.png``, its ``subject_image``."""
    jobs = [
        {
            "prompt": f"{shot.board} {vlog.meta.style_text}",
            "seed": vlog.meta.seed + shot.index,
            "save_as": f"{shot.index:02d}.png",
        }
        for shot in vlog.shots
    ]
    text_file(folder / "jobs.jsonl", [json.dumps(job, ensure_ascii=False) for job in jobs])
    reference(vlog, folder / "reference.png")
