"""What the studio's form shows and plays: a keyframe in every embedded style, a sentence of every voice.

    python tools/studio_samples.py styles     write src/personavlog/studio/static/style-*.webp
    python tools/studio_samples.py voices     write src/personavlog/studio/static/voice-*.mp3

Needs the embedded painter's and speech's model files.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import anyio
import cv2
import numpy as np

from personavlog import api
from personavlog.backbones import registry
from personavlog.backbones.legal import legal_edit
from personavlog.backbones.roles import EditRequest, EditResult, ImageEdit, SpeechRequest
from personavlog.backbones.tools import Tools
from personavlog.intake.photo import read_photo
from personavlog.media.arrays import Pixels
from personavlog.media.ffmpeg import binary
from personavlog.runs.blobs import Blobs
from personavlog.script import Act, Board, Emotion, Framing, TimeOfDay
from personavlog.studio.samples import style_sample, voice_sample

STATIC = Path(__file__).parent.parent / "src" / "personavlog" / "studio" / "static"
DRAWN, SHOWN = (960, 720), (288, 216)
"""Width and height in px."""
STYLE_BYTES = 6_000
BOARD = Board(
    place="a harbour with sailing boats and a lighthouse",
    time_of_day=TimeOfDay.DUSK,
    action="She waves from the quay.",
    framing=Framing.MEDIUM,
    emotion=Emotion.JOYFUL,
    act=Act.WAVE,
)
SENTENCES = {
    "en": "Good morning. Let me show you my day.",
    "zh": "早上好，来看看我的一天吧。",
    "es": "Buenos días. Te enseño cómo es mi día.",
    "fr": "Bonjour. Je vous montre ma journée.",
    "hi": "सुप्रभात। चलिए, मेरा दिन देखिए।",
    "it": "Buongiorno. Vi mostro la mia giornata.",
    "ja": "おはよう。私の一日を見てください。",
    "pt": "Bom dia. Vou mostrar o meu dia.",
}


async def draw_styles(blobs: Blobs) -> None:
    """One WebP picture a style: the same keyframe."""
    painter = registry.load("image", "embedded", {})
    photo = read_photo(Path(str(files("personavlog.example") / "portrait.png")), blobs)
    for style in api.styles("embedded"):
        person = await _drawn(painter, blobs, purpose="stylise", reference=photo.image, style=style, face=photo.face)
        made = await _drawn(
            painter,
            blobs,
            purpose="keyframe",
            reference=person.image,
            photo=photo.image,
            face=photo.face,
            style=style,
            appearance=person.seen,
            board=BOARD,
        )
        (STATIC / style_sample(style)).write_bytes(_small(blobs.pixels(made.image)))
        print(style)


async def _drawn(painter: ImageEdit, blobs: Blobs, **wanted: Any) -> EditResult:
    request = EditRequest(width=DRAWN[0], height=DRAWN[1], **wanted)
    return await painter.edit(legal_edit(request, painter.capabilities).request, Tools.alone(blobs))


def _small(rgb: Pixels) -> bytes:
    """The picture's middle as WebP of at most ``STYLE_BYTES``."""
    height, width = rgb.shape[:2]
    scale = max(SHOWN[0] / width, SHOWN[1] / height)
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    top, left = (small.shape[0] - SHOWN[1]) // 2, (small.shape[1] - SHOWN[0]) // 2
    shown = np.ascontiguousarray(small[top : top + SHOWN[1], left : left + SHOWN[0], ::-1])
    for quality in range(90, 5, -3):
        data = cv2.imencode(".webp", shown, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes()
        if len(data) <= STYLE_BYTES:
            return data
    raise SystemExit(f"A picture of a style stays larger than {STYLE_BYTES} bytes.")


async def speak_voices(blobs: Blobs) -> None:
    """One MP3 a voice that speaks here, mono, 24 kbit/s."""
    speech = registry.load("speech", "embedded", {})
    await speech.open()
    known = api.speaking("embedded")
    spoken = {voice: language for voice, language in known.voices.items() if language not in known.absent}
    for voice, language in spoken.items():
        request = SpeechRequest(text=SENTENCES[language], language=language, voice=voice)
        said = await speech.speak(request, Tools.alone(blobs))
        _encode(blobs.path(said.audio), STATIC / voice_sample(voice))
        print(voice)
    await speech.aclose()


def _encode(source: Path, target: Path) -> None:
    sound = ["-ac", "1", "-ar", "24000", "-c:a", "libmp3lame", "-b:a", "24k", "-map_metadata", "-1", "-write_xing", "0"]
    subprocess.run([binary(), "-v", "error", "-y", "-i", str(source), *sound, str(target)], check=True)


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("styles", "voices"))
    what = parser.parse_args().what
    with tempfile.TemporaryDirectory() as folder:
        anyio.run(draw_styles if what == "styles" else speak_voices, Blobs(Path(folder)))


if __name__ == "__main__":
    main()
