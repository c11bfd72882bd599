"""The film's sound as an encoded file of its own: it needs no clip, so it is there before the last one comes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from personavlog.frozen import Frozen
from personavlog.media import Audio, Blob
from personavlog.media.arguments import local
from personavlog.media.process import run_ffmpeg
from personavlog.runs.blobs import Blobs

ENCODER = ("-c:a", "aac", "-b:a", "192k", "-map_metadata", "-1", "-fflags", "+bitexact")


class EncodedSound(Frozen):
    """An AAC file in the store."""

    blob: Blob


async def encode_sound(sound: Audio, seconds: float, *, blobs: Blobs) -> EncodedSound:
    """Encode the first ``seconds`` of the mix; raises ``MachineError`` when ffmpeg fails."""
    with tempfile.TemporaryDirectory(prefix="personavlog-cut-") as name:
        source = local(blobs.path(sound).resolve(), "wav")
        await run_ffmpeg(*source, *ENCODER, "-t", f"{seconds:.6f}", "sound.m4a", folder=Path(name))
        return EncodedSound(blob=blobs.put_file(Path(name) / "sound.m4a", "audio/mp4"))
