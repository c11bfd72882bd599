"""What films can be made with, and what one will about cost and take."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from personavlog import api
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.brief import Aspect
from personavlog.doctor.report import Report
from personavlog.estimate.numbers import FilmEstimate
from personavlog.frozen import Frozen
from personavlog.studio.beginning import profile_of
from personavlog.studio.studio import Server

router = APIRouter(tags=["offers"])
ProfileName = Annotated[str | None, Query(max_length=100, description="A profile of GET /profiles; none: the first")]


class Wanted(Frozen):
    """A film that somebody thinks about; the fields are those of a new one."""

    profile: str | None = None
    length: float = Field(default=30.0, allow_inf_nan=False)
    shots: int | None = None
    aspect: Aspect = Aspect.WIDE
    language: str = "en"


class Named(Frozen):
    """A style and what it looks like."""

    name: str
    text: str


@router.get("/profiles")
def profiles(server: Server) -> tuple[str, ...]:
    """The profiles that films can be made with here; the first is the usual one."""
    return tuple(server.profiles)


@router.get("/styles")
def styles(server: Server, profile: ProfileName = None) -> tuple[Named, ...]:
    """The styles that a profile knows by name; none where it takes any words."""
    known = api.styles(profile_of(server, profile))
    return tuple(Named(name=name, text=text) for name, text in known.items())


@router.get("/voices")
def voices(server: Server, profile: ProfileName = None) -> SoundCapabilities:
    """What a profile's voices speak, by name and language, and whether a sample of one's own can be used."""
    return api.speaking(profile_of(server, profile))


@router.get("/doctor")
def doctor(server: Server, profile: ProfileName = None, offline: bool = False) -> Report:
    """Whether a profile could make a film here now; ``offline``: no server is asked."""
    return api.examine(profile_of(server, profile), offline=offline)


@router.post("/plan")
def plan(wanted: Wanted, server: Server) -> FilmEstimate:
    """What a film will about cost and take; nothing is made or sent."""
    return api.plan(
        profile=profile_of(server, wanted.profile),
        length=wanted.length,
        shots=wanted.shots,
        aspect=wanted.aspect,
        language=wanted.language,
    )
