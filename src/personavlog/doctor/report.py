"""What the doctor found: checks, and what each shipped profile lacks here."""

from __future__ import annotations

from enum import StrEnum

from personavlog.frozen import Frozen


class Topic(StrEnum):
    """What a check is about, in the order in which they are told."""

    INSTALLED = "installed"
    BACKBONES = "backbones"
    KEYS = "keys"
    SERVERS = "servers"
    WEIGHTS = "weights"
    MACHINE = "machine"
    LICENCES = "licences"
    LIFETIMES = "lifetimes"


class State(StrEnum):
    """``STOP`` would stop a film of this profile; ``NOTE`` is to be known."""

    FINE = "fine"
    NOTE = "note"
    STOP = "stop"


class Check(Frozen):
    """One thing that was looked at; ``mend`` is what to type or do, where there is something to do."""

    topic: Topic
    name: str
    state: State
    text: str
    mend: str = ""


class Fit(Frozen):
    """What keeps a shipped profile from working here, as far as that shows without the network; nothing: it fits."""

    profile: str
    lacks: tuple[str, ...] = ()


class Report(Frozen):
    """Everything that was found for one profile; ``offline``: no server was asked."""

    profile: str
    offline: bool
    checks: tuple[Check, ...]
    fits: tuple[Fit, ...] = ()

    @property
    def stops(self) -> tuple[Check, ...]:
        """What would stop a film."""
        return tuple(check for check in self.checks if check.state is State.STOP)


def fine(topic: Topic, name: str, text: str) -> Check:
    """A check that is passed."""
    return Check(topic=topic, name=name, state=State.FINE, text=text)


def note(topic: Topic, name: str, text: str, mend: str = "") -> Check:
    """Something to know."""
    return Check(topic=topic, name=name, state=State.NOTE, text=text, mend=mend)


def stop(topic: Topic, name: str, text: str, mend: str = "") -> Check:
    """Something that would stop a film."""
    return Check(topic=topic, name=name, state=State.STOP, text=text, mend=mend)
