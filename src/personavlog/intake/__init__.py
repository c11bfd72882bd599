"""Intake: what a user hands over, hostile until read, becomes the parts of a ``Brief``."""

from personavlog.intake.brief import brief_from, choose_shots
from personavlog.intake.consent import LIKENESS_FLAG, consent_for
from personavlog.intake.photo import PhotoIntake, read_photo
from personavlog.intake.voice import VoiceIntake, read_voice

__all__ = [
    "LIKENESS_FLAG",
    "PhotoIntake",
    "VoiceIntake",
    "brief_from",
    "choose_shots",
    "consent_for",
    "read_photo",
    "read_voice",
]
