"""The networks that scoring takes its numbers with: found by digest, loaded once and only when one is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from personavlog import weights
from personavlog.benchmark.outputs import Problem
from personavlog.errors import ConfigurationError, MissingExtraError, MissingWeightsError
from personavlog.metrics.published import wanted
from personavlog.metrics.published.extra import require
from personavlog.metrics.published.hub import OPTION

if TYPE_CHECKING:
    from personavlog.metrics.networks.clip import Clip
    from personavlog.metrics.published.clip_measures import Networks
    from personavlog.metrics.published.similarity import Likeness

CLIP, TOKENS = wanted.BOTH, "clip-tokens"
VIDEO = "video"
"""No network: the extra that decodes videos."""
SMALL = ("sface", "yunet", "body-pose", "moonshine-tiny-en")
"""Entries of the catalogue that need no torch."""
LEAST_SIDE = 128
"""Px; RAFT sees nothing in less."""


@dataclass
class NetworkStore:
    """``given`` are files by a user's names for them (``published.wanted.PARTS`` and "tokens"); ``on_problem`` is told
    of every missing network once. ``flow_side`` is the short side in px down to which frames are reduced for our
    own measures by RAFT, None: as they are; VBench's are always taken of whole frames.

    Nothing is fetched: a benchmark that fills a disk without being asked is a surprise.
    """

    given: Mapping[str, Path] = field(default_factory=dict)
    device: str = "cpu"
    on_problem: Callable[[Problem], None] = lambda problem: None
    flow_side: int | None = None
    _digests: dict[str, str | None] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _clip_networks: dict[str, Networks] = field(default_factory=dict)
    _clip: Clip | None = None

    def __post_init__(self) -> None:
        if self.flow_side is not None and self.flow_side < LEAST_SIDE:
            raise ConfigurationError(f"The flow needs a short side of at least {LEAST_SIDE} px; got {self.flow_side}.")
        if unknown := set(self.given) - {*wanted.PARTS, wanted.TOKENS}:
            raise ConfigurationError(
                f"There is no network {sorted(unknown)!r}. Files can be given for: "
                f"{', '.join([*wanted.PARTS, wanted.TOKENS])}."
            )

    def digest(self, name: str) -> str | None:
        """SHA-256 of the network's file; None where it is not there, of which ``on_problem`` is told.

        Raises ``ConfigurationError`` for a given file that does not exist.
        """
        if name not in self._digests:
            try:
                self._digests[name] = self._found(name)
            except (MissingWeightsError, MissingExtraError) as error:
                self._digests[name] = None
                self._tell(name, str(error))
        return self._digests[name]

    def clips(self, names: Iterable[str], *, by_flow: bool) -> Networks:
        """The networks of these names of ``PARTS`` that are there, for ``clip_measures.measure``; each is loaded
        once. ``by_flow`` lets RAFT interpolate where AMT-S does not."""
        from personavlog.metrics.published import smoothness
        from personavlog.metrics.published.clip_measures import Networks

        found = Networks(device=self.device)
        for name in [one for one in names if self.digest(one)]:
            part = self._clip_network(name)
            fields = ("dino", "clip_b", "clip_l", "head", "musiq", "raft", "interpolator")
            found = replace(found, **{key: value for key in fields if (value := getattr(part, key)) is not None})
        if by_flow and found.raft is not None and found.interpolator is None:
            found = replace(found, interpolator=smoothness.by_flow(found.raft))
        return found

    def likeness(self, *, words: bool) -> Likeness:
        """CLIP ViT-B/32 with both its towers; with its table of tokens where ``words`` are to be compared."""
        from personavlog.metrics.published.similarity import Likeness
        from personavlog.metrics.published.tokens import TokenTable, table

        merges = table(self.given.get(wanted.TOKENS) or weights.file(TOKENS)) if words else TokenTable({}, {})
        return Likeness(self._both_towers(), merges)

    def _both_towers(self) -> Clip:
        from personavlog.metrics.networks import clip
        from personavlog.metrics.published import loading

        if self._clip is None:
            self._clip = clip.load(loading.read(loading.place(CLIP, self.given))).to(self.device)
        return self._clip

    def _clip_network(self, name: str) -> Networks:
        from personavlog.metrics.published import loading
        from personavlog.metrics.published.clip_measures import Networks

        if name == CLIP and self._clip is not None:
            return Networks(clip_b=self._clip.visual, device=self.device)
        if name not in self._clip_networks:
            found = loading.networks((name,), self.given, self.device)
            self._clip_networks[name] = replace(found, interpolator=None) if name == "raft" else found
        return self._clip_networks[name]

    def _found(self, name: str) -> str:
        if name not in SMALL:
            require()
        if name == VIDEO:
            return VIDEO
        if name == "amt" and find_spec("vbench") is None:
            raise MissingWeightsError(
                "AMT-S runs by VBench's own code. Get it with: pip install --no-deps vbench==0.1.5"
            )
        own = self.given.get(wanted.TOKENS if name == TOKENS else name)
        source = wanted.PARTS[name].source if name in wanted.PARTS else name
        if own is None and isinstance(source, str):
            return _in_catalogue(source)
        from personavlog.metrics.published import loading

        file = own or loading.place(name, self.given, OPTION)
        if not file.is_file():
            raise ConfigurationError(f"There is no weights file {str(file)!r} for {name!r}. Give one that is there.")
        return loading.digest(file)

    def _tell(self, name: str, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self.on_problem(Problem(name, text, fatal=False))


def _in_catalogue(name: str) -> str:
    (state,) = weights.status([name])
    if state.state != "ready":
        entry = state.weight
        raise MissingWeightsError(
            f"The network {name!r} ({entry.size / 1e6:.0f} MB, licence {entry.licence}) is not in the cache; what is "
            f"measured with it is left out. Get it with: personavlog weights fetch {name}"
        )
    return state.weight.files[0].sha256
