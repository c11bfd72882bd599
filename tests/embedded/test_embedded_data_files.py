"""Data files: what a hand edit breaks is refused with the row, the field and what to do; every row has its code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from personavlog.errors import ConfigurationError
from personavlog_embedded import data
from personavlog_embedded.body.acts import ActRow
from personavlog_embedded.body.company import PersonWords
from personavlog_embedded.data.known_places import known_places
from personavlog_embedded.face.asked import AskedFace
from personavlog_embedded.figure.company import Touch
from personavlog_embedded.figure.cuts import Garment
from personavlog_embedded.figure.folds import Fold
from personavlog_embedded.figure.hair import Haircut
from personavlog_embedded.figure.hat import HatCut
from personavlog_embedded.figure.pose import Grip, Pose
from personavlog_embedded.figure.touch import TouchPoint
from personavlog_embedded.motion.gestures import Move
from personavlog_embedded.motion.steps import Gait
from personavlog_embedded.places.fronts import FRONTS
from personavlog_embedded.places.painters import PAINTERS
from personavlog_embedded.places.place import Place
from personavlog_embedded.speech.text import SpokenEnglish
from personavlog_embedded.style.styles import Style
from personavlog_embedded.things.models.model import BUILDERS, MODELS, Model
from personavlog_embedded.things.thing import KINDS

Rows = list[dict[str, Any]]
KEYS: dict[str, tuple[type, str]] = {
    "poses": (Pose, "name"),
    "places": (Place, "key"),
    "things": (Model, "name"),
    "styles": (Style, "key"),
    "faces": (AskedFace, "name"),
    "acts": (ActRow, "name"),
    "companions": (PersonWords, "name"),
    "hair": (Haircut, "name"),
    "hats": (HatCut, "name"),
    "garments": (Garment, "name"),
    "folds": (Fold, "name"),
    "grips": (Grip, "name"),
    "touch_points": (TouchPoint, "name"),
    "touches": (Touch, "name"),
    "gaits": (Gait, "name"),
    "moves": (Move, "name"),
}


def read(name: str, edit: Callable[[Rows], object]) -> None:
    """The file as it came, after an edit of its rows."""
    kind, by = KEYS[name]
    sheet = data.read_toml(f"{name}.toml")
    edit(sheet[name])
    data.checked_rows(kind, sheet, name, by)


@pytest.mark.parametrize("name", KEYS)
def test_the_files_as_they_come_are_sound(name: str) -> None:
    read(name, lambda rows: None)


@pytest.mark.parametrize(
    ("name", "edit", "said"),
    [
        ("poses", lambda rows: rows[2]["right"].update(uper=3), "name 'wave'.*right.uper.*got 3"),
        ("poses", lambda rows: rows[2]["right"].update(by="nose"), "name 'wave'.*right.by.*got 'nose'"),
        ("poses", lambda rows: rows[2].update(about="waves"), "name 'wave'.*about"),
        ("poses", lambda rows: rows[2].update(name="stand"), "its own name, and one has 'stand'"),
        ("poses", lambda rows: rows[2].pop("name"), "its own name, and one has None"),
        ("places", lambda rows: rows[0].update(key="cellar"), "key 'cellar'.*places/painters.py"),
        ("places", lambda rows: rows[0].update(front="hedge"), "key 'beach'.*front: .*railing.*got 'hedge'"),
        ("places", lambda rows: rows[0].update(names=[]), "key 'beach'.*names: .*at least 1"),
        ("places", lambda rows: rows[0].update(shows=["water", "sand"]), "key 'beach'.*shows.*got 'sand'"),
        ("things", lambda rows: rows[0].update(colour="red"), "name 'mug'.*colour: .*six digits.*got 'red'"),
        ("things", lambda rows: rows[0].update(grip=[1, 2]), "name 'mug'.*grip"),
        ("acts", lambda rows: rows[0].update(name="float"), "name 'float'.*name: .*got 'float'"),
        ("acts", lambda rows: rows[1].update(moves=["fly"]), "name 'walk'.*moves.0.*got 'fly'"),
        ("faces", lambda rows: rows[0].update(name="smug"), "name 'smug'.*name: .*got 'smug'"),
        ("faces", lambda rows: rows[0]["change"].update(grin=1), "name 'happy'.*change.grin"),
        ("styles", lambda rows: rows[0]["look"].update(glitter=1), "key 'hayao'.*look.glitter"),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_its_field(name: str, edit: Callable[[Rows], object], said: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{said}.*{name}.toml.*Correct the file"):
        read(name, edit)


def test_a_file_with_other_rows_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"it holds \['pose'\].*poses.toml"):
        data.checked_rows(Pose, {"pose": []}, "poses", "name")


def test_a_file_that_is_no_toml_is_named_with_the_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "poses.toml").write_text('[[poses]]\nname = "wave\n')
    monkeypatch.setattr(data, "file", tmp_path.joinpath)
    with pytest.raises(ConfigurationError, match=r"poses.toml is not TOML: .*line 2.*Correct the file"):
        data.read_rows(Pose, "poses", by="name")


def test_a_sheet_that_does_not_fit_is_named_with_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = {**data.read_toml("speech_english.toml"), "currencies": {"$": ["dollar"]}}
    monkeypatch.setattr(data, "read_toml", lambda *names: sheet)
    with pytest.raises(ConfigurationError, match=r"currencies\.\$.*speech_english.toml.*Correct the file"):
        data.read_sheet(SpokenEnglish, "speech_english")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"is": ["a pier"], "shows": ["a pier"]}, r"beach\.shows"),
        ({"is": [" "]}, r"beach\.is\.0"),
        ({"stands_in": "a pier"}, r"beach\.stands_in"),
    ],
)
def test_known_places_that_do_not_fit_are_named_with_their_field(
    row: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "read_toml", lambda *names: {"beach": row})
    with pytest.raises(ConfigurationError, match=f"{said}.*known_places.toml.*Correct the file"):
        known_places.__wrapped__()  # type: ignore[attr-defined]


def test_known_words_have_a_painted_place_and_only_one() -> None:
    words = [word for place in known_places().values() for word in (*place.shows, *place.stands_in)]
    assert set(known_places()) <= set(PAINTERS)
    assert len(words) == len(set(words)) > 200


def test_every_row_has_its_code_and_no_code_waits_for_a_row() -> None:
    assert [row["key"] for row in data.read_toml("places.toml")["places"]] == list(PAINTERS)
    assert {row["front"] for row in data.read_toml("places.toml")["places"]} == set(FRONTS)
    assert KINDS and {model.name for model in MODELS.values()} == set(BUILDERS)


def test_no_two_things_are_called_the_same() -> None:
    names = [name for model in dict.fromkeys(MODELS.values()) for name in model.names]
    assert len(names) == len(set(names))
