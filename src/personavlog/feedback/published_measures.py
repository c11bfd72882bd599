"""FRM's measures by the published networks: CLIP ViT-B/32's similarities of keyframes, VBench's dimensions of clips.
Needs the extra ``[metrics]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

import torch

from personavlog import weights
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.errors import ConfigurationError
from personavlog.feedback.measures import SOUNDNESS, keyframe_soundness
from personavlog.media import Image
from personavlog.media.arrays import Box
from personavlog.metrics import clip
from personavlog.metrics.networks import clip as vit
from personavlog.metrics.published import loading
from personavlog.metrics.published.clip_measures import Networks, measure
from personavlog.metrics.published.hub import SETTING
from personavlog.metrics.published.measured import Measured
from personavlog.metrics.published.similarity import CLIP_I2I, CLIP_I2T, Likeness, cosine
from personavlog.metrics.published.tokens import CONTEXT, table
from personavlog.metrics.published.wanted import BOTH, NEEDED, PARTS, TOKENS
from personavlog.metrics.score import Score
from personavlog.profiles import Feedback
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, VideoDescription

VERSION = "published-1"
TOLERANCES: Mapping[str, float] = {
    "clip.i2i": 0.01,
    "clip.i2t": 0.005,
    "vbench.subject_consistency": 0.002,
    "vbench.background_consistency": 0.002,
    "vbench.motion_smoothness": 0.0005,
    "raft.motion_smoothness": 0.0005,
    "vbench.aesthetic_quality": 0.005,
    "vbench.imaging_quality": 0.005,
    "vbench.dynamic_degree": 0.0,
    "dynamic_radius": 0.01,
}
"""Not calibrated, set by hand: not all weights were at hand to measure their noise with."""
UNREAD = f"CLIP reads {CONTEXT} tokens; the end of the board, where its things stand, was not compared."
OURS = ("dynamic_radius",)
"""Not one of the paper's six: the yes/no of the dynamic degree as a number, for the rule `measured`."""


@dataclass(frozen=True)
class PublishedMeasures:
    """One set of networks for a whole film; ``sees`` is CLIP with both its towers.

    They are used by one thread at a time: two would share the processor, and a GPU's memory twice.
    """

    blobs: Blobs
    networks: Networks
    sees: Likeness
    lock: Lock

    @staticmethod
    def load(feedback: Feedback, blobs: Blobs) -> PublishedMeasures:
        """By the profile's files and the cache; raises ``MissingWeightsError`` or ``ConfigurationError``."""
        given = {name: file for name, file in feedback.weights.items() if name != TOKENS}
        if unknown := set(given) - set(PARTS):
            raise ConfigurationError(
                f"The profile's [feedback] weights name no network {sorted(unknown)!r}; there are {[*PARTS, TOKENS]!r}."
            )
        names = (*NEEDED, "amt") if "amt" in given else NEEDED
        found = loading.networks(names, given, feedback.device, way=SETTING)
        place = loading.place(BOTH, given, SETTING)
        both = vit.load(loading.read(place)).to(feedback.device)
        sees = Likeness(both, table(feedback.weights.get(TOKENS) or weights.file("clip-tokens")))
        digests = {**found.weights, BOTH: loading.digest(place)}
        return PublishedMeasures(blobs, replace(found, clip_b=both.visual, weights=digests), sees, Lock())

    @property
    def fingerprint(self) -> str:
        """Changes with every file behind a network."""
        files = " ".join(f"{name}:{digest[:12]}" for name, digest in sorted(self.networks.weights.items()))
        return f"{VERSION} {files} {SOUNDNESS}"

    def keyframe(self, reference: Image, made: EditResult, board: Board) -> tuple[Score, ...]:
        """CLIP's cosines of reference and keyframe, and of board and keyframe; then what they do not see."""
        known, pixels = self.blobs.pixels(reference), self.blobs.pixels(made.image)
        with self.lock, torch.inference_mode():
            pictures, words = self.sees.pictures([known, pixels]), self.sees.texts([board.text])
            found = cosine(pictures[0], pictures[1], CLIP_I2I), cosine(words[0], pictures[1], CLIP_I2T)
        if self.sees.truncated([board.text]):
            found = found[0], found[1].model_copy(update={"note": UNREAD})
        return *(_score(one) for one in found), *keyframe_soundness(known, pixels, made)

    def clip(self, made: AnimateResult, face_box: Box | None, description: VideoDescription) -> tuple[Score, ...]:
        """VBench's six, the dynamic degree as a number, and what they do not see."""
        with self.lock:
            found = measure(self.blobs.path(made.clip), self.networks)
        sight = clip.look(self.blobs.path(made.clip), made.clip)
        return *(_score(one) for one in found.measures), *clip.clip_scores(
            sight, made.clip, face_box, description.camera
        )


def _score(one: Measured) -> Score:
    name = one.definition.name
    return one.score(TOLERANCES.get(name, 0.0)).model_copy(update={"paper": name not in OURS})
