"""The embedded quality agents: what can really be measured without a vision-language model (Eq. 7 and 10).

They never claim to have seen what they cannot measure: extra fingers or odd clothes stay unfound. Each defect carries
its number, and each correction is one that the embedded painter or animator can make.
"""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread

from personavlog.backbones.corrections import Correction, Remedy, instruction
from personavlog.backbones.findings import ClipFinding, ClipInspection, Defect, ImageFinding, ImageInspection
from personavlog.metrics import identity
from personavlog.runs.blobs import Blobs
from personavlog_embedded.inspection import clip_checks
from personavlog_embedded.inspection.keyframe_checks import CHECKS, KeyframeSight


class ImageInspector:
    """A_quality^image by measuring; ``identity_floor`` is the least ``proxy.identity`` that passes."""

    fingerprint = "inspector-5"

    def __init__(self, blobs: Blobs, identity_floor: float = identity.FLOOR) -> None:
        self._blobs, self._floor = blobs, identity_floor

    async def inspect(self, request: ImageInspection) -> ImageFinding | None:
        """Measure a keyframe; needs the face detector's weights."""
        return await anyio.to_thread.run_sync(self._inspect, request)

    def _inspect(self, request: ImageInspection) -> ImageFinding | None:
        pixels, reference = self._blobs.pixels(request.keyframe.image), self._blobs.pixels(request.reference)
        return inspect_keyframe(
            KeyframeSight(pixels, reference, request.board, request.keyframe.scene, request.scores, self._floor)
        )


def inspect_keyframe(sight: KeyframeSight) -> ImageFinding | None:
    """Everything that is measurably wrong, most serious first, or None."""
    faults = [fault for check in CHECKS for fault in check(sight)][:12]
    if not faults:
        return None
    remedies = tuple(dict.fromkeys(fault.remedy for fault in faults if fault.remedy is not None))
    wanted = instruction(remedies) or "Nothing that the painter can change would help."
    return ImageFinding(
        defects=tuple(Defect(kind=fault.kind, evidence=fault.evidence) for fault in faults),
        suggestion=wanted[:600],
        remedies=_agreeing(remedies),
    )


class ClipInspector:
    """A_quality^video by measuring."""

    fingerprint = "inspector-3"

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    async def inspect(self, request: ClipInspection) -> ClipFinding | None:
        """Measure a clip."""
        return await anyio.to_thread.run_sync(self._inspect, request)

    def _inspect(self, request: ClipInspection) -> ClipFinding | None:
        repeated = clip_checks.repeated_share(self._blobs, request.clip.clip, request.clip.held)
        return clip_checks.inspect_clip(request.description, request.scores, repeated)


_AGAINST = {
    Correction.BIGGER: Correction.SMALLER,
    Correction.BRIGHTER: Correction.DARKER,
    Correction.CLOSER: Correction.WIDER,
    Correction.LEFT: Correction.RIGHT,
}
_OPPOSITE = {**_AGAINST, **{value: key for key, value in _AGAINST.items()}}


def _agreeing(remedies: Sequence[Remedy]) -> tuple[Remedy, ...]:
    """Without those that undo an earlier, more serious one, and without a person's size where the framing changes it
    already."""
    kept: list[Remedy] = []
    for remedy in remedies:
        chosen = {one.correction for one in kept}
        resized = remedy.correction in (Correction.BIGGER, Correction.SMALLER) and chosen & {
            Correction.CLOSER,
            Correction.WIDER,
        }
        if _OPPOSITE.get(remedy.correction) not in chosen and not resized:
            kept.append(remedy)
    return tuple(kept)
