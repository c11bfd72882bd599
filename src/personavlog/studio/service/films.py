"""Films: what there is, and new ones."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, UploadFile

from personavlog.frozen import Frozen
from personavlog.studio import applying, showing
from personavlog.studio.beginning import NewFilm
from personavlog.studio.commands import Place
from personavlog.studio.models import ActivityView, FilmSummary, FinishedFilm, ScriptView, Shot
from personavlog.studio.service.answers import Owner
from personavlog.studio.service.changes import Stands, stands
from personavlog.studio.studio import Server
from personavlog.studio.uploads import Upload

router = APIRouter(tags=["films"])


class Deleted(Frozen):
    """What was taken away: ``files`` of the film's folder, ``blobs`` of the store, ``size`` of both in bytes."""

    run: str
    files: int
    blobs: int
    size: int


@router.post("/photos", status_code=201)
def photo(file: UploadFile, server: Server) -> Upload:
    """Hand over a photo: PNG, JPEG or WebP of at most 25 MB. It is kept for a day, without its metadata."""
    return server.uploads.photo(file.file, file.filename or "")


@router.post("/samples", status_code=201)
def sample(file: UploadFile, server: Server) -> Upload:
    """Hand over a voice sample: WAV, FLAC, Ogg or MP3 of 1 to 60 s. It is kept for a day."""
    return server.uploads.voice(file.file, file.filename or "")


@router.post("/films", status_code=201)
def begin(
    wanted: NewFilm,
    server: Server,
    owner: Owner,
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> Stands:
    """Begin a film. Two requests with one Idempotency-Key begin one."""
    run = server.beginnings.begin(server, wanted, once=idempotency_key, owner=owner)
    return stands(run, server)


@router.get("/films")
def films(server: Server) -> tuple[FilmSummary, ...]:
    """Every film, also a damaged one."""
    return showing.films(server)


@router.get("/films/{run}")
def film(run: str, server: Server) -> FinishedFilm:
    """A film with its board, and what there is of it to take away."""
    return showing.finished(server, run)


@router.get("/films/{run}/shots/{place}")
def shot(run: str, place: Annotated[Place, Path()], server: Server) -> Shot:
    """A shot with its parts, their takes and attempts, and what the judge said about them."""
    return showing.shot(server, run, place)


@router.get("/films/{run}/script")
def script(run: str, server: Server) -> ScriptView:
    """The script and how it came to be."""
    return showing.script(server, run)


@router.get("/films/{run}/activity")
def activity(run: str, server: Server) -> ActivityView:
    """What happened, what it cost, what is to come."""
    return showing.activity(server, run)


@router.delete("/films/{run}")
def delete(run: str, server: Server) -> Deleted:
    """Delete a film: its photo and voice sample first, then everything else that only it uses."""
    removed = applying.delete(server, run)
    return Deleted(run=removed.run, files=removed.files, blobs=removed.blobs, size=removed.size)
