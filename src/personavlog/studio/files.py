"""The files of a run that are served: a fixed list, never a name from a request."""

from __future__ import annotations

FILES = ("vlog.mp4", "vlog.srt", "vlog.vtt", "report.html", "script.json", "record.json")
"""As they are called in the address and in the run's folder."""
