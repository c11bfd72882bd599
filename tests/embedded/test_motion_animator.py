from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import anyio
import cv2
import numpy as np
import pytest

from personavlog.backbones.roles import AnimateRequest, AnimateResult, ImageToVideo, Keyframe
from personavlog.backbones.tools import OnProgress, Tools
from personavlog.errors import Cancelled, MachineError
from personavlog.media.decode import frames
from personavlog.media.encode import encoding
from personavlog.media.process import Process
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, VideoDescription
from personavlog_embedded.motion import pace
from personavlog_embedded.motion.animator import Animator
from personavlog_embedded.scene.stage import Stage, pack
from personavlog_embedded.style.print_surface import flatten
from tests.embedded.test_motion_renderer import HEIGHT, WIDTH, stage


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def request(blobs: Blobs, scene: Stage, layers: bool = True, **more: object) -> AnimateRequest:
    picture = blobs.put_image(flatten(scene))
    keyframe = Keyframe(image=picture, attachments={"stage": blobs.put(pack(scene))} if layers else {})
    board = Board(place="a hill", time_of_day="noon", action="She looks around.", framing="medium", emotion="calm")
    description = VideoDescription(camera="pan left", motion="the wind blows", atmosphere="bright")
    asked = {"keyframe": keyframe, "description": description, "board": board, "duration": 1.5, "seed": 1}
    size = {"width": picture.width, "height": picture.height}
    return AnimateRequest.model_validate({**asked, **size, **more})


def animate(blobs: Blobs, wanted: AnimateRequest, progress: OnProgress = lambda share: None) -> AnimateResult:
    return anyio.run(Animator().animate, wanted, replace(Tools.alone(blobs), progress=progress))


def test_it_plays_the_role() -> None:
    assert isinstance(Animator(), ImageToVideo)
    assert Animator().capabilities.durations.at_least(3.01) == pytest.approx(73 / 24)


def test_the_clip_has_the_asked_length_and_begins_with_the_keyframe(blobs: Blobs) -> None:
    scene, seen = stage(), list[float]()
    made = animate(blobs, request(blobs, scene), seen.append)
    shown = list(frames(blobs.path(made.clip), made.clip))
    assert (made.clip.frames, made.clip.width, made.clip.height, made.clip.fps) == (36, WIDTH, HEIGHT, 24)
    assert len(shown) == 36
    assert cv2.PSNR(np.ascontiguousarray(shown[0]), flatten(scene)) > 25
    assert cv2.absdiff(shown[0], shown[-1]).mean() > 3
    assert seen[-1] == 1.0 and seen == sorted(seen)


def test_equal_requests_give_equal_bytes_and_other_seeds_others(blobs: Blobs) -> None:
    wanted = request(blobs, stage("snow"))
    first, again = animate(blobs, wanted), animate(blobs, wanted)
    assert first.clip.digest == again.clip.digest
    assert animate(blobs, wanted.model_copy(update={"seed": 2})).clip.digest != first.clip.digest


def test_stopping_ends_the_work_at_once_and_leaves_no_clip(blobs: Blobs) -> None:
    def stop(share: float) -> None:
        if share > 0.2:
            raise Cancelled("stopped")

    before = request(blobs, stage())
    stored = sorted(path.name for path in blobs.root.rglob("*") if path.is_file())
    with pytest.raises(Cancelled):
        animate(blobs, before, stop)
    assert sorted(path.name for path in blobs.root.rglob("*") if path.is_file()) == stored


@pytest.mark.weights
def test_a_keyframe_of_the_users_own_moves_too_and_says_so(blobs: Blobs) -> None:
    odd = np.ascontiguousarray(flatten(stage())[:-1, :-1])
    keyframe = Keyframe(image=blobs.put_image(odd))
    made = animate(blobs, request(blobs, stage(), keyframe=keyframe))
    shown = list(frames(blobs.path(made.clip), made.clip))
    assert "without layers" in made.notes[0]
    assert (made.clip.width, made.clip.height) == (WIDTH - 2, HEIGHT - 2)
    assert cv2.absdiff(shown[0], shown[-1]).mean() > 1


@pytest.mark.weights
def test_layers_that_show_another_picture_are_not_used(blobs: Blobs) -> None:
    wanted = request(blobs, stage())
    repainted = wanted.keyframe.model_copy(update={"image": blobs.put_image(255 - flatten(stage()))})
    assert animate(blobs, wanted.model_copy(update={"keyframe": repainted})).notes


def test_an_encoder_that_cannot_write_says_who_must_act(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="ffmpeg"), encoding(tmp_path / "no" / "folder.mp4", 64, 64, 24) as pipe:
        for _ in range(200):
            pipe.write(np.zeros((64, 64, 4), np.uint8))
        pipe.finish()


def test_no_ffmpeg_is_left_running_after_an_error(tmp_path: Path) -> None:
    kept: list[Process] = []
    with pytest.raises(ZeroDivisionError), encoding(tmp_path / "a.mp4", 64, 64, 24) as pipe:
        kept.append(pipe.process)
        raise ZeroDivisionError
    assert not kept[0].alive


def test_words_change_how_much_moves() -> None:
    board = Board(place="a hill", time_of_day="noon", action="She looks around.", framing="medium", emotion="curious")

    def read(motion: str) -> pace.Pace:
        return pace.read_pace(VideoDescription(camera="static", motion=motion, atmosphere="bright"), board)

    plain = read("She waits")
    assert read("A storm wind howls").wind > read("a breeze").wind > plain.wind
    assert read("She walks on").bob > plain.bob == 0
    assert read("motionless, quiet").person < plain.person
    assert read("Clear, lively movement.").camera > plain.camera > read("Slow, gentle movement.").camera
    assert read("大风吹过").wind > plain.wind


def test_the_wanted_camera_is_followed(blobs: Blobs) -> None:
    scene = stage(kinds=("sky", "ground"))
    shift = {}
    for camera in ("pan left", "pan right"):
        description = VideoDescription(camera=camera, motion="still", atmosphere="bright")
        made = animate(blobs, request(blobs, replace(scene, weather="cloud"), description=description))
        first, *_, last = (np.ascontiguousarray(frame) for frame in frames(blobs.path(made.clip), made.clip))
        ground = first[HEIGHT // 2 + 30 : HEIGHT - 20, 80:160]
        shift[camera] = cv2.minMaxLoc(cv2.matchTemplate(last, ground, cv2.TM_CCOEFF_NORMED))[3][0] - 80
    assert shift["pan left"] > 1 and shift["pan right"] < -1
