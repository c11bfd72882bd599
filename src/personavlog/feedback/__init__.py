"""FRM, the feedback and rollback mechanism: bounded corrections of keyframes and clips, each kept only when the rule
says it is better."""

from __future__ import annotations

from personavlog.feedback.clip import ClipAttempt, CorrectedClip, correct_clip
from personavlog.feedback.decision import Comparison, Decision, decide
from personavlog.feedback.keyframe import CorrectedKeyframe, KeyframeAttempt, correct_keyframe

__all__ = [
    "ClipAttempt",
    "Comparison",
    "CorrectedClip",
    "CorrectedKeyframe",
    "Decision",
    "KeyframeAttempt",
    "correct_clip",
    "correct_keyframe",
    "decide",
]
