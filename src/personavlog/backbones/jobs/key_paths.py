"""Places inside JSON by name, such as "output.video_url" or "images.0.url": what provider maps are written in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

KeyPath = Annotated[str, Field(max_length=120, pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$")]
"""Names of objects and numbers of lists, dots between them."""
LONGEST_LIST = 32


def found(data: Any, path: str) -> Any:
    """What lies at ``path``, None where there is nothing."""
    for name in path.split("."):
        if isinstance(data, dict):
            data = data.get(name)
        elif isinstance(data, list) and name.isdecimal() and int(name) < len(data):
            data = data[int(name)]
        else:
            return None
    return data


def first_text(data: Any, paths: Iterable[str]) -> str:
    """The first of ``paths`` that leads to a text or number, as text; "" where none does."""
    for path in paths:
        value = found(data, path)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
            return str(value)
    return ""


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Write ``value`` at ``path``, making the objects and lists on the way."""
    names = path.split(".")
    place: Any = data
    for name, after in zip(names, [*names[1:], ""], strict=True):
        new = value if after == "" else [] if after.isdecimal() else {}
        place = _stepped(place, name, new, last=after == "")


def _stepped(place: Any, name: str, new: Any, *, last: bool) -> Any:
    if isinstance(place, list):
        number = min(int(name), LONGEST_LIST)
        place.extend(None for _ in range(number + 1 - len(place)))
        if last or place[number] is None:
            place[number] = new
        return place[number]
    if last:
        place[name] = new
    return place.setdefault(name, new)
