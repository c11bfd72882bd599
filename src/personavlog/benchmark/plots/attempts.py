"""How many corrections took the place of what was there, by attempt, a panel a method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from personavlog.benchmark.outputs import Correction, Method
from personavlog.benchmark.plots.canvas import COLOURS, panels, plain

COLUMNS = 4
WIDTH = 0.38
Part = Literal["keyframe", "clip"]
PARTS: tuple[tuple[Part, str, str], ...] = (("keyframe", "Keyframes", ""), ("clip", "Clips", "//"))
MOST_ATTEMPTS = 12
"""Later ones are counted with the last."""

Counts = dict[int, tuple[int, int]]
"""By attempt: accepted, made."""


def draw(corrections: Mapping[Method, Sequence[Correction]]) -> dict[str, Figure]:
    """Nothing where no method corrected anything."""
    counted = {method: {part: counts(found, part) for part, _, _ in PARTS} for method, found in corrections.items()}
    shown = {method: by_part for method, by_part in counted.items() if any(by_part.values())}
    if not shown:
        return {}
    figure, axes = panels(len(shown), COLUMNS, 3.0, 2.4)
    for place, (method, by_part) in zip(axes, shown.items(), strict=True):
        _panel(place, by_part)
        place.set_title(plain(method.title))
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False)
    figure.suptitle("Corrections accepted, % of those made, by attempt; above the bars how many were made")
    return {"attempts": figure}


def counts(corrections: Sequence[Correction], part: Part) -> Counts:
    """Corrections that were made, as ``correction.acceptance`` counts them; attempt 0 corrects nothing."""
    found: Counts = {}
    for one in corrections:
        if one.part == part and one.attempt > 0 and not one.failed:
            attempt = min(one.attempt, MOST_ATTEMPTS)
            accepted, made = found.get(attempt, (0, 0))
            found[attempt] = (accepted + bool(one.accepted), made + 1)
    return found


def _panel(axes: Axes, by_part: Mapping[Part, Counts]) -> None:
    attempts = sorted({attempt for found in by_part.values() for attempt in found})
    for index, (part, title, hatch) in enumerate(PARTS):
        found = by_part[part]
        places = [attempt + (index - 0.5) * WIDTH for attempt in attempts]
        heights = [100 * found[one][0] / found[one][1] if one in found else 0.0 for one in attempts]
        axes.bar(places, heights, WIDTH, color=COLOURS[index], hatch=hatch, edgecolor="white", label=title)
        for place, height, attempt in zip(places, heights, attempts, strict=True):
            if attempt in found:
                axes.text(place, height + 1, str(found[attempt][1]), ha="center", va="bottom", fontsize=7)
    axes.set_ylim(0, 112)
    axes.set_yticks([0, 25, 50, 75, 100])
    last = f"{MOST_ATTEMPTS}+"
    axes.set_xticks(attempts, [last if one == MOST_ATTEMPTS else str(one) for one in attempts])
    axes.grid(visible=False, axis="x")
