"""The files of a run that are served: a fixed table, never a name from a request."""

from __future__ import annotations

from collections.abc import Mapping

FILES: Mapping[str, str] = {
    "vlog.mp4": "vlog.mp4",
    "vlog.srt": "vlog.srt",
    "vlog.vtt": "vlog.vtt",
    "report.html": "report.html",
    "script.json": "script.json",
    "record.json": "record.json",
}
"""By the name in the address, where it lies in the run's folder."""
