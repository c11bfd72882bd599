"""Films made by simulated backbones, exported: every file decodes, nothing that a person changed is written over, and
what cannot be exported is said."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import opentimelineio as otio
import pytest
import soundfile

from personavlog import publish
from personavlog.backbones.capabilities import DurationRule, SizeRule, VideoCapabilities
from personavlog.backbones.fake import LICENCE, FakeVideo
from personavlog.errors import ConfigurationError, MediaError, MissingExtraError, RunError
from personavlog.export import Exported, Target, export, exporting
from personavlog.export.licences import forbids_commerce
from personavlog.export.source import read_source
from personavlog.media.ffmpeg import binary
from personavlog.runs.exports import Exports
from personavlog.runs.folder import RunFolder, open_store
from personavlog.saved import SavedBrief, write_brief
from tests.core.doubles import Film, profile
from tests.shared.command_line import CommandLine

SHOTS = 2
ODD_FOLDER = "a 'b' & #1 🏔️"


@dataclass(frozen=True)
class Finished:
    """A finished film in folders of its own."""

    root: Path

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def folder(self) -> RunFolder:
        return RunFolder(self.runs, "film")

    def export(self, to: str, folder: Path | None = None) -> Exported:
        return export("film", to=to, folder=folder, runs=self.runs)


def make(root: Path, fps: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        durations = DurationRule(fps=fps, frame_step=4, frame_offset=1, shortest=1.0, longest=5.0)
        can = VideoCapabilities(
            durations=durations, sizes=SizeRule(min_side=64, max_side=1280, multiple=16), licence=LICENCE
        )
        patch.setattr(FakeVideo, "capabilities", can)
        film = Film(root / "home", brief_changes={"shots": SHOTS, "length": 6.0})
        made = film.make()
    folder = RunFolder(root / "runs", "film").create()
    write_brief(folder, SavedBrief(brief=film.brief, profile=profile()))
    publish.film(folder, film.production, made)
    publish.record(folder, film.index, film.brief, profile(), film.store, wall=1.0)
    film.index.close()


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("finished")
    make(root, fps=24)
    return root


@pytest.fixture
def film(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Finished]:
    """A copy of the film that was made once."""
    shutil.copytree(once, tmp_path / "film")
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "film" / "home"))
    yield Finished(tmp_path / "film")


def decoded(path: Path) -> int:
    """How many frames a file's picture has, decoded to its end."""
    line = [
        binary(),
        "-v",
        "error",
        "-xerror",
        "-i",
        str(path),
        "-map",
        "0:v",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "gray",
        "-s",
    ]
    return len(subprocess.run([*line, "16x16", "-"], stdout=subprocess.PIPE, check=True).stdout) // 256


@pytest.mark.parametrize("target", ["otio", "xmeml"])
def test_every_media_file_is_there_decodes_and_is_as_long_as_the_timeline_says(film: Finished, target: str) -> None:
    exported = film.export(target)
    timeline = otio.adapters.read_from_file(str(exported.path), {"otio": "otio_json", "xmeml": "fcp_xml"}[target])
    for clip in timeline.find_clips():
        place, frames = exported.path.parent / "media" / clip.name, round(clip.available_range().duration.value)
        if place.suffix == ".mp4":
            assert decoded(place) == frames
        else:
            about = soundfile.info(place)
            assert (about.samplerate, about.channels, about.frames) == (48000, 2, frames * 2000)
    assert len(list(timeline.find_clips())) == 2 * SHOTS + 1
    assert set(exported.files) == {place for place in exported.path.parent.rglob("*") if place.is_file()}


def test_the_tracks_added_up_are_the_films_sound(film: Finished) -> None:
    exported = film.export("otio")
    timeline = otio.adapters.read_from_file(str(exported.path))
    mix = soundfile.read(film.folder.audio / "mix.wav")[0]
    heard = np.zeros_like(mix)
    for track in timeline.audio_tracks():
        for clip in track.find_clips():
            samples = soundfile.read(exported.path.parent / clip.media_reference.target_url)[0]
            at = round(track.range_of_child(clip).start_time.value * 2000)
            heard[at : at + len(samples)] += samples
    assert np.abs(heard - mix).max() < 3 / 32768, "but for what 16 bits round"
    assert np.abs(mix).max() > 0.1


@pytest.mark.parametrize("target", list(Target))
def test_every_form_is_written_into_the_run_and_into_any_folder(film: Finished, target: Target, tmp_path: Path) -> None:
    inside = film.export(target)
    assert inside.path.exists() and inside.path.is_relative_to(film.folder.export)
    outside = film.export(target, tmp_path / ODD_FOLDER)
    assert outside.path.exists() and outside.path.is_relative_to(tmp_path / ODD_FOLDER)
    assert {path.name for path in outside.files} == {path.name for path in inside.files}


def test_an_export_over_an_export_changes_nothing_but_keeps_what_a_person_changed(film: Finished) -> None:
    first = film.export("otio")
    before = {path: path.read_bytes() for path in first.files}
    assert film.export("otio").notes == first.notes
    assert {path: path.read_bytes() for path in first.files} == before
    first.path.write_text("my own edit")
    (first.path.parent / "media" / "shot-01.mp4").write_bytes(b"graded")
    again = film.export("otio")
    assert first.path.read_bytes() == before[first.path]
    assert (first.path.parent / "vlog.yours.otio").read_text() == "my own edit"
    assert (first.path.parent / "media" / "shot-01.yours.mp4").read_bytes() == b"graded"
    said = [note for note in again.notes if "is not as it was exported; it is kept as" in note]
    assert len(said) == 2, again.notes


def test_what_lay_in_a_chosen_folder_is_kept(film: Finished, tmp_path: Path) -> None:
    chosen = tmp_path / "mine"
    (chosen / "media").mkdir(parents=True)
    for name in ("vlog.otio", "vlog.srt", "licences.txt", "media/shot-02.mp4", "media/other.mov"):
        (chosen / name).write_text(f"my {name}")
    film.export("otio", chosen)
    kept = {path.name: path.read_text() for path in chosen.rglob("*.yours.*")}
    assert sorted(kept) == ["licences.yours.txt", "shot-02.yours.mp4", "vlog.yours.otio", "vlog.yours.srt"]
    assert (chosen / "media" / "other.mov").read_text() == "my media/other.mov"


def test_media_that_the_film_has_no_more_are_taken_away_and_nothing_else(film: Finished) -> None:
    exported = film.export("otio")
    record = json.loads(film.folder.record.read_text())
    made = [entry for entry in record["entries"] if entry["kind"] == "film"][-1]["data"]["made"]
    made["timeline"]["shots"][-1]["line_duration"] = 0
    film.folder.record.write_text(json.dumps(record))
    media = exported.path.parent / "media"
    (media / "mine.wav").write_text("mine")
    film.export("otio")
    assert not (media / f"voice-{SHOTS:02d}.wav").exists() and (media / "mine.wav").exists()
    assert film.folder.film.exists() and all((film.folder.shot(n) / "voice.wav").exists() for n in range(SHOTS))


def test_a_making_leaves_alone_what_was_changed_in_an_export(film: Finished) -> None:
    exported = film.export("otio")
    exported.path.write_text("my own edit")
    (film.folder.shot(0) / "keyframe.png").write_bytes(b"mine")
    store, index = open_store()
    with closing(index):
        assert Exports(film.folder, index, store).changed() == (film.folder.shot(0) / "keyframe.png",)


def test_a_run_whose_store_is_gone_is_exported_from_its_folder(
    film: Finished, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = film.export("mlt")
    before = {path: path.read_bytes() for path in here.files}
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "another"))
    there = film.export("mlt", tmp_path / "there")
    assert there.notes == here.notes
    assert {tmp_path / "there" / path.relative_to(here.path.parent): data for path, data in before.items()} == {
        path: path.read_bytes() for path in there.files
    }


@pytest.mark.parametrize("inside", ["", "shots", "shots/01"])
def test_the_runs_own_files_are_no_place_for_an_export(film: Finished, inside: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in film.folder.path.rglob("*")}
    with pytest.raises(ConfigurationError, match="belongs to the run's own files"):
        film.export("otio", film.folder.path / inside)
    assert {path: path.stat().st_mtime_ns for path in film.folder.path.rglob("*")} == before


def test_an_export_beside_the_runs_takes_nothing_of_them_away(film: Finished) -> None:
    before = {path for path in film.folder.path.rglob("*")}
    film.export("otio", film.runs)
    film.export("stills", film.runs)
    assert before <= set(film.folder.path.rglob("*"))


def test_a_clip_that_is_missing_in_the_folder_comes_from_the_store_and_the_other_way_round(film: Finished) -> None:
    shutil.rmtree(film.folder.path / "shots" / "02")
    whole = film.export("otio")
    clip = (whole.path.parent / "media" / "shot-02.mp4").read_bytes()
    store, index = open_store()
    index.close()
    source = read_source(film.folder, store)
    for made in (source.made.clips[0].clip, source.made.narration.lines[0].audio, source.made.soundtrack.music):
        store.remove(made.digest)
    assert film.export("mlt").path.exists()
    store.remove(source.made.clips[1].clip.digest)
    with pytest.raises(MediaError, match=r"'shots/02/clip.mp4' .* neither .*personavlog resume film"):
        film.export("fcpxml")
    assert clip


def test_a_clip_that_a_person_changed_is_named_and_the_film_is_exported_as_it_is(film: Finished) -> None:
    own = film.folder.shot(0) / "clip.mp4"
    was = own.read_bytes()
    own.write_bytes(b"mine")
    exported = film.export("otio")
    assert [note for note in exported.notes if "shots/01/clip.mp4 was changed by hand" in note and "resume" in note]
    assert (exported.path.parent / "media" / "shot-01.mp4").read_bytes() == was and own.read_bytes() == b"mine"


def test_a_run_that_is_half_made_is_refused_with_what_to_do(film: Finished) -> None:
    record = json.loads(film.folder.record.read_text())
    record["entries"] = [entry for entry in record["entries"] if entry["kind"] != "film"]
    film.folder.record.write_text(json.dumps(record))
    with pytest.raises(RunError, match=r"has no film yet.*personavlog resume film"):
        film.export("otio")
    film.folder.record.unlink()
    with pytest.raises(RunError, match="no record yet"):
        film.export("zip")
    assert not film.folder.export.exists()


def test_a_damaged_record_and_an_unknown_form_are_said(film: Finished) -> None:
    with pytest.raises(ConfigurationError, match=r"'otio', 'fcpxml'.*received 'avid'"):
        film.export("avid")
    text = film.folder.record.read_text().replace('"crossfade"', '"cross"')
    film.folder.record.write_text(text)
    with pytest.raises(ConfigurationError, match=r"The film's entry.*timeline.cross"):
        film.export("otio")


def test_without_the_extra_timelines_are_refused_and_the_rest_is_not(
    film: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PACKAGES", ("opentimelineio", "no_such_package"))
    with pytest.raises(MissingExtraError, match=r"personavlog\[export\]"):
        film.export("edl")
    assert film.export("zip").path.exists() and film.export("stills").path.is_dir()


def test_a_clip_of_another_size_and_a_frame_that_stands_still_are_exported_as_the_film_shows_them(
    film: Finished,
) -> None:
    record = json.loads(film.folder.record.read_text())
    made = [entry for entry in record["entries"] if entry["kind"] == "film"][-1]["data"]["made"]
    made["timeline"]["shots"][0]["hold"] = 0.5
    made["timeline"] |= {"width": 160, "height": 96}
    film.folder.record.write_text(json.dumps(record))
    exported = film.export("otio")
    timeline = otio.adapters.read_from_file(str(exported.path))
    first = next(iter(timeline.find_clips()))
    place = exported.path.parent / "media" / "shot-01.mp4"
    assert decoded(place) == round(first.available_range().duration.value) == made["clips"][0]["clip"]["frames"] + 12
    said = subprocess.run([binary(), "-i", str(place)], capture_output=True, text=True, check=False).stderr
    assert re.search(r"160x96", said)


def test_the_archive_holds_script_stills_stems_subtitles_and_licences(film: Finished) -> None:
    exported = film.export("zip")
    with zipfile.ZipFile(exported.path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert {"licences.txt", "script.json", "script.txt", "sound/mix.wav", "sound/voices.wav"} <= set(names)
        assert sum(name.startswith("stills/shot-") for name in names) == SHOTS
        assert b"A day at the lake" in archive.read("script.txt")
        mix, voices, music = (
            soundfile.read(archive.open(f"sound/{name}.wav"))[0] for name in ("mix", "voices", "music")
        )
        assert np.abs(voices + music - mix).max() < 3 / 32768
        assert archive.read("subtitles/vlog.srt") == film.folder.film.with_suffix(".srt").read_bytes()
    assert [note for note in exported.notes if "The font noto-sans-sc is not in the archive" in note], "offline"
    assert film.export("zip").notes == exported.notes


def test_licences_say_first_what_is_not_for_commercial_use(film: Finished) -> None:
    record = json.loads(film.folder.record.read_text())
    plain = {"role": "image", "backbone": "a", "licence": "Apache-2.0", "limits": ""}
    barred = {"role": "music", "backbone": "audiox", "licence": "CC-BY-NC-4.0", "limits": "No commercial use."}
    for licences, first in (([plain], "Licences of the vlog"), ([plain, barred], "NOT FOR COMMERCIAL USE")):
        film.folder.record.write_text(json.dumps(record | {"licences": licences}))
        text = (film.export("otio").path.parent / "licences.txt").read_text(encoding="utf-8")
        assert text.startswith(first)
        assert all(f"{one['role']}, {one['backbone']}: {one['licence']}" in text for one in licences)
        assert "noto-sans-sc" in text and "Faces" in text and "Nobody stated" in text
    assert text.index("audiox") < text.index("Apache-2.0")


@pytest.mark.parametrize(
    ("words", "forbids"),
    [
        ("CC-BY-NC-SA-4.0", True),
        ("FLUX.1 [dev] Non-Commercial", True),
        ("The weights may not be used commercially.", True),
        ("No commercial use. Its sound carries a watermark.", True),
        ("Not for commercial use.", True),
        ("Free for commercial use.", False),
        ("No attribution is needed; commercial use is free.", False),
        ("Apache-2.0", False),
        ("CC0-1.0, NCSA", False),
    ],
)
def test_what_forbids_commerce_is_known_by_its_words(words: str, forbids: bool) -> None:
    assert forbids_commerce(words) is forbids


def test_the_command_says_where_the_export_is(
    film: Finished, cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(film.root / "home"))
    done = cli.call("export", "film", "--to", "stills", "--runs", str(film.runs))
    assert done.status == 0 and str(film.folder.export / "stills") in done.out
    refused = cli.call("export", "film", "--to", "avid", "--runs", str(film.runs))
    assert refused.status == 2 and "'otio'" in refused.err


def test_a_rate_without_time_code_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    make(tmp_path, fps=16)
    film = Finished(tmp_path)
    with pytest.raises(ConfigurationError, match="16 frames a second"):
        film.export("edl")
    assert not film.folder.export.exists()
    assert film.export("fcpxml").path.exists()
