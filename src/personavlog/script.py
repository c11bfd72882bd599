"""What the agents write: typed, bounded, hostile until validated.

Eq. 1 gives the character (T_c) and the story (T_story), Eq. 2 the storyboards (T_board), Eq. 3 the video descriptions
(T_video), Eq. 4 the monologues (T_mono), Eq. 5 the music description (T_music).
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from personavlog.brief import CleanText
from personavlog.frozen import Frozen


class TimeOfDay(StrEnum):
    MORNING = "morning"
    NOON = "noon"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    CLEAR = "clear"
    CLOUD = "cloud"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"


class Framing(StrEnum):
    """How the person is framed in the keyframe."""

    SELFIE = "selfie"
    CLOSE_UP = "close-up"
    MEDIUM = "medium"
    OVER_SHOULDER = "over-the-shoulder"
    WIDE = "wide"


class Emotion(StrEnum):
    JOYFUL = "joyful"
    CALM = "calm"
    CURIOUS = "curious"
    TENSE = "tense"
    NOSTALGIC = "nostalgic"
    EXCITED = "excited"
    MELANCHOLIC = "melancholic"
    PROUD = "proud"


class Act(StrEnum):
    """What the person does in a shot, as something that a single picture can show; ``Board.action`` says it in words.

    A closed list, so that painters and animators need not guess a pose from prose.
    """

    STAND = "stand"
    WALK = "walk"
    RUN = "run"
    JUMP = "jump"
    CLIMB = "climb"
    CROUCH = "crouch"
    KNEEL = "kneel"
    SIT = "sit"
    LIE = "lie"
    LEAN = "lean"
    STRETCH = "stretch"
    DANCE = "dance"
    WAVE = "wave"
    CHEER = "cheer"
    LAUGH = "laugh"
    CRY = "cry"
    HUG = "hug"
    TALK = "talk"
    LISTEN = "listen"
    POINT = "point"
    LOOK = "look"
    LOOK_UP = "look up"
    SEARCH = "search"
    THINK = "think"
    PRAY = "pray"
    READ = "read"
    WRITE = "write"
    DRAW = "draw"
    PLAY = "play"
    SING = "sing"
    HOLD = "hold"
    SHOW = "show"
    GIVE = "give"
    TAKE = "take"
    REACH = "reach"
    CARRY = "carry"
    PUSH = "push"
    PULL = "pull"
    THROW = "throw"
    OPEN = "open"
    CLOSE = "close"
    COOK = "cook"
    EAT = "eat"
    DRINK = "drink"
    POUR = "pour"
    CLEAN = "clean"
    CUT = "cut"
    SEW = "sew"
    REPAIR = "repair"
    BUILD = "build"
    DIG = "dig"
    PLANT = "plant"
    WATER = "water"
    FEED = "feed"
    STROKE = "stroke"
    PHONE = "phone"
    PHOTOGRAPH = "photograph"
    RIDE = "ride"
    DRIVE = "drive"
    ROW = "row"
    SWIM = "swim"
    FLY = "fly"
    SLEEP = "sleep"
    WORK = "work"


class Camera(StrEnum):
    """Camera movement of a clip."""

    PUSH_IN = "push in"
    PULL_OUT = "pull out"
    PAN_LEFT = "pan left"
    PAN_RIGHT = "pan right"
    TILT_UP = "tilt up"
    TILT_DOWN = "tilt down"
    ORBIT = "orbit"
    HANDHELD = "hand-held"
    STATIC = "static"


class Character(Frozen):
    """T_c: who the film is about, as seen in the stylised reference."""

    appearance: CleanText = Field(
        min_length=3, max_length=400, description="What is seen: hair, clothes, accessories, apparent age group"
    )
    personality: CleanText = Field(min_length=3, max_length=300)
    voice: CleanText = Field(
        default="warm, natural",
        max_length=120,
        description="How they speak; the speech backbone chooses a voice from it",
    )


class Beat(Frozen):
    """One turn of the story."""

    role: CleanText = Field(max_length=30, description="Its function: arrival, discovery, obstacle, turn, ending, ...")
    event: CleanText = Field(min_length=3, max_length=400)
    place: CleanText = Field(
        default="", max_length=120, description="Where it happens, a noun phrase: a station platform"
    )
    time_of_day: TimeOfDay | None = None


class Story(Frozen):
    """T_story: one person's experience of the theme, in time order."""

    title: CleanText = Field(min_length=2, max_length=90)
    logline: CleanText = Field(min_length=3, max_length=300)
    beats: tuple[Beat, ...] = Field(min_length=2, max_length=24)


class StoryDraft(Frozen):
    """What the story agent writes (Eq. 1)."""

    character: Character
    story: Story


class Board(Frozen):
    """T_board^i: one shot, with the character's behaviour line."""

    place: CleanText = Field(min_length=2, max_length=120)
    time_of_day: TimeOfDay
    weather: Weather = Weather.CLEAR
    action: CleanText = Field(
        min_length=3, max_length=300, description="What the person does, third person, present tense"
    )
    framing: Framing
    emotion: Emotion
    props: tuple[CleanText, ...] = Field(
        default=(), max_length=5, description="Things that must be seen, one noun phrase each"
    )
    act: Act | None = Field(default=None, description="What the person does, as one of a closed list")
    holds: tuple[CleanText, ...] = Field(
        default=(), max_length=2, description="What is in the person's hands, one noun phrase each; also in props"
    )
    company: tuple[CleanText, ...] = Field(
        default=(), max_length=3, description="Who or which animal is seen with the person, one noun phrase each"
    )

    @property
    def text(self) -> str:
        """The board as one prompt sentence, for models and similarity measures that read text."""
        props = f" Visible: {', '.join(self.props)}." if self.props else ""
        return (
            f"{self.framing.value} shot, {self.place}, {self.time_of_day.value}, {self.weather.value} weather. "
            f"{self.action}{props} Mood: {self.emotion.value}."
        )


class VideoDescription(Frozen):
    """T_video^i: camera movement, what moves, atmosphere, cultural detail."""

    camera: Camera
    motion: CleanText = Field(
        min_length=3, max_length=300, description="What the person and the world do during the shot"
    )
    atmosphere: CleanText = Field(min_length=3, max_length=200)
    detail: CleanText = Field(default="", max_length=200, description="A cultural or local detail")

    @property
    def text(self) -> str:
        """The description as one prompt sentence."""
        return " ".join(
            part for part in (f"Camera: {self.camera.value}.", self.motion, self.atmosphere, self.detail) if part
        )


class Monologue(Frozen):
    """T_mono^i: the inner voice of one shot, first person, spoken language of the brief."""

    text: CleanText = Field(min_length=2, max_length=400)


class MusicDescription(Frozen):
    """T_music: emotions, instruments and style of the background music; ``tempo`` in beats per minute."""

    emotions: tuple[CleanText, ...] = Field(min_length=1, max_length=5)
    instruments: tuple[CleanText, ...] = Field(min_length=1, max_length=8)
    style: CleanText = Field(min_length=2, max_length=120)
    tempo: int = Field(ge=40, le=200)

    @property
    def text(self) -> str:
        """The description as one prompt sentence."""
        return f"{self.style}, {', '.join(self.emotions)}, {', '.join(self.instruments)}, {self.tempo} BPM"


class Script(Frozen):
    """The whole script; the lists have one entry per shot."""

    character: Character
    story: Story
    boards: tuple[Board, ...] = Field(min_length=1, max_length=24)
    videos: tuple[VideoDescription, ...] = Field(min_length=1, max_length=24)
    monologues: tuple[Monologue, ...] = Field(min_length=1, max_length=24)
    music: MusicDescription

    @model_validator(mode="after")
    def _one_of_each_per_shot(self) -> Script:
        counts = {"boards": len(self.boards), "videos": len(self.videos), "monologues": len(self.monologues)}
        if len(set(counts.values())) != 1:
            raise ValueError(f"every shot needs one board, one video description and one monologue; received {counts}")
        return self
