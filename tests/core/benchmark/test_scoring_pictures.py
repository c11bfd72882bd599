"""Pictures: likeness, the gate, copies; on seeded CLIP and with faces that a test puts there."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from personavlog.benchmark.outputs import Correction, Vlog
from personavlog.benchmark.rows import Row
from personavlog.benchmark.scoring import copying, looks, scored_vlog
from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.media.arrays import Pixels
from personavlog.metrics import identity
from personavlog.metrics.face import Face
from personavlog.metrics.identity import TEMPLATE
from personavlog.metrics.pose import DetectedPose
from tests.core.benchmark.vlog_folders import picture, save, vlog

SIDE = 256


def portrait(seed: int) -> Pixels:
    """A picture with fine drawing, in the middle of which a face is said to be."""
    rng = np.random.default_rng(seed)
    blots = cv2.resize(rng.integers(0, 255, (40, 40, 3)).astype(np.uint8), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(blots, (0, 0), 1.5), np.uint8)


def face(turn: np.ndarray | None = None) -> Face:
    """The template's five points over the middle of a portrait, moved by ``turn`` (2, 3)."""
    points = TEMPLATE + (SIDE - 112) / 2
    moved = points if turn is None else np.column_stack([points, np.ones(5)]) @ np.asarray(turn).T
    low, high = moved.min(0) - 40, moved.max(0) + 40
    return Face((*low.tolist(), *high.tolist()), 0.9, moved.astype(np.float32))


def warped(pixels: Pixels, turn: np.ndarray) -> Pixels:
    return np.asarray(cv2.warpAffine(pixels, turn, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE), np.uint8)


TURN = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), 14, 0.7)
LEANING = np.array([[1.0, 0.1, -12.0], [0.0, 1.06, -8.0]])


@pytest.mark.parametrize("turn", [np.eye(3)[:2], TURN, LEANING])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_copy_is_found_whatever_was_done_to_it(turn: np.ndarray, mirrored: bool) -> None:
    known = portrait(1)
    shown = np.clip((known / 255.0) ** 1.4 * (230, 200, 170) + 10, 0, 255).astype(np.uint8)
    where = face(turn)
    other = warped(shown, turn)
    if mirrored:
        other = np.ascontiguousarray(other[:, ::-1])
        points = np.column_stack([SIDE - 1 - where.points[:, 0], where.points[:, 1]])[[1, 0, 2, 4, 3]]
        where = Face(where.box, where.score, points.astype(np.float32))
    likeness = copying.copied(copying.head(known, face()), [copying.head(other, where)])
    assert likeness >= copying.COPY


@pytest.mark.parametrize("seed", range(2, 8))
def test_another_drawing_is_no_copy(seed: int) -> None:
    heads = [copying.head(portrait(number), face()) for number in (1, seed)]
    assert copying.copied(heads[0], heads[1:]) < 0.7
    flat = copying.head(np.full((SIDE, SIDE, 3), 90, np.uint8), face())
    assert copying.copied(heads[0], [flat]) < 0.7


def test_the_best_of_several_faces_counts() -> None:
    known, other = copying.head(portrait(1), face()), copying.head(portrait(2), face())
    assert copying.copied(known, [other, known]) == pytest.approx(1, abs=1e-4)


class Seen:
    """Networks that see what a test says: a person by the colour of the picture's corner, 0 for nobody."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(NetworkStore, "digest", lambda self, name: "ab" * 32)
        monkeypatch.setattr(looks.face, "detect", self.detect)
        monkeypatch.setattr(looks, "embedding", self.embedding)
        monkeypatch.setattr(looks.pose, "pose", self.pose)
        monkeypatch.setattr(looks.Looks, "cosine", lambda *_: 0.8)

    @staticmethod
    def detect(pixels: Pixels) -> tuple[Face, ...]:
        return () if pixels[0, 0, 0] == 0 else (face(),)

    @staticmethod
    def embedding(pixels: Pixels, _: Face) -> np.ndarray:
        angle = pixels[0, 0, 0] / 255 * np.pi
        return np.array([np.cos(angle), np.sin(angle)], np.float32)

    @staticmethod
    def pose(pixels: Pixels) -> DetectedPose:
        rng = np.random.default_rng(int(pixels[0, 0, 1]))
        return DetectedPose(rng.random((17, 2)).astype(np.float32) * 100, np.ones(17, np.float32), (0, 0, 100, 100))


def person(number: int, posed: int) -> Pixels:
    pixels = picture(number, SIDE, SIDE)
    pixels[:4, :4] = (number, posed, 0)
    return pixels


def cast(root: Path, *shown: tuple[int, int], style_text: str = "noir") -> Vlog:
    """The reference is person 10; each keyframe shows (person, pose)."""
    made = vlog(root, shots=len(shown), style_text=style_text)
    save(made.folder / "stylised.png", person(10, 0))
    for number, (who, posed) in enumerate(shown, 1):
        save(made.folder / f"keyframes/{number:02d}.png", person(who, posed))
    return made


def by_measure(found: list[Row]) -> dict[tuple[str, int | None], Row]:
    return {(row.measure, row.shot): row for row in found}


def test_the_gate_leaves_out_strangers_and_faceless_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Seen(monkeypatch)
    made = cast(tmp_path, (10, 1), (12, 2), (200, 3), (0, 4))
    names = ("cc", "cc.s_pose", "cc.gated", "cc.s_pose.gated", "identity", "identity.same")
    found = by_measure(scored_vlog(made, measures=names))
    assert [found["identity.same", shot].value for shot in (1, 2, 3, 4)] == [1, 1, 0, None]
    assert found["identity", 4].note == "No face was found in the keyframe."
    pair = cast(tmp_path / "pair", (10, 1), (12, 2))
    alone = by_measure(scored_vlog(pair, measures=names))
    assert found["cc.s_pose.gated", None].value == alone["cc.s_pose", None].value
    assert found["cc.gated", None].value == alone["cc", None].value
    assert found["cc.s_pose", None].value != alone["cc.s_pose", None].value
    assert "2 of 4 keyframes counted" in found["cc.gated", None].note
    assert found["cc", None].value == pytest.approx((0.8 + (found["cc.s_pose", None].value or 0)) / 2)


def test_one_keyframe_of_the_same_person_gives_no_gated_cc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Seen(monkeypatch)
    found = by_measure(scored_vlog(cast(tmp_path, (10, 1), (200, 2)), measures=("cc.gated", "cc.s_pose.gated")))
    assert found["cc.gated", None].value is None and found["cc.s_pose.gated", None].value is None


def test_the_floor_goes_by_the_style(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = ("Pixar Style", "noir", "a surrealistic painting", "semi-realistic anime")
    assert {identity.floor_of(text) for text in drawn} == {identity.FLOOR}
    assert identity.floor_of("Photorealistic, 35 mm") == identity.PHOTOREAL_FLOOR
    Seen(monkeypatch)
    near = 10 + round(np.arccos(0.5) / np.pi * 255)
    for text, same in (("noir", 0.0), ("a photograph", 1.0)):
        found = by_measure(scored_vlog(cast(tmp_path / text, (near, 1), style_text=text), measures=("identity.same",)))
        assert found["identity.same", 1].value == same


def test_a_keyframe_that_is_the_reference_is_copied_and_another_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Seen(monkeypatch)
    made = cast(tmp_path, (10, 1), (11, 1), (0, 1))
    save(made.folder / "stylised.png", person(10, 9))
    found = by_measure(scored_vlog(made, measures=("copy_paste",)))
    assert [found["copy_paste", shot].value for shot in (1, 2, 3)] == [1, 0, None]


def test_tia_and_cc_are_the_published_functions_on_clips_features(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
    pytest.importorskip("av", reason="the extra 'metrics' is not installed")
    from personavlog.metrics.networks import clip
    from personavlog.metrics.published.character import character_consistency
    from personavlog.metrics.published.similarity import Likeness, tia
    from personavlog.metrics.published.tokens import table
    from tests.core.seeded import seeded

    net = clip.Clip(embed=64, width=64, layers=1, vocabulary=600, text_width=64, text_layers=1)
    torch.save(seeded(net, 22, 1.3), tmp_path / "clip.pth")
    (tmp_path / "merges.txt.gz").write_bytes(gzip.compress(b"#version\na b"))
    files = {"clip-b": tmp_path / "clip.pth", "tokens": tmp_path / "merges.txt.gz"}
    digest = NetworkStore.digest
    monkeypatch.setattr(NetworkStore, "digest", lambda self, one: "ab" * 32 if "pose" in one else digest(self, one))
    monkeypatch.setattr(looks.pose, "pose", Seen.pose)
    made = cast(tmp_path, (10, 1), (60, 2))
    found = by_measure(scored_vlog(made, measures=("tia", "cc", "cc.s_clip"), weights_files=files))

    sees = Likeness(clip.load(torch.load(tmp_path / "clip.pth")), table(tmp_path / "merges.txt.gz"))
    with torch.inference_mode():
        frames, reference = sees.pictures([person(10, 1), person(60, 2)]), sees.pictures([person(10, 0)])[0]
        aligned = tia(frames, sees.texts([shot.board for shot in made.shots]))
        consistent = character_consistency(frames, reference, [Seen.pose(person(10, 1)), Seen.pose(person(60, 2))])
    assert [found["tia", shot].value for shot in (1, 2)] == pytest.approx(list(aligned.per_frame), abs=1e-5)
    assert found["cc", None].value == pytest.approx(consistent.cc.value, abs=1e-5)
    assert found["cc.s_clip", 2].value == pytest.approx(consistent.s_clip.per_frame[1], abs=1e-5)
    assert found["tia", 1].source["clip-b"] != found["tia", 1].source["clip-tokens"]

    told = [Correction(part="keyframe", shot=1, attempt=n, accepted=True if n else None) for n in (0, 1)]
    for number, shown in enumerate((person(60, 2), person(10, 1))):
        save(made.folder / f"attempts/keyframe-01-{number}.png", shown)
    name = "correction.gain.tia"
    (gain,) = scored_vlog(replace(made, corrections=tuple(told)), measures=(name,), weights_files=files)
    with torch.inference_mode():
        after, before = tia(frames, sees.texts([made.shots[0].board] * 2)).per_frame
    assert gain.value == pytest.approx(after - before, abs=1e-5) and gain.value
