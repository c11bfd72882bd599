"""The evidence page: before and after, what was found and asked, both score sets with the winner, the rule, the
decision; hostile text stays text."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from jinja2 import Environment

from personavlog.backbones.corrections import Correction, Corrections, Remedy
from personavlog.backbones.findings import ClipFinding, Defect, DefectKind, ImageFinding
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.feedback import ClipAttempt, CorrectedClip, CorrectedKeyframe, KeyframeAttempt, decide
from personavlog.feedback.tally import Tally, tally
from personavlog.media import Clip, encode
from personavlog.metrics.score import Score
from personavlog.report import evidence, page
from personavlog.runs.blobs import Blobs
from sample_backbones.shot import noise
from tests.core.judge_cases import description

HOSTILE = "</td><script>alert(1)</script>"


def again(thing: str) -> Corrections:
    return (Remedy(correction=Correction.AGAIN, thing=thing),)


def scores(i2i: float, arms: float) -> tuple[Score, ...]:
    return Score(name="proxy.i2i", value=i2i, tolerance=0.02), Score(
        name="proxy.limbs", value=arms, tolerance=0.05, paper=False
    )


def keyframe(blobs: Blobs, *, after: tuple[Score, ...] = scores(0.7, 1.0), failure: str = "") -> CorrectedKeyframe:
    finding = ImageFinding(
        defects=(Defect(kind=DefectKind.LIMBS, evidence=f"one arm {HOSTILE}"),), suggestion="two arms"
    )
    pictures = [EditResult(image=blobs.put_image(noise(seed)), prompt="") for seed in (0, 1)]
    first = KeyframeAttempt(number=0, made=pictures[0], scores=scores(0.7, 0.2), inspected=True, finding=finding)
    if failure:
        return CorrectedKeyframe(attempts=(first, KeyframeAttempt(number=1, order=again("the arms"), failure=failure)))
    decision = decide("measured", first.scores, after)
    second = KeyframeAttempt(
        number=1, made=pictures[1], order=again(HOSTILE), scores=after, against=0, decision=decision
    )
    return CorrectedKeyframe(attempts=(first, second), kept=int(decision.keep))


def clip_file(blobs: Blobs, folder: Path, seed: int) -> Clip:
    frames = [np.ascontiguousarray(noise(seed, 320)[:, 2 * number : 2 * number + 240]) for number in range(8)]
    target = folder / f"{seed}.mp4"
    with encode.encoding(target, 240, 160, 24) as pipe:
        for frame in frames:
            pipe.write(np.dstack([frame, np.full((160, 240), 255, np.uint8)]))
        pipe.finish()
    return blobs.put_clip(target, width=240, height=160, fps=24, frames=8)


def clips(blobs: Blobs, folder: Path) -> CorrectedClip:
    finding = ClipFinding(kind="anomaly", evidence="It stands still.", revised=description(), reason="Asked for more.")
    made = [AnimateResult(clip=clip_file(blobs, folder, seed), prompt="") for seed in (3, 4)]
    before, after = (Score(name="moves", value=0.5),), (Score(name="moves", value=0.4),)
    first = ClipAttempt(number=0, made=made[0], order=description(), scores=before, inspected=True, finding=finding)
    second = ClipAttempt(
        number=1, made=made[1], order=description(), scores=after, against=0, decision=decide("measured", before, after)
    )
    return CorrectedClip(attempts=(first, second))


def shown(loop: evidence.LoopEvidence) -> str:
    environment: Environment = page._environment
    return str(
        environment.from_string('{% from "evidence.jinja" import loop_of %}{{ loop_of(loop) }}').render(loop=loop)
    )


def test_a_kept_correction_shows_both_pictures_both_score_sets_and_who_won(tmp_path: Path) -> None:
    html = shown(evidence.keyframe_loop(Blobs(tmp_path), keyframe(Blobs(tmp_path))))
    assert html.count("<img") == 2 and "Before, attempt 1" in html and "After, attempt 2 · in the film" in html
    assert (
        DefectKind.LIMBS.value in html and "Draw this again" in html and "Rule “measured”" in html and ">kept<" in html
    )
    assert re.search(r'<td class="n won">1\.000 ✓</td>', html) and "0.200" in html and html.count("✓") == 1, (
        "level scores have no winner"
    )


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    html = shown(evidence.keyframe_loop(Blobs(tmp_path), keyframe(Blobs(tmp_path))))
    assert "<script" not in html and html.count("&lt;script&gt;") == 2


def test_a_rolled_back_correction_marks_the_first_as_standing(tmp_path: Path) -> None:
    loop = evidence.keyframe_loop(Blobs(tmp_path), keyframe(Blobs(tmp_path), after=scores(0.3, 1.0)))
    (step,) = loop.corrections
    assert step.verdict == "rolled back" and step.before.standing and step.after is not None and not step.after.standing
    assert [line.winner for line in step.lines] == ["before", "after"] and "Lower: proxy.i2i" in shown(loop)


def test_a_correction_that_failed_says_why_and_shows_what_stands(tmp_path: Path) -> None:
    html = shown(evidence.keyframe_loop(Blobs(tmp_path), keyframe(Blobs(tmp_path), failure="Refused: not this one.")))
    assert (
        "could not be made" in html
        and "Refused: not this one." in html
        and ">failed<" in html
        and html.count("<img") == 1
    )


def test_a_clip_has_a_strip_and_plays_the_file_of_each_attempt(tmp_path: Path) -> None:
    html = shown(evidence.clip_loop(Blobs(tmp_path), clips(Blobs(tmp_path), tmp_path), 3))
    assert re.findall(r'<video controls[^>]* src="([^"]+)"', html) == [
        "attempts/clip-03-0.mp4",
        "attempts/clip-03-1.mp4",
    ]
    assert html.count('class="strip"') == 2 and "It stands still." in html and "Asked for more." in html


def test_what_qualified_at_once_is_one_closed_line(tmp_path: Path) -> None:
    first = keyframe(Blobs(tmp_path)).attempts[0].model_copy(update={"finding": None})
    html = shown(evidence.keyframe_loop(Blobs(tmp_path), CorrectedKeyframe(attempts=(first,))))
    assert "qualified at once" in html and "<details>" in html and "<img" not in html


def test_rates_count_parts_and_corrections(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    qualified = CorrectedKeyframe(attempts=(keyframe(blobs).attempts[0].model_copy(update={"finding": None}),))
    counted = tally(
        [qualified, keyframe(blobs), keyframe(blobs, after=scores(0.3, 1.0)), keyframe(blobs, failure="no")]
    )
    assert counted == Tally(parts=4, qualified=1, improved=1, corrections=3, kept=1, rolled_back=1, failed=1)
    assert counted.acceptance == counted.rollback == pytest.approx(0.5)
    assert tally([qualified]).acceptance is None
