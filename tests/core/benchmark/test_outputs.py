"""Any folder may be handed over: what is sound is read, what is not is named with what to do."""

from __future__ import annotations

import json
import os
from pathlib import Path
from shutil import rmtree
from typing import Any

import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personavlog.benchmark import reading, schema
from personavlog.benchmark.outputs import Meta, Outputs
from personavlog.benchmark.vlog_folder import read_vlog
from personavlog.errors import ConfigurationError
from tests.core.benchmark.written_outputs import clip, clip_bytes, method, picture, record, vlog, vlog_name

DOCS = Path(__file__).parents[3] / "docs"


def said(outputs: Outputs, *, fatal: bool | None = None) -> dict[str, str]:
    found: dict[str, str] = {}
    for problem in outputs.problems:
        if fatal in (None, problem.fatal):
            found[problem.file] = f"{found.get(problem.file, '')} {problem.text}".strip()
    return found


def test_a_sound_folder_is_read_whole_and_nothing_is_said(tmp_path: Path) -> None:
    outputs = reading.read_outputs(method(tmp_path, themes=("t01", "t02")), whole=True)
    assert outputs.problems == () and [one.meta.theme for one in outputs.vlogs] == ["t01", "t02"]
    assert [path.name for path in outputs.vlogs[0].keyframes if path] == ["01.png", "02.png", "03.png"]
    assert all(outputs.vlogs[0].clips) and outputs.vlogs[0].voices == (None, None, None)
    assert outputs.vlogs[0].file("reference.png") and outputs.vlogs[0].file("stylised.png") is None


@pytest.mark.parametrize(
    "content", [None, "", "[]", "{", '{"name": "a/b", "title": "x"}', '{"name": "a", "tittle": 1}']
)
def test_a_folder_without_a_good_method_is_no_method(tmp_path: Path, content: str | None) -> None:
    vlog(tmp_path)
    if content is not None:
        (tmp_path / "method.json").write_text(content)
    with pytest.raises(ConfigurationError, match=r"method\.json"):
        reading.read_outputs(tmp_path)
    with pytest.raises(ConfigurationError, match=r"method\.json"):
        reading.read_all([tmp_path / "absent"])


@pytest.mark.parametrize("name", ["meta.json", "storyboard.json"])
@pytest.mark.parametrize("content", [None, "", "nonsense", "[" * 100_000, '{"person": 1}', "\ud800"])
def test_a_vlog_without_a_good_record_is_refused_and_the_others_are_read(
    tmp_path: Path, name: str, content: str | None
) -> None:
    place = method(tmp_path, themes=("t01", "t02")) / vlog_name("t01") / name
    place.unlink() if content is None else place.write_bytes(content.encode("utf-8", "surrogatepass"))
    outputs = reading.read_outputs(tmp_path)
    assert [one.meta.theme for one in outputs.vlogs] == ["t02"]
    assert list(said(outputs, fatal=True)) == [f"{vlog_name('t01')}/{name}"]


def test_a_record_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    method(tmp_path)
    monkeypatch.setattr(schema, "MAX_RECORD", 60)
    (tmp_path / "method.json").write_text('{"name": "a", "title": "b"}')
    assert "larger than" in said(reading.read_outputs(tmp_path), fatal=True)[f"{vlog_name()}/meta.json"]


def test_a_folder_of_another_name_than_its_vlog_is_refused(tmp_path: Path) -> None:
    (method(tmp_path) / vlog_name()).rename(tmp_path / "p01__pixar__t99")
    problem = said(reading.read_outputs(tmp_path), fatal=True)["p01__pixar__t99/meta.json"]
    assert vlog_name() in problem and "Give the folder that name" in problem


@pytest.mark.parametrize("numbers", [[], [2, 3], [1, 1], [1, 3], [2, 1], [0, 1], [1, "2"], [1, 1.5], [1, True]])
def test_shots_are_numbered_from_one_in_order(tmp_path: Path, numbers: list[Any]) -> None:
    method(tmp_path)
    record(tmp_path / vlog_name() / "storyboard.json", [{"index": n, "board": "x"} for n in numbers])
    outputs = reading.read_outputs(tmp_path)
    assert not outputs.vlogs and list(said(outputs, fatal=True)) == [f"{vlog_name()}/storyboard.json"]


@pytest.mark.parametrize("text", ['"It\'s" <b> \\" %s {x}', "🏖️ 海辺の休日 \u202e", "wandering " * 500, "a\x1b[31mb"])
def test_any_theme_text_is_fine(tmp_path: Path, text: str) -> None:
    method(tmp_path, themes=())
    vlog(tmp_path, text=text)
    outputs = reading.read_outputs(tmp_path)
    assert outputs.vlogs[0].meta.theme_text == text and outputs.problems == ()


def test_names_may_be_padded_and_in_capitals_and_pictures_of_any_kind(tmp_path: Path) -> None:
    place = method(tmp_path) / vlog_name() / "keyframes"
    (place / "01.png").rename(place / "1.PNG")
    (place / "02.png").unlink()
    picture(place / "002.webp")
    (place / "03.png").unlink()
    picture(place / "03.jpeg")
    outputs = reading.read_outputs(tmp_path)
    assert outputs.problems == ()
    assert [path.name for path in outputs.vlogs[0].keyframes if path] == ["1.PNG", "002.webp", "03.jpeg"]


def test_two_files_for_one_shot_are_both_left_out(tmp_path: Path) -> None:
    picture(method(tmp_path) / vlog_name() / "keyframes" / "1.png")
    outputs = reading.read_outputs(tmp_path)
    assert outputs.vlogs[0].keyframes[0] is None and outputs.vlogs[0].keyframes[1] is not None
    assert "'01.png' and '1.png' are both for shot 1" in said(outputs, fatal=False)[f"{vlog_name()}/keyframes"]


@pytest.mark.parametrize(
    "name", ["04.png", "00.png", "-1.png", "shot1.png", "1.gif", "٣.png", "1 .png", "a\x1b[0m.png"]
)
def test_a_name_that_is_no_shots_is_named_and_not_read(tmp_path: Path, name: str) -> None:
    picture(method(tmp_path) / vlog_name() / "keyframes" / "x.png").rename(tmp_path / vlog_name() / "keyframes" / name)
    outputs = reading.read_outputs(tmp_path)
    ((file, text),) = said(outputs, fatal=False).items()
    assert file.startswith(f"{vlog_name()}/keyframes/") and "no picture of one of the 3 shots" in text
    assert file.isprintable() and all(outputs.vlogs[0].keyframes)


def test_bytes_that_are_no_text_in_a_name_are_spelled_out(tmp_path: Path) -> None:
    place = os.fsencode(method(tmp_path) / vlog_name() / "keyframes") + b"/\xff.png"
    try:
        with open(place, "wb"):  # noqa: PTH123 - a name of bytes is what this is about
            pass
    except OSError:
        pytest.skip("this file system takes names of text only")
    assert f"{vlog_name()}/keyframes/\\xff.png" in said(reading.read_outputs(tmp_path))


def test_what_is_missing_is_named_and_stays_missing(tmp_path: Path) -> None:
    place = method(tmp_path, themes=("t01", "t02")) / vlog_name("t01")
    for name in ("keyframes/02.png", "keyframes/03.png", "clips/01.mp4", "reference.png"):
        (place / name).unlink()
    outputs = reading.read_outputs(tmp_path)
    assert said(outputs, fatal=True) == {}
    assert [path is None for path in outputs.vlogs[0].keyframes] == [False, True, True]
    assert set(said(outputs)) == {f"{place.name}/{name}" for name in ("keyframes", "clips", "reference.png")}
    assert "for shots 2, 3" in said(outputs)[f"{place.name}/keyframes"]


def test_a_storyboard_alone_can_be_scored(tmp_path: Path) -> None:
    place = method(tmp_path) / vlog_name()
    for path in (*(place / "keyframes").iterdir(), *(place / "clips").iterdir()):
        path.unlink()
    outputs = reading.read_outputs(tmp_path)
    assert len(outputs.vlogs) == 1 and "no picture for any shot" in said(outputs)[f"{vlog_name()}/keyframes"]
    assert f"{vlog_name()}/clips" not in said(outputs), "clips are optional"


BROKEN = {
    "keyframes/01.png": (b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"<svg/>"),
    "reference.png": (b"", b"no picture"),
    "clips/01.mp4": (b"", b"no clip", b"#EXTM3U\nfile:///etc/passwd\n", clip_bytes()[:300]),
    "voices/01.wav": (b"", b"RIFF0000WAVE"),
    "film.mp4": (b"x",),
}


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, kinds in BROKEN.items() for data in kinds])
def test_a_file_that_does_not_decode_is_named_and_left_out(tmp_path: Path, name: str, data: bytes) -> None:
    place = method(tmp_path) / vlog_name() / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(data)
    outputs = reading.read_outputs(tmp_path)
    assert said(outputs, fatal=True) == {} and "It is not used." in said(outputs)[f"{vlog_name()}/{name}"]
    part, _, shot = name.partition("/")
    used = getattr(outputs.vlogs[0], part)[0] if shot else outputs.vlogs[0].file(part)
    assert used is None


def test_a_picture_that_unpacks_to_too_much_is_not_decoded(tmp_path: Path) -> None:
    PIL.Image.new("1", (8000, 6000)).save(method(tmp_path) / vlog_name() / "keyframes" / "01.png")
    assert "8000 x 6000 px" in said(reading.read_outputs(tmp_path))[f"{vlog_name()}/keyframes/01.png"]


def test_a_clip_that_was_cut_short_is_found_where_clips_are_decoded_to_their_end(tmp_path: Path) -> None:
    data = clip_bytes(frames=64)
    place = method(tmp_path) / vlog_name() / "clips" / "02.mp4"
    place.write_bytes(data[: len(data) * 2 // 3])
    if data.find(b"moov") > data.find(b"mdat"):
        assert f"{vlog_name()}/clips/02.mp4" in said(reading.read_outputs(tmp_path))
    else:
        assert f"{vlog_name()}/clips/02.mp4" in said(reading.read_outputs(tmp_path, whole=True))


def test_a_clip_of_another_size_or_rate_is_named_and_used(tmp_path: Path) -> None:
    place = method(tmp_path) / vlog_name() / "clips"
    clip(place / "02.mp4", width=32, height=32)
    clip(place / "03.mp4", fps=16)
    outputs = reading.read_outputs(tmp_path)
    assert "32 x 32 px, most clips here 64 x 48 px" in said(outputs, fatal=False)[f"{vlog_name()}/clips/02.mp4"]
    assert "16.0 fps, most clips here 8.0 fps" in said(outputs, fatal=False)[f"{vlog_name()}/clips/03.mp4"]
    assert all(outputs.vlogs[0].clips)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_that_leave_the_folder_are_refused_and_others_are_followed(tmp_path: Path) -> None:
    outside = picture(tmp_path / "secret.png")
    folder = method(tmp_path / "mine", themes=("t01", "t02"))
    place = folder / vlog_name("t01")
    (place / "keyframes" / "01.png").unlink()
    (place / "keyframes" / "01.png").symlink_to(outside)
    (place / "reference.png").unlink()
    (place / "reference.png").symlink_to(folder / vlog_name("t02") / "reference.png")
    (place / "stylised.png").symlink_to(place / "stylised.png")
    (folder / "p01__pixar__t03").symlink_to(vlog(tmp_path, "t03"))
    (place / "voices").symlink_to(tmp_path / "absent")
    rmtree(folder / vlog_name("t02") / "clips")
    (folder / vlog_name("t02") / "clips").symlink_to(tmp_path / "p01__pixar__t03" / "clips")
    outputs = reading.read_outputs(folder)
    assert list(said(outputs, fatal=True)) == ["p01__pixar__t03"]
    assert "outside 'mine'" in said(outputs)[f"{place.name}/keyframes/01.png"]
    assert outputs.vlogs[0].keyframes[0] is None and outputs.vlogs[0].file("reference.png")
    assert outputs.vlogs[0].file("stylised.png") is None and outputs.vlogs[1].clips == (None,) * 3
    assert "a link out of 'mine'" in said(outputs)[f"{vlog_name('t02')}/clips"]
    assert "a link out of 'mine'" in said(outputs)[f"{place.name}/voices"]


@pytest.mark.skipif(os.name == "nt", reason="there are no such files there")
def test_what_is_no_ordinary_file_does_not_make_it_wait(tmp_path: Path) -> None:
    place = method(tmp_path, themes=("t01", "t02")) / vlog_name("t01")
    (place / "clips" / "01.mp4").unlink()
    os.mkfifo(place / "clips" / "01.mp4")
    (tmp_path / vlog_name("t02") / "meta.json").unlink()
    os.mkfifo(tmp_path / vlog_name("t02") / "meta.json")
    outputs = reading.read_outputs(tmp_path)
    assert "not an ordinary file" in said(outputs)[f"{place.name}/clips/01.mp4"]
    assert "not an ordinary file" in said(outputs, fatal=True)[f"{vlog_name('t02')}/meta.json"]


FIRST = {"part": "clip", "shot": 1, "attempt": 0}


@pytest.mark.parametrize(
    "content",
    [
        [{**FIRST, "shot": 4}],
        [FIRST, FIRST],
        [{**FIRST, "attempt": 1, "accepted": True}],
        [{**FIRST, "accepted": True}],
        [FIRST, {**FIRST, "attempt": 1}],
        [{**FIRST, "scores": {"a": float("nan")}}],
        [{**FIRST, "part": "film"}],
        "text",
    ],
)
def test_corrections_that_do_not_fit_are_none_and_the_rest_is_scored(tmp_path: Path, content: Any) -> None:
    record(method(tmp_path) / vlog_name() / "corrections.json", content)
    outputs = reading.read_outputs(tmp_path)
    assert outputs.vlogs[0].corrections == () and said(outputs, fatal=True) == {}
    assert f"{vlog_name()}/corrections.json" in said(outputs)


def test_good_corrections_and_costs_are_read(tmp_path: Path) -> None:
    second = {**FIRST, "attempt": 1, "accepted": False, "scores": {"i2i": None, "i2t": 0.4}}
    record(method(tmp_path) / vlog_name() / "corrections.json", [{**FIRST, "found": True}, second])
    record(tmp_path / vlog_name() / "cost.json", {"seconds": 12, "dollars": None, "calls": {"image": 4}})
    outputs = reading.read_outputs(tmp_path)
    assert outputs.problems == () and outputs.vlogs[0].corrections[1].scores == {"i2i": None, "i2t": 0.4}
    assert outputs.vlogs[0].cost is not None and outputs.vlogs[0].cost.dollars is None


def test_what_is_no_part_of_the_layout_is_named(tmp_path: Path) -> None:
    place = method(tmp_path) / vlog_name()
    (place / "keyframes").rename(place / "Frames")
    (place / ".DS_Store").write_bytes(b"x")
    (tmp_path / "notes").mkdir()
    found = said(reading.read_outputs(tmp_path))
    assert set(found) == {f"{vlog_name()}/Frames", f"{vlog_name()}/keyframes"}


def test_two_methods_of_one_name_are_refused_and_a_folder_of_several_is_read(tmp_path: Path) -> None:
    one, two = method(tmp_path / "a", "one"), method(tmp_path / "b", "two")
    assert [outputs.method.name for outputs in reading.read_all([tmp_path])] == ["one", "two"]
    assert len(reading.read_all([two, one, tmp_path])) == 2, "a folder that is named twice is one"
    record(two / "method.json", {"name": "one", "title": "Another"})
    with pytest.raises(ConfigurationError, match="'one'") as refused:
        reading.read_all([one, two])
    assert str(one) in str(refused.value) and str(two) in str(refused.value)


def test_a_name_of_three_ids_is_a_file_name_everywhere(tmp_path: Path) -> None:
    longest = "x" * 80
    meta = Meta(person=longest, style=longest, theme=longest, theme_text="t", style_text="s")
    (tmp_path / meta.vlog).mkdir()
    for bad in ("x" * 81, "a.", ".a", "a/b", "a\n", "ä", ""):
        with pytest.raises(ValueError, match="person"):
            Meta(person=bad, style="s", theme="t", theme_text="t", style_text="s")


def test_the_schema_in_the_docs_is_that_of_the_records() -> None:
    assert (DOCS / "benchmark-schema.json").read_text("utf-8") == schema.text(), (
        "Write it again: python -c 'from personavlog.benchmark import schema; print(schema.text(), end=\"\")' "
        "> docs/benchmark-schema.json"
    )
    assert set(json.loads(schema.text())) == {
        "method.json", "meta.json", "storyboard.json", "corrections.json", "cost.json"
    }  # fmt: skip


@settings(max_examples=30)
@given(
    st.dictionaries(st.sampled_from(("person", "style", "theme", "theme_text", "seed", "x")), st.text() | st.integers())
)
def test_no_record_makes_it_crash(tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("any")
    record(folder / vlog_name() / "meta.json", content)
    found, problems = read_vlog(folder / vlog_name())
    assert found is None and problems


def half(folder: Path) -> None:
    for name in ("storyboard.json", "keyframes/02.png", "keyframes/03.png"):
        (folder / vlog_name() / name).unlink()


def wrong_names(folder: Path) -> None:
    (folder / vlog_name()).rename(folder / "vlog1")
    vlog(folder, "t02")
    for n in (1, 2, 3):
        place = folder / vlog_name("t02") / "keyframes" / f"{n:02d}.png"
        place.rename(place.with_name(f"shot_{n}.png"))


def no_reference(folder: Path) -> None:
    (folder / vlog_name() / "reference.png").unlink()


def broken_picture(folder: Path) -> None:
    place = picture(folder / vlog_name() / "keyframes" / "02.png", (640, 480))
    place.write_bytes(place.read_bytes()[:400])


def odd_clips(folder: Path) -> None:
    clip(folder / vlog_name() / "clips" / "02.mp4", width=32, height=32)
    clip(folder / vlog_name() / "clips" / "03.mp4", fps=16)


@pytest.mark.parametrize(
    ("harm", "sound", "words"),
    [
        (half, False, ("1 vlog cannot be scored:", "/storyboard.json: It is not there")),
        (wrong_names, False, ("vlog1/meta.json: It is of the vlog", "/keyframes/shot_1.png: It is no picture")),
        (no_reference, True, ("/reference.png: It is not there. Put the person's photo there",)),
        (broken_picture, True, ("/keyframes/02.png: It does not decode as PNG, JPEG or WebP.",)),
        (odd_clips, True, ("/clips/02.mp4: It has 32 x 32 px", "/clips/03.mp4: It has 16.0 fps")),
    ],
)
def test_a_broken_submission_is_told_in_words(tmp_path: Path, harm: Any, sound: bool, words: tuple[str, ...]) -> None:
    harm(method(tmp_path))
    validation = reading.validated(tmp_path)
    text = "\n".join(validation.lines)
    assert validation.sound == sound and all(one in text for one in words)
    assert str(tmp_path) not in text


def test_a_sound_submission_is_told_so_with_counts(tmp_path: Path) -> None:
    validation = reading.validated(method(tmp_path))
    assert validation.sound and validation.lines == (
        "Method mine (mine): 1 vlog can be scored.",
        "Nothing else is wrong.",
        "Of 3 shots: keyframes 3, clips 3, voices 0.",
        "Of 1 vlog: reference.png 1, stylised.png 0, corrections.json 0, cost.json 0.",
    )
