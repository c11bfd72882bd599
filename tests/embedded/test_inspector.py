"""The embedded inspector: a planted defect is found, named, and answered with a correction the painter understands;
sound pictures pass."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable, Sequence
from pathlib import Path

import anyio
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.agents import DirectEdit
from personavlog.backbones.corrections import Correction, Corrections, Remedy
from personavlog.backbones.findings import ClipFinding, ClipInspection, DefectKind, ImageFinding, ImageInspection
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.media import Clip
from personavlog.metrics import identity
from personavlog.metrics.face import Face
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs
from personavlog.scene import SceneItem, SceneRecord
from personavlog.script import Board, Camera, Character, VideoDescription
from personavlog_embedded.inspection import clip_checks
from personavlog_embedded.inspection.inspector import ClipInspector, ImageInspector, inspect_keyframe
from personavlog_embedded.inspection.keyframe_checks import KeyframeSight

WIDTH, HEIGHT = 640, 360
Pixels = NDArray[np.uint8]


def picture(seed: int = 0) -> Pixels:
    noise = np.random.default_rng(seed).integers(60, 200, (HEIGHT // 4, WIDTH // 4, 3))
    return np.asarray(cv2.resize(noise.astype(np.uint8), (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST), np.uint8)


def board(**changes: object) -> Board:
    plain = {
        "place": "a windy pier at the edge of town",
        "time_of_day": "noon",
        "action": "She waits.",
        "framing": "medium",
        "emotion": "calm",
        "props": ("a red kite",),
    }
    return Board.model_validate({**plain, **changes})


def scene(**changes: object) -> SceneRecord:
    kite = SceneItem(name="kite", asked="a red kite", similarity=0.8, box=(400, 40, 460, 90))
    plain = {
        "place": "pier",
        "asked_place": "a windy pier",
        "place_similarity": 0.8,
        "time_of_day": "noon",
        "weather": "clear",
        "framing": "medium",
        "style": "anime",
        "person_box": (220, 80, 400, 360),
        "face_box": (280, 90, 350, 180),
        "items": (kite,),
    }
    return SceneRecord.model_validate({**plain, **changes})


def nothing(pixels: Pixels) -> tuple[Face, ...]:
    return ()


def sight(
    *,
    pixels: Pixels | None = None,
    shown: SceneRecord | None = None,
    asked: Board | None = None,
    scores: Sequence[Score] = (),
    detect: Callable[[Pixels], tuple[Face, ...]] = nothing,
) -> KeyframeSight:
    return KeyframeSight(
        picture() if pixels is None else pixels,
        picture(),
        asked or board(),
        scene() if shown is None else shown,
        scores,
        detect=detect,
    )


def found(seen: KeyframeSight) -> ImageFinding:
    finding = inspect_keyframe(seen)
    assert finding is not None
    return finding


def test_a_sound_keyframe_has_no_finding() -> None:
    assert inspect_keyframe(sight()) is None


def wanted(finding: ImageFinding, asked: Board, tried: Sequence[Corrections] = ()) -> list[str]:
    """What the direct edit agent asks for, each correction with its thing behind a colon."""
    corrections = anyio.run(DirectEdit().instruct, finding, asked, tried)
    return [": ".join(part for part in (one.correction.value, one.thing) if part) for one in corrections]


PLANTED = {
    "the head is cut": (
        scene(face_box=(280, 0, 350, 90)),
        board(),
        DefectKind.LIMBS,
        "keep the whole head inside the frame",
    ),
    "hidden to the chin": (scene(person_box=(220, 80, 400, 200)), board(), DefectKind.SCENE, "bigger person"),
    "cut at the left": (scene(person_box=(0, 80, 120, 360)), board(), DefectKind.LIMBS, "move the person right"),
    "cut at the right": (scene(person_box=(540, 80, 640, 360)), board(), DefectKind.LIMBS, "move the person left"),
    "wider than the frame": (scene(person_box=(0, 80, 640, 360)), board(), DefectKind.LIMBS, "smaller person"),
    "too far away": (scene(framing="wide"), board(), DefectKind.MISALIGNED, "closer framing"),
    "too near": (scene(framing="close-up"), board(), DefectKind.MISALIGNED, "wider framing"),
    "a tiny face": (scene(face_box=(300, 100, 312, 115)), board(), DefectKind.MISALIGNED, "bigger person"),
    "a huge face": (scene(face_box=(200, 20, 480, 340)), board(), DefectKind.MISALIGNED, "smaller person"),
    "a missing thing": (scene(items=()), board(), DefectKind.MISALIGNED, "add: a red kite"),
    "a wrong thing": (
        scene(items=(SceneItem(name="dog", asked="a red kite", similarity=0.1, box=(1, 1, 60, 60)),)),
        board(),
        DefectKind.SCENE,
        "remove: dog",
    ),
    "a thing outside": (
        scene(items=(SceneItem(name="kite", asked="a red kite", box=(640, 1, 700, 60)),)),
        board(),
        DefectKind.MISALIGNED,
        "wider framing",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_defect_is_found_with_its_correction(name: str) -> None:
    shown, asked, kind, instruction = PLANTED[name]
    finding = found(sight(shown=shown, asked=asked))
    assert [defect.kind for defect in finding.defects] == [kind]
    assert wanted(finding, asked) == [instruction]


PIXELS = {
    "blurred": (lambda p: cv2.GaussianBlur(p, (0, 0), 9), DefectKind.CLARITY, Correction.SHARPER),
    "too dark for noon": (lambda p: p // 4, DefectKind.MISALIGNED, Correction.BRIGHTER),
    "burnt out": (
        lambda p: np.where(np.arange(HEIGHT)[:, None, None] < 140, np.uint8(255), p),
        DefectKind.CLARITY,
        Correction.DARKER,
    ),
    "black": (
        lambda p: np.where(np.arange(HEIGHT)[:, None, None] < 170, np.uint8(0), p),
        DefectKind.CLARITY,
        Correction.BRIGHTER,
    ),
}


@pytest.mark.parametrize("name", PIXELS)
def test_a_spoilt_picture_is_found_by_its_pixels(name: str) -> None:
    spoil, kind, correction = PIXELS[name]
    finding = found(sight(pixels=np.asarray(spoil(picture()), np.uint8)))
    assert finding.defects[0].kind == kind and finding.remedies[0].correction == correction
    assert any(character.isdigit() for character in finding.defects[0].evidence), "evidence is a measured number"


def test_another_face_is_found_by_the_given_score_and_floor() -> None:
    assert inspect_keyframe(sight(scores=[Score(name="proxy.identity", value=identity.FLOOR + 0.02)])) is None
    finding = found(sight(scores=[Score(name="proxy.identity", value=identity.FLOOR - 0.02)]))
    assert finding.remedies == (Remedy(correction=Correction.SAME_FACE),)
    assert inspect_keyframe(sight(scores=[Score(name="proxy.identity", value=None)])) is None


def test_without_a_scene_record_a_missing_face_is_a_defect_except_over_the_shoulder() -> None:
    shown, reference = picture(), picture()

    def faces(pixels: Pixels) -> tuple[Face, ...]:
        return (Face((280, 90, 350, 180), 0.9, np.zeros((5, 2), np.float32)),) if pixels is reference else ()

    seen = KeyframeSight(shown, reference, board(props=()), None, (), detect=faces)
    assert found(seen).defects[0].evidence == "No face can be found in the picture."
    assert (
        inspect_keyframe(
            KeyframeSight(picture(), picture(), board(props=(), framing="over-the-shoulder"), None, (), detect=faces)
        )
        is None
    )
    assert inspect_keyframe(KeyframeSight(shown, reference, board(props=()), None, (), detect=nothing)) is None, (
        "a pet has no face that could be missing"
    )
    back = scene(items=(), face_box=None, pose="look away")
    assert inspect_keyframe(KeyframeSight(shown, reference, board(props=()), back, (), detect=faces)) is None, (
        "seen from behind"
    )


def test_corrections_never_undo_each_other() -> None:
    shown = scene(
        framing="wide",
        face_box=(200, 20, 480, 340),
        items=(SceneItem(name="kite", asked="a red kite", box=(640, 1, 700, 60)),),
    )
    assert [remedy.correction for remedy in found(sight(shown=shown)).remedies] == [Correction.CLOSER]


def test_the_direct_edit_agent_tries_all_corrections_then_each_one_then_stops() -> None:
    finding = found(sight(shown=scene(face_box=(280, 0, 350, 90), person_box=(0, 0, 120, 360))))
    tried: list[Corrections] = []
    while asked := anyio.run(DirectEdit().instruct, finding, board(), tried):
        tried.append(asked)
    head, right = Remedy(correction=Correction.WHOLE_HEAD), Remedy(correction=Correction.RIGHT)
    assert tried == [(head, right), (head,), (right,)]


@pytest.mark.weights
def test_the_shipped_portrait_passes_as_its_own_keyframe(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    data = np.frombuffer((importlib.resources.files("personavlog") / "example" / "portrait.png").read_bytes(), np.uint8)
    image = blobs.put_image(np.asarray(cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB), np.uint8))
    character = Character(appearance="a woman in an orange suit", personality="brave")

    def inspect(framing: str) -> ImageFinding | None:
        keyframe = EditResult(image=image, prompt="")
        request = ImageInspection(
            board=board(framing=framing, props=()), character=character, reference=image, keyframe=keyframe, scores=()
        )
        return anyio.run(ImageInspector(blobs).inspect, request)

    assert inspect("medium") is None
    wide = inspect("close-up")
    assert wide is None or wide.remedies == (Remedy(correction=Correction.BIGGER),)


@pytest.mark.weights
def test_another_place_is_asked_for_only_where_the_painter_would_paint_another_one() -> None:
    asked = board(place="a night market near the old windmill on a mountain", props=())
    shown = scene(place="lake in the mountains", place_similarity=0.5, items=())
    finding = found(sight(shown=shown, asked=asked))
    assert wanted(finding, asked) == ["another place: a night market"]
    other = found(sight(shown=scene(place="desert", place_similarity=0.1), asked=board(place="a pier")))
    assert other.defects[0].kind is DefectKind.MISALIGNED and wanted(other, asked) == ["another place: a pier"]
    stays = found(sight(shown=scene(place="street market", place_similarity=0.5, items=()), asked=asked))
    assert wanted(stays, asked) == []


def clip(blobs: Blobs, frames: Sequence[Pixels]) -> Clip:
    path = blobs.root / "made.mp4"
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 24, (WIDTH, HEIGHT))
    for frame in frames:
        writer.write(frame)
    writer.release()
    return blobs.put_clip(path, width=WIDTH, height=HEIGHT, fps=24, frames=len(frames))


def description(camera: Camera = Camera.PUSH_IN) -> VideoDescription:
    return VideoDescription(camera=camera, motion="She turns to the sea.", atmosphere="salt light")


def moving(count: int, repeat: int = 1) -> list[Pixels]:
    wide = np.asarray(cv2.GaussianBlur(np.hstack([picture(), picture(1)]), (0, 0), 3), np.uint8)
    return [
        np.ascontiguousarray(wide[:, 6 * (number // repeat) : 6 * (number // repeat) + WIDTH])
        for number in range(count)
    ]


def inspect_clip(blobs: Blobs, made: Clip, scores: Sequence[Score] = (), camera: Camera = Camera.PUSH_IN) -> object:
    request = ClipInspection(
        board=board(), description=description(camera), clip=AnimateResult(clip=made, prompt=""), scores=tuple(scores)
    )
    return anyio.run(ClipInspector(blobs).inspect, request)


def test_a_moving_clip_has_no_finding(tmp_path: Path) -> None:
    assert inspect_clip(Blobs(tmp_path), clip(Blobs(tmp_path), moving(16))) is None


def test_a_frozen_clip_is_found_and_gets_a_livelier_description(tmp_path: Path) -> None:
    finding = inspect_clip(Blobs(tmp_path), clip(Blobs(tmp_path), [picture()] * 12))
    assert isinstance(finding, ClipFinding) and finding.kind == "misaligned"
    assert finding.revised.camera is Camera.ORBIT and finding.revised.motion.endswith(clip_checks.MORE)


def test_repeated_frames_are_a_stutter(tmp_path: Path) -> None:
    finding = inspect_clip(Blobs(tmp_path), clip(Blobs(tmp_path), moving(16, repeat=2)))
    assert isinstance(finding, ClipFinding) and "stutters" in finding.evidence


@pytest.mark.parametrize(
    ("name", "camera"),
    [
        ("proxy.flicker", Camera.PUSH_IN),
        ("proxy.motion_smoothness", Camera.PUSH_IN),
        ("proxy.dynamic_degree", Camera.ORBIT),
        ("proxy.camera", Camera.PUSH_IN),
    ],
)
def test_a_low_score_is_found_by_name(name: str, camera: Camera) -> None:
    finding = clip_checks.inspect_clip(description(), [Score(name=name, value=0.01)], 0.0)
    assert finding is not None and name in finding.evidence and finding.revised.camera is camera
    assert clip_checks.inspect_clip(description(), [Score(name=name, value=1.0)], 0.0) is None
    assert clip_checks.inspect_clip(description(), [Score(name=name, value=None)], 0.0) is None


def test_revising_again_and_again_ends_because_a_still_calm_shot_has_nothing_calmer() -> None:
    now, seen = description(Camera.HANDHELD), 0
    while (finding := clip_checks.inspect_clip(now, [Score(name="proxy.flicker", value=0.1)], 0.0)) is not None:
        now, seen = finding.revised, seen + 1
    assert now.camera is Camera.STATIC and seen < 5 and now.motion.count(clip_checks.LESS) == 1


def test_a_calmer_manner_is_asked_before_another_camera_and_that_only_once() -> None:
    flickers = [Score(name="proxy.flicker", value=0.1)]
    first = clip_checks.inspect_clip(description(), flickers, 0.0)
    assert (
        first is not None and first.revised.camera is Camera.PUSH_IN and first.revised.motion.endswith(clip_checks.LESS)
    )
    second = clip_checks.inspect_clip(first.revised, flickers, 0.0)
    assert second is not None and second.revised.camera is Camera.STATIC


SCORED = {
    "proxy.clarity": (DefectKind.CLARITY, "draw again: the picture"),
    "proxy.exposure": (DefectKind.CLARITY, "draw again: the light"),
    "proxy.limbs": (DefectKind.LIMBS, "draw again: the arms"),
    "proxy.clothes": (DefectKind.CLOTHES, "draw again: the clothes"),
    "proxy.whole_background": (DefectKind.SCENE, "draw again: the background"),
}


@pytest.mark.parametrize("name", SCORED)
def test_a_score_below_its_floor_is_the_defect_it_measures(name: str) -> None:
    kind, instruction = SCORED[name]
    assert (
        inspect_keyframe(sight(scores=[Score(name=name, value=0.95)])) is None
        and inspect_keyframe(sight(scores=[Score(name=name, value=None)])) is None
    )
    finding = found(sight(scores=[Score(name=name, value=0.2, note="What was seen.")]))
    assert [one.kind for one in finding.defects] == [kind] and "What was seen." in finding.defects[0].evidence
    assert wanted(finding, board()) == [instruction]


def test_what_the_hand_holds_under_another_name_is_in_the_picture() -> None:
    shovel = SceneItem(name="shovel", asked="shovel", similarity=1, box=(200, 100, 240, 300))
    digs = board().model_copy(update={"props": ("spade",)})
    assert inspect_keyframe(sight(shown=scene(items=(shovel,)), asked=digs)) is None
    assert "spade" in found(sight(asked=digs)).defects[0].evidence, "a kite is none"


def test_in_a_blurred_picture_arms_and_clothes_are_not_judged() -> None:
    low = [Score(name=name, value=0.1) for name in ("proxy.clarity", "proxy.limbs", "proxy.clothes", "proxy.identity")]
    assert [one.kind for one in found(sight(scores=low)).defects] == [DefectKind.CLARITY]


def test_a_very_long_motion_still_fits_its_field() -> None:
    long = description().model_copy(update={"motion": "x" * 300})
    finding = clip_checks.inspect_clip(long, [Score(name="proxy.flicker", value=0.1)], 0.0)
    assert finding is not None and len(finding.revised.motion) == 300
