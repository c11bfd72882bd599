"""What is seen in the pictures of one vlog, each looked at once: small numbers are kept, pixels are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from personavlog.benchmark.scoring import copying
from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.benchmark.scoring.work import Value, pixels_of
from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics import face, pose, style
from personavlog.metrics.identity import Vector, embedding

if TYPE_CHECKING:
    from torch import Tensor

FACELESS = "No face was found in the {}."
Seen = TypeVar("Seen")


class Looks:
    """By picture and by what was asked of it. Only the picture that was read last is kept."""

    def __init__(self, networks: NetworkStore) -> None:
        self._networks = networks
        self._seen: dict[tuple[str, Path | str], Any] = {}
        self._last: tuple[Path, Pixels] | None = None

    def feature(self, path: Path) -> Tensor:
        """CLIP ViT-B/32's feature (d,)."""
        return self._once("clip", path, lambda: self._clip(path))

    def words(self, text: str) -> tuple[Tensor, int]:
        """CLIP's feature (d,) of a text, and 1 where its end was not seen."""
        import torch

        sees = self._networks.likeness(words=True)
        with torch.inference_mode():
            return sees.texts([text])[0], sees.truncated([text])

    def cosine(self, a: Path, b: Path) -> float:
        """CLIP's likeness of two pictures, at least 0."""
        return max(0.0, float(self.feature(a) @ self.feature(b)))

    def identity(self, reference: Path, picture: Path) -> Value:
        """The best cosine of the reference's largest face and any of the picture's."""
        known, seen = self._persons(reference), self._persons(picture)
        if not known or not seen:
            return Value(None, FACELESS.format("keyframe" if known else "reference"))
        return Value(max(float(known[0] @ other) for other in seen))

    def heads(self, path: Path) -> list[Plane]:
        """Every head as ``copying`` compares it, the largest first."""
        return self._once("heads", path, lambda: [copying.head(self._pixels(path), one) for one in self._faces(path)])

    def pose(self, path: Path) -> pose.DetectedPose | None:
        """How the largest person stands."""
        return self._once("pose", path, lambda: pose.pose(self._pixels(path)))

    def style(self, path: Path) -> dict[str, float]:
        """The numbers of its style."""
        return self._once("style", path, lambda: style.fingerprint(self._pixels(path)))

    def _persons(self, path: Path) -> list[Vector]:
        return self._once("persons", path, lambda: [embedding(self._pixels(path), one) for one in self._faces(path)])

    def _faces(self, path: Path) -> list[face.Face]:
        """The largest first."""
        return self._once("faces", path, lambda: sorted(face.detect(self._pixels(path)), key=lambda one: -one.size))

    def _clip(self, path: Path) -> Tensor:
        import torch

        with torch.inference_mode():
            return self._networks.likeness(words=False).pictures([self._pixels(path)])[0]

    def _pixels(self, path: Path) -> Pixels:
        if self._last is None or self._last[0] != path:
            self._last = path, pixels_of(path, "picture")
        return self._last[1]

    def _once(self, what: str, path: Path, look: Callable[[], Seen]) -> Seen:
        if (what, path) not in self._seen:
            self._seen[what, path] = look()
        found: Seen = self._seen[what, path]
        return found
