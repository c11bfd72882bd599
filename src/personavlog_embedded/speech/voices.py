"""The voices, and which of them fits a character."""

from __future__ import annotations

import re
from dataclasses import dataclass

from personavlog.errors import ConfigurationError
from personavlog.script import Character
from personavlog_embedded import data


@dataclass(frozen=True)
class Voice:
    """One way to speak. ``style`` is the voice file; ``raised`` how much higher (and smaller) than recorded it sounds;
    ``traits`` what it is chosen by."""

    style: str
    language: str
    traits: frozenset[str]
    raised: float = 1.0

    @property
    def british(self) -> bool:
        """Whether the words are to be pronounced the British way."""
        return self.style.startswith("b")


def _voice(style: str, language: str, traits: str, raised: float = 1.0) -> Voice:
    return Voice(style, language, frozenset(traits.split()), raised)


VOICES = {name: _voice(**row) for name, row in data.read_toml("speech_voices.toml").items()}
"""By the name a user types."""

_WORDS = {
    "whisper": "whisper whispering whispery hushed breathy",
    "deep": "deep low bass husky gravelly baritone",
    "bright": "bright high light clear cheerful bubbly playful",
    "lively": "lively energetic excited upbeat fast outgoing quick",
    "calm": "calm quiet measured slow thoughtful reserved gentle introverted",
    "soft": "soft gentle tender shy",
    "warm": "warm friendly kind natural",
    "firm": "firm confident strong bold serious commanding determined",
    "british": "british english-accent london uk scottish",
    "old": (
        "old elderly aged senior grandmother grandma grandfather grandpa grandparent grey-haired gray-haired "
        "white-haired wrinkled 老 奶奶 爷爷"
    ),
}
_GIRL = "girl schoolgirl daughter 女孩 小女孩"
_BOY = "boy schoolboy son 男孩 小男孩"
_CHILD = "child kid toddler 孩子 儿童"
_WOMAN = (
    "woman female she her lady mother mom wife sister aunt grandmother grandma actress girlfriend feminine "
    "businesswoman 女 女人 女性 她 妈妈 奶奶"
)
_MAN = (
    "man male he his him gentleman father dad husband brother uncle grandfather grandpa beard bearded moustache "
    "mustache masculine 男 男人 男性 他 爸爸 爷爷"
)


def choose(language: str, character: Character | None) -> str:
    """The name of the voice whose traits fit the character's words best; raises ``ConfigurationError`` for a language
    that no voice speaks."""
    fitting = _speaking(language)
    who, traits = _who(character), _traits(character)
    return max(fitting, key=lambda key: _fit(fitting[key], who, traits))


def named(language: str, name: str | None) -> tuple[str, Voice]:
    """The voice of a name, or the language's first; raises ``ConfigurationError`` if there is no such voice, or none
    for the language."""
    fitting = _speaking(language)
    if name is None:
        return next(iter(fitting.items()))
    if name not in fitting:
        raise ConfigurationError(f"There is no voice {name!r} for {language!r}. Voices: {', '.join(fitting)}.")
    return name, fitting[name]


def _speaking(language: str) -> dict[str, Voice]:
    fitting = {key: voice for key, voice in VOICES.items() if voice.language == language}
    if not fitting:
        raise ConfigurationError(
            f"No voice speaks {language!r}. Languages: {', '.join(sorted({v.language for v in VOICES.values()}))}."
        )
    return fitting


def _fit(voice: Voice, who: str, traits: set[str]) -> float:
    # The speaker's kind outweighs every other trait, age comes next; a trait nobody asked for (a whisper, an accent)
    # counts against the voice.
    unasked = len(voice.traits & {"whisper", "british", "old", "deep"} - traits)
    return (
        10.0 * (who in voice.traits)
        + len(voice.traits & traits)
        + 2.0 * ("old" in voice.traits & traits)
        - 0.8 * unasked
        + 0.5 * ("natural" in voice.traits)
    )


def _who(character: Character | None) -> str:
    if character is None:
        return "woman"
    for text in (f"{character.voice} {character.appearance}", character.personality):
        words = _word_set(text)
        if words & set(_GIRL.split()) and not _grown_up(text):
            return "girl"
        if words & set(_BOY.split()) and not _grown_up(text):
            return "boy"
        female, male = len(words & set(_WOMAN.split())), len(words & set(_MAN.split()))
        if words & set(_CHILD.split()) and not _grown_up(text):
            return "boy" if male > female else "girl"
        if female != male:
            return "woman" if female > male else "man"
    return "woman"


def _grown_up(text: str) -> bool:
    return (
        re.search(
            r"\b(?:woman|man|adult|mother|father|middle-aged|elderly|twenties|thirties|forties|fifties)\b", text.lower()
        )
        is not None
    )


def _traits(character: Character | None) -> set[str]:
    if character is None:
        return set()
    spoken = _word_set(f"{character.voice} {character.appearance if _is_old(character) else ''}")
    return {trait for trait, words in _WORDS.items() if spoken & set(words.split())}


def _is_old(character: Character) -> bool:
    return bool(_word_set(character.appearance) & set(_WORDS["old"].split()))


def _word_set(text: str) -> set[str]:
    latin = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()))
    han = {
        word
        for words in (_WOMAN, _MAN, _GIRL, _BOY, _CHILD, _WORDS["old"])
        for word in words.split()
        if not word.isascii() and word in text
    }
    return latin | {part for word in latin for part in word.split("-")} | han


_EMOTION_SPEED = {
    "joyful": 1.04,
    "calm": 0.97,
    "curious": 1.0,
    "tense": 1.05,
    "nostalgic": 0.93,
    "excited": 1.1,
    "melancholic": 0.9,
    "proud": 0.98,
}


def speed_of(emotion: str) -> float:
    """How fast the emotion speaks; 1 for one that is not known."""
    return _EMOTION_SPEED.get(emotion, 1.0)
