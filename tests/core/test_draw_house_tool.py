"""The drawing tool: the picture in docs/design.md is what the code says, and a change of the code makes it out of
date."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "draw_house.py"
CONTRACTS = """
[[tool.importlinter.contracts]]
type = "forbidden"
[[tool.importlinter.contracts]]
type = "layers"
layers = ["personavlog.top", "personavlog.left | personavlog.right", "personavlog.low"]
[[tool.importlinter.contracts]]
type = "layers"
layers = ["personavlog.left.inner", "personavlog.left.innermost"]
[[tool.importlinter.contracts]]
type = "layers"
layers = ["personavlog_embedded.art"]
"""
SOURCES = {
    "personavlog/__init__.py": "from personavlog.top import thing",
    "personavlog/top.py": "import personavlog.left.inner\nfrom personavlog import low\n",
    "personavlog/left/__init__.py": "",
    "personavlog/left/inner.py": "def late():\n    from ..low import thing\n",
    "personavlog/right.py": "import typing\nif typing.TYPE_CHECKING:\n    import personavlog.low\n",
    "personavlog/low.py": "import os\n",
    "personavlog_embedded/__init__.py": "",
    "personavlog_embedded/art/__init__.py": "from personavlog.right import thing\nfrom personavlog.low import thing\n",
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    sys.path.insert(0, str(TOOL.parent))
    try:
        import draw_house
    finally:
        sys.path.remove(str(TOOL.parent))
    return draw_house


@pytest.fixture
def house(tmp_path: Path, tool: ModuleType) -> Path:
    """A small copy of the project: two packages, their contracts, and a page with a place for the picture."""
    _write(tmp_path, {f"src/{name}": text for name, text in SOURCES.items()})
    page = f"# Design\n\n{tool.BEGIN}\n{tool.END}\n\nThe end.\n"
    _write(tmp_path, {"pyproject.toml": CONTRACTS, "docs/design.md": page})
    return tmp_path


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _run(tool: ModuleType, house: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    monkeypatch.setattr(sys, "argv", ["draw_house.py", *options])
    return int(tool.main(house))


def test_the_page_has_the_picture_of_today() -> None:
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_arrows_come_from_every_import_and_those_that_follow_are_left_out(tool: ModuleType, house: Path) -> None:
    arrows = re.findall(r"(\w+) --> (\w+)", tool.drawn(house))
    assert arrows == [
        ("core_left", "core_low"),
        ("core_right", "core_low"),
        ("core_top", "core_left"),
        ("embedded_art", "core_right"),
    ]


def test_every_part_is_a_node_of_its_package_and_each_floor_lies_below_the_one_before(
    tool: ModuleType, house: Path
) -> None:
    picture = tool.drawn(house)
    core, guest = re.findall(r"subgraph (\w+)\n(.*?)\n  end", picture, re.DOTALL)
    assert [core[0], guest[0]] == ["personavlog", "personavlog_embedded"]
    assert re.findall(r'"(.+)"', core[1]) == ["top.py", "left/", "right.py", "low.py"]
    assert re.findall(r'"(.+)"', guest[1]) == ["art/"]
    assert "core_top ~~~ core_left & core_right" in picture and "core_left & core_right ~~~ core_low" in picture


def test_a_new_import_makes_the_page_out_of_date_until_it_is_drawn_again(
    tool: ModuleType, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = house / "docs" / "design.md"
    assert _run(tool, house, monkeypatch, "--check") == 1
    assert _run(tool, house, monkeypatch) == 0 == _run(tool, house, monkeypatch, "--check")
    drawn = page.read_text()
    assert drawn.startswith("# Design\n") and drawn.endswith("\n\nThe end.\n")
    _write(house, {"src/personavlog_embedded/art/more.py": "from personavlog.left import inner\n"})
    assert _run(tool, house, monkeypatch, "--check") == 1
    assert "python tools/draw_house.py" in capsys.readouterr().out
    assert page.read_text() == drawn
    assert _run(tool, house, monkeypatch) == 0 == _run(tool, house, monkeypatch, "--check")
    assert "embedded_art --> core_left" in page.read_text()


def test_a_part_without_a_floor_is_named(tool: ModuleType, house: Path) -> None:
    _write(house, {"src/personavlog/attic.py": "import personavlog.low\n"})
    with pytest.raises(SystemExit, match=r"personavlog\.attic"):
        tool.drawn(house)


def test_a_circle_is_named(tool: ModuleType, house: Path) -> None:
    _write(house, {"src/personavlog/low.py": "import personavlog.top\n"})
    with pytest.raises(SystemExit, match=r"circle: .*personavlog\.low.*personavlog\.top"):
        tool.drawn(house)


def test_a_page_without_markers_is_refused(tool: ModuleType, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(house, {"docs/design.md": "# Design\n"})
    with pytest.raises(SystemExit, match="house: begin"):
        _run(tool, house, monkeypatch)
