"""The pages for readers: 120 columns, and no file or link that is not there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from personavlog import errors
from personavlog.backbones import registry
from personavlog.cli import console

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
NOT_OURS = {"brief.toml", "script.json", "record.json", "judge.json", "mine.toml", "poster.py", "poster.toml"} | {
    "bench.json",
    "corrections.json",
    "cost.json",
    "outputs/bench.json",
}
"""What a run writes and what a reader writes."""
FILE = re.compile(r"(?<![\w./*<-])((?:\w[\w.-]*/)*\w[\w.-]*\.(?:py|toml|md|json|jinja|jpg))(?![\w/])")

named = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def _kept() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    files = listed.stdout.split("\n") if listed.returncode == 0 else [str(p.relative_to(ROOT)) for p in ROOT.rglob("*")]
    return [f"/{name}" for name in files]


@pytest.fixture(scope="module")
def kept() -> list[str]:
    """The project's files, each after a slash."""
    return _kept()


@named
def test_lines_have_at_most_120_columns_but_for_tables(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if len(line) > 120 and not line.startswith("|")] == []


def test_the_readme_knows_every_exit_code_and_no_other() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    ends = [getattr(console, name) for name in dir(console) if name.startswith("EXIT_")]
    assert [int(code) for code, _ in rows] == sorted({0, *ends})
    said = {int(code): text for code, text in rows}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    plain = [kind for kind in kinds if kind not in (errors.MissingExtraError, errors.ShotsFailedError)]
    assert {console.status(kind("x")) for kind in plain} == set(said) - {0, console.EXIT_STOPS, console.EXIT_DEFECT}
    assert "--max-cost" in said[console.status(errors.CostLimitError("x"))]
    assert "refused" in said[console.status(errors.RefusedError("x"))]


@named
def test_every_file_that_is_named_is_there(page: Path, kept: list[str]) -> None:
    code = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
    wanted = {name for text in code for name in FILE.findall(text)} - NOT_OURS
    short = {name: re.sub(r"^(core|guest)/", "", name) for name in wanted}
    assert [name for name in sorted(wanted) if not any(path.endswith(f"/{short[name]}") for path in kept)] == []


@named
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("package", ["personavlog", "personavlog_embedded"])
def test_the_design_has_a_line_for_every_folder_and_file_of_a_package(package: str) -> None:
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"```\nsrc/{package}/\n(.*?)```", page, re.DOTALL)
    listed = {name for line in block.split("\n") for name in re.findall(r"(?:^  |  )([\w.]+/?)(?=  )", line)}
    folder = ROOT / "src" / package
    parts = {f"{path.name}/" if path.is_dir() else path.name for path in folder.iterdir()}
    assert listed | {"__init__.py"} == {name for name in parts if name not in ("__pycache__/", "py.typed")}


def test_every_backbone_that_is_shipped_is_in_the_table_of_how_it_was_tried() -> None:
    page = (ROOT / "docs" / "backbones.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ") and "`" in line]
    for role in registry.PROTOCOLS:
        for name in registry.names(role):
            point = registry.published(role, name)
            if point is None or not point.value.startswith("personavlog"):
                continue
            shown = [row for row in rows if f"`{name}`" in row[2] and (role in row[1] or row[1].strip() == "all")]
            assert shown, f"{role}.{name}"
