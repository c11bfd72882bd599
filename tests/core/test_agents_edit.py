"""The vocabulary of corrections, and the edit agent that passes an inspector's remedies on."""

from __future__ import annotations

import anyio
import pytest
from pydantic import TypeAdapter

from personavlog.agents import DirectEdit
from personavlog.backbones.corrections import CHOICES, Correction, Corrections, Remedy, instruction
from personavlog.backbones.findings import Defect, DefectKind, ImageFinding
from tests.core.judge_cases import board


def test_all_corrections_are_tried_then_each_one_then_none() -> None:
    remedies = (Remedy(correction=Correction.WHOLE_HEAD), Remedy(correction=Correction.RIGHT))
    defect = Defect(kind=DefectKind.POSE, evidence="the head is cut off")
    finding = ImageFinding(defects=(defect,), suggestion="Show the whole head.", remedies=remedies)
    tried: list[Corrections] = []
    while asked := anyio.run(DirectEdit().instruct, finding, board(), tried):
        tried.append(asked)
    assert tried == [remedies, remedies[:1], remedies[1:]]


def test_painters_that_read_prose_get_one_instruction() -> None:
    asked = (Remedy(correction=Correction.ADD, thing="a kite"), Remedy(correction=Correction.POSE, thing="look up"))
    own = Remedy(correction=Correction.WORDS, thing="Five fingers. ")
    assert instruction((*asked, own)) == "Add a kite. Change what the person does to: look up. Five fingers."
    assert instruction(()) == ""


def test_every_correction_has_a_sentence_of_its_own() -> None:
    forms = [correction.form for correction in Correction]
    assert len(set(forms)) == len(forms) and {c for c in Correction if c.names} >= set(CHOICES)


@pytest.mark.parametrize("correction", CHOICES)
def test_what_is_chosen_is_one_of_a_closed_list(correction: Correction) -> None:
    for thing in CHOICES[correction]:
        assert Remedy(correction=correction, thing=thing).thing == thing
    with pytest.raises(ValueError, match="Choose one of"):
        Remedy(correction=correction, thing="lying qwertz")


def test_a_record_that_holds_an_instruction_as_a_sentence_is_read() -> None:
    read = TypeAdapter(Corrections).validate_python
    assert read("draw again; sharper") == (Remedy(correction=Correction.WORDS, thing="draw again; sharper"),)
    with pytest.raises(ValueError, match="valid"):
        read("")


@pytest.mark.parametrize(("correction", "thing"), [("add", ""), ("brighter", "lamp"), ("add", "x" * 121)])
def test_a_thing_is_named_exactly_where_one_is_needed(correction: str, thing: str) -> None:
    with pytest.raises(ValueError, match="thing"):
        Remedy(correction=Correction(correction), thing=thing)
