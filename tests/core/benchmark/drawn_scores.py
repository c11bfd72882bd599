"""Scores as tests draw them: every method has a number for every person, theme and shot, unless said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from personavlog.benchmark.outputs import Method
from personavlog.benchmark.rows import Row

Value = Callable[[str, str, int], float | None]
"""Of person, theme and shot."""


def method(name: str = "ours", title: str = "", **more: str) -> Method:
    return Method(name=name, title=title or name, **more)  # type: ignore[arg-type]


def row(
    value: float | None,
    *,
    of: str = "ours",
    measure: str = "tia",
    theme: str = "t0",
    person: str = "p0",
    shot: int = 1,
    note: str = "",
    source: dict[str, str] | None = None,
    key: str = "",
) -> Row:
    vlog = f"{person}__s__{theme}"
    return Row(
        key=key or f"{of} {measure} {vlog} {shot}",
        method=of,
        vlog=vlog,
        person=person,
        style="s",
        theme=theme,
        unit="keyframe",
        shot=shot,
        measure=measure,
        value=value,
        note=note,
        source=source or {},
    )


def rows(
    value: Value,
    *,
    of: str = "ours",
    measure: str = "tia",
    people: int = 2,
    themes: int = 8,
    shots: int = 1,
    note: str = "",
) -> list[Row]:
    places = ((f"p{one}", f"t{theme:02d}", shot) for one in range(people) for theme in range(themes)
              for shot in range(1, shots + 1))  # fmt: skip
    return [
        row(value(*place), of=of, measure=measure, person=place[0], theme=place[1], shot=place[2], note=note)
        for place in places
    ]


def joined(parts: Iterable[list[Row]]) -> list[Row]:
    return [one for part in parts for one in part]


def steps(level: float) -> Value:
    """Near ``level``, differing by person and theme, the same for every method."""
    return lambda person, theme, _: level + 0.01 * int(theme[1:]) + 0.003 * int(person[1:])
