"""What a table is made of, before it is text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from personavlog.benchmark.definitions import Definition, Group
from personavlog.benchmark.outputs import Method
from personavlog.benchmark.rows import Row
from personavlog.benchmark.statistics.paired import Comparison

Layout = Literal["paper", "all"] | Group
"""The paper's twelve columns; everything that was measured; what was measured of one group."""

Scores = Mapping[Method, Sequence[Row]]

FALSE_DISCOVERIES = 0.05


@dataclass(frozen=True)
class Cell:
    """One measure of one method, in the measure's own unit; what prints it multiplies by ``Definition.scale``.

    ``mean`` is None where no vlog has a number, ``note`` then says why. ``n`` of ``vlogs`` have one; ``coverage`` is
    the share of what should have been measured that was, 0 to 1. ``low`` and ``high`` bound the 95 % interval, None
    with fewer than three ``themes``. ``compared`` is less the method ``against``, ``q`` its adjusted p value.
    """

    mean: float | None
    low: float | None
    high: float | None
    n: int
    vlogs: int
    coverage: float
    themes: int
    note: str = ""
    sources: Mapping[str, frozenset[str]] | None = None
    best: bool = False
    against: str = ""
    compared: Comparison | None = None
    q: float | None = None

    @property
    def missing(self) -> int:
        """How many vlogs of the table have no number here."""
        return self.vlogs - self.n

    @property
    def complete(self) -> bool:
        """Whether nothing that should have been measured is missing."""
        return self.n == self.vlogs and self.coverage > 1 - 1e-9

    def mark(self, definition: Definition) -> str:
        """ "*" where it is better than what it was compared with beyond chance, "†" where worse, else nothing."""
        if self.compared is None or self.q is None or self.q > FALSE_DISCOVERIES or definition.better == "none":
            return ""
        return "*" if (self.compared.difference > 0) == (definition.better == "higher") else "†"


@dataclass(frozen=True)
class Table:
    """``cells`` are by method's name and measure's name; ``legend`` is what a reader must know, in sentences."""

    layout: Layout
    methods: tuple[Method, ...]
    columns: tuple[Definition, ...]
    cells: Mapping[tuple[str, str], Cell]
    vlogs: int
    themes: int
    legend: tuple[str, ...]

    def column(self, measure: str) -> list[Cell]:
        """A measure's cells, in the order of the methods."""
        return [self.cells[method.name, measure] for method in self.methods]
