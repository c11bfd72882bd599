"""Chinese as Kokoro's phonemes: characters to pinyin with tone sandhi, pinyin to the alphabet the Chinese voices were
trained on."""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_finals, to_initials
from pypinyin.seg import mmseg

from personavlog_embedded.speech.chinese_text import HAN, speakable_chinese
from personavlog_embedded.speech.english import english_phonemes
from personavlog_embedded.speech.text import speakable_english

_RUN = re.compile(f"[{HAN}]+|[^{HAN}]+")
_MARKS = str.maketrans(
    {"。": ". ", "，": ", ", "、": ", ", "！": "! ", "？": "? ", "；": "; ", "：": ": ", "…": "… ", "—": " — "}
)
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_INITIALS = {
    "b": "p",
    "p": "pʰ",
    "m": "m",
    "f": "f",
    "d": "t",
    "t": "tʰ",
    "n": "n",
    "l": "l",
    "g": "k",
    "k": "kʰ",
    "h": "x",
    "j": "ʨ",
    "q": "ʨʰ",
    "x": "ɕ",
    "zh": "ꭧ",
    "ch": "ꭧʰ",
    "sh": "ʂ",
    "r": "ɻ",
    "z": "ʦ",
    "c": "ʦʰ",
    "s": "s",
}
# "0" is where the tone goes: after the vowel, before a nasal.
_FINALS = {
    "a": "a0",
    "ai": "ai0",
    "an": "a0n",
    "ang": "a0ŋ",
    "ao": "au0",
    "e": "ɤ0",
    "ei": "ei0",
    "en": "ə0n",
    "eng": "ə0ŋ",
    "er": "ɚ0",
    "i": "i0",
    "ia": "ja0",
    "ian": "jɛ0n",
    "iang": "ja0ŋ",
    "iao": "jau0",
    "ie": "je0",
    "in": "i0n",
    "ing": "i0ŋ",
    "iong": "jʊ0ŋ",
    "iou": "jou0",
    "o": "wo0",
    "ong": "ʊ0ŋ",
    "ou": "ou0",
    "u": "u0",
    "ua": "wa0",
    "uai": "wai0",
    "uan": "wa0n",
    "uang": "wa0ŋ",
    "uei": "wei0",
    "uen": "wə0n",
    "ueng": "wə0ŋ",
    "uo": "wo0",
    "v": "y0",
    "van": "ɥɛ0n",
    "ve": "ɥe0",
    "vn": "y0n",
    "io": "jɔ0",
    "ê": "ɛ0",
    "m": "m0",
    "n": "n0",
    "ng": "ŋ0",
}


def chinese_phonemes(text: str) -> str:
    """A written Chinese line, English words allowed, in Kokoro's alphabet; empty if nothing in it can be said."""
    parts = []
    for run in _RUN.findall(speakable_chinese(text)):
        if re.match(f"[{HAN}]", run):
            parts.append(han_phonemes(run))
        else:
            parts.append(_between(run))
    return re.sub(r"\s+([.,;:!?…])", r"\1", re.sub(r"\s+", " ", " ".join(parts))).strip(" ,;:—")


def han_phonemes(han: str) -> str:
    """A run of Chinese characters, words apart by a space."""
    syllables = lazy_pinyin(han, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    if len(syllables) != len(han):
        return " ".join(_syllable(syllable) for syllable in syllables)
    sounds, at = [], 0
    for word in mmseg.seg.cut(han):
        sounds.append("".join(_syllable(syllable) for syllable in syllables[at : at + len(word)]))
        at += len(word)
    return " ".join(sounds)


def _between(run: str) -> str:
    marked = run.translate(_MARKS)
    words = english_phonemes(speakable_english(marked)) if re.search("[A-Za-z]", marked) else ""
    if words:
        tail = re.search(r"[.,;:!?…]\s*$", marked)
        return words.rstrip(".,;:!?… ") + (tail[0].strip() if tail else "")
    return "".join(re.findall(r"[.,;:!?…]", marked))[:1]


def _syllable(pinyin: str) -> str:
    tone = pinyin[-1:] if pinyin[-1:] in _TONES else "5"
    plain = pinyin.rstrip("12345")
    initial, final = to_initials(plain, strict=True), to_finals(plain, strict=True, v_to_u=False)
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        shape = "ɨ0"
    elif final == "o" and not initial and plain == "o":
        shape = "ɔ0"
    else:
        shape = _FINALS.get(final, "")
    return (_INITIALS.get(initial, "") + shape).replace("0", _TONES[tone]) if shape else ""
