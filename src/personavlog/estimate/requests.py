"""The requests of a film before there is a script: as a typical board, line and length would ask them, made legal for
the backbone."""

from __future__ import annotations

from itertools import cycle, islice

from personavlog.agents.mono import max_words
from personavlog.backbones.capabilities import ImageCapabilities, SoundCapabilities, VideoCapabilities
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.legal import legal_animate, legal_edit
from personavlog.backbones.roles import AnimateRequest, EditRequest, Keyframe, MusicRequest, SpeechRequest
from personavlog.brief import Brief
from personavlog.media import Image
from personavlog.profiles import Profile
from personavlog.script import (
    Board,
    Camera,
    Emotion,
    Framing,
    MusicDescription,
    TimeOfDay,
    VideoDescription,
)
from personavlog.sound.slots import LEAD_IN, Slot

PICTURE = Image(digest="0" * 64, size=1_500_000, width=1024, height=1024)
"""Stands for pictures that are not made yet; nobody reads it."""
BOARD = Board(
    place="a wooden pier by the sea",
    time_of_day=TimeOfDay.DUSK,
    action="Sits down at the end of the pier, opens a paper bag and looks out at the boats coming home.",
    framing=Framing.MEDIUM,
    emotion=Emotion.CALM,
    props=("paper bag", "boats"),
)
DESCRIPTION = VideoDescription(
    camera=Camera.PUSH_IN,
    motion="The hair and the bag move in the wind, the boats drift slowly to the left, a look over the shoulder.",
    atmosphere="Low golden light, salt air, gulls far away",
    detail="Nets drying on the railing",
)
MUSIC = MusicDescription(emotions=("calm", "hopeful"), instruments=("piano", "strings"), style="ambient", tempo=80)
CORRECTION = Remedy(
    correction=Correction.WORDS,
    thing="Draw the left hand with five fingers around the paper bag, and keep everything else as it is.",
)
WORDS = "and then I stayed for another hour because nobody was waiting for me and the light would not leave"
CHARACTERS = "然后我又待了一个小时因为没有人等我光也不肯走"


def stylised(brief: Brief, profile: Profile, can: ImageCapabilities) -> EditRequest:
    """The picture of the person in the style."""
    width, height = profile.film_size(brief.aspect)
    wanted = EditRequest(
        purpose="stylise", reference=brief.photo, style=brief.style, width=width, height=height, face=brief.face
    )
    return legal_edit(wanted, can).request


def keyframe(brief: Brief, profile: Profile, can: ImageCapabilities, *, corrected: bool = False) -> EditRequest:
    """A shot's picture, or its correction."""
    width, height = profile.film_size(brief.aspect)
    wanted = EditRequest(
        purpose="keyframe",
        reference=PICTURE,
        photo=brief.photo,
        face=brief.face,
        style=brief.style,
        width=width,
        height=height,
        board=BOARD,
        corrections=(CORRECTION,) if corrected else (),
        previous=Keyframe(image=PICTURE) if corrected else None,
    )
    return legal_edit(wanted, can).request


def clip(brief: Brief, profile: Profile, can: VideoCapabilities) -> AnimateRequest:
    """A shot's clip, of the length that equal shots would have."""
    width, height = profile.film_size(brief.aspect)
    wanted = AnimateRequest(
        keyframe=Keyframe(image=PICTURE.model_copy(update={"width": width, "height": height})),
        description=DESCRIPTION,
        board=BOARD,
        style=brief.style,
        width=width,
        height=height,
        duration=min(_shot(brief, profile, can), 60.0),
        fps=can.fps,
    )
    return legal_animate(wanted, can).request


def line(brief: Brief, profile: Profile, video: VideoCapabilities, can: SoundCapabilities) -> SpeechRequest:
    """A shot's line, as long as its shot allows."""
    fade = profile.crossfade / video.fps
    room = Slot(_shot(brief, profile, video), max(LEAD_IN, fade), fade).room
    most = max_words(room, brief.language)
    text = (
        "".join(islice(cycle(CHARACTERS), most))
        if brief.language == "zh"
        else " ".join(islice(cycle(WORDS.split()), most))
    )
    cloned = can.clones and brief.voice_sample is not None
    return SpeechRequest(
        text=text[:600],
        language=brief.language,
        voice=brief.voice,
        sample=brief.voice_sample,
        transcript=brief.voice_transcript if cloned else None,
    )


def music(brief: Brief) -> MusicRequest:
    """Music for the whole film."""
    return MusicRequest(description=MUSIC, duration=brief.length)


def _shot(brief: Brief, profile: Profile, can: VideoCapabilities) -> float:
    """Seconds of each of the brief's shots, were they equal."""
    fade = profile.crossfade / can.fps
    shortest, longest = can.durations.bounds
    return min(max((brief.length + (brief.shots - 1) * fade) / brief.shots, shortest), longest)
