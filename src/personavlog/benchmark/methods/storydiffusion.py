"""StoryDiffusion: one text for the character, one line a picture, a picture of the person."""

from __future__ import annotations

from pathlib import Path

from personavlog.benchmark.methods.writing import PERSON, reference, text_file
from personavlog.benchmark.outputs import Vlog

_MARKS = str.maketrans("#[]", "   ")
"""``#`` begins a caption and ``[...]`` names a character in its lines."""


def write_input(vlog: Vlog, folder: Path, kind: str) -> None:
    """``character.txt`` (the field "Textual Description for Character"), ``prompts.txt`` (the field "Comic
    Description", a line a shot) and ``reference.png``; ``kind`` is the class word before the trigger word "img"."""
    looks = f", {_plain(vlog.meta.character)}" if vlog.meta.character else ""
    text_file(folder / "character.txt", [f"[{PERSON}] a {kind} img{looks}"])
    lines = [f"[{PERSON}] {_plain(shot.board)} {_plain(vlog.meta.style_text)}" for shot in vlog.shots]
    text_file(folder / "prompts.txt", lines)
    reference(vlog, folder / "reference.png")


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())
