"""Intake: what a user hands over, hostile until read, becomes the parts of a ``Brief``."""

from personavlog.intake.brief import brief_from, choose_shots
from personavlog.intake.consent import LIKENESS_FLAG, check_consent, consent_for, need_consent
from personavlog.intake.own import read_part
from personavlog.intake.photo import PhotoIntake, read_photo
from personavlog.intake.voice import VoiceIntake, read_voice

__all__ = [
    "LIKENESS_FLAG",
    "PhotoIntake",
    "VoiceIntake",
    "brief_from",
    "check_consent",
    "choose_shots",
    "consent_for",
    "need_consent",
    "read_part",
    "read_photo",
    "read_voice",
]
