"""What the paper's measures do not see of a keyframe or clip: sharpness, light, clothes, seams, arms, the camera."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.metrics.camera import agreement, movement
from personavlog.metrics.clarity import clarity, exposure
from personavlog.metrics.clothes import clothes
from personavlog.metrics.person import limbs, matte, outline
from personavlog.metrics.score import Score
from personavlog.metrics.seams import corners, whole_background
from personavlog.scene import SceneLimb, SceneRecord
from personavlog.script import Camera
from sample_backbones import shot

Pixels = NDArray[np.uint8]


def painted(seed: int = 0) -> Pixels:
    """Soft shapes with crisp lines, as drawn pictures have them."""
    big = cv2.resize(shot.noise(seed), (960, 640), interpolation=cv2.INTER_CUBIC)
    for number in range(40):
        x, y = (int(value) for value in np.random.default_rng([seed, number]).integers(0, 600, 2))
        cv2.line(big, (x, y), (x + 200, y + 90), (10, 10, 10), 1, cv2.LINE_AA)
    return np.asarray(big, np.uint8)


def value(score: Score) -> float:
    assert score.value is not None and not score.paper
    return score.value


def test_blur_and_enlarging_lower_clarity_and_contrast_does_not() -> None:
    sharp = painted()
    assert value(clarity(sharp)) > 0.9
    assert value(clarity(cv2.GaussianBlur(sharp, (0, 0), 6))) < 0.3
    assert value(clarity(np.asarray(sharp // 2 + 60, np.uint8))) == pytest.approx(value(clarity(sharp)), abs=0.05)
    assert clarity(np.full((64, 64, 3), 9, np.uint8)).value is None, "an empty picture is not unsharp"


def test_burnt_and_drowned_px_lower_exposure() -> None:
    sound = np.asarray(np.clip(painted(), 30, 220), np.uint8)
    assert value(exposure(sound)) == 1
    assert value(exposure(np.clip(sound.astype(int) * 3, 0, 255).astype(np.uint8))) < 0.5
    assert value(exposure(np.asarray(sound // 100, np.uint8))) < 0.1


def test_a_pasted_tile_has_four_corners_and_a_painted_picture_none() -> None:
    sound = painted()
    broken = sound.copy()
    broken[200:330, 300:430] = 255 - sound[100:230, 500:630]
    assert corners(sound) == 0 and corners(broken) >= 3
    assert value(whole_background(sound)) == 1 and value(whole_background(broken)) <= 0.5


def test_a_line_around_the_picture_is_no_seam() -> None:
    framed = painted()
    for inset in (8, 20):
        cv2.rectangle(framed, (inset, inset), (959 - inset, 639 - inset), (0, 0, 0), 3)
    assert corners(framed) == 0
    cv2.rectangle(framed, (300, 200), (430, 330), (0, 0, 0), 3)
    assert corners(framed) >= 3, "a square in the picture still is one"


def test_clothes_are_compared_in_the_light_of_the_face() -> None:
    picture = shot.picture()
    warm = np.clip(picture * np.array([1.1, 0.95, 0.8]), 0, 255).astype(np.uint8)
    red = picture.copy()
    red[60:] = np.where((picture[60:] == (40, 60, 150)).all(axis=2, keepdims=True), (170, 40, 40), picture[60:])
    same, other = (value(clothes(picture, shot.FACE, made, shot.FACE)) for made in (warm, red))
    assert same > 0.8 and other < 0.5
    assert clothes(picture, shot.FACE, picture, None).value is None


RECORD = SceneRecord(
    place="pier",
    asked_place="pier",
    place_similarity=1,
    time_of_day="noon",
    weather="clear",
    framing="medium",
    style="anime",
    face_box=shot.FACE,
    outline=(
        (
            *((80, 16), (109, 16), (109, 60), (119, 60), (119, 84), (144, 84), (144, 82), (173, 82)),
            *((173, 105), (144, 105), (144, 103), (119, 103), (119, 159), (70, 159), (70, 60), (80, 60)),
        ),
    ),
    limbs=(SceneLimb(name="right arm", bare=True, points=((126, 94), (136, 94), (150, 94), (160, 90), (166, 98))),),
)
"""What a painter would record of the sample picture."""


def test_the_record_fits_the_picture() -> None:
    inside, person = outline.filled(RECORD.outline, (shot.HEIGHT, shot.WIDTH)), shot.PictureParts().mask
    assert (inside & person).sum() > 0.97 * person.sum() and (inside & ~person).sum() < 0.06 * person.sum()
    skin = outline.skin_distance(shot.picture(), shot.FACE) < outline.SKIN
    assert all(skin[int(y), int(x)] for x, y in RECORD.limbs[0].points)


def test_arms_are_counted_against_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """The matting network is replaced by what it would say of these pictures: the person's own px."""
    whole = shot.PictureParts().mask

    def seen(mask: NDArray[np.bool_], picture: Pixels) -> float:
        monkeypatch.setattr(limbs, "_person", lambda *_: mask)
        return value(limbs.limbs(picture, RECORD))

    picture = shot.picture()
    assert seen(whole, picture) == 1
    armless = whole.copy()
    armless[80:110, 118:176] = False
    assert seen(armless, picture) == 0
    more = whole.copy()
    more[10:60, 180:200] = True
    assert seen(more, picture) > 0.95, "the place has none of the person's colours"
    arm = picture.copy()
    arm[10:60, 180:200] = picture[94, 136]
    assert seen(more, arm) < limbs.FLOOR
    assert limbs.limbs(picture, None).value is None and callable(matte.portrait_alpha)


def test_the_arms_of_somebody_far_away_are_not_judged() -> None:
    far = RECORD.model_copy(update={"face_box": (80.0, 20.0, 96.0, 40.0)})
    assert limbs.limbs(shot.picture(), far).value is None


@pytest.mark.parametrize(
    ("camera", "step"),
    [(Camera.PAN_RIGHT, (3, 0)), (Camera.PAN_LEFT, (-3, 0)), (Camera.TILT_DOWN, (0, 3)), (Camera.STATIC, (0, 0))],
)
def test_the_camera_is_read_from_the_pictures_motion(camera: Camera, step: tuple[int, int]) -> None:
    wide = cv2.cvtColor(painted(3), cv2.COLOR_RGB2GRAY)
    greys = [
        np.ascontiguousarray(wide[200 + step[1] * n : 340 + step[1] * n, 300 + step[0] * n : 556 + step[0] * n])
        for n in range(6)
    ]
    moved = movement(greys, 8.0)
    against = Camera.STATIC if camera is not Camera.STATIC else Camera.PUSH_IN
    assert agreement(camera, moved).value == 1 and agreement(against, moved).value == 0
