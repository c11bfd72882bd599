"""This machine: ffmpeg, and the GPU's memory against what a profile's models need."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

from personavlog.backbones import records
from personavlog.doctor.report import Check, Topic, fine, note, stop
from personavlog.errors import MachineError
from personavlog.media import ffmpeg
from personavlog.profiles import Profile
from personavlog.system import CREATION_FLAGS, OWN_SESSION

GIB = 2**30
ANSWER_SECONDS = 10


@dataclass(frozen=True)
class Gpu:
    """``memory`` in GiB; ``usable`` False: a driver sees it and torch does not."""

    name: str
    memory: float
    usable: bool = True


@dataclass(frozen=True)
class GpuNeed:
    """GiB of GPU memory that a role's model needs, all of it there or with offload."""

    name: str
    whole: float
    offloaded: float

    @property
    def least(self) -> float:
        """With everything that helps."""
        return self.offloaded or self.whole


def programs() -> Iterator[Check]:
    """The ffmpeg of the house."""
    try:
        yield fine(Topic.MACHINE, "ffmpeg", ffmpeg.version())
    except MachineError as error:
        yield stop(Topic.MACHINE, "ffmpeg", str(error))


def gpu(profile: Profile, found: tuple[Gpu, ...]) -> Iterator[Check]:
    """What is there, and what the local models and measures ask of it."""
    wants = needs(profile)
    yield from map(_there, found)
    if not found:
        yield note(Topic.MACHINE, "GPU", "there is none")
    if profile.feedback.measures == "published" and profile.feedback.device.startswith("cuda") and not _usable(found):
        text = "[feedback] device is cuda, and torch sees no GPU"
        yield stop(Topic.MACHINE, "measures", text, 'set device = "cpu" in [feedback] of an overlay')
    largest = max((one.memory for one in found if one.usable), default=0.0)
    for need in wants:
        yield _fits(need, largest)


def needs(profile: Profile) -> tuple[GpuNeed, ...]:
    """Of the models that run in this process."""
    found = []
    for role, choice in profile.backbones.items():
        record = records.record_of(role, choice.backbone, choice.settings)
        if record is not None and records.family_of(role, choice.backbone) == "local" and record.needs.gpu:
            name = f"{role}: {choice.settings.get('model', choice.backbone)}"
            found.append(GpuNeed(name, record.needs.gpu, record.needs.gpu_offloaded))
    return tuple(found)


@cache
def hardware() -> str:
    """This machine in one line, such as "8 CPU cores (x86_64), 31 GiB; NVIDIA H200, 140 GiB"; what the system does not
    say is left out."""
    parts = [f"{os.cpu_count() or '?'} CPU cores ({platform.machine()})"]
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            parts.append(f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / GIB:.0f} GiB")
    return "; ".join((", ".join(parts), *(f"{one.name}, {one.memory:.0f} GiB" for one in gpus())))


def gpus() -> tuple[Gpu, ...]:
    """Through torch where it is installed, else by nvidia-smi; both are asked where torch sees none."""
    by_torch = _by_torch() if find_spec("torch") else None
    if by_torch:
        return by_torch
    return tuple(Gpu(one.name, one.memory, usable=by_torch is None) for one in _by_driver())


def _by_torch() -> tuple[Gpu, ...]:
    try:
        import torch

        if not torch.cuda.is_available():
            return ()
        found = (torch.cuda.get_device_properties(number) for number in range(torch.cuda.device_count()))
        return tuple(Gpu(str(one.name), one.total_memory / GIB) for one in found)
    except (ImportError, OSError, RuntimeError, AssertionError):  # a torch that is broken, or does not fit the driver
        return ()


def _by_driver() -> tuple[Gpu, ...]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ()
    try:
        said = subprocess.run(
            [program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=True,
            timeout=ANSWER_SECONDS,
            start_new_session=OWN_SESSION,
            creationflags=CREATION_FLAGS,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    lines = (re.fullmatch(r"\s*(.{1,80}?)\s*,\s*(\d{1,9})\s*", line) for line in said.splitlines()[:64])
    return tuple(Gpu(line[1], int(line[2]) / 1024) for line in lines if line is not None)


def _there(one: Gpu) -> Check:
    text = f"{one.name}, {one.memory:.0f} GiB"
    if one.usable:
        return fine(Topic.MACHINE, "GPU", text)
    return note(
        Topic.MACHINE, "GPU", f"{text}, which this torch does not see", "install a torch that is built for your GPU"
    )


def _usable(found: tuple[Gpu, ...]) -> bool:
    return any(one.usable for one in found)


def _fits(need: GpuNeed, largest: float) -> Check:
    asked = f"{need.whole:.0f} GiB of GPU memory, {need.least:.0f} with offload"
    if need.whole <= largest:
        return fine(Topic.MACHINE, need.name, f"needs {asked}; there are {largest:.0f}")
    if need.least <= largest:
        return note(Topic.MACHINE, need.name, f"needs {asked}; there are {largest:.0f}", 'offload = "model" or more')
    if sys.platform == "darwin":
        return note(Topic.MACHINE, need.name, f"needs {asked}; a Mac's shared memory was not looked at")
    there = f"there are {largest:.0f}" if largest else "there is no GPU"
    text = f"needs {asked}; {there}"
    return stop(Topic.MACHINE, need.name, text, "choose a smaller model, a server or a service")
