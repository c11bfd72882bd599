"""How much each score of finished runs changes where nothing got better or worse: the tolerances of the rule `measured`
come from here.

    python benchmarks/tolerances.py runs/ONE runs/ANOTHER --seeds 1 --shots 2

Every keyframe, as it is, blurred and burnt, is encoded again (JPEG at quality 95 and 90), and painted again with other
seeds; every clip is encoded again (x264 at crf 20 and 26) and animated again with other seeds. Printed is the 90 %
quantile of the absolute differences, apart for encoding and seeds, with the largest one and their number; and the same
quantile as the rule sees it, for which all values above what a measure calls sound are equal. Tolerances are the
encodings' first quantiles, rounded up.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import anyio
import cv2
import numpy as np

from personavlog import api
from personavlog.backbones.legal import legal_animate, legal_edit
from personavlog.backbones.roles import AnimateRequest, AnimateResult, EditRequest, EditResult
from personavlog.backbones.tools import Tools
from personavlog.media.ffmpeg import binary
from personavlog.metrics.score import Score
from personavlog.production.building import build_production, limits, open_backbones
from personavlog.production.production import Production
from personavlog.runs.engine import Engine
from personavlog.runs.record import read_record
from personavlog.steps import Part
from personavlog.vlog import Made

QUANTILE = 0.9
Changes = dict[tuple[str, str], list[tuple[float, float]]]
"""By score and what was done again: each difference, and as the rule sees it."""


def crew_of(folder: Path) -> tuple[Production, Made]:
    """The run's crew and film."""
    job = api.reopen(folder.name, runs=folder.parent)
    made = Made.model_validate(read_record(job.folder).of_kind("film")[-1].data["made"])
    return build_production(
        job.brief, job.profile, Engine(job.store, job.index, job.folder.run, limits(job.profile))
    ), made


def spoilt(production: Production, made: EditResult) -> Iterator[EditResult]:
    """The keyframe as it is, out of focus, and burnt out: a sound one alone does not show the noise of measures that
    end at 1."""
    pixels = production.blobs.pixels(made.image)
    yield made
    for worse in (
        cv2.GaussianBlur(pixels, (0, 0), 0.01 * min(pixels.shape[:2])),
        cv2.convertScaleAbs(pixels, alpha=2.5),
    ):
        yield made.model_copy(update={"image": production.blobs.put_image(np.asarray(worse, np.uint8))})


def encoded_pictures(production: Production, made: EditResult) -> Iterator[EditResult]:
    """The keyframe as JPEG leaves it."""
    pixels = cv2.cvtColor(production.blobs.pixels(made.image), cv2.COLOR_RGB2BGR)
    for quality in (95, 90):
        again = cv2.imdecode(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
        yield made.model_copy(
            update={"image": production.blobs.put_image(np.asarray(cv2.cvtColor(again, cv2.COLOR_BGR2RGB), np.uint8))}
        )


def encoded_clips(production: Production, made: AnimateResult) -> Iterator[AnimateResult]:
    """The clip as x264 leaves it."""
    clip = made.clip
    with tempfile.TemporaryDirectory() as folder:
        for crf in (20, 26):
            target = Path(folder) / f"{crf}.mp4"
            arguments = ["-i", str(production.blobs.path(clip)), "-c:v", "libx264", "-crf", f"{crf}", str(target)]
            subprocess.run([binary(), "-v", "error", "-y", "-f", "mp4", *arguments], check=True)
            stored = production.blobs.put_clip(
                target, width=clip.width, height=clip.height, fps=clip.fps, frames=clip.frames
            )
            yield made.model_copy(update={"clip": stored})


def note(changes: Changes, kind: str, first: tuple[Score, ...], again: tuple[Score, ...]) -> None:
    """Add the absolute differences of two measurements of the same thing."""
    for old, new in zip(first, again, strict=True):
        if old.value is not None and new.value is not None:
            enough = math.inf if old.enough is None else old.enough
            changes[old.name, kind].append(
                (abs(new.value - old.value), abs(min(new.value, enough) - min(old.value, enough)))
            )


async def keyframe(production: Production, made: Made, shot: int, seeds: int, changes: Changes) -> None:
    """One keyframe, encoded and painted again."""
    board, known, reference = made.script.boards[shot], made.keyframes[shot], made.person.image
    first = production.measures.keyframe(reference, known, board)
    for state in spoilt(production, known):
        before = production.measures.keyframe(reference, state, board)
        for again in encoded_pictures(production, state):
            note(changes, "encoding", before, production.measures.keyframe(reference, again, board))
    number = production.ids[shot]
    for again_by in range(1, seeds + 1):
        request = EditRequest(
            purpose="keyframe",
            reference=reference,
            photo=production.brief.photo,
            face=production.brief.face,
            style=production.brief.style,
            width=known.image.width,
            height=known.image.height,
            seed=production.seed(Part.KEYFRAME, shot=number, take=again_by),
            appearance=made.script.character.appearance,
            board=board,
            shot=number - 1,
        )
        legal = legal_edit(request, production.image.capabilities).request
        painted = await production.image.edit(legal, Tools.alone(production.blobs))
        note(changes, "seed", first, production.measures.keyframe(reference, painted, board))


async def clip(production: Production, made: Made, shot: int, seeds: int, changes: Changes) -> None:
    """One clip, encoded and animated again."""
    known, picture, description = made.clips[shot], made.keyframes[shot], made.script.videos[shot]
    face = picture.scene.face_box if picture.scene else None
    first = production.measures.clip(known, face, description)
    for again in encoded_clips(production, known):
        note(changes, "encoding", first, production.measures.clip(again, face, description))
    for again_by in range(1, seeds + 1):
        request = AnimateRequest(
            keyframe=picture.keyframe,
            description=description,
            board=made.script.boards[shot],
            style=production.brief.style,
            width=known.clip.width,
            height=known.clip.height,
            duration=known.clip.duration,
            fps=round(known.clip.fps),
            seed=production.seed(Part.CLIP, shot=production.ids[shot], take=again_by),
        )
        legal = legal_animate(request, production.video.capabilities).request
        moved = await production.video.animate(legal, Tools.alone(production.blobs))
        note(changes, "seed", first, production.measures.clip(moved, face, description))


async def main(arguments: argparse.Namespace) -> None:
    """Print the table."""
    changes: Changes = defaultdict(list)
    for folder in arguments.folders:
        production, made = crew_of(folder)
        async with open_backbones(production):
            for shot in range(min(arguments.shots, len(made.clips))):
                await keyframe(production, made, shot, arguments.seeds, changes)
                await clip(production, made, shot, arguments.seeds, changes)
    for (name, kind), pairs in sorted(changes.items()):
        (plain, ruled), largest = np.quantile(pairs, QUANTILE, axis=0), max(pairs)[0]
        print(
            f"{name:30} {kind:9} {plain:.5f}  largest {largest:.5f}  by the rule {ruled:.5f}  n={len(pairs)}",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path, help="folders of finished runs")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--shots", type=int, default=99)
    anyio.run(main, parser.parse_args())
