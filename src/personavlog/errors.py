"""Every error the package raises on purpose.

    PersonaVlogError
    |-- BriefError              the caller: what was asked for cannot be made (bad photo, theme, style, length)
    |   `-- ConsentError        the caller: nobody said that this likeness may be used
    |-- ConfigurationError      the caller: a profile, setting or pinned file is wrong
    |   `-- MissingExtraError   the caller: an optional package is not installed; carries the install line
    |-- CostLimitError          the caller: the next call could cost more than the cap leaves; nothing was sent
    |-- WeightsError            the machine or the network: a model file is absent, damaged or cannot be fetched
    |   `-- MissingWeightsError the caller: offline and not in the cache; carries the command that gets it
    |-- BackboneError           the provider: a model was asked and did not deliver
    |   |-- RefusedError        the provider refused this input; never cached, never retried unchanged
    |   |-- InvalidReplyError   the model: its reply still does not fit after the bounded retries
    |   |-- RateLimitedError    the provider: too many requests; carries how long to wait
    |   |-- UnavailableError    the provider or the network: not reachable, overloaded, broken inside
    |   |-- TimedOutError       the provider: no answer within the limit
    |   |-- OutOfMemoryError    the machine or the provider: the model does not fit into its memory
    |   `-- BadMediaError       the provider: what came is damaged, or is not what was asked for
    |-- ShotsFailedError        the provider: some shots could not be made; the others are, and are kept
    |-- MediaError              the caller: a media file cannot be read (not an image, no video stream, a bomb)
    |-- MachineError            the machine: disk full, folder not writable, memory, ffmpeg failed
    `-- RunError                the caller: no such run, shot or step, or the run is being made by another process
        `-- ChangedElsewhereError the caller: somebody changed the run since it was looked at; nothing was changed

    Cancelled                   somebody stopped the run; what is finished is kept (no PersonaVlogError)

An error's text says who must act and what to do. Identifiers are quoted with ``!r``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from personavlog.redaction import without_keys


class PersonaVlogError(Exception):
    """Base of every error raised on purpose; ``except PersonaVlogError`` catches them all. Its text never holds a
    key."""

    def __init__(self, message: str = "") -> None:
        super().__init__(without_keys(message))


class BriefError(PersonaVlogError):
    """What was asked for cannot be made; the text names the field, what was received and what fits."""


class ConsentError(BriefError):
    """A real person's likeness needs the user's statement that they may use it."""


class ConfigurationError(PersonaVlogError):
    """A profile, setting or hand-edited file is wrong; the text names it and what fits."""


class MissingExtraError(ConfigurationError):
    """An optional package is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional package. Install it with: pip install 'personavlog[{extra}]'")
        self.extra = extra


class WeightsError(PersonaVlogError):
    """A model file is damaged or could not be fetched; the text says which and why."""


class MissingWeightsError(WeightsError):
    """A model file is not in the cache and must not or cannot be fetched now."""


class CostLimitError(PersonaVlogError):
    """The next call's high estimate does not fit under the cap, or its price is unknown; nothing was sent."""


class BackboneError(PersonaVlogError):
    """A model was asked and did not deliver.

    ``provider`` is the backbone's name, ``status`` an HTTP status where one came, ``retry_after`` how many seconds the
    provider asks to be left alone, ``refused`` which input it did not take ("theme", "photo", "story", "board",
    "keyframe", "clip"; "" unknown).
    """

    def __init__(
        self,
        message: str,
        *,
        provider: str = "",
        status: int | None = None,
        retry_after: float | None = None,
        refused: str = "",
    ) -> None:
        super().__init__(message)
        self.provider, self.status, self.retry_after, self.refused = provider, status, retry_after, refused


class RefusedError(BackboneError):
    """The provider refused this input. Recorded, never cached."""


class InvalidReplyError(BackboneError):
    """A model's reply does not fit what was asked, after the bounded retries."""


class RateLimitedError(BackboneError):
    """Too many requests; ``retry_after`` says how long to wait where the provider did."""


class UnavailableError(BackboneError):
    """The provider cannot be reached, is overloaded or broke inside; another try may succeed."""


class TimedOutError(BackboneError):
    """No answer came within the limit; another try may succeed."""


class OutOfMemoryError(BackboneError):
    """The model does not fit into the memory that there is."""


class BadMediaError(BackboneError):
    """What came does not decode, or is not what was asked for (size, length, first frame)."""


class ShotsFailedError(PersonaVlogError):
    """Some shots could not be made; ``shots`` maps their numbers, from 1, to what went wrong. The others are kept."""

    def __init__(self, message: str, shots: Mapping[int, PersonaVlogError]) -> None:
        super().__init__(message)
        self.shots = dict(shots)


class MediaError(PersonaVlogError):
    """A media file cannot be read; the text names the file and the reason."""


class MachineError(PersonaVlogError):
    """The machine is in the way: disk, folder, memory, or ffmpeg."""


class RunError(PersonaVlogError):
    """No such run, shot or step, or another process is making this run."""


class ChangedElsewhereError(RunError):
    """Somebody changed the run since it was looked at; look at it again and then decide. Nothing was changed."""


class Cancelled(Exception):
    """Somebody stopped the run; everything finished is kept, ``personavlog resume`` goes on from there.

    On a branch of its own, so that nobody who catches ``PersonaVlogError`` or ``RunError`` swallows a Ctrl-C.
    """


def with_profile(errors: Iterable[BaseException]) -> str:
    """What to add to a sentence that names ``resume``: another profile is of use where one of ``errors`` may come from
    a wrong one, and of none where an input was refused."""
    kinds = (BackboneError, ConfigurationError)
    if any(isinstance(error, kinds) and not isinstance(error, RefusedError) for error in errors):
        return " (with --profile FILE after correcting a profile)"
    return ""


_NO_MEMORY = ("bad_alloc", "bad allocation", "failed to allocate", "out of memory", "insufficient memory")


def ran_out_of_memory(error: BaseException) -> bool:
    """Whether an error, of whatever library, says that memory ran out: ONNX Runtime and OpenCV have no class of their
    own for it."""
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in _NO_MEMORY)
