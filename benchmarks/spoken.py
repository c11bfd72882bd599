"""How 200 written lines are spoken: what is prepared for the voice against what must be heard, and the English ones
heard back by the recogniser.

    python benchmarks/spoken.py                    the preparation, both halves, no sound
    python benchmarks/spoken.py --hear 0           and all English lines spoken and heard back (about 8 s a line)
    python benchmarks/spoken.py --hear 40          every so many of them, 40 in all
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import anyio

from personavlog.backbones.roles import SpeechRequest
from personavlog.backbones.tools import Tools
from personavlog.runs.blobs import Blobs
from personavlog_embedded.speech.backbone import KokoroSpeech
from personavlog_embedded.speech.tongues import TONGUES
from tests.embedded.spoken_cases import HALVES, Case, cases


def prepared(half: str, language: str, *, shown: bool) -> None:
    """How many lines of a half are prepared as they must be heard; the others are shown if they may be looked at."""
    asked = cases(half, language)
    wrong = [case for case in asked if not case.is_said(TONGUES[language].speakable(case.line))]
    print(f"{half:10} {language}: {len(asked) - len(wrong)} of {len(asked)} prepared as they must be heard")
    for case in wrong if shown else ():
        print(f"    {case.line!r} -> {TONGUES[language].speakable(case.line)!r}")


async def heard(chosen: list[Case]) -> None:
    """Speak and hear the lines back; prints every line's word error rate and their mean."""
    rates = []
    with tempfile.TemporaryDirectory(prefix="personavlog-spoken-") as folder:
        for case in chosen:
            result = await KokoroSpeech().speak(
                SpeechRequest(text=case.line, language="en"), Tools.alone(Blobs(Path(folder)))
            )
            rates.append(result.word_error_rate or 0.0)
            print(f"    {rates[-1]:.2f}  {case.line!r} heard {result.heard!r}", flush=True)
    print(f"word error rate of {len(rates)} lines: {sum(rates) / len(rates):.3f}; without error: {rates.count(0.0)}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hear", type=int, metavar="COUNT", help="speak so many English lines; 0 for all")
    parser.add_argument("--half", choices=HALVES, default="looked_at", help="the half that is spoken")
    asked = parser.parse_args()
    for half in HALVES:
        for language in ("en", "zh"):
            prepared(half, language, shown=half == "looked_at")
    if asked.hear is not None:
        lines = cases(asked.half, "en")
        started, step = time.monotonic(), max(len(lines) // asked.hear, 1) if asked.hear else 1
        anyio.run(heard, lines[::step])
        print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
