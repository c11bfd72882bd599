"""Japanese as Kokoro's phonemes, read by Open JTalk (MIT, with its dictionaries about 350 MB, so it is an extra)."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from typing import Protocol

from personavlog.brief import clean_text
from personavlog.errors import MissingExtraError

_PALATAL = {"ᶄ": "kʲ", "ᶃ": "ɡʲ"}
"""Letters of a later alphabet."""
_IN_USE = threading.Lock()


class _Reader(Protocol):
    def phonemize(self, text: str) -> str: ...


def speakable_japanese(text: str) -> str:
    """The line without pictures and empty signs; Open JTalk reads its numbers."""
    folded = unicodedata.normalize("NFKC", clean_text(text))
    kept = "".join(c for c in folded if unicodedata.category(c) not in ("So", "Sk", "Cs", "Co", "Cn", "Cf"))
    return kept.strip() if any(c.isalnum() for c in kept) else ""


def japanese_phonemes(line: str) -> str:
    """A line in Kokoro's alphabet; raises ``MissingExtraError``."""
    with _IN_USE:
        said = _reader().phonemize(line)
    # Behind the sounds the reader writes the pitch of each, one sign a sound; these voices do not take it.
    pitch = re.search("[_^]", said)
    sounds = said[: pitch.start()].rstrip("j-") if pitch else said
    for one, known in _PALATAL.items():
        sounds = sounds.replace(one, known)
    return sounds.strip(" ,;:—")


@functools.cache
def _reader() -> _Reader:
    try:
        import pyopenjtalk  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("Speech in Japanese", "japanese") from error
    from kokorog2p import get_g2p

    reader: _Reader = get_g2p("ja")
    return reader
