"""A run of ours becomes outputs that hold exactly what it made, and rows of the ablation that follow from it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from personavlog import steps
from personavlog.benchmark import reading
from personavlog.benchmark.exporting import Ablation, ablated, export, write_method
from personavlog.benchmark.made import made_by
from personavlog.benchmark.outputs import Meta, Method, Vlog
from personavlog.errors import ConfigurationError, MediaError, RunError
from personavlog.steps import Until
from tests.core.benchmark.corrected_film import FINE, HELPED, ROLLED_BACK, CorrectedFilm

META = Meta(person="p01", style="plain", theme="t01", theme_text="A day at the lake", style_text="plain")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> CorrectedFilm:
    made = CorrectedFilm(tmp_path_factory.mktemp("film"), {"image": {"price": 0.25}})
    made.make()
    return made


@pytest.fixture(scope="module")
def written(film: CorrectedFilm, tmp_path_factory: pytest.TempPathFactory) -> Vlog:
    """The film as outputs, by a method of its own."""
    target = tmp_path_factory.mktemp("written")
    write_method(target, Method(name="ours", title="Ours"))
    return export(film.opened, target, META)


def own_run(film: CorrectedFilm, run: str, keyframes: int, clips: int) -> CorrectedFilm:
    """The same film with other feedback, made for real in the same store."""
    feedback = {"keyframe_corrections": keyframes, "clip_corrections": clips}
    other = CorrectedFilm(film.folder, film.settings, run=run, changes={"feedback": feedback})
    other.make()
    return other


def digests(paths: tuple[Path | None, ...]) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path is not None]


def test_everything_that_a_film_has_is_written_and_can_be_read(film: CorrectedFilm, written: Vlog) -> None:
    outputs = reading.read_outputs(written.folder.parent, whole=True)
    assert outputs.problems == () and outputs.vlogs == (written,)
    made = made_by(film.opened)
    assert digests(written.keyframes) == [one.image.digest for one in made.keyframes.values()]
    assert digests(written.clips) == [one.clip.digest for one in made.clips.values()]
    assert made.narration and digests(written.voices) == [line.audio.digest for line in made.narration.lines]
    assert digests((written.file("reference.png"),)) == [film.brief.photo.digest]
    assert all(written.file(name) for name in ("stylised.png", "music.wav", "mix.wav", "film.mp4"))
    boards = [board.text for board in made.script.boards]
    assert [shot.board for shot in written.shots] == boards and written.meta.character
    assert [shot.line for shot in written.shots] == [one.text for one in made.script.monologues]


def test_every_attempt_is_told_with_what_became_of_it(film: CorrectedFilm, written: Vlog) -> None:
    framings = [board.framing for board in made_by(film.opened).script.boards]
    told = {
        framings[shot - 1]: [one for one in written.corrections if (one.part, one.shot) == ("keyframe", shot)]
        for shot in (1, 2, 3)
    }
    assert [(one.found, one.accepted, one.scores["i2t"]) for one in told[HELPED]] == [
        (True, None, 0.5),
        (False, True, 0.9),
    ]
    assert [(one.found, one.accepted, one.scores["i2t"]) for one in told[ROLLED_BACK]] == [
        (True, None, 0.5),
        (None, False, 0.1),
    ]
    assert [(one.found, one.accepted) for one in told[FINE]] == [(False, None)]
    assert told[HELPED][0].defects == ("incorrect number of limbs or body parts",) and not told[FINE][0].defects
    clips = [one for one in written.corrections if one.part == "clip"]
    assert [one.accepted for one in clips if one.attempt] == [False, False], "neither clip got better"


def test_what_every_attempt_at_a_corrected_part_made_is_written(film: CorrectedFilm, written: Vlog) -> None:
    made = made_by(film.opened)
    framings = [board.framing for board in made.script.boards]
    corrected = {place for place, framing in enumerate(framings, 1) if framing is not FINE}
    assert written.attempts.keys() == {
        (part, shot, number) for part in ("keyframe", "clip") for shot in corrected for number in (0, 1)
    }
    for shot in corrected:
        first, second = digests(tuple(written.attempts["keyframe", shot, number] for number in (0, 1)))
        assert first == made.first_keyframes[shot].image.digest != second
        kept = second if framings[shot - 1] is HELPED else first
        assert digests((written.keyframes[shot - 1],)) == [kept]
        assert digests((written.attempts["clip", shot, 0],)) == [made.first_clips[shot].clip.digest]


def test_the_cost_is_what_the_ledger_says(written: Vlog) -> None:
    cost = written.cost
    assert cost is not None and cost.calls["image"] == 1 + 3 + 2 and cost.calls["video"] == 3 + 2
    assert cost.calls["speech"] == 3 and cost.calls["music"] == 1 and cost.calls["chat"] >= 5
    assert cost.dollars == 6 * 0.25 and cost.seconds is not None and cost.wall is not None
    assert cost.seconds > 0 and cost.wall > 0


@pytest.mark.parametrize("until", list(Until))
def test_a_run_that_was_made_up_to_a_point_is_written_up_to_it(
    film: CorrectedFilm, tmp_path: Path, until: Until
) -> None:
    draft = CorrectedFilm(film.folder, film.settings, run=f"until-{until}", until=until)
    draft.make()
    written = export(draft.opened, tmp_path, META)
    drawn, moving = until is not Until.SCRIPT, until is Until.CLIPS
    assert [path is not None for path in written.keyframes] == [drawn] * 3
    assert [path is not None for path in (*written.clips, *written.voices)] == [moving] * 6
    assert written.file("stylised.png") and written.file("film.mp4") is None and written.file("mix.wav") is None
    assert {one.part for one in written.corrections} == {*["keyframe"] * drawn, *["clip"] * moving}


def same(one: Vlog, two: Vlog, *parts: str) -> bool:
    return all(digests(getattr(one, part)) == digests(getattr(two, part)) for part in parts)


def test_agents_alone_are_the_pictures_of_a_run_without_feedback(
    film: CorrectedFilm, written: Vlog, tmp_path: Path
) -> None:
    derived = ablated(film.opened, tmp_path / "derived", META, Ablation.AGENTS)
    other = own_run(film, "agents", 0, 0)
    real = export(other.opened, tmp_path / "real", META)
    made = [str(event.data["name"]) for event in other.index.events("agents") if event.kind == "done"]
    assert not [name for name in made if "paint" in name or "voice" in name], "all of it was in the store"
    assert len([name for name in made if "animate" in name]) == 1, "one picture was corrected"
    assert real.corrections == () and real.file("corrections.json") is None, "nothing was tried"
    assert same(derived, real, "keyframes", "voices") and not same(derived, written, "keyframes")
    assert derived.clips == (None,) * 3, "the run's clips were made from other pictures"
    assert derived.cost is None and derived.corrections == () and derived.file("film.mp4") is None
    assert not derived.attempts and not real.attempts


def test_feedback_on_pictures_is_the_run_with_that_feedback(film: CorrectedFilm, tmp_path: Path) -> None:
    derived = ablated(film.opened, tmp_path / "derived", META, Ablation.FRM_I)
    other = own_run(film, "frm-i", 1, 0)
    real = export(other.opened, tmp_path / "real", META)
    assert same(derived, real, "keyframes", "clips", "voices") and all(derived.clips)
    assert {one.part for one in derived.corrections} == {"keyframe"} and derived.cost is None
    assert derived.attempts.keys() == real.attempts.keys() and len(real.attempts) == 4
    other.index.edits.new_take("frm-i", "keyframe/2/paint/0")
    with pytest.raises(RunError, match="resume frm-i"):
        export(other.opened, tmp_path / "changed", META)


def test_pictures_that_follow_a_corrected_one_are_not_derived(film: CorrectedFilm, tmp_path: Path) -> None:
    seen = CorrectedFilm(film.folder, film.settings, changes={"extra_references": True})
    with pytest.raises(ConfigurationError, match="extra_references"):
        ablated(seen.opened, tmp_path, META, Ablation.AGENTS)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_written_over_and_nothing_half_is_left(film: CorrectedFilm, written: Vlog) -> None:
    target = written.folder.parent
    before = sorted(target.rglob("*"))
    with pytest.raises(ConfigurationError, match="there already"):
        export(film.opened, target, META)
    assert sorted(target.rglob("*")) == before


def test_damaged_media_are_refused_and_leave_nothing(film: CorrectedFilm, tmp_path: Path) -> None:
    person = made_by(film.opened).person
    assert person is not None
    place = film.store.path(person.image)
    sound = place.read_bytes()
    place.write_bytes(sound[:-9])
    try:
        with pytest.raises(MediaError):
            export(film.opened, tmp_path, META)
    finally:
        place.write_bytes(sound)
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_a_script_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no script"):
        export(CorrectedFilm(tmp_path / "home").opened, tmp_path / "out", META)
    assert not (tmp_path / "out").exists()


def test_own_parts_of_a_person_are_what_is_written(film: CorrectedFilm, tmp_path: Path) -> None:
    changed = CorrectedFilm(film.folder, film.settings, run="own", until=Until.PICTURES)
    changed.make()
    own = made_by(changed.opened).keyframes[1]
    changed.index.edits.pin("own", str(steps.keyframe(2)), own)
    changed.make()
    written = export(changed.opened, tmp_path, META)
    assert digests(written.keyframes)[:2] == [own.image.digest] * 2
    assert {one.shot for one in written.corrections} == {1, 3}
