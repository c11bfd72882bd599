"""Bounded corrections: the result is the best attempt, and the first one is never lost."""

from __future__ import annotations

from collections.abc import Sequence

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personavlog.backbones.corrections import Correction, Corrections, Remedy
from personavlog.backbones.findings import ClipFinding, Defect, DefectKind, ImageFinding
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.errors import RefusedError
from personavlog.feedback import CorrectedClip, CorrectedKeyframe, correct_clip, correct_keyframe
from personavlog.media import Clip, Image
from personavlog.metrics.score import Score
from personavlog.script import Camera, VideoDescription

FINDING = ImageFinding(defects=(Defect(kind=DefectKind.CLARITY, evidence="blur 12"),), suggestion="Sharper.")


def picture(number: int) -> EditResult:
    return EditResult(image=Image(digest=f"{number:064x}", size=1, width=8, height=8), prompt=f"attempt {number}")


def description(camera: Camera = Camera.PUSH_IN) -> VideoDescription:
    return VideoDescription(camera=camera, motion="She turns.", atmosphere="calm light")


def sharper(tried: int) -> Corrections:
    return (Remedy(correction=Correction.AGAIN, thing=f"the hand, try {tried}"),)


class Painter:
    """Paints numbered pictures whose scores are given; finds a defect in the first ``bad`` of those it is asked
    about."""

    def __init__(
        self, scores: Sequence[tuple[float, float]], bad: int = 99, fails_at: int = 99, silent: bool = False
    ) -> None:
        self.scores, self.bad, self.fails_at, self.silent = scores, bad, fails_at, silent
        self.asked: list[Corrections | None] = []
        self.previous: list[EditResult | None] = []

    async def paint(self, number: int, asked: Corrections | None, previous: EditResult | None) -> EditResult:
        if number == self.fails_at:
            raise RefusedError("The provider refused this picture.")
        self.asked.append(asked)
        self.previous.append(previous)
        return picture(number)

    async def measure(self, made: EditResult) -> Sequence[Score]:
        i2i, i2t = self.scores[int(made.prompt.split()[1])]
        return Score(name="i2i", value=i2i, tolerance=0.01), Score(name="i2t", value=i2t, tolerance=0.01)

    async def inspect(self, made: EditResult, scores: Sequence[Score]) -> ImageFinding | None:
        self.bad -= 1
        return FINDING if self.bad >= 0 else None

    async def instruct(self, finding: ImageFinding, tried: Sequence[Corrections]) -> Corrections:
        return () if self.silent else sharper(len(tried))

    def run(self, rule: str = "measured", corrections: int = 2) -> CorrectedKeyframe:
        return anyio.run(
            lambda: correct_keyframe(
                paint=self.paint,
                measure=self.measure,
                inspect=self.inspect,
                instruct=self.instruct,
                rule=rule,
                corrections=corrections,
            )
        )


def test_a_qualified_first_keyframe_is_painted_once() -> None:
    done = Painter([(0.5, 0.5)], bad=0).run()
    assert len(done.attempts) == 1 and done.kept == 0 and done.best.inspected and done.best.finding is None


def test_a_better_correction_is_kept_and_ends_the_loop_when_it_is_qualified() -> None:
    painter = Painter([(0.5, 0.5), (0.6, 0.6)], bad=1)
    done = painter.run()
    assert done.kept == 1 and done.result == picture(1) and painter.asked == [None, sharper(0)]
    assert CorrectedKeyframe.model_validate_json(done.model_dump_json()) == done


def test_a_worse_correction_is_rolled_back_and_the_next_one_starts_from_the_best() -> None:
    painter = Painter([(0.5, 0.5), (0.9, 0.1), (0.6, 0.6)])
    done = painter.run()
    assert done.kept == 2 and done.attempts[1].decision is not None and not done.attempts[1].decision.keep
    assert not done.attempts[1].inspected and painter.asked == [None, sharper(0), sharper(1)]
    assert painter.previous == [None, picture(0), picture(0)]


def test_small_losses_do_not_add_up() -> None:
    """Each step loses less than the noise in i2i; together they would lose more, so the second is compared with the
    first too."""
    done = Painter([(0.500, 0.5), (0.492, 0.6), (0.484, 0.7)]).run()
    assert (
        done.kept == 1
        and done.attempts[2].against == 0
        and done.attempts[2].decision is not None
        and not done.attempts[2].decision.keep
    )


def test_a_refusal_while_correcting_is_recorded_and_the_first_keyframe_stands() -> None:
    done = Painter([(0.5, 0.5)], fails_at=1).run()
    assert (
        done.kept == 0
        and done.attempts[1].failure == "RefusedError: The provider refused this picture."
        and done.attempts[1].order == sharper(0)
    )


def test_a_refusal_of_the_first_keyframe_is_raised() -> None:
    with pytest.raises(RefusedError):
        Painter([(0.5, 0.5)], fails_at=0).run()


def test_an_empty_instruction_ends_the_loop() -> None:
    assert len(Painter([(0.5, 0.5)], silent=True).run().attempts) == 1


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=6, max_size=6),
    st.sampled_from(["paper", "measured"]),
    st.integers(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_the_result_is_never_worse_than_the_first(
    scores: list[tuple[float, float]], rule: str, corrections: int
) -> None:
    done = Painter(scores).run(rule, corrections)
    assert len(done.attempts) == corrections + 1
    first, best = done.attempts[0].scores, done.best.scores
    assert all(
        new.value >= old.value - old.tolerance
        for old, new in zip(first, best, strict=True)
        if old.value is not None and new.value is not None
    )


def clip(number: int) -> AnimateResult:
    return AnimateResult(
        clip=Clip(digest=f"{number:064x}", size=1, width=8, height=8, fps=24, frames=48), prompt=f"attempt {number}"
    )


def correct(values: Sequence[float], revised: VideoDescription) -> tuple[CorrectedClip, list[VideoDescription]]:
    animated: list[VideoDescription] = []

    async def animate(number: int, wanted: VideoDescription) -> AnimateResult:
        animated.append(wanted)
        return clip(number)

    async def measure(made: AnimateResult, wanted: VideoDescription) -> Sequence[Score]:
        return (Score(name="smooth", value=values[int(made.prompt.split()[1])]),)

    async def inspect(made: AnimateResult, wanted: VideoDescription, scores: Sequence[Score]) -> ClipFinding | None:
        return (
            ClipFinding(kind="anomaly", evidence="flicker", revised=revised, reason="calmer")
            if scores[0].value != 1.0
            else None
        )

    return anyio.run(
        lambda: correct_clip(description(), animate=animate, measure=measure, inspect=inspect, corrections=3)
    ), animated


def test_a_clip_is_animated_again_from_the_revised_description() -> None:
    done, animated = correct([0.5, 1.0], description(Camera.STATIC))
    assert (
        done.kept == 1
        and [one.camera for one in animated] == [Camera.PUSH_IN, Camera.STATIC]
        and done.best.order == description(Camera.STATIC)
    )


def test_a_revision_that_was_rolled_back_is_not_made_again() -> None:
    done, animated = correct([0.5, 0.4, 0.3], description(Camera.STATIC))
    assert done.kept == 0 and len(animated) == 2
