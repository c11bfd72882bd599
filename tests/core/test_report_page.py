"""The page runs nothing and asks nobody: its own policy says so, and every template escapes what it prints."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from personavlog import publish
from personavlog.report import page
from personavlog.runs.folder import RunFolder
from tests.core.doubles import SHOTS, Film, profile


def policy() -> dict[str, list[str]]:
    source = files("personavlog.report").joinpath("page.jinja").read_text(encoding="utf-8")
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', source)
    assert found is not None and source.index(found[0]) < source.index("<style>"), "before what it governs"
    return {name: rest for name, *rest in (part.split() for part in found[1].split(";"))}


def test_the_pages_policy_allows_pictures_in_the_page_and_media_beside_it() -> None:
    allowed = policy()
    assert allowed["default-src"] == ["'none'"] and "script-src" not in allowed
    assert allowed["img-src"] == ["data:"] and set(allowed["media-src"]) <= {"'self'", "file:"}
    assert allowed["form-action"] == allowed["base-uri"] == ["'none'"]


def test_templates_escape_and_hold_nothing_that_the_policy_forbids() -> None:
    assert page._environment.autoescape is True
    for template in files("personavlog.report").iterdir():
        if template.name.endswith(".jinja"):
            source = template.read_text(encoding="utf-8")
            assert not re.search(r"\|\s*safe\b|Markup|autoescape\s+false|<script|\son\w+=|https?://", source)


def test_the_pages_cost_is_the_terminals(tmp_path: Path) -> None:
    film = Film(tmp_path / "home", {"image": {"price": None}, "music": {"price": 0.5}})
    made = film.make()
    folder = RunFolder(tmp_path / "runs", "film").create()
    publish.film(folder, film.production, made)
    publish.record(folder, film.index, film.brief, profile(), film.store, wall=1.0)
    said = f"$0.50 and {1 + SHOTS} calls of unknown price"
    assert film.index.ledger.totals("film").text == said
    assert f"Cost: {said}." in folder.report.read_text(encoding="utf-8")
