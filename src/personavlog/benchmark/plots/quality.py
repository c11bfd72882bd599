"""How often a method is better than the others: one scale for measures of all units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean

from personavlog.benchmark.definitions import Group, definitions
from personavlog.benchmark.statistics.paired import won
from personavlog.benchmark.tables.building import Found


def shares(found: Found) -> dict[str, dict[Group, float]]:
    """By method and group: the share of shared vlogs that it wins (``won``), mean over the other methods, then over the
    group's measures, 0 to 1. Groups in which it shares no number with anybody are left out; so are measures of which
    neither way is better."""
    return {method: _shares(found, method) for method in found}


def _shares(found: Found, method: str) -> dict[Group, float]:
    by_group: dict[Group, list[float]] = defaultdict(list)
    for name, ours in found[method].items():
        definition = definitions().get(name)
        if definition is None or definition.better == "none":
            continue
        lower = definition.better == "lower"
        rivals = (found[other][name] for other in found if other != method and name in found[other])
        met = [share for one in rivals if (share := won(ours.values, one.values, lower=lower)) is not None]
        if met:
            by_group[definition.group].append(fmean(met))
    return {group: fmean(values) for group, values in by_group.items()}


def overall(groups: dict[Group, float], without: Iterable[Group]) -> float | None:
    """Mean over the groups but for some; None without any."""
    kept = [share for group, share in groups.items() if group not in set(without)]
    return fmean(kept) if kept else None
