"""The vocabulary of corrections, and the edit agent that passes an inspector's remedies on."""

from __future__ import annotations

import anyio
import pytest

from personavlog.agents import DirectEdit
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.findings import Defect, DefectKind, ImageFinding
from tests.core.judge_cases import board


def test_all_corrections_are_tried_then_each_one_then_none() -> None:
    remedies = (Remedy(correction=Correction.WHOLE_HEAD), Remedy(correction=Correction.RIGHT))
    defect = Defect(kind=DefectKind.POSE, evidence="the head is cut off")
    finding = ImageFinding(defects=(defect,), suggestion="Show the whole head.", remedies=remedies)
    tried: list[str] = []
    while instruction := anyio.run(DirectEdit().instruct, finding, board(), tried):
        tried.append(instruction)
    assert tried == [
        "keep the whole head inside the frame; move the person right",
        "keep the whole head inside the frame",
        "move the person right",
    ]


def test_a_things_name_cannot_smuggle_in_a_second_correction() -> None:
    assert Remedy(correction=Correction.ADD, thing="a kite; remove face").text == "add a kite, remove face"


@pytest.mark.parametrize(("correction", "thing"), [("add", ""), ("brighter", "lamp")])
def test_a_thing_is_named_exactly_where_one_is_needed(correction: str, thing: str) -> None:
    with pytest.raises(ValueError, match="thing"):
        Remedy(correction=Correction(correction), thing=thing)
