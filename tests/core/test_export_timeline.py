"""Every form of a film for editors, read back by parsers that are not ours: as long as the film, with its dissolves
where they are, whatever is in its texts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote, urlparse

import opentimelineio as otio
import pytest

from personavlog.cut import Shot, Timeline
from personavlog.cut.subtitles import cues
from personavlog.errors import ConfigurationError
from personavlog.export import Target
from personavlog.export.exporting import check_rate, timeline_file
from personavlog.export.footage import Footage, Material, Placed
from personavlog.export.shots import ShotNotes

HOSTILE = "Café “x” & <b>/..\\ 'y' 🏔️\u200d\ufffe\x07 ]]> -->"


def footage(shots: int = 3, crossfade: int = 8, title: str = "A day", fps: int = 24) -> Footage:
    """A film of ``shots`` shots of 60 frames and more, each with a line of two seconds half a second in."""
    planned = tuple(
        Shot(seconds=(60 + n) / fps, line=f"Line {n} {title}", line_start=0.5, line_duration=1, chapter=f"{title} {n}")
        for n in range(shots)
    )
    timeline = Timeline(width=320, height=176, fps=fps, crossfade=crossfade, shots=planned)
    voices = tuple(
        Placed(Material(f"media/voice-{n + 1:02d}.wav", fps), start + fps // 2)
        for n, start in enumerate(timeline.starts)
    )
    return Footage(
        title=title,
        language="en",
        timeline=timeline,
        clips=tuple(Material(f"media/shot-{n + 1:02d}.mp4", length) for n, length in enumerate(timeline.lengths)),
        voices=voices,
        music=Material("media/music.wav", timeline.frames),
        cues=cues(timeline),
        shots=tuple(ShotNotes(title, f"Board {n}", f"Line {n}", (f"limbs: {title}",)) for n in range(shots)),
    )


films = pytest.mark.parametrize(
    "made",
    [footage(), footage(crossfade=7), footage(crossfade=0), footage(1), footage(40), footage(title=HOSTILE)],
    ids=["even", "odd", "cuts", "one", "forty", "hostile"],
)


def picture(timeline: otio.schema.Timeline) -> otio.schema.Track:
    return timeline.video_tracks()[0]


def dissolves(timeline: otio.schema.Timeline) -> list[tuple[int, int]]:
    """First frame in the film and length of every dissolve."""
    track = picture(timeline)
    ranges = [track.range_of_child(child) for child in track if isinstance(child, otio.schema.Transition)]
    return [(round(one.start_time.value), round(one.duration.value)) for one in ranges]


def joins(made: Footage) -> list[tuple[int, int]]:
    """The same of the film that we cut."""
    return [(one.start, one.frames) for one in made.timeline.segments if one.kind == "join"]


def read(made: Footage, target: Target, folder: Path = Path("/out")) -> otio.schema.Timeline:
    text = timeline_file(made, folder, target).decode()
    adapter = {Target.OTIO: "otio_json", Target.XMEML: "fcp_xml", Target.EDL: "cmx_3600"}[target]
    rate = {"rate": made.timeline.fps} if target is Target.EDL else {}
    return otio.adapters.read_from_string(text, adapter, **rate)


@films
@pytest.mark.parametrize("target", [Target.OTIO, Target.XMEML])
def test_the_timeline_is_the_films_cut(made: Footage, target: Target) -> None:
    timeline = read(made, target)
    assert round(picture(timeline).duration().value) == made.timeline.frames
    assert dissolves(timeline) == joins(made)
    for clip, material in zip(picture(timeline).find_clips(), made.clips, strict=True):
        assert round(clip.available_range().duration.value) == material.frames
        assert clip.source_range.start_time.value >= 0
        assert clip.source_range.end_time_exclusive().value <= material.frames, "no frame that the file has not"
        assert clip.name == clip.media_reference.name or clip.name == material.name.rpartition("/")[2]


@films
def test_the_edit_list_has_the_films_cuts_and_dissolves(made: Footage) -> None:
    text = timeline_file(made, Path("/out"), Target.EDL).decode()
    assert text.count(f" D {made.timeline.fade:03d} ") == len(joins(made))
    timeline = otio.adapters.read_from_string(text, "cmx_3600", rate=24)
    assert round(picture(timeline).duration().value) == made.timeline.frames
    assert [clip.name for clip in timeline.find_clips()] == [f"shot-{n:02d}.mp4" for n in range(1, len(made.clips) + 1)]


@films
def test_voices_and_music_are_where_they_are_heard(made: Footage) -> None:
    for target in (Target.OTIO, Target.XMEML):
        voices, music = read(made, target).audio_tracks()
        heard = [round(voices.range_of_child(clip).start_time.value) for clip in voices.find_clips()]
        assert heard == [one.start for one in made.voices]
        (piece,) = music.find_clips()
        assert round(music.range_of_child(piece).duration.value) == made.timeline.frames


@films
def test_markers_tell_the_board_what_was_found_and_the_chapters(made: Footage) -> None:
    for target in (Target.OTIO, Target.XMEML):
        timeline = read(made, target)
        chapters = [round(marker.marked_range.start_time.value) for marker in timeline.tracks.markers]
        assert chapters == [0, *(start + made.timeline.fade // 2 for start in made.timeline.starts[1:])]
        for number, clip in enumerate(picture(timeline).find_clips()):
            board, found = clip.markers
            said = board.comment or board.metadata["fcp_xml"]["comment"]
            assert f"Board {number}" in said and f"Line {number}" in said
            assert (found.comment or found.metadata["fcp_xml"]["comment"]).startswith("limbs: ")


def seconds(text: str | None) -> Fraction:
    return Fraction((text or "0s").removesuffix("s"))


@films
def test_fcpxml_fills_the_film_without_gaps_and_keeps_every_dissolve(made: Footage) -> None:
    root = ET.fromstring(timeline_file(made, Path("/out"), Target.FCPXML))
    assert root.get("version") == "1.10" and root.find("resources/format").get("frameDuration") == "1/24s"  # type: ignore[union-attr]
    (spine,) = root.iter("spine")
    reached, fps = Fraction(0), made.timeline.fps
    lengths = {one.get("id"): seconds(one.get("duration")) for one in root.iter("asset")}
    for clip in spine.findall("asset-clip"):
        assert seconds(clip.get("offset")) == reached
        reached += seconds(clip.get("duration"))
        assert seconds(clip.get("start")) + seconds(clip.get("duration")) <= lengths[clip.get("ref")]
    assert reached == Fraction(made.timeline.frames, fps)
    faded = [
        (seconds(one.get("offset")) * fps, seconds(one.get("duration")) * fps) for one in spine.findall("transition")
    ]
    assert faded == joins(made)
    assert all(
        one.get("name", "").endswith((".mp4", ".wav")) for one in (*root.iter("asset"), *root.iter("asset-clip"))
    )


@films
def test_what_fcpxml_attaches_to_a_clip_is_heard_and_read_when_it_is_in_the_film(made: Footage) -> None:
    root = ET.fromstring(timeline_file(made, Path("/out"), Target.FCPXML))
    placed: dict[str, list[Fraction]] = {"asset-clip": [], "caption": [], "chapter-marker": []}
    for clip in root.findall(".//spine/asset-clip"):
        own = seconds(clip.get("offset")) - seconds(clip.get("start"))
        for child in clip:
            at = child.get("start") if child.tag == "chapter-marker" else child.get("offset")
            if child.tag in placed and child.get("lane") != "-2":
                placed[child.tag].append((seconds(at) + own) * 24)
    assert placed["asset-clip"] == [one.start for one in made.voices]
    assert placed["caption"] == [round(cue.start * 24) for cue in made.cues]
    assert len(placed["chapter-marker"]) == len(made.clips)
    assert len(root.findall(".//caption")) == len(made.cues)


@films
def test_mlt_shows_every_frame_once(made: Footage) -> None:
    root = ET.fromstring(timeline_file(made, Path("/out"), Target.MLT))
    profile = root.find("profile")
    assert profile is not None and (profile.get("width"), profile.get("height")) == ("320", "176")
    shown = root.find("playlist[@id='track0']")
    assert shown is not None
    entries = [int(one.get("out", "")) - int(one.get("in", "")) + 1 for one in shown]
    assert entries == [one.frames for one in made.timeline.segments]
    assert len(root.findall("producer")) == len(made.clips) + len(made.voices) + 1
    assert len({one.get("id") for one in root.iter() if one.get("id")}) == sum(
        1 for one in root.iter() if one.get("id")
    )


@pytest.mark.parametrize("target", [Target.XMEML, Target.FCPXML])
def test_media_are_named_by_an_address_that_leads_to_them(target: Target, tmp_path: Path) -> None:
    folder = tmp_path / "a 'b' & 100% 🏔️ #1"
    root = ET.fromstring(timeline_file(footage(), folder, target))
    urls = [one.text for one in root.iter("pathurl")] or [one.get("src") for one in root.iter("media-rep")]
    parts = [urlparse(url or "") for url in urls]
    assert {part.scheme for part in parts} == {"file"} and {part.netloc for part in parts} <= {"", "localhost"}
    found = {Path(unquote(part.path)) for part in parts}
    assert found >= {folder / one.name for one in footage().clips}


def test_media_of_open_forms_are_named_relative_to_the_file() -> None:
    clips = read(footage(), Target.OTIO).find_clips()
    root = ET.fromstring(timeline_file(footage(), Path("/out"), Target.MLT))
    named = [clip.media_reference.target_url for clip in clips]
    assert named == [one.text for one in root.findall("producer/property[@name='resource']")]
    assert all(name.startswith("media/") for name in named)


def test_xmeml_says_the_size_that_the_adapter_leaves_out() -> None:
    root = ET.fromstring(timeline_file(footage(), Path("/out"), Target.XMEML))
    form = root.find(".//sequence/media/video/format/samplecharacteristics")
    assert form is not None and (form.findtext("width"), form.findtext("height")) == ("320", "176")
    for file in root.iter("file"):
        if file.find("pathurl") is not None:
            assert file.findtext("timecode/string") == "00:00:00:00"
            is_sound = file.findtext("name", "").endswith(".wav")
            assert (file.find("media/audio") is not None) is is_sound is (file.find("media/video") is None)


@pytest.mark.parametrize("target", [Target.XMEML, Target.EDL])
def test_a_rate_without_time_code_is_refused_with_what_to_take_instead(target: Target) -> None:
    with pytest.raises(ConfigurationError, match=r"16 frames a second.*'otio', 'fcpxml' or 'mlt'"):
        check_rate(16, target)
    for fps in (24, 25, 30, 48, 50, 60):
        check_rate(fps, target)
        assert len(read(footage(fps=fps), target).video_tracks()) == 1


def test_a_film_of_sixteen_frames_a_second_goes_where_no_time_code_is_needed() -> None:
    made = footage(fps=16)
    assert round(read(made, Target.OTIO).duration().value) == made.timeline.frames
    assert b"1/16s" in timeline_file(made, Path("/out"), Target.FCPXML)


@films
def test_a_reader_of_opentimelineio_finds_the_film_in_fcpxml(made: Footage) -> None:
    text = timeline_file(made, Path("/out"), Target.FCPXML).decode()
    (timeline,) = otio.adapters.read_from_string(text, "fcpx_xml").find_children(
        descended_from_type=otio.schema.Timeline
    )
    assert round(picture(timeline).duration().value) == made.timeline.frames, "it drops dissolves and keeps the cuts"
    assert [one.name for one in picture(timeline).find_clips()] == [one.name.rpartition("/")[2] for one in made.clips]
    voices, music = timeline.audio_tracks()
    assert [round(voices.range_of_child(one).start_time.value) for one in voices.find_clips()] == [
        one.start for one in made.voices
    ]
    assert round(music.duration().value) == made.timeline.frames
