"""The benchmark's data: complete, balanced as its card says, unchanged, and what a user's TOML may do to it."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.resources import files
from itertools import combinations, product
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import PIL.Image
import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from personavlog.benchmark import dataset
from personavlog.benchmark.dataset import Dataset, Person
from personavlog.benchmark.outputs import Meta
from personavlog.errors import ConfigurationError

ROOT = Path(__file__).parents[3]
CARD = ROOT / "docs" / "benchmark-data.md"
SHIPPED = dataset.load()
THEME = {
    "id": "own",
    "text": "A walk",
    "kind": "surreal",
    "category": "work",
    "difficulty": "easy",
    "reason": "Feet touch the ground.",
}
PERSON = {"id": "ada", "photo": "ada.jpg", "group": "female", "source": "Me", "licence": "Mine"}


def _written(folder: Path, **tables: list[dict[str, Any]]) -> Path:
    path = folder / "mine.toml"
    path.write_text(tomli_w.dumps(tables), encoding="utf-8")
    return path


def _refused(path: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        dataset.load([path])
    assert repr(str(path)) in str(caught.value)
    return str(caught.value)


def _person(folder: Path, photo: str = "ada.jpg", **other: Any) -> dict[str, Any]:
    """An entry whose photo is there."""
    shutil.copy(SHIPPED.photos["woman-02"], folder / "ada.jpg")
    return {**PERSON, "photo": photo, "sha256": SHIPPED.people["woman-02"].sha256, **other}


def test_the_people_are_five_female_and_five_male_with_one_child_each_and_nobody_lives() -> None:
    groups = Counter((person.group, person.child) for person in SHIPPED.people.values())
    assert groups == {("female", False): 4, ("female", True): 1, ("male", False): 4, ("male", True): 1}
    for person in SHIPPED.people.values():
        assert person.source.startswith("Nobody") and "not for commercial" in person.licence
        assert f"seed {1000 + int(person.id[-2:])}," in person.source


def test_photos_are_large_pictures_of_their_own_without_a_word_about_where_they_come_from() -> None:
    sizes = []
    for path in SHIPPED.photos.values():
        with PIL.Image.open(path) as photo:
            sizes.append(photo.size)
            assert (
                photo.format == "JPEG"
                and not photo.getexif()
                and set(photo.info)
                <= {
                    "jfif",
                    "jfif_version",
                    "jfif_unit",
                    "jfif_density",
                }
            )
    assert sizes == [(1024, 1024)] * 10
    assert len({person.sha256 for person in SHIPPED.people.values()}) == 10
    assert sum(path.stat().st_size for path in SHIPPED.photos.values()) < 2_500_000


def test_themes_are_half_realistic_and_half_surreal_and_equally_hard() -> None:
    counts = Counter((theme.kind, theme.difficulty) for theme in SHIPPED.themes.values())
    levels = {"easy": 6, "medium": 8, "hard": 6}
    assert counts == {(kind, level): n for kind in ("realistic", "surreal") for level, n in levels.items()}
    assert [style.text for style in SHIPPED.styles.values()] == ["Hayao Miyazaki Style", "Pixar Style"]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.lower()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def test_no_theme_is_nearly_another_or_one_that_our_writers_were_tried_with() -> None:
    own = {theme.id: _words(theme.text) for theme in SHIPPED.themes.values()}
    tables = [tomllib.loads(path.read_text("utf-8")) for path in (ROOT / "benchmarks").glob("*.toml")]
    others = {_words(text) for table in tables for text in _strings(table)}
    assert len(others) > 50
    shared = {(a, b): len(own[a] & own[b]) / len(own[a] | own[b]) for a, b in combinations(own, 2)}
    assert max(shared.values()) < 0.5
    # Ids only: whoever reads a failure must not read those themes.
    assert [id for id, words in own.items() if any(len(words & x) / len(words | x) >= 0.5 for x in others)] == []


def test_the_full_split_is_all_of_it_and_mini_a_part_of_every_kind() -> None:
    full, mini = SHIPPED.split("full"), SHIPPED.split("mini")
    assert (set(full.people), set(full.styles)) == (set(SHIPPED.people), set(SHIPPED.styles))
    assert set(full.themes) == set(SHIPPED.themes)
    assert (len(mini.people), len(mini.styles), len(mini.themes)) == (2, 1, 3)
    kinds = [(SHIPPED.themes[name].kind, SHIPPED.themes[name].difficulty) for name in mini.themes]
    assert {("realistic", "easy"), ("realistic", "hard")} < set(kinds) and "surreal" in {kind for kind, _ in kinds}


def test_tasks_are_every_vlog_once_in_the_order_of_the_lists() -> None:
    split = SHIPPED.split("full")
    tasks = SHIPPED.tasks("full")
    assert [(task.person.id, task.style.id, task.theme.id) for task in tasks] == list(
        product(split.people, split.styles, split.themes)
    )
    assert len(tasks) == 800 and tasks == dataset.load().tasks("full")
    assert all(sha256(task.photo.read_bytes()).hexdigest() == task.person.sha256 for task in SHIPPED.tasks("mini"))
    with pytest.raises(ConfigurationError, match="no split 'most'; there are: mini, full"):
        SHIPPED.tasks("most")


def test_skin_is_classed_by_the_mean_angle_of_the_cheeks() -> None:
    person = SHIPPED.people["man-19"]
    found = [person.model_copy(update={"ita": (a, a + 2)}).skin_tone for a in (60, 40.1, 28, 9.5, -25, -60, 40)]
    names = ["very light", "light", "intermediate", "tan", "brown", "dark", "intermediate"]
    assert [text.partition(", ")[2] for text in found] == names and found[0].startswith("61°")
    assert person.model_copy(update={"ita": None}).skin_tone == ""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package's data, which is loaded in its place."""
    folder = tmp_path / "installed"
    shutil.copytree(str(files("personavlog.benchmark.data")), folder)
    monkeypatch.setattr(dataset, "files", lambda package: folder)
    return folder


def test_a_photo_that_was_changed_or_lost_is_named(installed: Path) -> None:
    photo = installed / "photos" / "girl-04.jpg"
    assert dataset.load().version == "1.0"
    photo.write_bytes(photo.read_bytes()[:-1] + b"x")
    with pytest.raises(ConfigurationError, match=r"girl-04\.jpg' is not the picture that the entry describes"):
        dataset.load()
    photo.unlink()
    with pytest.raises(ConfigurationError, match=r"girl-04\.jpg' does not exist"):
        dataset.load()


@pytest.mark.parametrize("name", dataset.FILES)
def test_an_entry_that_was_changed_is_no_data_of_this_version(installed: Path, name: str) -> None:
    path = installed / name
    table = tomllib.loads(path.read_text("utf-8"))
    ((kind, entries),) = table.items()
    last = entries[-1]
    last.update({"themes": last["themes"][:-1]} if kind == "split" else {"id": f"{last['id']}x"})
    path.write_text(tomli_w.dumps(table))
    with pytest.raises(ConfigurationError, match=r"is not that of version 1\.0|there is no '"):
        dataset.load()


def test_line_ends_and_the_order_of_entries_are_no_change(installed: Path) -> None:
    path = installed / "themes.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    path.write_bytes(tomli_w.dumps({"theme": table["theme"][::-1]}).replace("\n", "\r\n").encode())
    assert dataset.load().digest == dataset.DIGEST


def test_the_example_of_the_card_adds_one_of_each(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n# mine\.toml\n(.*?)```", CARD.read_text("utf-8"), re.DOTALL)
    (tmp_path / "photos").mkdir()
    shutil.copy(SHIPPED.photos["woman-02"], tmp_path / "photos" / "ada.jpg")
    path = tmp_path / "mine.toml"
    path.write_text(example, encoding="utf-8")
    data = dataset.load([path])
    tasks = data.tasks("mine")
    assert len(tasks) == 8 and tasks[0].photo == (tmp_path / "photos" / "ada.jpg").resolve()
    assert data.people["ada"].skin_tone == "-11°, brown"
    assert data.tasks("full") == SHIPPED.tasks("full") and data.digest != SHIPPED.digest
    assert data.version == f"1.0+{data.digest[:12]}" and SHIPPED.version == "1.0"


def test_the_card_says_what_the_data_is() -> None:
    card = CARD.read_text("utf-8")
    (canary,) = re.findall(r"personavlog-themevlogeval-canary [0-9a-f-]{36}", card)
    assert canary in files("personavlog.benchmark.data").joinpath("themes.toml").read_text("utf-8")
    assert f"Digest of version {dataset.VERSION}: `{SHIPPED.digest}`" in card
    for person in SHIPPED.people.values():
        (row,) = re.findall(rf"^\|.* {person.id} \|.*$", card, re.MULTILINE)
        assert row.endswith(f" {person.skin_tone} |")


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "tools")
    import benchmark_card

    monkeypatch.delitem(sys.modules, "benchmark_card")
    return benchmark_card


def test_alike_sees_words_in_any_form_and_nothing_else(tool: ModuleType) -> None:
    found = tool.alike(["walking dogs", "A dog walks", "the sea", "an ocean", "", "walking dogs"])
    assert found.shape == (6, 6) and 0.5 < found[0, 1] < 1
    assert found[0, 5] == pytest.approx(1) and found[2, 3] == 0 == found[4, 4]


def test_the_card_tells_the_variety_of_today(tool: ModuleType) -> None:
    found = tool.alike([theme.text for theme in SHIPPED.themes.values()])
    pairs = [found[i, j] for i, j in combinations(range(len(found)), 2)]
    card = CARD.read_text("utf-8")
    assert f"| two themes | TF-IDF cosine of stems | {max(pairs):.2f} | {sum(pairs) / len(pairs):.2f} |" in card


@pytest.mark.usefixtures("one_face")
def test_a_cheek_is_measured_by_its_own_colour(tool: ModuleType, tmp_path: Path) -> None:
    picture = np.zeros((200, 200, 3), np.uint8)
    picture[:, :100], picture[:, 100:] = (224, 172, 140), (90, 56, 40)
    light, dark = tool.cheeks(picture)
    assert light == pytest.approx(50, abs=10) and dark == pytest.approx(-55, abs=10)


HOSTILE: Mapping[str, tuple[dict[str, Any], str]] = {
    "nothing": ({"text": " \u200b "}, "text: String should have at least 1 character"),
    "long": ({"text": "x" * 5000}, "text: String should have at most 600 characters, it has 5000"),
    "kind": ({"kind": "weird"}, "kind: Input should be 'realistic' or 'surreal'"),
    "unknown": ({"mood": "good"}, "mood: unknown; known are: category, difficulty, id, kind, reason, text"),
    "path": ({"id": "../x"}, "id: String should match pattern"),
    "twin": ({"id": "a__b"}, "id: an id has no '__'"),
    "taken": ({"id": "night-train"}, "'night-train': there is one of that name already"),
    "case": ({"id": "Night-Train"}, "'Night-Train': there is one of that name already"),
    "no text": ({"text": 5}, "text: Input should be a valid string"),
}


@pytest.mark.parametrize(("changed", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_theme_that_does_not_fit_is_named_with_its_file_entry_and_field(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    told = _refused(_written(tmp_path, theme=[{**THEME, "id": "fine"}, {**THEME, **changed}]))
    assert said in told and "[[theme]]" in told and len(told) < 1000
    assert "[[theme]] 2 (" in told or "already" in told


def test_quotes_emoji_and_other_scripts_stay_as_they_are(tmp_path: Path) -> None:
    text = '"Don\'t" \\ `rm -rf` <b>🐙</b> {theme} 雨の日 %s'
    data = dataset.load([_written(tmp_path, theme=[{**THEME, "text": f"  {text}\n\u202e"}, {**THEME, "id": "b"}])])
    assert data.themes["own"].text == text


def test_a_photo_must_be_the_one_described_below_the_folder_of_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    fine = _person(folder)
    assert dataset.load([_written(folder, person=[fine])]).photos["ada"] == (folder / "ada.jpg").resolve()
    shutil.copy(folder / "ada.jpg", tmp_path / "out.jpg")
    (folder / "link.jpg").symlink_to(tmp_path / "out.jpg")
    (folder / "loop.jpg").symlink_to(folder / "loop.jpg")
    for photo in ("../out.jpg", str(tmp_path / "out.jpg"), "link.jpg"):
        assert "lies outside" in _refused(_written(folder, person=[{**fine, "photo": photo}]))
    for photo, said in (
        ("no.jpg", "does not exist"),
        (".", "is a folder"),
        ("loop.jpg", "photo"),
        ("a\0b", "is no path"),
        ("n" * 290, "cannot be read"),
    ):
        told = _refused(_written(folder, person=[{**fine, "photo": photo}]))
        assert said in told and "[[person]] 'ada', photo" in told
    assert "is not the picture" in _refused(_written(folder, person=[{**fine, "sha256": "0" * 64}]))
    (folder / "ada.jpg").write_bytes(b"%PDF-1.7")
    pdf = {**fine, "sha256": sha256(b"%PDF-1.7").hexdigest()}
    assert "is a PDF document" in _refused(_written(folder, person=[pdf]))


def test_a_split_lists_what_there_is_once_and_no_more_than_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    split = {"name": "mine", "people": ["man-01"], "styles": ["pixar"], "themes": ["own"]}
    themes = [THEME]
    assert len(dataset.load([_written(tmp_path, theme=themes, split=[split])]).tasks("mine")) == 1
    for changed, said in (
        ({"themes": ["none"]}, "'mine', themes: there is no 'none'"),
        ({"people": ["man-01", "man-01"]}, "'mine', people: an id stands there twice"),
        ({"styles": []}, "styles: Tuple should have at least 1 item"),
        ({"name": "full"}, "'full': there is one of that name already"),
    ):
        assert said in _refused(_written(tmp_path, theme=themes, split=[{**split, **changed}]))
    monkeypatch.setattr(dataset, "MOST_TASKS", 800)
    both = {**split, "people": ["man-01", "man-09"], "themes": [f"t{n}" for n in range(401)]}
    many = [{**THEME, "id": name} for name in both["themes"]]
    assert "has 802 vlogs; at most 800 fit" in _refused(_written(tmp_path, theme=many, split=[both]))


def test_vlogs_of_different_tasks_never_share_a_folder(tmp_path: Path) -> None:
    long = {**THEME, "id": "x" * 60}
    split = {"name": "m", "people": ["ada"], "styles": ["pixar", "miyazaki"], "themes": ["x" * 60, "own"]}
    data = dataset.load([_written(tmp_path, person=[_person(tmp_path)], theme=[long, THEME], split=[split])])
    names = [
        Meta(person=p.person.id, style=p.style.id, theme=p.theme.id, theme_text="t", style_text="s").vlog
        for p in (*data.tasks("m"), *data.tasks("full"))
    ]
    assert len({name.casefold() for name in names}) == 804 and max(map(len, names)) < 250


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[[theme", "is not TOML"),
        (b"\xff\xfe", "is not TOML"),
        (b"", "is empty"),
        (b"x = " + b"[" * 100_000, "nested too deeply"),
        (b"# " + b"x" * 2_100_000, "larger than 2 MB"),
        (b"[theme]\nid = 'own'", "every entry begins with these double brackets"),
        (b"theme = [5]", "[[theme]] 1: Input should be a valid dictionary"),
        (b"[[topic]]", "[[topic]]: unknown; known are: person, split, style, theme"),
    ],
)
def test_a_file_that_is_no_data_is_refused_by_name(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    assert said in _refused(path)


def test_the_same_file_twice_and_a_folder_are_refused(tmp_path: Path) -> None:
    path = _written(tmp_path, theme=[THEME])
    with pytest.raises(ConfigurationError, match="'own': there is one of that name already"):
        dataset.load([path, path])
    assert "is a folder" in _refused(tmp_path)


_VALUES = st.recursive(
    st.text(max_size=20) | st.integers(-9, 9) | st.booleans() | st.floats(allow_nan=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = st.sampled_from([*THEME, *Person.model_fields, "name", "people", "styles", "themes"])
_TABLES = st.dictionaries(
    st.sampled_from(["person", "style", "theme", "split", "more"]),
    st.lists(st.dictionaries(_FIELDS, _VALUES, max_size=8) | _VALUES, max_size=3) | _VALUES,
    max_size=3,
)


@given(_TABLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_file_ends_in_another_error(tmp_path: Path, tables: dict[str, Any]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(tomli_w.dumps(tables), encoding="utf-8")
    try:
        assert Dataset().with_file(path).splits == {}
    except ConfigurationError as error:
        assert repr(str(path)) in str(error)
