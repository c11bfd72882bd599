"""The review of video descriptions (Eq. 3)."""

from __future__ import annotations

from personavlog.backbones.drafts import VideoDescriptions
from personavlog.backbones.tasks import VideoTask
from personavlog.script import Board, VideoDescription, Weather
from personavlog_embedded.places.catalogue import nearest_place
from personavlog_embedded.writing.reviewing.findings import Findings

FEW_WORDS = 4
"""Under so many words a description says nothing that could be filmed."""


def review_videos(draft: VideoDescriptions, task: VideoTask, found: Findings) -> None:
    """Marks the videos; changes go to videos by number."""
    videos, count = draft.videos, len(draft.videos)
    still = [n for n, (board, video) in enumerate(zip(task.boards, videos, strict=False)) if _dry(board, video)]
    same = [n for n in range(1, count) if videos[n].camera is videos[n - 1].camera]
    short = [n for n, video in enumerate(videos) if len(video.motion.split()) < FEW_WORDS]
    bare = [n for n, video in enumerate(videos) if len(video.atmosphere.split()) < FEW_WORDS]
    for criterion, numbers, problem, wanted, seen in (
        ("matches board", still, "It rains or snows, and nothing moves of it.", "Show the weather.", "weather"),
        ("camera variety", same, "The camera moves as before.", "Move it differently.", "neighbouring cameras"),
        ("plausible motion", short, "Nothing moves.", "Say what the person does.", "words on motion"),
        ("atmosphere", bare, "Light and sound are missing.", "Describe them.", "words on light and sound"),
    ):
        found.judge(criterion, {f"video {n + 1}": (problem, wanted) for n in numbers}, count, seen)


def _dry(board: Board, video: VideoDescription) -> bool:
    """Whether it rains or snows outside and the video says nothing of it."""
    wet = board.weather in (Weather.RAIN, Weather.SNOW) and not nearest_place(board.place)[0].inside
    return wet and board.weather.value not in f"{video.motion} {video.atmosphere}".lower()
