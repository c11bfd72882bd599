"""The names of a film's steps: built and read here and nowhere else. Shots count from 1.

    stylise     script     narration     narration/slots     music     sound
    cut/segment/<number>     cut/sound     cut/film
    write/<pair>      write/<pair>/<round>/draft          .../redraft          .../review
    voice/<shot>      shorten/<shot>
    keyframe/<shot>   keyframe/<shot>/paint/<attempt>   .../measure/<digest>   .../inspect/<digest>   .../instruct/<n>
    clip/<shot>       clip/<shot>/animate/<attempt>     .../measure/<digest>   .../inspect/<digest>
    judge/<work>/<digest>

The engine knows a step by its text alone (``runs.keys`` says what of it enters a key).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Part(StrEnum):
    """What a step works on."""

    STYLISE = "stylise"
    WRITE = "write"
    SCRIPT = "script"
    VOICE = "voice"
    SHORTEN = "shorten"
    NARRATION = "narration"
    KEYFRAME = "keyframe"
    CLIP = "clip"
    MUSIC = "music"
    SOUND = "sound"
    CUT = "cut"
    JUDGE = "judge"


class Work(StrEnum):
    """What a step does to its part, where a part takes several."""

    PAINT = "paint"
    ANIMATE = "animate"
    MEASURE = "measure"
    INSPECT = "inspect"
    INSTRUCT = "instruct"
    SEGMENT = "segment"
    FILM = "film"
    SLOTS = "slots"
    SOUND = "sound"


class Section(StrEnum):
    """The parts of a film as people are shown them, in its order; the value is the title."""

    PERSON = "The person in the style"
    SCRIPT = "Script"
    VOICES = "Voices"
    KEYFRAMES = "Keyframes"
    CLIPS = "Clips"
    MUSIC = "Music and mix"
    CUT = "Cut"
    JUDGE = "Checks of the judge"


class Stage(StrEnum):
    """What a step's time is spent on, in the film's order."""

    STYLISE = "stylise"
    WRITE = "write"
    NARRATE = "narrate"
    PAINT = "paint"
    ANIMATE = "animate"
    FEEDBACK = "measure and inspect"
    SCORE = "score"
    CUT = "cut"
    JUDGE = "judge"


class Until(StrEnum):
    """How far a film is made; what comes after is not begun."""

    SCRIPT = "script"
    PICTURES = "pictures"
    CLIPS = "clips"


PER_SHOT = frozenset((Part.VOICE, Part.SHORTEN, Part.KEYFRAME, Part.CLIP))
_SECTIONS = {
    Part.STYLISE: Section.PERSON,
    Part.WRITE: Section.SCRIPT,
    Part.SCRIPT: Section.SCRIPT,
    Part.VOICE: Section.VOICES,
    Part.SHORTEN: Section.VOICES,
    Part.NARRATION: Section.VOICES,
    Part.KEYFRAME: Section.KEYFRAMES,
    Part.CLIP: Section.CLIPS,
    Part.MUSIC: Section.MUSIC,
    Part.SOUND: Section.MUSIC,
    Part.CUT: Section.CUT,
    Part.JUDGE: Section.JUDGE,
}
_STAGES = {
    Part.STYLISE: Stage.STYLISE,
    Part.WRITE: Stage.WRITE,
    Part.SCRIPT: Stage.WRITE,
    Part.VOICE: Stage.NARRATE,
    Part.SHORTEN: Stage.NARRATE,
    Part.NARRATION: Stage.NARRATE,
    Part.KEYFRAME: Stage.FEEDBACK,
    Part.CLIP: Stage.FEEDBACK,
    Part.MUSIC: Stage.SCORE,
    Part.SOUND: Stage.SCORE,
    Part.CUT: Stage.CUT,
    Part.JUDGE: Stage.JUDGE,
}


@dataclass(frozen=True)
class StepName:
    """One step; ``shot`` from 1 where the part has one, ``item`` tells steps of equal work apart (attempt, digest)."""

    part: Part
    shot: int | None = None
    work: Work | None = None
    item: str = ""

    def __str__(self) -> str:
        return "/".join(
            str(piece) for piece in (self.part, self.shot, self.work, self.item or None) if piece is not None
        )

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, text: str) -> StepName | None:
        """The name that ``str`` wrote; None for what is no step of a film."""
        head, *rest = text.split("/")
        try:
            part = Part(head)
            shot = int(rest.pop(0)) if part in PER_SHOT else None
            work = Work(rest.pop(0)) if rest and part is not Part.WRITE else None
        except (ValueError, IndexError):
            return None
        return cls(part, shot, work, "/".join(rest))

    @property
    def section(self) -> Section:
        """Under which title people see it."""
        return _SECTIONS[self.part]

    @property
    def stage(self) -> Stage:
        """What its time is spent on."""
        return {Work.PAINT: Stage.PAINT, Work.ANIMATE: Stage.ANIMATE}.get(self.work or Work.FILM, _STAGES[self.part])

    @property
    def whole(self) -> StepName:
        """The part that it belongs to: "keyframe/3" of "keyframe/3/paint/1"."""
        return StepName(self.part, self.shot)

    def paint(self, attempt: int) -> StepName:
        """The drawing of a keyframe's ``attempt``, 0 first."""
        return StepName(self.part, self.shot, Work.PAINT, str(attempt))

    def animate(self, attempt: int) -> StepName:
        """The making of a clip's ``attempt``, 0 first."""
        return StepName(self.part, self.shot, Work.ANIMATE, str(attempt))

    def measure(self, digest: str) -> StepName:
        """The measuring of the picture or clip with this digest."""
        return StepName(self.part, self.shot, Work.MEASURE, digest[:8])

    def inspect(self, digest: str) -> StepName:
        """The inspection of the picture or clip with this digest."""
        return StepName(self.part, self.shot, Work.INSPECT, digest[:8])

    def instruct(self, tried: int) -> StepName:
        """The edit agent's instruction after ``tried`` that did not help."""
        return StepName(self.part, self.shot, Work.INSTRUCT, str(tried))


STYLISE = StepName(Part.STYLISE)
SCRIPT = StepName(Part.SCRIPT)
"""The step that a hand-edited script is pinned to."""
NARRATION = StepName(Part.NARRATION)
"""What is spoken, word for word."""
SLOTS = StepName(Part.NARRATION, work=Work.SLOTS)
"""How long every shot is to be."""
MUSIC = StepName(Part.MUSIC)
SOUND = StepName(Part.SOUND)
CUT = StepName(Part.CUT)
ENCODED_SOUND = StepName(Part.CUT, work=Work.SOUND)
FILM = StepName(Part.CUT, work=Work.FILM)


def write(pair: str) -> StepName:
    """What came of a writer pair's rounds."""
    return StepName(Part.WRITE, item=pair)


def draft(pair: str, number: int) -> StepName:
    """The draft of a pair's round ``number``, from 1."""
    return StepName(Part.WRITE, item=f"{pair}/{number}/draft")


def redraft(pair: str, number: int) -> StepName:
    """The draft of a pair's round ``number`` after what the checks wanted."""
    return StepName(Part.WRITE, item=f"{pair}/{number}/redraft")


def review(pair: str, number: int) -> StepName:
    """The review of a pair's round ``number``, from 1."""
    return StepName(Part.WRITE, item=f"{pair}/{number}/review")


def voice(shot: int) -> StepName:
    """A shot's spoken line."""
    return StepName(Part.VOICE, shot)


def shorten(shot: int) -> StepName:
    """A shot's line, written shorter."""
    return StepName(Part.SHORTEN, shot)


def keyframe(shot: int) -> StepName:
    """A shot's keyframe after feedback; a person's own picture is pinned to it."""
    return StepName(Part.KEYFRAME, shot)


def clip(shot: int) -> StepName:
    """A shot's clip after feedback; a person's own clip is pinned to it."""
    return StepName(Part.CLIP, shot)


def segment(number: int) -> StepName:
    """One encoded piece of the film, from 1."""
    return StepName(Part.CUT, work=Work.SEGMENT, item=str(number))


def judge(work: Work, digest: str) -> StepName:
    """What a check of the judge asks for; ``digest`` tells requests apart."""
    return StepName(Part.JUDGE, work=work, item=digest[:12])


OWN_PARTS: Mapping[str, Callable[[int], StepName]] = {"keyframe": keyframe, "clip": clip, "voice": voice}
"""The parts of a shot that a person may put in a backbone's place, and the step that it is pinned to."""
RETAKES: Mapping[str, Callable[[int], StepName]] = {
    "keyframe": lambda shot: keyframe(shot).paint(0),
    "clip": lambda shot: clip(shot).animate(0),
    "voice": voice,
}
"""The parts of a shot that another take may be asked for, and the step that makes it."""
