"""A film's export rendered by melt, an editor's engine that we did not write, beside the film itself.

    python tools/compare_melt.py RUNFOLDER

Needs ``melt`` (Debian: apt-get install melt) and a film without burned subtitles, since an export has them as captions.
Says how many frames and seconds both have, how far apart they are, and to which frame of the film each of melt's is
nearest.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from personavlog import api
from personavlog.export import Target
from personavlog.media.ffmpeg import binary

SIZE = (160, 90)
NEAR = 2
"""So many frames before and after are looked at for a nearer one."""


def grey(path: Path) -> np.ndarray:
    """Every frame's luma, (n, 90, 160)."""
    scale = f"scale={SIZE[0]}:{SIZE[1]}:flags=area"
    raw = _ffmpeg("-i", str(path), "-map", "0:v:0", "-fps_mode", "passthrough", "-vf", scale, "-f", "rawvideo",
                  "-pix_fmt", "gray", "-")  # fmt: skip
    return np.frombuffer(raw, np.uint8).reshape(-1, SIZE[1], SIZE[0]).astype(np.float32)


def sound(path: Path) -> np.ndarray:
    """The sound as (n, 2) at 48 kHz."""
    raw = _ffmpeg("-i", str(path), "-map", "0:a:0", "-ac", "2", "-ar", "48000", "-f", "f32le", "-")
    return np.frombuffer(raw, np.float32).reshape(-1, 2)


def _ffmpeg(*arguments: str) -> bytes:
    return subprocess.run([binary(), "-v", "error", *arguments], stdout=subprocess.PIPE, check=True).stdout


def render(project: Path, target: Path) -> None:
    """Let melt render a project, without a screen."""
    consumer = ["-consumer", f"avformat:{target}", "vcodec=libx264", "crf=12", "acodec=pcm_s16le", "real_time=-1"]
    subprocess.run(["melt", str(project), *consumer], stdin=subprocess.DEVNULL, capture_output=True, check=True)


def compared(ours: np.ndarray, theirs: np.ndarray) -> str:
    """The pictures' differences in words."""
    count = min(len(ours), len(theirs))
    apart = np.abs(ours[:count] - theirs[:count]).mean(axis=(1, 2))
    nearest = [_nearest(ours, theirs[place], place) for place in range(count)]
    there = sum(found == place for place, found in enumerate(nearest))
    return (
        f"frames: film {len(ours)}, melt {len(theirs)}; mean difference {apart.mean():.2f}, most {apart.max():.2f} "
        f"grey levels; {there} of {count} are nearest to the film's same frame"
    )


def _nearest(ours: np.ndarray, frame: np.ndarray, place: int) -> int:
    around = range(max(place - NEAR, 0), min(place + NEAR + 1, len(ours)))
    return min(around, key=lambda other: float(np.abs(ours[other] - frame).mean()))


def heard(ours: np.ndarray, theirs: np.ndarray) -> str:
    """The sounds' levels and their likeness in words."""
    count = min(len(ours), len(theirs))
    level = [20 * np.log10(np.sqrt((one.astype(np.float64) ** 2).mean())) for one in (ours[:count], theirs[:count])]
    alike = float(np.corrcoef(ours[:count].ravel(), theirs[:count].ravel())[0, 1])
    return (
        f"sound: film {len(ours) / 48000:.3f} s at {level[0]:.2f} dB, melt {len(theirs) / 48000:.3f} s at "
        f"{level[1]:.2f} dB, correlation {alike:.4f}"
    )


def main() -> None:
    """Export, render, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="a finished run's folder")
    place = parser.parse_args().run.absolute()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = api.export(place.name, to=Target.MLT, folder=folder / "project", runs=place.parent).path
        render(project, folder / "melt.mkv")
        film = place / "vlog.mp4"
        version = subprocess.run(["melt", "--version"], capture_output=True, text=True, check=False)
        print(re.search(r"melt [\d.]+", version.stdout + version.stderr)[0])  # type: ignore[index]
        print(compared(grey(film), grey(folder / "melt.mkv")))
        print(heard(sound(film), sound(folder / "melt.mkv")))


if __name__ == "__main__":
    main()
