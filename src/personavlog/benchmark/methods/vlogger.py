"""Vlogger: a script of fragments, the characters in it, how long each fragment lasts, and a picture of the person."""

from __future__ import annotations

from pathlib import Path

from personavlog.benchmark.methods.taking import shot
from personavlog.benchmark.methods.writing import PERSON, json_file, reference
from personavlog.benchmark.outputs import Shot, Vlog

SECONDS = 3
"""Of a fragment; its own example has 2 and 3, and ViStoryBench gives it 3."""


def write_input(vlog: Vlog, folder: Path, kind: str) -> None:
    """A folder of its ``results/vlog/``: the five files of ``script/`` (Python literals, which this JSON is) and
    ``ref_img/``, and the entries of ``configs/vlog_read_script_sample.yaml`` that name them."""
    told = {shot.index: _told(shot, vlog) for shot in vlog.shots}
    script = folder / "script"
    fragment, segment = "video fragment id", "video segment id"
    json_file(
        script / "video_prompts.txt", [{fragment: n, "video fragment description": text} for n, text in told.items()]
    )
    json_file(script / "zh_video_prompts.txt", [{"序号": n, "描述": text} for n, text in told.items()])
    json_file(script / "time_scripts.txt", [{fragment: n, "time": SECONDS} for n in told])
    json_file(script / "protagonist_place_reference.txt", [{segment: n, "character/place id": [1]} for n in told])
    who = {"id": 1, "name": PERSON, "description": vlog.meta.character or f"a {kind}"}
    json_file(script / "protagonists_places.txt", [who])
    reference(vlog, folder / "ref_img" / "person.png")
    place = f"results/vlog/{vlog.name}"
    paths = {
        "save_path": f"{place}/video",
        "reference_image_path": [f"{place}/ref_img/person.png"],
        "script_file_path": f"{place}/script/video_prompts.txt",
        "zh_script_file_path": f"{place}/script/zh_video_prompts.txt",
        "protagonist_file_path": f"{place}/script/protagonists_places.txt",
        "reference_file_path": f"{place}/script/protagonist_place_reference.txt",
        "time_file_path": f"{place}/script/time_scripts.txt",
        "seed": vlog.meta.seed,
    }
    json_file(folder / "settings.yaml", paths)


def storyboard(vlog: Vlog) -> tuple[Shot, ...]:
    """Ours; what it speaks over a fragment is the fragment's description."""
    return tuple(shot(one.index, one.board, line=_told(one, vlog)) for one in vlog.shots)


def _told(one: Shot, vlog: Vlog) -> str:
    return f"{one.board} {vlog.meta.style_text}"
