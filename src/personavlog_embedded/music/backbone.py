"""The embedded music backbone (F_i2m, Eq. 12): a finished CC0 track that fits the description, cut to the film's
length."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import anyio.to_thread
import numpy as np
import soundfile

from personavlog import weights
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.receipts import FREE
from personavlog.backbones.roles import Estimate, MusicRequest, MusicResult, Resident
from personavlog.backbones.tools import OnProgress, Tools
from personavlog.errors import ConfigurationError, WeightsError
from personavlog.media.arrays import Samples
from personavlog.runs.blobs import Blobs
from personavlog_embedded import capabilities
from personavlog_embedded.music.choice import choose
from personavlog_embedded.music.edit import apply_edit, plan_edit, sounding
from personavlog_embedded.music.listen import hear
from personavlog_embedded.music.tracks import TABLE, Track, tracks

PACKS = ("music-ambient-lofi", "music-funk-soul", "music-late-night")
"""The packs chosen from where the settings name no others."""

_LEVEL = 0.89


class CatalogueMusic(Resident):
    """Chooses a track by its title and its sound, and edits it to exactly the asked length: a real begin, a real end,
    joins on the beat.

    ``packs`` are names of music entries of the weights catalogue. Same request, same music.
    """

    def __init__(self, packs: Sequence[str] = PACKS) -> None:
        known = {track.pack for track in tracks()}
        unknown = [pack for pack in packs if pack not in known]
        if unknown or not packs:
            raise ConfigurationError(f"There are no music packs {unknown!r}. Packs: {', '.join(sorted(known))}.")
        self._packs = tuple(packs)

    @property
    def fingerprint(self) -> str:
        """Changes with the packs, the table of measures and our own editing."""
        return f"catalogue/{','.join(self._packs)}/{hashlib.sha256(TABLE.read_bytes()).hexdigest()[:8]}/edit-1"

    @property
    def capabilities(self) -> SoundCapabilities:
        """48 kHz stereo up to ten minutes."""
        return capabilities.music()

    def estimate(self, request: MusicRequest) -> Estimate:
        """Decoding and hearing a track takes about two seconds, whatever its length."""
        return Estimate(seconds=2.0 + 0.01 * request.duration)

    async def compose(self, request: MusicRequest, tools: Tools) -> MusicResult:
        """Raises ``WeightsError`` if the tracks or the text model cannot be had."""
        return await anyio.to_thread.run_sync(self._compose, request, tools.blobs, tools.progress)

    def _compose(self, request: MusicRequest, blobs: Blobs, progress: OnProgress) -> MusicResult:
        track = choose(request.description, [track for track in tracks() if track.pack in self._packs], request.seed)
        progress(0.1)
        samples, rate = _read(track)
        heard = hear(samples, rate)
        progress(0.6)
        edit = plan_edit(heard, *sounding(samples, rate), request.duration)
        music = _levelled(apply_edit(samples, rate, edit, request.duration))
        progress(1.0)
        source = (
            f'"{track.title}" from the Open Lo-Fi collection ({track.pack.removeprefix("music-")}), CC0-1.0, generated '
            "with Suno v5; edited to length"
        )
        return MusicResult(audio=blobs.put_audio(music, rate), source=source, receipt=FREE)


def _read(track: Track) -> tuple[Samples, int]:
    place = weights.file(track.pack, track.file)
    try:
        samples, rate = soundfile.read(place, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise WeightsError(
            f"The track {track.file!r} of {track.pack!r} does not decode: {error}. Delete it from the weights "
            "cache and fetch it again."
        ) from error
    return np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else np.ascontiguousarray(samples[:, :2]), int(rate)


def _levelled(music: Samples) -> Samples:
    peak = float(np.abs(music).max(initial=0.0))
    return music * np.float32(min(1.0, _LEVEL / peak)) if peak else music
