"""docs/contributing.md: the backbone on the page is a package that installs, is found by name and makes pictures."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import anyio
import numpy as np
import pytest

from personavlog import profiles
from personavlog.backbones import registry
from personavlog.backbones.roles import EditRequest, EditResult, ImageEdit
from personavlog.backbones.tools import Tools
from personavlog.errors import Cancelled, ConfigurationError
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Emotion, Framing, TimeOfDay

PAGE = Path(__file__).parents[2] / "docs" / "contributing.md"
BOARD = Board(
    place="a windy pier",
    time_of_day=TimeOfDay.DUSK,
    action="Waves at a ferry",
    framing=Framing.MEDIUM,
    emotion=Emotion.JOYFUL,
)


def _files() -> dict[str, str]:
    """The page's code blocks that name their file in the first line."""
    blocks = re.findall(r"```(?:python|toml)\n(# (\S+)\n.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return {name: text for text, name in blocks}


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The page's package, on the path with the metadata that an installer would write."""
    for name, text in _files().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    project = tomllib.loads(_files()["pyproject.toml"])["project"]
    info = tmp_path / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    groups = [
        "\n".join([f"[{group}]", *(f"{name} = {value}" for name, value in points.items())])
        for group, points in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(groups) + "\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("poster", None)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


@pytest.fixture
def photo(blobs: Blobs) -> Image:
    """A tall picture with every colour in it."""
    return blobs.put_image(np.random.default_rng(3).integers(0, 256, (240, 160, 3), np.uint8))


def _edit(backbone: ImageEdit, request: EditRequest, blobs: Blobs) -> EditResult:
    return anyio.run(backbone.edit, request, Tools.alone(blobs))


def test_the_package_is_found_by_name_and_says_what_it_can_do(installed: Path) -> None:
    assert "poster" in registry.names("image")
    assert registry.capabilities("image", "poster").licence.name == "Apache-2.0"


def test_the_profile_loads_and_its_settings_reach_the_backbone(installed: Path, blobs: Blobs) -> None:
    choice = profiles.load(str(installed / "poster.toml")).image
    backbone = registry.load("image", choice.backbone, choice.settings)
    assert isinstance(backbone, ImageEdit)
    assert backbone.fingerprint != registry.load("image", choice.backbone).fingerprint
    with pytest.raises(ConfigurationError, match="brushes"):
        registry.load("image", choice.backbone, {"brushes": 3})


def test_it_redraws_the_photo_and_paints_a_keyframe_from_the_result(
    installed: Path, blobs: Blobs, photo: Image
) -> None:
    backbone = registry.load("image", "poster", {"colours": 4})
    stylise = EditRequest(purpose="stylise", reference=photo, style="woodcut", width=320, height=180)
    person = _edit(backbone, stylise, blobs).image
    assert (person.width, person.height) == (320, 180)
    assert 1 < len(np.unique(blobs.pixels(person))) <= 4 < len(np.unique(blobs.pixels(photo)))
    assert _edit(backbone, stylise, blobs).image == person
    assert _edit(backbone, stylise.model_copy(update={"seed": 1}), blobs).image != person
    keyframe = stylise.model_copy(
        update={"purpose": "keyframe", "reference": person, "board": BOARD, "prompt": "A woodcut."}
    )
    made = _edit(backbone, keyframe, blobs)
    assert blobs.pixels(made.image).shape == (180, 320, 3)
    assert made.prompt == "A woodcut."


def test_a_stopped_run_stops_it(installed: Path, blobs: Blobs, photo: Image) -> None:
    def stopped(share: float) -> None:
        raise Cancelled("stopped")

    backbone = registry.load("image", "poster")
    request = EditRequest(purpose="stylise", reference=photo, style="woodcut", width=320, height=180)
    with pytest.raises(Cancelled):
        anyio.run(backbone.edit, request, replace(Tools.alone(blobs), progress=stopped))
