"""Every agent's instructions as text, kept under ``prompts/``: what a change of templates, rubric or examples does to
them is seen in its diff.

    python -m tests.core.prompt_texts        write them anew
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from personavlog.agents import story
from personavlog.agents.edit import _phrase
from personavlog.agents.prompts import render
from personavlog.backbones.corrections import VOCABULARY, Correction
from personavlog.backbones.findings import DefectKind
from personavlog.backbones.rubric import RUBRIC

FOLDER = Path(__file__).parent / "prompts"
PHRASES = {
    "vocabulary": [_phrase(one) for one in Correction if one in VOCABULARY],
    "known": [one.value for one in Correction if one in VOCABULARY],
}
WORDS: Mapping[str, Mapping[str, object]] = {
    "story.generate": {"shots": 6, "length": 30, "language": "en", "readings": story.READINGS},
    "seg.generate": {"shots": 6},
    "video.generate": {"shots": 6, "seconds": 5.0},
    "mono.generate": {"shots": 6, "language": "en", "unit": "words"},
    "music.generate": {},
    "whole.generate": {"shots": 6, "length": 30, "language": "en", "max_words": 12, "unit": "words"},
    **{f"{pair}.review": {} for pair in RUBRIC},
    "image_quality.inspect": {"kinds": [kind.value for kind in DefectKind]},
    "video_quality.inspect": {"video": False},
    "edit.instruct": {"vocabulary": [], "known": []},
}
"""Role to the words that its template is given for a film of six shots."""


def texts() -> Mapping[str, str]:
    """File name to the text of a role's instructions; the edit agent has them with and without the painter's
    phrases."""
    plain = {f"{role}.txt": render(role, words) for role, words in WORDS.items()}
    return plain | {"edit.instruct.phrases.txt": render("edit.instruct", PHRASES)}


def main() -> None:
    """Write the texts."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
