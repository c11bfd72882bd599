"""Every error the package raises on purpose.

    PersonaVlogError
    |-- BriefError              the caller: what was asked for cannot be made (bad photo, theme, style, length)
    |   `-- ConsentError      the caller: nobody said that this likeness may be used
    |-- ConfigurationError      the caller: a profile, setting or pinned file is wrong
    |   `-- MissingExtraError        the caller: an optional package is not installed; carries the install line
    |-- WeightsError            the machine or the network: a model file is absent, damaged or cannot be fetched
    |   `-- MissingWeightsError      the caller: offline and not in the cache; carries the command that gets it
    |-- BackboneError           the provider: a model was asked and did not deliver
    |   |-- RefusedError        the provider refused this input; never cached, never retried unchanged
    |   `-- InvalidReplyError          the model: its reply still does not fit after the bounded retries
    |-- MediaError              the caller: a media file cannot be read (not an image, no video stream, a bomb)
    |-- MachineError            the machine: disk full, folder not writable, memory, ffmpeg failed
    `-- RunError                the caller: no such run, shot or step, or the run is being made by another process

    Cancelled                   somebody stopped the run; what is finished is kept (no PersonaVlogError)

An error's text says who must act and what to do. Identifiers are quoted with ``!r``.
"""

from __future__ import annotations


class PersonaVlogError(Exception):
    """Base of every error raised on purpose; ``except PersonaVlogError`` catches them all."""


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


class BackboneError(PersonaVlogError):
    """A model was asked and did not deliver."""


class RefusedError(BackboneError):
    """The provider refused this input. Recorded, never cached."""


class InvalidReplyError(BackboneError):
    """A model's reply does not fit what was asked, after the bounded retries."""


class MediaError(PersonaVlogError):
    """A media file cannot be read; the text names the file and the reason."""


class MachineError(PersonaVlogError):
    """The machine is in the way: disk, folder, memory, or ffmpeg."""


class RunError(PersonaVlogError):
    """No such run, shot or step, or another process is making this run."""


class Cancelled(Exception):
    """Somebody stopped the run; everything finished is kept, ``personavlog resume`` goes on from there.

    On a branch of its own, so that nobody who catches ``PersonaVlogError`` or ``RunError`` swallows a Ctrl-C.
    """
