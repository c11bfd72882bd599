"""Other methods get the input that they document, and what they made is taken over, whatever is wrong with it."""

from __future__ import annotations

import ast
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from personavlog.benchmark import methods, reading
from personavlog.benchmark.methods import mmstoryagent, movieagent
from personavlog.benchmark.outputs import Outputs, Shot
from personavlog.errors import ConfigurationError
from tests.core.benchmark.written_outputs import clip, method, picture, record, vlog_name

NAME = vlog_name()
HOSTILE = 'She says "now" #1 [NC] \\ it\'s 🏖️\nand\u2028goes {on}: - yes'


@pytest.fixture
def ours(tmp_path: Path) -> Outputs:
    """One vlog of three shots with words that mean something in every format."""
    folder = method(tmp_path / "ours", "ours")
    picture(folder / NAME / "stylised.png", colour=77)
    shots = [{"index": n, "board": f"{HOSTILE} {n}", "line": f"Line {n}"} for n in (1, 2, 3)]
    record(folder / NAME / "storyboard.json", shots)
    meta = json.loads((folder / NAME / "meta.json").read_text())
    record(folder / NAME / "meta.json", {**meta, "theme_text": f"Theme: {HOSTILE}", "character": "red coat, #1 [x]"})
    outputs = reading.read_outputs(folder)
    assert not [one for one in outputs.problems if one.fatal]
    return outputs


def written(name: str, ours: Outputs, tmp_path: Path) -> Path:
    (folder,) = methods.write_inputs(name, ours, tmp_path / "in", {"p01": "woman"})
    return folder


def told(outputs: Outputs) -> dict[str, str]:
    return {problem.file: problem.text for problem in outputs.problems}


def pixel(place: Path) -> int:
    with PIL.Image.open(place) as opened:
        return int(opened.convert("RGB").tobytes()[0])


def sound(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(place, [0.1] * 800, 8000)


def test_storydiffusion_gets_a_line_a_shot_and_no_mark_of_its_own_in_it(ours: Outputs, tmp_path: Path) -> None:
    folder = written("storydiffusion", ours, tmp_path)
    (who,) = (folder / "character.txt").read_text("utf-8").splitlines()
    assert who == "[Person] a woman img, red coat, 1 x"
    lines = (folder / "prompts.txt").read_text("utf-8").splitlines()
    assert len(lines) == 3 and all(line.startswith("[Person] She says") for line in lines)
    assert all(line.count("[") == 1 and "#" not in line and line.endswith("Pixar Style") for line in lines)
    assert (folder / "reference.png").read_bytes() == (ours.folder / NAME / "stylised.png").read_bytes()


def test_instantcharacter_gets_a_prompt_and_a_seed_a_shot(ours: Outputs, tmp_path: Path) -> None:
    lines = (written("instantcharacter", ours, tmp_path) / "jobs.jsonl").read_text("utf-8").split("\n")[:-1]
    jobs = [json.loads(line) for line in lines]
    assert [(job["seed"], job["save_as"]) for job in jobs] == [(1, "01.png"), (2, "02.png"), (3, "03.png")]
    assert all("🏖️" in job["prompt"] for job in jobs)


def test_mm_storyagent_gets_its_topic(ours: Outputs, tmp_path: Path) -> None:
    settings = json.loads((written("mm-storyagent", ours, tmp_path) / "settings.yaml").read_text("utf-8"))
    params = settings["story_writer"]["params"]
    assert params["story_topic"] == f"Theme: {HOSTILE}" and params["main_role"] == "red coat, #1 [x]"


def test_movieagent_gets_a_synopsis_and_the_picture_of_its_character(ours: Outputs, tmp_path: Path) -> None:
    folder = written("movieagent", ours, tmp_path)
    synopsis = json.loads((folder / "script_synopsis.json").read_text("utf-8"))
    assert synopsis["Character"] == ["Person"] and synopsis["MovieScript"].count("She says") == 4
    assert (folder / "character_list" / "Person" / "best.png").is_file()


def test_vlogger_gets_python_literals_that_name_every_shot(ours: Outputs, tmp_path: Path) -> None:
    script = written("vlogger", ours, tmp_path) / "script"
    files = {path.name: ast.literal_eval(path.read_text("utf-8")) for path in script.iterdir()}
    assert [one["video fragment id"] for one in files["video_prompts.txt"]] == [1, 2, 3]
    assert all(HOSTILE in one["video fragment description"] for one in files["video_prompts.txt"])
    assert [one["time"] for one in files["time_scripts.txt"]] == [3, 3, 3]
    assert [one["character/place id"] for one in files["protagonist_place_reference.txt"]] == [[1]] * 3
    assert files["protagonists_places.txt"][0]["name"] == "Person" and len(files["zh_video_prompts.txt"]) == 3


def test_a_vlog_without_a_picture_of_the_person_is_told(ours: Outputs, tmp_path: Path) -> None:
    for name in ("reference.png", "stylised.png"):
        (ours.folder / NAME / name).unlink()
    with pytest.raises(ConfigurationError, match="picture of the person"):
        written("storydiffusion", ours, tmp_path)
    with pytest.raises(ConfigurationError, match="storydiffusion, instantcharacter"):
        written("sora", ours, tmp_path)


def test_pictures_are_taken_over_by_their_number(ours: Outputs, tmp_path: Path) -> None:
    for n in (0, 1, 2):
        picture(tmp_path / "sd" / NAME / f"image_{n}.png", colour=50 + n)
        picture(tmp_path / "ic" / NAME / f"{n + 1:02d}.webp", colour=50 + n)
    first = methods.import_outputs("storydiffusion", tmp_path / "sd", ours, tmp_path / "out" / "sd")
    second = methods.import_outputs("instantcharacter", tmp_path / "ic", ours, tmp_path / "out" / "ic")
    assert not first.problems and not second.problems
    assert [path.name for path in first.vlogs[0].keyframes if path] == ["01.png", "02.png", "03.png"]
    assert first.vlogs[0].shots == ours.vlogs[0].shots and first.vlogs[0].meta == ours.vlogs[0].meta
    assert [pixel(path) for path in first.vlogs[0].keyframes if path] == [50, 51, 52]
    assert [one.method.name for one in reading.read_all([tmp_path / "out"])] == ["instantcharacter", "storydiffusion"]
    assert reading.read_outputs(tmp_path / "out" / "sd").vlogs == first.vlogs


def test_two_files_for_one_shot_are_not_chosen_from(ours: Outputs, tmp_path: Path) -> None:
    for name in ("1.png", "01.png", "02.png"):
        picture(tmp_path / "ic" / NAME / name)
    outputs = methods.import_outputs("instantcharacter", tmp_path / "ic", ours, tmp_path / "out")
    assert [path is not None for path in outputs.vlogs[0].keyframes] == [False, True, False]
    assert "2 files for shot 1" in told(outputs)[f"{NAME}/."]


def test_more_pictures_than_shots_are_not_guessed_at(ours: Outputs, tmp_path: Path) -> None:
    for n in range(5):
        picture(tmp_path / "sd" / NAME / f"image_{n}.png")
    outputs = methods.import_outputs("storydiffusion", tmp_path / "sd", ours, tmp_path / "out")
    assert outputs.vlogs[0].keyframes == (None, None, None)
    assert "files for the shots 1 to 5" in told(outputs)[f"{NAME}/."]


def test_mm_storyagents_pages_are_its_storyboard(ours: Outputs, tmp_path: Path) -> None:
    place = tmp_path / "mm" / NAME
    pages = [{"story": "Once.", "image_prompt": "A hill"}, {"story": "Then.", "sound_prompt": None}]
    record(place / "script_data.json", {"pages": pages, "music_prompt": "calm"})
    for n in (1, 2):
        picture(place / "image" / f"p{n}.png")
    sound(place / "speech" / "p1.wav")
    sound(place / "speech" / "p2_0.wav")
    sound(place / "music" / "music.wav")
    clip(place / "output.mp4")
    outputs = methods.import_outputs("mm-storyagent", tmp_path / "mm", ours, tmp_path / "out")
    (vlog,) = outputs.vlogs
    assert vlog.shots == (Shot(index=1, board="A hill", line="Once."), Shot(index=2, board="Then.", line="Then."))
    assert all(vlog.keyframes) and [path is not None for path in vlog.voices] == [True, False]
    assert vlog.file("music.wav") and vlog.file("film.mp4") and vlog.file("stylised.png")
    assert vlog.meta.character == "" and set(told(outputs)) == {f"{NAME}/voices"}


def movie(place: Path, shots: dict[str, Any]) -> None:
    scenes = {"Scene": {"Scene 1": {"Shot Annotation": {"Shot": shots}}}}
    record(place / "Step_3_shot_results.json", {"Sub-Script": {"Sub-Script 1": {"Scene Annotation": scenes}}})


@pytest.mark.skipif(os.name == "nt", reason="its file names cannot be on that system")
def test_movieagents_shots_are_found_by_their_names(ours: Outputs, tmp_path: Path) -> None:
    place = tmp_path / "ma" / NAME
    first = {"Plot/Visual Description": "A room", "Camera Movement": "Static", "Subtitles": {"Person": "Hello."}}
    movie(place, {"Shot 1": first, "Shot 2": {"Coarse Plot": "A door", "Subtitles": None}, "x": "nonsense"})
    for n in (1, 2):
        picture(place / "video" / f"Sub-Script_1|Scene_1|Shot_{n}.jpg")
    clip(place / "video" / "Sub-Script_1|Scene_1|Shot_2.mp4")
    clip(place / "video" / "final_video.mp4")
    outputs = methods.import_outputs("movieagent", tmp_path / "ma", ours, tmp_path / "out")
    (vlog,) = outputs.vlogs
    assert vlog.shots[0] == Shot(index=1, board="A room", video="Static", line="Hello.")
    assert [path.name for path in vlog.keyframes if path] == ["01.jpg", "02.jpg"] and vlog.file("film.mp4")
    assert vlog.clips[0] is None and vlog.clips[1] is not None and "shot 1" in told(outputs)[f"{NAME}/clips"]


def test_movieagents_names_lead_nowhere(ours: Outputs, tmp_path: Path) -> None:
    picture(tmp_path / "ma" / "secret.jpg")
    movie(tmp_path / "ma" / NAME, {"../../../secret": {"Coarse Plot": "A door"}})
    outputs = methods.import_outputs("movieagent", tmp_path / "ma", ours, tmp_path / "out")
    assert outputs.vlogs[0].keyframes == (None,)


def test_vloggers_clips_are_taken_over_with_their_first_frames(ours: Outputs, tmp_path: Path) -> None:
    place = tmp_path / "vl" / NAME
    for n in (0, 1):
        clip(place / "video" / "origin_video" / f"{n}.mp4")
    clip(place / "video" / "origin_video" / "result.mp4")
    (place / "video" / "origin_video" / "2.mp4").write_bytes(b"broken")
    sound(place / "audio" / "0.wav")
    outputs = methods.import_outputs("vlogger", tmp_path / "vl", ours, tmp_path / "out")
    (vlog,) = outputs.vlogs
    assert [path is not None for path in vlog.clips] == [True, True, False]
    assert [path is not None for path in vlog.keyframes] == [True, True, False]
    assert vlog.keyframes[0] and pixel(vlog.keyframes[0]) > 200, "the bar of the clip's first frame"
    assert vlog.shots[0].line == f"{vlog.shots[0].board} Pixar Style" and vlog.voices[0] is not None
    assert f"{NAME}/clips/03.mp4" in told(outputs)


NONSENSE = (
    "",
    "[]",
    "{}",
    '{"pages": 3}',
    '{"pages": [{}]}',
    '{"Sub-Script": []}',
    "[" * 50_000,
    '{"pages": ["\\ud800"]}',
)


@pytest.mark.parametrize("content", [None, *NONSENSE])
@pytest.mark.parametrize(
    ("name", "file"), [("mm-storyagent", "script_data.json"), ("movieagent", "Step_3_shot_results.json")]
)
def test_a_record_that_makes_no_sense_is_a_problem_of_its_vlog(
    ours: Outputs, tmp_path: Path, name: str, file: str, content: str | None
) -> None:
    (tmp_path / "x" / NAME).mkdir(parents=True)
    if content is not None:
        (tmp_path / "x" / NAME / file).write_text(content)
    outputs = methods.import_outputs(name, tmp_path / "x", ours, tmp_path / "out")
    assert outputs.vlogs == () and list(told(outputs)) == [NAME] and outputs.problems[0].fatal


@pytest.mark.parametrize("name", list(methods.adapters()))
def test_what_is_not_there_and_links_outside_are_problems(ours: Outputs, tmp_path: Path, name: str) -> None:
    outputs = methods.import_outputs(name, tmp_path / "nowhere", ours, tmp_path / "out")
    assert outputs.vlogs == () and "There is no folder" in told(outputs)[NAME]
    with pytest.raises(ConfigurationError, match="something in it"):
        methods.import_outputs(name, tmp_path / "nowhere", ours, tmp_path / "out")


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_that_leave_a_methods_folder_are_not_taken_over(ours: Outputs, tmp_path: Path) -> None:
    for n in (0, 1):
        picture(tmp_path / "sd" / NAME / f"image_{n}.png")
    (tmp_path / "sd" / NAME / "image_2.png").symlink_to(picture(tmp_path / "secret.png"))
    outputs = methods.import_outputs("storydiffusion", tmp_path / "sd", ours, tmp_path / "out")
    assert outputs.vlogs[0].keyframes[2] is None and "outside" in told(outputs)[f"{NAME}/image_2.png"]


KEYS = (
    "pages",
    "story",
    "image_prompt",
    "Sub-Script",
    "Scene Annotation",
    "Scene",
    "Shot Annotation",
    "Shot",
    "Coarse Plot",
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner),
    max_leaves=12,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(("pages", "Sub-Script")), ANY_JSON))
def test_no_record_of_another_method_makes_it_crash(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    folder = tmp_path_factory.getbasetemp() / "records"
    for file, read in ((movieagent.SHOTS, movieagent.found), ("script_data.json", mmstoryagent.storyboard)):
        record(folder / file, content)
        with suppress(ConfigurationError):
            read(folder)


def story(place: Path, first: int = 1, count: int = 3) -> None:
    shots = [
        {
            "index": first + n,
            "Static Shot Description": {"en": f"A picture {n}", "ch": f"图 {n}"},
            "Plot Correspondence": {"en": f"Plot {n}.", "ch": ""},
        }
        for n in range(count)
    ]
    characters = {"Fox": {"num_of_appearances": 3}, "../Fox": {"num_of_appearances": 9}}
    record(place / "story.json", {"Shots": shots[::-1], "Characters": characters})
    picture(place / "image" / "Fox" / "00.jpg")


@pytest.mark.parametrize("layout", ["shots/{}", "{}/shots", "{}"])
@pytest.mark.parametrize(("first", "names"), [(1, ("00.png", "01.png", "02.png")), (1, ("shot_01.png", "shot_03.jpg"))])
def test_vistorybenchs_outputs_are_taken_over(tmp_path: Path, layout: str, first: int, names: tuple[str, ...]) -> None:
    run = tmp_path / "outputs" / "uno" / "base" / "en" / "20250824_141800"
    for name in names:
        picture(run / layout.format("01") / name)
    (run / "notes").mkdir(parents=True)
    story(tmp_path / "ViStory" / "01", first)
    outputs = methods.import_vistory(run, tmp_path / "ViStory", tmp_path / "out", name="uno")
    (vlog,) = outputs.vlogs
    assert vlog.name == "story-01__vistory__story-01" and vlog.meta.theme_text == "Plot 0. Plot 1. Plot 2."
    assert [shot.board for shot in vlog.shots] == ["A picture 0", "A picture 1", "A picture 2"]
    assert [path is not None for path in vlog.keyframes] == [True, len(names) == 3, True]
    assert vlog.file("reference.png") and outputs.method.title == "uno (ViStoryBench)"


@pytest.mark.parametrize(
    "content", ["", "[]", '{"Shots": [{"index": "1"}]}', '{"Shots": [{"index": 1}, {"index": 1}]}']
)
def test_a_story_whose_data_make_no_sense_is_a_problem_and_the_others_are_read(tmp_path: Path, content: str) -> None:
    for number in ("01", "02"):
        picture(tmp_path / "run" / "shots" / number / "00.png")
        story(tmp_path / "data" / number)
    (tmp_path / "data" / "01" / "story.json").write_text(content)
    outputs = methods.import_vistory(tmp_path / "run", tmp_path / "data", tmp_path / "out", name="uno")
    assert [vlog.meta.theme for vlog in outputs.vlogs] == ["story-02"] and "story 01" in told(outputs)
    with pytest.raises(ConfigurationError, match="no stories"):
        methods.import_vistory(tmp_path / "data" / "01", tmp_path / "data", tmp_path / "out2", name="uno")
    with pytest.raises(ConfigurationError, match="no stories"):
        methods.import_vistory(tmp_path / "absent", tmp_path / "data", tmp_path / "out2", name="uno")


@pytest.mark.parametrize("name", ["", "a/b", "x" * 81, "x" * 80])
def test_a_name_that_no_method_can_have_is_refused(tmp_path: Path, name: str) -> None:
    picture(tmp_path / "run" / "shots" / ("0" * 90) / "00.png")
    story(tmp_path / "data" / ("0" * 90))
    with pytest.raises(ConfigurationError, match="cannot be called"):
        methods.import_vistory(tmp_path / "run", tmp_path / "data", tmp_path / "out", name=name)
    with pytest.raises(ConfigurationError, match="no stories"):
        methods.import_vistory(tmp_path / "run", tmp_path / "data", tmp_path / "out", name="uno")
