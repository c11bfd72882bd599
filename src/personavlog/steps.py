"""The names of the steps that a person may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

SCRIPT = "script"
"""The step that a hand-edited script is pinned to."""
RETAKES: Mapping[str, Callable[[int], str]] = {
    "keyframe": "keyframe/{}/paint/0".format,
    "clip": "clip/{}/animate/0".format,
    "voice": "voice/{}".format,
}
"""The parts of a shot that another take may be asked for, and the step that makes it."""
