"""The picture of the two packages in ``docs/design.md``: their folders floor by floor, and which imports which.

    python tools/draw_house.py            write it into the page
    python tools/draw_house.py --check    fail if the page's picture is not what the code says

The floors are the ``layers`` of the import contracts in ``pyproject.toml``. The arrows come from every import statement
of the source, those inside functions and those for type checkers included. An arrow that follows from others is left
out (transitive reduction): where a imports b and b imports c, that a also imports c is not drawn.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = Path("docs", "design.md")
BEGIN, END = "<!-- house: begin, written by tools/draw_house.py -->", "<!-- house: end -->"
LAYOUT = (
    '%%{init: {"layout": "dagre", '
    '"flowchart": {"rankSpacing": 18, "nodeSpacing": 30, "padding": 8, "curve": "basis"}}}%%'
)
"""Mermaid's own settings: low rows, so that all floors fit on a page."""

Floors = Mapping[str, list[list[str]]]
"""By package its floors from the top; a floor's parts are dotted names of folders and files such as
"personavlog.runs"."""
Arrows = frozenset[tuple[str, str]]
"""Pairs of parts: the first imports the second."""


def floors_of(root: Path) -> Floors:
    """The floors by the import contracts of the kind "layers", but for those about the inside of a folder."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    rows = [contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers"]
    split = [[[part.strip() for part in floor.split("|")] for floor in layers] for layers in rows]
    return {floors[0][0].partition(".")[0]: floors for floors in split if floors[0][0].count(".") == 1}


def arrows_of(root: Path, floors: Floors) -> Arrows:
    """Who imports whom; ends the program where a part that imports or is imported has no floor."""
    arrows = frozenset(arrow for package in floors for arrow in _of_package(root / "src", package, floors))
    known = {part for rows in floors.values() for row in rows for part in row}
    homeless = sorted({part for arrow in arrows for part in arrow} - known)
    if homeless:
        raise SystemExit(f"No floor names {', '.join(homeless)}; add them to [tool.importlinter] in pyproject.toml.")
    return arrows


def _of_package(source: Path, package: str, packages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for file in sorted((source / package).rglob("*.py")):
        module = ".".join(file.relative_to(source).with_suffix("").parts)
        part = _part(source, module)
        for name in _imported(ast.parse(file.read_text("utf-8")), module):
            target = _part(source, name) if name.partition(".")[0] in packages else None
            if part and target and part != target:
                yield part, target


def _imported(tree: ast.AST, module: str) -> Iterator[str]:
    """The dotted names of all import statements of ``module``; of a "from" also with each name that it takes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            near = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*near, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _part(source: Path, name: str) -> str | None:
    """The folder or file directly inside its package that a dotted name belongs to; None for the package itself."""
    package, _, inner = name.partition(".")
    first = inner.partition(".")[0]
    there = not first.startswith("__") and any((source / package / file).exists() for file in (first, f"{first}.py"))
    return f"{package}.{first}" if first and there else None


def reduced(arrows: Arrows) -> Arrows:
    """Without the arrows that follow from others; ends the program where imports go in a circle."""
    below: dict[str, set[str]] = {}
    for upper, lower in arrows:
        below.setdefault(upper, set()).add(lower)
    reached = {part: _reached(part, below) for part in below}
    circle = sorted(part for part, found in reached.items() if part in found)
    if circle:
        raise SystemExit(f"These import each other in a circle: {', '.join(circle)}; see: lint-imports")
    return frozenset(
        (upper, lower)
        for upper, lower in arrows
        if not any(lower in reached.get(other, ()) for other in below[upper] - {lower})
    )


def _reached(part: str, below: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [part]
    while waiting:
        new = below.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def drawn(root: Path) -> str:
    """The picture as a fenced Mermaid block."""
    floors = floors_of(root)
    lines = ["```mermaid", LAYOUT, "flowchart TD"]
    for package, rows in floors.items():
        lines += [f"  subgraph {package}", *_nodes(root, rows), "  end"]
    # An invisible line from every part to every part of the next floor keeps each floor in one row.
    for rows in floors.values():
        lines += [f"  {_both(upper)} ~~~ {_both(lower)}" for upper, lower in pairwise(rows)]
    lines += [f"  {_id(upper)} --> {_id(lower)}" for upper, lower in sorted(reduced(arrows_of(root, floors)))]
    return "\n".join([*lines, "```"])


def _nodes(root: Path, rows: list[list[str]]) -> Iterator[str]:
    return (f'    {_id(part)}["{_label(root, part)}"]' for row in rows for part in row)


def _both(parts: list[str]) -> str:
    return " & ".join(map(_id, parts))


def _id(part: str) -> str:
    """A short name for Mermaid: "core_runs", "embedded_body"."""
    package, _, name = part.partition(".")
    return f"{package.removeprefix('personavlog').strip('_') or 'core'}_{name}"


def _label(root: Path, part: str) -> str:
    name = part.partition(".")[2]
    return f"{name}/" if (root / "src" / Path(*part.split("."))).is_dir() else f"{name}.py"


def with_picture(page: str, picture: str) -> str:
    """The page with the picture between its markers; ends the program where they are not there."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE} has no place for the picture; put {BEGIN!r} and {END!r} where it belongs.")
    return f"{before}{BEGIN}\n{picture}\n{END}{after}"


def main(root: Path = ROOT) -> int:
    """Write the picture, or with ``--check`` say whether the page has it; 0 where all is well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check", action="store_true", help="Write nothing; exit with 1 if the picture is out of date."
    )
    options = parser.parse_args()
    page = root / PAGE
    old = page.read_text("utf-8")
    new = with_picture(old, drawn(root))
    if options.check and new != old:
        print(f"The picture in {PAGE} is not what the code says. Draw it again: python tools/draw_house.py")
        return 1
    if not options.check:
        page.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
