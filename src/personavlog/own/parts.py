"""A person's own keyframe, clip or voice of a shot."""

from __future__ import annotations

from pathlib import Path

from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.intake import read_part
from personavlog.intake.own import OwnPart
from personavlog.production.building import known
from personavlog.saved import OpenRun
from personavlog.steps import OWN_PARTS


def read(run: OpenRun, part: str, path: Path) -> OwnPart:
    """The file at ``path`` for a shot's ``part``, as this film needs it; raises ``BriefError``, ``MediaError`` or
    ``RunError``."""
    video: VideoCapabilities = known(run.profile, "video")
    return read_part(part, path, run.profile.film_size(run.brief.aspect), video.fps, run.store)


def pin(run: OpenRun, part: str, number: int, own: OwnPart) -> None:
    """Let the shot with this number use it from now on."""
    run.index.edits.pin(run.folder.run, str(OWN_PARTS[part](number)), own.result, ahead=True)
