"""The page: self-contained, escaped, and no script runs but its own."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from personavlog.benchmark import leaderboard, rows
from personavlog.benchmark.outputs import METHOD, Method
from personavlog.benchmark.rows import SCORES, Row
from personavlog.errors import ConfigurationError
from tests.core.benchmark.drawn_scores import joined, method, row, steps
from tests.core.benchmark.drawn_scores import rows as drawn

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


class Elements(HTMLParser):
    """Every element with its attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style"):
            self.inside[self._open] = self.inside.get(self._open, "") + data
        self._open = ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def scores(title: str = "Ours", **more: str) -> dict[Method, list[Row]]:
    ours = joined([drawn(steps(0.6)), drawn(lambda *_: None, measure="judge.story_interest", note="no judge")])
    sourced = [one.model_copy(update={"source": {"clip-b": "sha256:abc"}}) if one.value else one for one in ours]
    return {method("ours", title, **more): sourced, method("other"): drawn(steps(0.5), of="other")}


def test_the_policy_lets_only_the_pages_own_style_and_script_run() -> None:
    page = Elements(leaderboard.page(scores()))
    (policy,) = [one["content"] or "" for one in page.all("meta") if one.get("http-equiv")]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(page.inside[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
        assert len(page.all(kind)) == 1


def test_it_loads_nothing_and_needs_no_attribute_that_the_policy_forbids() -> None:
    page = Elements(leaderboard.page(scores()))
    assert {tag for tag, _ in page.found} & {"img", "link", "iframe", "object", "form", "base"} == set()
    assert [
        name for _, attributes in page.found for name in attributes if name == "style" or name.startswith("on")
    ] == []
    assert [attributes for _, attributes in page.found if "src" in attributes] == []


def test_all_that_a_submission_says_is_text() -> None:
    given = {
        method("ours", EVIL[:80], description=EVIL, hardware=EVIL): [
            row(None, note=EVIL, source={EVIL: EVIL}),
            row(0.5, theme="t1", source={EVIL: EVIL}),
        ]
    }
    page = Elements(leaderboard.page(given))
    plain = Elements(leaderboard.page({method("ours"): [row(0.5)]}))
    assert len(page.all("script")) == len(plain.all("script")) == 1
    assert page.all("img") == []
    assert page.inside == plain.inside


@pytest.mark.parametrize(
    ("url", "linked"), [("https://a.example/x", True), ("javascript:alert(1)", False), ("data:,x", False)]
)
def test_only_web_addresses_are_linked(url: str, linked: bool) -> None:
    links = Elements(leaderboard.page(scores(url=url))).all("a")
    assert [link["href"] for link in links] == ([url] if linked else [])
    assert all("noopener" in (link["rel"] or "") for link in links)


def test_a_row_a_method_with_what_it_is_sorted_by_and_nothing_for_what_is_missing() -> None:
    cells = Elements(leaderboard.page(scores())).all("td")
    sorted_by = [cell["data-sort"] or "" for cell in cells if "data-sort" in cell]
    assert [one for one in sorted_by if one in ("Ours", "other")] == ["Ours", "other"] * 2
    numbers = [float(one) for one in sorted_by if re.fullmatch(r"[\d.]+", one)]
    assert numbers == pytest.approx([0.6365, 0.5365])
    assert sorted_by.count("") == 2


def test_intervals_are_drawn_on_one_scale_a_column() -> None:
    page = Elements(leaderboard.page(scores()))
    (ours, other) = [(float(line["x1"] or 0), float(line["x2"] or 0)) for line in page.all("line")]
    means = [float(circle["cx"] or 0) for circle in page.all("circle")]
    assert ours[0] < means[0] < ours[1] and other[0] < means[1] < other[1]
    assert other[0] == 3 and ours[1] == 69 and other[1] < ours[0]


def test_it_says_what_measured_and_keeps_the_papers_rows_apart() -> None:
    text = leaderboard.page(scores())
    assert "sha256:abc" in text
    assert "no judge" in text
    measured, _, paper = text.partition("<h2>The paper: published, not measured here</h2>")
    assert "StoryDiffusion" in paper and "12.8 %" in paper and "97.41" in paper
    assert "StoryDiffusion" not in measured


def test_many_sources_do_not_fill_the_page() -> None:
    given = [row(0.5, theme=f"t{index}", source={"weights": f"digest{index}"}) for index in range(300)]
    text = leaderboard.page({method("ours"): given})
    assert text.count("<code>digest") == 40
    assert "and 260 more" in text


def test_equal_scores_are_equal_pages() -> None:
    assert leaderboard.page(scores()) == leaderboard.page(scores())


def submission(folder: Path, name: str = "ours", given: list[Row] | None = None) -> Path:
    folder.mkdir()
    (folder / METHOD).write_text(method(name).model_dump_json())
    rows.append(folder / SCORES, drawn(steps(0.5), of=name) if given is None else given)
    return folder


def test_folders_are_read_in_their_order(tmp_path: Path) -> None:
    found = leaderboard.read([submission(tmp_path / "b", "two"), submission(tmp_path / "a", "one")])
    assert [(one.name, len(given)) for one, given in found.items()] == [("two", 16), ("one", 16)]
    assert "<h3>two</h3>" in leaderboard.page(found)


def test_two_folders_of_one_name_are_both_named(tmp_path: Path) -> None:
    folders = [submission(tmp_path / "a"), submission(tmp_path / "b")]
    with pytest.raises(ConfigurationError, match=r"/a' and '.*/b' both hold a method 'ours'"):
        leaderboard.read(folders)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "does not fit"),
        (b"\xff\xfe", "does not fit"),
        (b"[" * 100_000, "does not fit"),
        (json.dumps({"name": "../x", "title": "x"}).encode(), "does not fit: name"),
        (
            json.dumps({"name": "x", "title": "x", "stars": 5}).encode(),
            "does not fit: stars",
        ),
        (b" " * 8_000_001, "larger than 8 MB"),
    ],
)
def test_a_damaged_description_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    folder = submission(tmp_path / "a")
    (folder / METHOD).write_bytes(content)
    with pytest.raises(ConfigurationError, match=re.escape(told)):
        leaderboard.read([folder])


def test_missing_and_empty_scores_are_named(tmp_path: Path) -> None:
    folder = submission(tmp_path / "a", given=[])
    with pytest.raises(ConfigurationError, match="holds no scores"):
        leaderboard.read([folder])
    (folder / SCORES).unlink()
    with pytest.raises(ConfigurationError, match=r"no scores\.jsonl in '.*/a'"):
        leaderboard.read([folder])
