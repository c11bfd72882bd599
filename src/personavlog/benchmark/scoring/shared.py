"""What the methods of one scoring share: networks that are loaded once, and numbers of files that are equal."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.benchmark.scoring.work import Value

MOST = 4096
"""Numbers that are kept, the latest; each has a few kilobytes of parts at most."""


@dataclass(frozen=True)
class Shared:
    """Rows of an ablation have many files in common: what was measured of one method's is not measured again of
    another's. Numbers are known by a digest of all that they depend on."""

    networks: NetworkStore
    _values: OrderedDict[str, Value] = field(default_factory=OrderedDict)

    def known(self, digests: Mapping[str, str]) -> dict[str, Value]:
        """The numbers that are there, by the same names."""
        return {name: self._values[digest] for name, digest in digests.items() if digest in self._values}

    def keep(self, digest: str, value: Value) -> None:
        """Only what could be measured: why something could not names its own vlog."""
        if value.value is not None:
            self._values[digest] = value
            if len(self._values) > MOST:
                self._values.popitem(last=False)
