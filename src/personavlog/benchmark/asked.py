"""What ``personavlog bench run`` is asked for, and the vlogs that come of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from personavlog import profiles
from personavlog.benchmark.ablation import Variant, variants
from personavlog.benchmark.dataset import Dataset, Task, load
from personavlog.benchmark.outputs import Meta
from personavlog.benchmark.register import Settings
from personavlog.errors import ConsentError
from personavlog.options import Options
from personavlog.profiles import Profile


@dataclass(frozen=True)
class BenchOptions:
    """What is to be made. ``data`` are a user's own TOML files beside the shipped data, ``runs`` is where the run
    folders lie (None: in ``into``), ``length`` in seconds."""

    into: Path
    split: str = "mini"
    methods: tuple[str, ...] = tuple(variants())
    profile: str = profiles.DEFAULT
    data: tuple[Path, ...] = ()
    runs: Path | None = None
    length: float = 30.0
    shots: int | None = None
    seed: int = 0
    i_may_use_these_likenesses: bool = False

    def settings(self, profile: Profile) -> Settings:
        """What all vlogs of a folder have in common; ``profile`` is the one that was loaded."""
        digest = sha256(profile.model_dump_json().encode()).hexdigest()
        return Settings(profile=self.profile, digest=digest, length=self.length, shots=self.shots, seed=self.seed)


@dataclass(frozen=True)
class BenchVlog:
    """One vlog that is to be made; ``profile`` is the method's."""

    method: Variant
    profile: Profile
    task: Task
    meta: Meta

    @property
    def name(self) -> str:
        """Its place in the outputs folder."""
        return f"{self.method.name}/{self.meta.vlog}"

    @property
    def digest(self) -> str:
        """Of photo, style and theme."""
        asked = (self.task.person.sha256, self.task.style.text, self.task.theme.text)
        return sha256(json.dumps(asked).encode()).hexdigest()

    def asked(self, options: BenchOptions) -> Options:
        """What its run is begun with."""
        return Options(
            photo=self.task.photo,
            theme=self.task.theme.text,
            style=self.task.style.text,
            i_may_use_this_likeness=True,  # of the shipped people by their licence; of others ``need_consent`` asks
            length=options.length,
            shots=options.shots,
            subtitles="none",
            seed=options.seed,
        )


def vlogs_of(
    data: Dataset, options: BenchOptions, methods: Mapping[str, tuple[Variant, Profile]]
) -> tuple[BenchVlog, ...]:
    """Every task of the split by every method; a task's vlogs follow each other, because they share most steps."""
    return tuple(
        BenchVlog(method, profile, task, _meta(task, options.seed))
        for task in data.tasks(options.split)
        for method, profile in methods.values()
    )


def need_consent(vlogs: tuple[BenchVlog, ...], options: BenchOptions) -> None:
    """The shipped people are nobody, or openly licensed. Raises ``ConsentError`` for others without the user's
    statement."""
    if options.i_may_use_these_likenesses or not options.data:
        return
    shipped = {one.sha256 for one in load().people.values()}
    own = dict.fromkeys(one.task.person.id for one in vlogs if one.task.person.sha256 not in shipped)
    if own:
        raise ConsentError(
            f"The split {options.split!r} has people of your own: {', '.join(own)}. If you may use their likeness (you "
            "have their permission, or the pictures show nobody real), say so with --i-may-use-these-likenesses"
        )


def _meta(task: Task, seed: int) -> Meta:
    return Meta(
        person=task.person.id,
        style=task.style.id,
        theme=task.theme.id,
        theme_text=task.theme.text,
        style_text=task.style.text,
        seed=seed,
    )
