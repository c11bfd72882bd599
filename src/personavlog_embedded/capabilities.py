"""What the embedded backbones can do, as data: known without loading a painter, a network or an array library."""

from __future__ import annotations

from personavlog.backbones.capabilities import (
    DurationRule,
    ImageCapabilities,
    Licence,
    SizeRule,
    SoundCapabilities,
    VideoCapabilities,
)
from personavlog.backbones.corrections import VOCABULARY
from personavlog_embedded import data

SPEECH_RATE = 24_000
"""Hz, as Kokoro speaks."""
MUSIC_RATE = 48_000


def image() -> ImageCapabilities:
    """Any even size from 240 to 1920 px a side."""
    limits = "Weights: MODNet and MediaPipe Apache-2.0; CartoonGAN, bge-small and Fluent emoji MIT."
    styles = {style["name"]: style["description"] for style in data.read_toml("styles.toml")["styles"]}
    return ImageCapabilities(
        sizes=SizeRule(min_side=240, max_side=1920, multiple=2),
        references=1,
        repeats=True,
        needs_photo=True,
        records=True,
        styles=styles,
        corrections=VOCABULARY,
        licence=Licence(name="Apache-2.0", limits=limits),
    )


def video() -> VideoCapabilities:
    """Any frame count at 24 frames per second, 1.5 to 20 s."""
    durations = DurationRule(fps=24, shortest=1.5, longest=20.0)
    return VideoCapabilities(durations=durations, uses_speech=True, licence=Licence(name="Apache-2.0"))


def music() -> SoundCapabilities:
    """48 kHz stereo up to ten minutes."""
    limits = "AI-generated music (Suno v5, disclosed by its authors), dedicated to the public domain."
    return SoundCapabilities(rate=MUSIC_RATE, max_duration=600, licence=Licence(name="CC0-1.0", limits=limits))


def speech() -> SoundCapabilities:
    """English and Chinese; as long as a request's text can be."""
    licence = Licence(name="Apache-2.0", limits="Synthetic voices only; a given voice sample is not imitated.")
    voices = {name: voice["language"] for name, voice in data.read_toml("speech_voices.toml").items()}
    return SoundCapabilities(rate=SPEECH_RATE, max_duration=180, languages=("en", "zh"), voices=voices, licence=licence)
