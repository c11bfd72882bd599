"""Clips and films of clips, on reduced seeded networks."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
pytest.importorskip("av", reason="the extra 'metrics' is not installed")

from personavlog.benchmark.outputs import Vlog  # noqa: E402
from personavlog.benchmark.rows import Row  # noqa: E402
from personavlog.benchmark.scoring import score, scored_vlog  # noqa: E402
from personavlog.benchmark.scoring.networks import NetworkStore  # noqa: E402
from personavlog.benchmark.scoring.shared import Shared  # noqa: E402
from personavlog.errors import ConfigurationError  # noqa: E402
from personavlog.metrics.networks import clip, dino, raft  # noqa: E402
from personavlog.metrics.published import clip_measures, video  # noqa: E402
from tests.core.benchmark.vlog_folders import film, outputs, picture, save, sliding, vlog  # noqa: E402
from tests.core.seeded import seeded  # noqa: E402

SC, BC, DD = "vbench.subject_consistency", "vbench.background_consistency", "vbench.dynamic_degree"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("weights")
    nets = {
        "dino": seeded(dino.Dino(64, 2, 1), 11, 1.6),
        "clip-b": seeded(
            clip.Clip(embed=64, width=64, layers=1, vocabulary=600, text_width=64, text_layers=1), 22, 1.3
        ),
        "raft": seeded(raft.Raft(), 44),
    }
    for name, state in nets.items():
        torch.save(state, place / f"{name}.pth")
    return {name: place / f"{name}.pth" for name in nets}


@pytest.fixture
def made(tmp_path: Path) -> Vlog:
    one = vlog(tmp_path)
    for number in (1, 2):
        film(one.folder / f"clips/{number:02d}.mp4", sliding(number))
    return one


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raft, "ITERATIONS", 1)


def scored(made: Vlog, files: dict[str, Path], *names: str) -> dict[tuple[str, int | None], Row]:
    return {(row.measure, row.shot): row for row in scored_vlog(made, measures=names, weights_files=files, unit="both")}


def value(row: Row) -> float:
    assert row.value is not None, row.note
    return row.value


def test_a_film_of_two_places_is_less_consistent_than_its_clips(made: Vlog, files: dict[str, Path]) -> None:
    found = scored(made, files, SC, BC, f"film.{SC}", f"film.{BC}")
    for name in (SC, BC):
        assert value(found[f"film.{name}", None]) < fmean(value(found[name, shot]) for shot in (1, 2))


def test_a_film_of_one_clip_is_that_clip(tmp_path: Path, files: dict[str, Path]) -> None:
    one = vlog(tmp_path, shots=1)
    film(one.folder / "clips/01.mp4", sliding(1))
    found = scored(one, files, SC, f"film.{SC}")
    assert found[f"film.{SC}", None].value == found[SC, 1].value
    assert found[SC, 1].detail == {**(found[SC, 1].detail or {}), "frames": 4, "fps": 8.0, "size": [128, 128]}  # type: ignore[dict-item]


def test_clips_of_other_sizes_and_rates_are_brought_to_one_size_and_said(
    made: Vlog, files: dict[str, Path], few_steps: None
) -> None:
    film(made.folder / "clips/01.mp4", sliding(1, 1))
    film(made.folder / "clips/02.mp4", sliding(2, 1, side=160), fps=12)
    found = scored(made, files, f"film.{SC}", "film.vbench.dynamic_degree")
    assert value(found[f"film.{SC}", None]) and "2 sizes" in found[f"film.{SC}", None].note
    dynamic = found["film.vbench.dynamic_degree", None]
    assert dynamic.value is None and "several frame rates" in dynamic.note


def test_a_clip_is_decoded_once_for_all_networks(
    tmp_path: Path, files: dict[str, Path], few_steps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = vlog(tmp_path, shots=1)
    film(made.folder / "clips/01.mp4", sliding(1, 3))
    opened: list[str] = []
    real = video.opened
    monkeypatch.setattr(video, "opened", lambda path: opened.append(path.name) or real(path))
    found = scored(made, files, SC, BC, "vbench.dynamic_degree", "dynamic_radius", "raft.motion_smoothness")
    assert opened == ["01.mp4"]
    assert all(row.value is not None for row in found.values())


def test_the_flow_interpolates_only_where_that_is_asked_for(
    tmp_path: Path, files: dict[str, Path], few_steps: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = vlog(tmp_path, shots=1)
    film(made.folder / "clips/01.mp4", sliding(1, 2))
    monkeypatch.setattr(clip_measures.Smoothness, "add", lambda *_: pytest.fail("interpolated"))
    assert value(scored(made, files, "dynamic_radius")["dynamic_radius", 1])


def test_a_missing_or_broken_clip_has_no_number_and_neither_has_the_film(made: Vlog, files: dict[str, Path]) -> None:
    (made.folder / "clips/01.mp4").write_bytes(b"no clip")
    found = scored(made, files, SC, f"film.{SC}")
    assert found[SC, 1].value is None and "'01.mp4' is no video" in found[SC, 1].note
    assert found[SC, 2].value is not None and "'01.mp4' is no video" in found[f"film.{SC}", None].note
    (made.folder / "clips/01.mp4").unlink()
    again = Vlog(made.folder, made.meta, made.shots)
    assert scored(again, files, f"film.{SC}")[f"film.{SC}", None].note == "There is no clip of shot 1."


def test_a_clip_begins_with_its_keyframe_or_does_not(made: Vlog) -> None:
    save(made.folder / "keyframes/01.png", sliding(1)[0])
    wide = picture(5, 256, 128)
    save(made.folder / "keyframes/02.png", wide)
    film(made.folder / "clips/02.mp4", [np.ascontiguousarray(wide[:, 64:192])] * 2)
    found = scored(made, {}, "first_frame")
    assert value(found["first_frame", 1]) > 0.9 and value(found["first_frame", 2]) > 0.9
    save(made.folder / "keyframes/01.png", picture(77, 128, 128))
    assert value(scored(made, {}, "first_frame")["first_frame", 1]) < 0.5


def test_a_network_that_is_not_there_does_not_keep_the_others_from_measuring(
    made: Vlog, files: dict[str, Path]
) -> None:
    found = scored(made, {"dino": files["dino"]}, SC, BC)
    assert found[SC, 1].value is not None and found[BC, 1].value is None
    assert found[BC, 1].note == "'clip-b' is not there."


def test_the_flow_of_smaller_frames_is_said_and_the_other_measures_keep_theirs(
    tmp_path: Path, files: dict[str, Path], few_steps: None
) -> None:
    one = vlog(tmp_path, shots=1)
    film(one.folder / "clips/01.mp4", sliding(1, side=256))
    made = outputs(tmp_path, one)

    def rows(side: int | None) -> dict[str, Row]:
        shared = Shared(NetworkStore(files, flow_side=side))
        return {row.measure: row for row in score(made, measures=(SC, DD, "dynamic_radius"), shared=shared)}

    whole, small = rows(None), rows(128)
    assert (whole[SC], whole[DD]) == (small[SC], small[DD]), "VBench's are never of other frames"
    assert "frames" not in whole["dynamic_radius"].source and "128 px" in small["dynamic_radius"].source["frames"]
    assert [detail["size"] for row in (whole, small) if isinstance(detail := row["dynamic_radius"].detail, dict)] == [
        [256, 256],
        [128, 128],
    ]


def test_a_flow_of_too_small_frames_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="at least 128 px"):
        NetworkStore(flow_side=64)
