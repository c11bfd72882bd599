"""``licences.txt``: what the film was made with, and what that does not allow, first of all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version

from personavlog.cut.fonts import wanted
from personavlog.cut.subtitles import readable
from personavlog.export.source import Source
from personavlog.runs.record import LicenceRecord
from personavlog.weights import entry

_NOT_COMMERCIAL = re.compile(r"\bnon-?\s?commercial|\b(?:not?|never|nor)\b[^.;]*\bcommercial|\bNC\b", re.IGNORECASE)
"""How licences and their limits say it: "CC-BY-NC-4.0", "Non-Commercial", "may not be used commercially"."""


def forbids_commerce(*words: str) -> bool:
    """Whether a licence's name or limits say that a part is not for commercial use."""
    return any(_NOT_COMMERCIAL.search(text) for text in words)


def licences(source: Source) -> str:
    """The text of ``licences.txt``: models, music, faces, fonts; the parts that are not for commercial use stand first.

    Where a model's licence is not known it says so.
    """
    return "\n\n".join("\n".join(lines) for lines in _sections(source)) + "\n"


def _sections(source: Source) -> Iterator[list[str]]:
    record, made = source.record, source.made
    parts = [*map(_model, record.licences), f"Music: {made.soundtrack.source}"]
    barred = [part for part in parts if forbids_commerce(part)]
    if barred:
        yield ["NOT FOR COMMERCIAL USE", "", *(f"- {part}" for part in barred)]
    yield [f'Licences of the vlog "{made.script.story.title}"', "Made with AI by PersonaVlog " + version("personavlog")]
    unknown = ["The record names no licences: it was written by an earlier version."]
    models = [*map(_model, record.licences), *_writer(source)] or unknown
    yield ["Models", "", *(f"- {part}" for part in models)]
    yield ["Music", "", f"- {made.soundtrack.source}"]
    yield ["Faces", "", *_faces(source)]
    yield ["Fonts of the subtitles", "", *(f"- {line}" for line in _fonts(source))]


def _model(licence: LicenceRecord) -> str:
    return f"{licence.role}, {licence.backbone}: {licence.licence}{f'. {licence.limits}' if licence.limits else ''}"


def _writer(source: Source) -> Iterator[str]:
    """Who wrote the script; no licence of a chat model is recorded."""
    chat = source.record.profile.get("chat")
    if isinstance(chat, dict) and chat.get("writer"):
        yield f"script, {chat['writer']}: no licence is recorded, its maker's terms hold"


def _faces(source: Source) -> Iterator[str]:
    brief = source.record.brief
    if brief.consent is None:
        yield "- Nobody stated that the person's likeness may be used."
    else:
        yield f"- The person of the photo (SHA-256 {brief.photo.digest})."
        yield f'  Stated at {brief.consent.given_at}: "{brief.consent.statement}"'
        yield "  That statement is for this vlog, and for no other use of the likeness."


def _fonts(source: Source) -> Iterator[str]:
    for weight in map(entry, font_names(source)):
        yield f"{weight.name}: {weight.licence}"


def font_names(source: Source) -> tuple[str, ...]:
    """The fonts that the subtitles call for, as the catalogue of model files names them."""
    lines = "\n".join(readable(shot.line) for shot in source.made.timeline.shots)
    return tuple(face.weight for face in wanted(lines))
