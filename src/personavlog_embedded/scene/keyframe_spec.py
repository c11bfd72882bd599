"""What a keyframe shall show."""

from __future__ import annotations

from dataclasses import dataclass, field

from personavlog.script import Board
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression

MARGIN = 0.08
"""Of the mean of width and height: what a moving camera may see beyond the frame."""


@dataclass(frozen=True)
class KeyframeSpec:
    """What a keyframe shall show: the board, and what corrections asked to change about it (factors 1 and shifts 0
    change nothing).

    ``pose`` is the name of one that a correction asked for, "" for the one that the board's words ask for;
    ``expression`` is added to the board's emotion.
    ``look`` counts the views of the place that were rejected, ``calm`` is how much softer the background is (0 to 2).
    ``gone`` are props that a correction removed: they keep their place, so that the others keep theirs, and are not
    drawn.
    ``who`` is the character's appearance in words.
    ``film`` chooses the world, ``seed`` the view into it; ``turn`` counts the film's shots, so that neighbours never
    look the same way.
    """

    board: Board
    width: int
    height: int
    style: str
    film: int
    seed: int
    turn: int = 0
    size: float = 1.0
    shift: float = 0.0
    exposure: float = 1.0
    sharpen: float = 0.0
    whole_head: bool = False
    look: int = 0
    calm: float = 0.0
    pose: str = ""
    expression: Expression = AS_IN_PHOTO
    props: tuple[str, ...] = field(default=())
    gone: frozenset[str] = frozenset()
    who: str = ""

    @property
    def margin(self) -> int:
        """Px around the frame, even."""
        return 2 * round(MARGIN * (self.width + self.height) / 4)

    @property
    def canvas(self) -> tuple[int, int]:
        """Height and width of the layers, px."""
        return self.height + 2 * self.margin, self.width + 2 * self.margin

    @property
    def in_hand(self) -> tuple[str, ...]:
        """What the hands may hold, by name: what the board says; every prop of a board that does not say what is done,
        as older ones do not."""
        return self.board.holds if self.board.act is not None else self.props

    @property
    def tall(self) -> bool:
        """Whether the frame stands upright."""
        return self.height > self.width

    @property
    def mirrored(self) -> bool:
        """Whether the place is seen mirrored: every other shot."""
        return self.turn % 2 == 1

    @property
    def side(self) -> float:
        """Where the person stands: -1 left, 1 right; two shots each."""
        return 1.0 if (self.turn + 1) // 2 % 2 else -1.0

    @property
    def unit(self) -> float:
        """Px that a screen-filling thing measures."""
        return min(self.height, 1.25 * self.width)
