"""All checks of a profile, and which shipped profile fits this machine."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import anyio

from personavlog import profiles, weights
from personavlog.doctor import files, installed, keys, machine, models
from personavlog.doctor.machine import Gpu
from personavlog.doctor.reach import reached
from personavlog.doctor.report import Check, Fit, Report, State, Topic
from personavlog.doctor.targets import targets
from personavlog.errors import PersonaVlogError
from personavlog.profiles import Profile

_FIT = (Topic.INSTALLED, Topic.BACKBONES, Topic.KEYS, Topic.MACHINE)
"""What decides whether a profile fits a machine: model files can be fetched, servers can be started."""


def examine(profile: str = profiles.DEFAULT, *, offline: bool = False) -> Report:
    """Look at everything that a film of this profile needs; ``offline``: no server is asked.

    Raises ``ConfigurationError`` for a profile that does not load.
    """
    chosen, gpus = profiles.load(profile), machine.gpus()
    checks = (*_checks(chosen, gpus, offline=offline or weights.is_offline()), *_servers(chosen, offline))
    order = list(Topic)
    return Report(
        profile=chosen.name,
        offline=offline,
        checks=tuple(sorted(checks, key=lambda check: order.index(check.topic))),
        fits=tuple(_fit(name, gpus) for name in profiles.names()),
    )


def _checks(profile: Profile, gpus: tuple[Gpu, ...], *, offline: bool) -> Iterator[Check]:
    yield from installed.installed(profile)
    yield from installed.backbones(profile)
    yield from models.answers(profile)
    yield from keys.keys(profile)
    yield from files.model_files(profile, offline=offline)
    yield from machine.programs()
    yield from machine.gpu(profile, gpus)
    yield from files.disk(profile)
    yield from models.licences(profile)
    yield from models.measures(profile)
    yield from models.endings(profile, datetime.datetime.now(datetime.UTC).date())


def _servers(profile: Profile, offline: bool) -> tuple[Check, ...]:
    return () if offline else anyio.run(reached, targets(profile))


def _fit(name: str, gpus: tuple[Gpu, ...]) -> Fit:
    try:
        profile = profiles.load(name)
        found = [one for one in _checks(profile, gpus, offline=False) if one.topic in _FIT]
    except PersonaVlogError as error:
        return Fit(profile=name, lacks=(str(error),))
    return Fit(profile=name, lacks=tuple(f"{one.name}: {one.text}" for one in found if one.state is State.STOP))
