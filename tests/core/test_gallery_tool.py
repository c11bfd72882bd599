"""The gallery tool: small pictures, honest numbers, a page that shows what there is and says what is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

from personavlog.media.ffmpeg import binary

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    sys.path.insert(0, str(TOOLS))
    try:
        import gallery
    finally:
        sys.path.remove(str(TOOLS))
    return gallery


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with two shots of noise, which no codec makes small."""
    folder = tmp_path_factory.mktemp("runs") / "20270101-000000-noise-0000"
    rng = np.random.default_rng(1)
    for number in ("01", "02"):
        shot = folder / "shots" / number
        shot.mkdir(parents=True)
        cv2.imwrite(str(shot / "keyframe.png"), rng.integers(0, 256, (360, 640, 3), np.uint8))
        frames = rng.integers(0, 256, (24, 180, 320, 3), np.uint8).tobytes()
        command = [
            binary(),
            "-v",
            "error",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "-s",
            "320x180",
            "-r",
            "24",
            "-i",
            "-",
            "-preset",
            "ultrafast",
            "-y",
            str(shot / "clip.mp4"),
        ]
        subprocess.run(command, input=frames, check=True)
    return folder


def measures(look: float, **more: object) -> dict[str, object]:
    from personavlog.metrics.style import SPREADS

    looks = [{name: look * size for name, size in SPREADS.items()}] * 2
    told = {
        "shots": 2,
        "identity_min": 0.7,
        "identity_mean": 0.8,
        "identity_measured": 2,
        "pose_variety": None,
        "pose_note": "",
        "style_within": 0.9,
    }
    return {**told, "looks": looks, "seconds": 100.0, "stages": {"paint": 20.0}, **more}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "gallery").mkdir()
    films = "".join(
        f'[[film]]\nname = "{name}"\nphoto = "a.jpg"\ntheme = "The sea"\nstyle = "noir"\n'
        for name in ("one", "two", "three")
    )
    (tmp_path / "gallery.toml").write_text(films)
    (tmp_path / "gallery" / "measures.json").write_text(json.dumps({"one": measures(0.0), "two": measures(2.0)}))
    (tmp_path / "gallery" / "one.jpg").write_bytes(b"x")
    (tmp_path / "gallery" / "reviews.toml").write_text(
        '[[one]]\nreviewer = "A painter"\ntheme_seen = true\nstyle_seen = true\nsaw = "A beach."\nperson_seen = '
        "false\nmarks = {face = 4, story = 1}\n"
        'works = "The light."\nbroken = "The left hand."\n'
        '[[two]]\nreviewer = "A cook"\ntheme_seen = true\nstyle_seen = false\n'
        "person_seen = true\nmarks = {face = 2, story = 2}\n"
    )
    return tmp_path


def test_the_shipped_list_is_eight_films_of_different_people_styles_and_shapes(tool: ModuleType) -> None:
    films = tool.entries(TOOLS.parent / "docs")
    assert len(films) == 8
    assert (
        len({film.photo for film in films})
        == len({film.style for film in films})
        == len({film.theme for film in films})
        == 8
    )
    assert {film.aspect.value for film in films} == {"16:9", "9:16", "1:1"}


def test_pictures_stay_small_even_of_noise(tool: ModuleType, run: Path, tmp_path: Path) -> None:
    from gallery_pictures import MOVING_BYTES, SHEET_BYTES, contact_sheet, moving

    contact_sheet(run, tmp_path / "sheet.jpg")
    moving(run, 9, tmp_path / "clip.gif")
    sheet = cv2.imread(str(tmp_path / "sheet.jpg"))
    assert (tmp_path / "sheet.jpg").stat().st_size <= SHEET_BYTES and sheet.shape[1] > 3 * sheet.shape[0]
    assert 1000 < (tmp_path / "clip.gif").stat().st_size <= MOVING_BYTES


def test_a_film_as_noisy_as_can_be_still_gets_a_moving_picture(
    tool: ModuleType, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gallery_pictures

    monkeypatch.setattr(gallery_pictures, "MOVING_BYTES", 10)
    monkeypatch.setattr(gallery_pictures, "SIDES", (48, 32))
    with pytest.raises(SystemExit, match="larger than"):
        gallery_pictures.moving(run, 1, tmp_path / "clip.gif")


def test_the_page_shows_numbers_reviews_and_what_is_missing(tool: ModuleType, docs: Path) -> None:
    films = tool.entries(docs)
    page = tool.page(films, tool.read_all(docs / "gallery"), docs / "gallery")
    assert max(len(line) for line in page.split("\n") if not line.startswith("|")) <= 120
    text = " ".join(page.split())
    assert "| [one](#one) | noir | 16:9 | 0.70 / 0.80 | not measured | 0.90 / 2.00 | 100 |" in text
    assert "of 2 judgements the theme was right in 2, the style in 1, the person in 1." in text
    assert "the means: face 3.0, story 1.5." in text
    assert "> Broken: The left hand." in text and "> Saw: A beach." in text
    assert "A painter: theme recognised, style recognised, person not recognised. Marks: face 4, story 1." in text
    assert "A cook: theme recognised, style not recognised, person recognised." in text
    assert text.count("Not made yet.") == 2 and "gallery/one.jpg" in text and "three |" not in text


def test_the_page_is_written_from_the_command_line(
    tool: ModuleType, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["gallery.py", "--docs", str(docs), "page"])
    tool.main()
    assert (docs / "gallery.md").read_text().startswith("# Gallery\n")


def test_unknown_and_double_names_are_refused(tool: ModuleType, docs: Path) -> None:
    films = tool.entries(docs)
    with pytest.raises(SystemExit, match="nobody"):
        tool.chosen(films, ["nobody"])
    assert [film.name for film in tool.chosen(films, ["two"])] == ["two"] and len(tool.chosen(films, [])) == 3
    (docs / "gallery.toml").write_text((docs / "gallery.toml").read_text().replace('"two"', '"one"'))
    with pytest.raises(SystemExit, match="one name"):
        tool.entries(docs)
