"""The house rules that a reader relies on: public surface, error tree, lock files, data files."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import personavlog
from personavlog import errors
from personavlog.profiles import load, names

ROOT = Path(__file__).parent.parent


def test_public_surface_is_what_is_listed() -> None:
    assert dir(personavlog) == sorted(personavlog.__all__)
    assert all(getattr(personavlog, name).__module__.startswith("personavlog.") for name in personavlog.__all__)
    with pytest.raises(AttributeError):
        _ = personavlog.undocumented


def test_importing_the_package_imports_no_room() -> None:
    command = "import sys, personavlog; print([n for n in sys.modules if n.startswith('personavlog.')])"
    assert (
        subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout.strip()
        == "[]"
    )


def test_error_tree_drawing_names_every_error() -> None:
    drawn = re.findall(r"(?:\|-- |`-- |^    )([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE)
    defined = [
        name
        for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, errors.PersonaVlogError | errors.Cancelled)
    ]
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


def test_every_shipped_profile_loads() -> None:
    assert "embedded" in names()
    for name in names():
        assert load(name).name == name
