"""The house rules that a reader relies on: public surface, error tree, lock files, data files."""

from __future__ import annotations

import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import personavlog
from personavlog import errors

ROOT = Path(__file__).parents[2]


def test_public_surface_is_what_is_listed() -> None:
    assert dir(personavlog) == sorted(personavlog.__all__)
    assert all(getattr(personavlog, name).__module__.startswith("personavlog.") for name in personavlog.__all__)
    with pytest.raises(AttributeError):
        _ = personavlog.undocumented


def test_importing_the_package_imports_none_of_its_modules() -> None:
    command = "import sys, personavlog; print([n for n in sys.modules if n.startswith('personavlog.')])"
    assert (
        subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout.strip()
        == "[]"
    )


def test_error_tree_drawing_names_every_error() -> None:
    drawn = re.findall(r"(?:\|-- |`-- |^    )([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE)
    defined = [name for name, value in vars(errors).items() if inspect.isclass(value) and issubclass(value, Exception)]
    assert sorted(drawn) == sorted(defined)


def test_lock_files_have_hashes_and_no_hosts() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text, path.name
        pins = re.findall(r"^[a-z0-9][^\s]*==", text, re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins), path.name


def test_no_machine_paths_or_registry_hosts_in_the_project() -> None:
    forbidden = re.compile(
        "|".join(("pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org", "/wo" + "rk/", "/ro" + "ot/"))
    )
    kept = [
        p
        for folder in ("src", "tests", "docs", "benchmarks", "requirements")
        for p in (ROOT / folder).rglob("*")
        if p.is_file()
    ]
    text_kinds = {".py", ".md", ".toml", ".txt", ".json", ".jinja", ".html"}
    wrong = [
        str(p.relative_to(ROOT))
        for p in kept
        if p.suffix in text_kinds and forbidden.search(p.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_no_test_of_the_core_imports_the_guest() -> None:
    imported = [
        (path.name, name)
        for path in (ROOT / "tests" / "core").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
    ]
    assert len(imported) > 100
    assert [pair for pair in imported if pair[1].partition(".")[0] == "personavlog_embedded"] == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


SKIPPED = """
import pytest

@pytest.mark.skipif(True, reason="no hat")
def test_by_a_mark() -> None: ...

def test_by_a_call() -> None:
    pytest.skip("no coat")

@pytest.mark.xfail(reason="no luck")
def test_that_is_known_to_fail() -> None:
    assert False
"""


@pytest.mark.parametrize(("switch", "ends"), [("0", "3 skipped, 1 xfailed"), ("1", "1 failed, 1 xfailed, 2 errors")])
def test_a_skip_fails_with_its_reason_where_nothing_may_be_skipped(switch: str, ends: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_clothes.py").write_text(SKIPPED)
    (tmp_path / "test_shoes.py").write_text("import pytest\n\npytest.skip('no shoes', allow_module_level=True)\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--continue-on-collection-errors",
        "-c",
        "/dev/null",
        str(tmp_path),
    ]
    environment = {**os.environ, "PERSONAVLOG_NO_SKIPS": switch}
    said = subprocess.run(command, capture_output=True, text=True, check=False, env=environment).stdout
    assert ends in said, said
    assert all((reason in said) == (switch == "1") for reason in ("no hat", "no coat", "no shoes"))


def test_the_switch_hides_the_guest() -> None:
    command = "import tests.conftest, importlib; importlib.import_module('personavlog_embedded')"
    environment = {**os.environ, "PERSONAVLOG_HIDE_EMBEDDED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=False, cwd=ROOT, env=environment
    )
    assert done.returncode != 0 and "ModuleNotFoundError" in done.stderr
