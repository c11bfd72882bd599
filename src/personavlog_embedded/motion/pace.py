"""How strongly things move, read from the words of the video description."""

from __future__ import annotations

import re
from dataclasses import dataclass

from personavlog.script import Act, Board, Camera, Emotion, Framing, VideoDescription

_WALK = re.compile(r"\b(walk|stroll|stride|wander|hik|step|march|jog|run|climb)\w*|走|跑|散步|爬", re.I)
_WIND = re.compile(r"\b(wind|gust|breez|blow|flutter|sway|storm|rustl|wav(e|ing))\w*|风|飘|摇", re.I)
_STORM = re.compile(r"\b(storm|gale|gust|violent|howl)\w*|暴|狂风", re.I)
_STILL = re.compile(r"\b(still|calm|quiet|motionless|frozen|gentl|subtl|peaceful|serene|slight)\w*|静|安|轻", re.I)
_FAST = re.compile(r"\b(fast|quick|rapid|rush|hurr|energetic|livel|dynamic|swift|strong|dramatic)\w*|快|急|剧烈", re.I)
_SLOW = re.compile(r"\b(slow|lazy|lazily|unhurried|gradual|drift)\w*|慢|缓", re.I)


@dataclass(frozen=True)
class Pace:
    """Factors around 1: ``camera`` of the camera's travel, ``person`` of body movement, ``wind`` of leaves and rain,
    ``pace`` of everything done; ``bob`` of walking, 0 for none."""

    camera: float = 1.0
    person: float = 1.0
    wind: float = 1.0
    bob: float = 0.0
    pace: float = 1.0


_BODY = {
    Emotion.JOYFUL: 1.2,
    Emotion.EXCITED: 1.35,
    Emotion.CALM: 0.85,
    Emotion.MELANCHOLIC: 0.8,
    Emotion.NOSTALGIC: 0.85,
    Emotion.TENSE: 1.1,
}


def read_pace(description: VideoDescription, board: Board) -> Pace:
    """The temper that the description's and the board's words ask for."""
    words = f"{description.motion} {description.atmosphere} {description.detail}"
    pace = (1.3 if _FAST.search(words) else 1.0) * (0.75 if _SLOW.search(words) else 1.0)
    calm = 0.65 if _STILL.search(words) else 1.0
    wind = (1.6 if _WIND.search(words) else 1.0) * (1.5 if _STORM.search(words) else 1.0)
    # A face that fills the frame already would be cut by the whole way in.
    near = 0.55 if description.camera is Camera.PUSH_IN and board.framing in (Framing.CLOSE_UP, Framing.SELFIE) else 1.0
    walks = board.act in (Act.WALK, Act.RUN, Act.CLIMB) or _WALK.search(description.motion)
    person = pace * calm * _BODY.get(board.emotion, 1.0)
    return Pace(near * pace * (0.5 + 0.5 * calm), person, wind * calm, pace if walks else 0.0, pace)
