"""Measures of a keyframe that cannot be trusted say so, and give no number."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.feedback.measures import _hidden
from personavlog.metrics.person import limbs, matte
from personavlog.scene import SceneRecord

SHAPE = (200, 200)


def scene(**more: object) -> SceneRecord:
    """A person of 80 x 120 px with a face of 40 x 40 px."""
    outline = (((60, 40), (140, 40), (140, 160), (60, 160)),)
    told = {
        "place": "a",
        "asked_place": "a",
        "place_similarity": 1,
        "time_of_day": "noon",
        "weather": "clear",
        "framing": "medium",
        "style": "oil",
    }
    return SceneRecord.model_validate({**told, "face_box": (80, 50, 120, 90), "outline": outline, **more})


def judged(found: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch) -> limbs.Score:
    """What the arms' measure says where the network finds this much of a person."""
    monkeypatch.setattr(matte, "portrait_alpha", lambda picture: found[: picture.shape[0], : picture.shape[1]])
    return limbs.limbs(np.zeros((*SHAPE, 3), np.uint8), scene())


def test_a_network_that_loses_the_person_or_takes_the_place_for_one_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = np.zeros(SHAPE, np.float32)
    body[40:160, 60:140] = 1
    lost, arm, crowd = body.copy(), body.copy(), body.copy()
    lost[80:] = 0
    arm[60:80, 150:200] = 1
    crowd[40:160, 150:200] = 1
    assert judged(body, monkeypatch).value == 1
    assert judged(arm, monkeypatch).value == pytest.approx(1 - 50 * 20 / 1600, abs=0.1)
    for one in (lost, crowd):
        assert judged(one, monkeypatch).value is None and "cannot tell" in judged(one, monkeypatch).note


@pytest.mark.parametrize(
    ("worn", "hidden"),
    [((), False), (("a straw hat",), False), (("a raincoat",), True), (("a scarf", "a woollen hat"), True)],
)
def test_clothes_under_a_coat_are_not_compared(worn: tuple[str, ...], hidden: bool) -> None:
    said = _hidden(scene(worn=worn))
    assert (said is not None) is hidden
    assert said is None or (said.value is None and worn[0] in said.note)
