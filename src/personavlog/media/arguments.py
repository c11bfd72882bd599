"""The arguments of ffmpeg that several of its uses share."""

from __future__ import annotations

from pathlib import Path

from personavlog.media.ffmpeg import binary

BT709 = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
"""Says of a video what its colours mean."""
IN_BT709 = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
"""The last filter before an encoder: says the same of every frame. From ffmpeg 8 on what the frames say counts, and
``BT709`` alone is not heard."""


def command(*arguments: str) -> list[str]:
    """A whole command line: quiet, asking nobody, writing over its own target. Raises ``MachineError`` as ``binary``
    does."""
    return [binary(), "-hide_banner", "-nostdin", "-v", "error", "-y", *arguments]


def local(path: Path | str, form: str, *options: str) -> list[str]:
    """An input: a file on disk of the form ("mov") that we expect, with its own ``options``.

    Nothing but local files is opened, whatever the file says; "file:" keeps a name with a colon from being read as a
    protocol.
    """
    return ["-protocol_whitelist", "file", "-f", form, *options, "-i", f"file:{path}"]


def x264(preset: str, crf: int) -> list[str]:
    """H.264 of that effort and quality."""
    return ["-c:v", "libx264", "-preset", preset, "-crf", f"{crf}"]
