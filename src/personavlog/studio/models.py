"""What the studio shows and the API answers: one model for both. Shots are named by their place in the film, from 1."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from personavlog.export.target import Target
from personavlog.frozen import Frozen
from personavlog.script import Board, Monologue, VideoDescription

PartName = Literal["keyframe", "clip", "voice"]


class CardState(StrEnum):
    """The state of a shot, or of one of its parts; the value is the key of its word, and the class of its mark."""

    PLANNED = "planned"
    PAINTING = "painting"
    ANIMATING = "animating"
    SPEAKING = "speaking"
    JUDGED = "judged"
    """Being measured or inspected now."""
    KEPT = "kept"
    CORRECTED = "corrected"
    ROLLED_BACK = "rolled-back"
    """A correction was made and rolled back; what stood before stands."""
    BELOW_FLOOR = "below-floor"
    STALE = "stale"
    PINNED = "pinned"
    """A person's own file, or an attempt that a person chose."""
    FAILED = "failed"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """How a film stands."""

    NOT_BEGUN = "not-begun"
    WAITING = "waiting"
    """It is in the queue of this studio."""
    MAKING = "making"
    DRAFT = "draft"
    """Made up to a point that was asked for."""
    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"
    DAMAGED = "damaged"


class NextStep(StrEnum):
    """What a shot, or a film, needs next: one button each. The value is the key of its words."""

    MAKE = "make"
    RETRY = "retry"
    LOOK = "look"
    """Something was found or rolled back that a person may want to decide otherwise."""
    REMAKE = "remake"
    NOTHING = "nothing"


class Media(Frozen):
    """A stored file, served at ``/media/{digest}``; ``kind`` says how it plays, ``width`` and ``height`` in px (0: no
    picture), ``seconds`` 0 for a picture, ``fps`` frames per second (0: not known)."""

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    kind: Literal["image", "video", "audio"]
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    fps: float = 0.0


class FilmSummary(Frozen):
    """A film in a list; ``changed_at`` seconds since 1970, ``message`` says what is wrong with a damaged one."""

    run: str
    title: str
    theme: str = ""
    style: str = ""
    outcome: Outcome
    message: str = ""
    poster: Media | None = None
    shots: int = 0
    changed_at: float = 0.0
    example: bool = False


class StageState(Frozen):
    """One stage of the rail: ``done`` of ``steps`` finished, ``seconds`` spent, ``left`` seconds to come (None: nobody
    knows)."""

    stage: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int = 0
    steps: int = 0
    seconds: float = 0.0
    left: float | None = None


class Measure(Frozen):
    """One measure before and after a correction, or of a single attempt (``before`` None). ``winner`` is "before",
    "after" or "" where neither is ahead by more than ``tolerance``."""

    name: str
    before: float | None = None
    after: float | None = None
    tolerance: float | None = None
    floor: float | None = None
    winner: Literal["before", "after", ""] = ""


class Attempt(Frozen):
    """One attempt of FRM at a keyframe or clip. ``found`` are the judge's words about it, ``asked`` what it was asked
    to mend in ``against``, ``reason`` why it was kept or rolled back."""

    number: int = Field(ge=0)
    media: Media | None = None
    stands: bool = False
    verdict: Literal["first", "kept", "rolled-back", "failed"]
    found: tuple[str, ...] = ()
    asked: str = ""
    against: int | None = None
    rule: str = ""
    reason: str = ""
    measures: tuple[Measure, ...] = ()


class Take(Frozen):
    """One take of a part; several attempts where FRM corrected it. ``at`` seconds since 1970."""

    number: int = Field(ge=0)
    stands: bool = False
    media: Media | None = None
    at: float = 0.0
    attempts: tuple[Attempt, ...] = ()


class Part(Frozen):
    """A keyframe, clip or voice of a shot: its takes oldest first, ``own`` where a person put a file there or chose an
    attempt, ``own_file`` where it is a file. ``work`` is the seconds that making it takes, as in this film, and
    ``price`` the least and the most in US dollars (None: nobody knows)."""

    name: PartName
    state: CardState
    message: str = ""
    media: Media | None = None
    own: bool = False
    own_file: bool = False
    work: float | None = None
    price: tuple[float, float] | None = None
    takes: tuple[Take, ...] = ()


class Card(Frozen):
    """A shot on the board. ``identity`` is the keyframe's likeness to the photo (cosine) and ``floor`` the least that
    passes; ``share`` of the running step, 0 to 1."""

    place: int = Field(ge=1)
    number: int = Field(ge=1)
    where: str
    line: str
    framing: str = ""
    action: str = ""
    seconds: float = 0.0
    poster: Media | None = None
    clip: Media | None = None
    state: CardState
    message: str = ""
    share: float | None = None
    identity: float | None = None
    floor: float | None = None
    next: NextStep = NextStep.NOTHING


class Shot(Card):
    """A shot with everything that is known of it; ``notes`` say what is to be known of it."""

    board: Board
    video: VideoDescription
    monologue: Monologue
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()


class FilmView(FilmSummary):
    """A film with its board. ``revision`` changes with everything that a person decides about it and is sent with every
    change; ``event`` is the id of the last event in this view; ``pending`` says what was changed since the film was
    made and what making it again takes."""

    revision: str
    event: int = 0
    language: str = "en"
    aspect: str = "16:9"
    profile: str = ""
    logline: str = ""
    photo: Media | None = None
    person: Media | None = None
    film: Media | None = None
    has_script: bool = False
    seconds: float = 0.0
    cost: str = ""
    stages: tuple[StageState, ...] = ()
    cards: tuple[Card, ...] = ()
    notes: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    next: NextStep = NextStep.NOTHING
    undoable: str = ""
    """What the last change was, in words; empty where there is none to take back."""


class Chapter(Frozen):
    """A shot in the finished film, times in seconds of the film; ``place`` is where it stands on the board now, 0 where
    it was taken out since, ``spoken`` when its line begins and ends."""

    place: int = Field(ge=0)
    title: str
    line: str
    start: float
    end: float
    spoken: tuple[float, float] | None = None
    poster: Media | None = None


class LicenceView(Frozen):
    """Under which licence a role's backbone gave what is in the film."""

    role: str
    backbone: str
    licence: str
    limits: str = ""


class ExportView(Frozen):
    """A form for other programs (``personavlog export``): ``path`` is what to open on the server's machine, "" where
    the film was not exported so yet."""

    target: Target
    path: str = ""


class FinishedFilm(FilmView):
    """A film to watch and take away. ``files`` are the names of what there is of it (as ``/files/{name}`` serves it),
    ``statement`` and ``stated_at`` (ISO 8601) the consent to the photo's use."""

    chapters: tuple[Chapter, ...] = ()
    files: tuple[str, ...] = ()
    exports: tuple[ExportView, ...] = ()
    licences: tuple[LicenceView, ...] = ()
    statement: str = ""
    stated_at: str = ""
    sound: str = ""
    """Loudness and true peak, as measured."""


class Criterion(Frozen):
    """A reviewer's mark: ``value`` as the rubric gives it, ``reason`` in words."""

    criterion: str
    value: float
    reason: str = ""


class Round(Frozen):
    """One round of a pair: what the generator wrote (``draft``: title and text of each piece), what the reviewer
    said."""

    number: int
    verdict: Literal["approved", "sent-back", "not-reviewed"]
    draft: tuple[tuple[str, str], ...] = ()
    scores: tuple[Criterion, ...] = ()
    changes: tuple[str, ...] = ()


class Pair(Frozen):
    """A generator/reviewer pair and its rounds, oldest first."""

    name: str
    title: str
    rounds: tuple[Round, ...]


class ScriptView(Frozen):
    """The script as it stands and how it came to be; ``own`` where a person changed it."""

    title: str
    logline: str
    own: bool
    shots: tuple[Shot, ...]
    pairs: tuple[Pair, ...]


class Call(Frozen):
    """One booked call, money in US dollars (None: unknown)."""

    step: str
    provider: str
    model: str
    outcome: str
    low: float | None
    high: float | None
    money: float | None
    message: str
    at: float


class Occurrence(Frozen):
    """One line of a film's log; ``text`` in words, ``place`` the shot it is about (0: none)."""

    id: int
    at: float
    kind: str
    text: str
    place: int = 0


class Recipient(Frozen):
    """Who was sent the photo or the voice sample, and for what; nobody but this machine where there is none."""

    provider: str
    role: str
    calls: int


class ActivityView(Frozen):
    """What happened, newest first, what it cost and what is still to come."""

    log: tuple[Occurrence, ...]
    calls: tuple[Call, ...]
    paid: float
    reserved: float
    unknown: int
    cap: float | None
    cost: str
    left_seconds: float | None
    recipients: tuple[Recipient, ...] = ()
