"""A new film: who, what about, in which style and voice, and what that will take."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from personavlog import api
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.brief import MAX_THEME, Aspect
from personavlog.errors import BriefError, PersonaVlogError
from personavlog.languages import LANGUAGES
from personavlog.media.arrays import Pixels
from personavlog.media.picture import decode
from personavlog.studio import rendering, samples
from personavlog.studio.errors import NoSuchThingError
from personavlog.studio.form import OWN, Typed, bounds, problems, wanted
from personavlog.studio.planning import Plan, planned
from personavlog.studio.portraits import EXAMPLE, example_picture, examples, face_picture, whole_picture
from personavlog.studio.rendering import page
from personavlog.studio.studio import Server, Studio
from personavlog.studio.telling import money_span, time_span
from personavlog.studio.uploads import Upload
from personavlog.studio.words import Words

router = APIRouter(include_in_schema=False)
_KEPT = {"cache-control": "private, max-age=86400"}


async def sent(request: Request) -> AsyncIterator[FormData]:
    """The fields and files of the form."""
    async with request.form(max_files=2, max_fields=60) as fields:
        yield fields


@router.get("/new")
def new(request: Request, at: Server) -> Response:
    """The empty form."""
    return _shown(request, at, Typed(profile=next(iter(at.profiles)), language=rendering.language_of(request)))


@router.post("/new")
def start(request: Request, fields: Annotated[FormData, Depends(sent)], at: Server) -> Response:
    """Begin the film, or show the form again with what was typed and what follows from it (``do`` is then "look")."""
    typed, errors = _with_files(Typed.of(fields), fields, at)
    if fields.get("do") != "start":
        return _shown(request, at, typed, errors)
    words = Words(rendering.language_of(request))
    for name, key, values in problems(typed, _photo(at, typed.photo)):
        errors.setdefault(name, words(key, **values))
    if "cap" not in errors and _cap_is_in_vain(typed, at):
        errors["cap"] = words("new.error.prices")
    if errors:
        return _shown(request, at, typed, errors, 422)
    try:
        run = _begin(at, typed)
    except PersonaVlogError as error:
        return _shown(request, at, typed, {"": str(error)}, 422)
    return RedirectResponse(f"/films/{run}", 303)


@router.get("/new/faces/{name}.jpg")
def example_face(name: str) -> Response:
    """An example face, small."""
    if name not in examples():
        raise NoSuchThingError(f"There is no example face {name[:100]!r}.")
    return Response(example_picture(name), media_type="image/jpeg", headers=_KEPT)


@router.get("/new/photos/{upload}.jpg")
def uploaded(upload: str, at: Server) -> Response:
    """A photo that was handed over, as the film will see it."""
    found = at.uploads.find(upload, "photo")
    return Response(whole_picture(_pixels(at, found)), media_type="image/jpeg", headers=_KEPT)


@router.get("/new/photos/{upload}/faces/{number}.jpg")
def uploaded_face(upload: str, number: int, at: Server) -> Response:
    """A face of such a photo, counted from the left, 1 first."""
    found = at.uploads.find(upload, "photo")
    picture = face_picture(_pixels(at, found), max(number, 1) - 1)
    return Response(picture, media_type="image/jpeg", headers=_KEPT)


def _shown(
    request: Request, at: Studio, typed: Typed, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    profile = at.profiles.get(typed.profile, next(iter(at.profiles.values())))
    styles, speaking = api.styles(profile), _speaking(profile)
    if typed.style not in styles and styles:
        typed = replace(typed, style=next(iter(styles)))
    return page(
        request,
        "new.jinja",
        status,
        typed=typed,
        errors=errors or {},
        photo=_photo(at, typed.photo),
        faces=tuple(examples().values()),
        styles=styles,
        speaking=speaking,
        voices=[name for name, language in speaking.voices.items() if language == typed.language] if speaking else [],
        languages={
            code: LANGUAGES[code].name for code in (speaking.languages if speaking else ()) if code in LANGUAGES
        },
        profiles=tuple(at.profiles),
        plan=planned(typed, profile),
        samples=samples,
        bounds=bounds,
        aspects=tuple(aspect.value for aspect in Aspect),
        most_theme=MAX_THEME,
        money_span=money_span,
        time_span=time_span,
    )


def _with_files(typed: Typed, fields: FormData, at: Studio) -> tuple[Typed, dict[str, str]]:
    """With what came in files, and what was wrong with them."""
    errors: dict[str, str] = {}
    for name in ("file", "sample_file"):
        file = fields.get(name)
        if not isinstance(file, UploadFile) or not file.filename:
            continue
        try:
            if name == "file":
                typed = typed.with_photo(at.uploads.photo(file.file, file.filename))
            else:
                typed = replace(typed, sample=at.uploads.voice(file.file, file.filename).id)
        except PersonaVlogError as error:
            errors["photo" if name == "file" else "sample"] = str(error)
    return typed, errors


def _photo(at: Studio, upload: str) -> Upload | None:
    try:
        return at.uploads.find(upload, "photo") if upload else None
    except NoSuchThingError:
        return None


def _pixels(at: Studio, upload: Upload) -> Pixels:
    return decode(at.uploads.blobs.get(upload.media.digest), "The photo").rgb


def _speaking(profile: str) -> SoundCapabilities | None:
    """What the profile's voices are; None where that cannot be known here."""
    try:
        return api.speaking(profile)
    except PersonaVlogError:
        return None


def _cap_is_in_vain(typed: Typed, at: Studio) -> bool:
    """Whether nothing could be sent under the cap, because some price is unknown."""
    if not typed.cap or typed.unknown_prices:
        return False
    plan: Plan = planned(typed, at.profiles.get(typed.profile, ""))
    return plan.estimate is not None and bool(plan.estimate.without_price)


def _begin(at: Studio, typed: Typed) -> str:
    """Begin the film; an example face is handed over as a photo of nobody is."""
    if typed.who in (OWN, EXAMPLE):
        photo = typed.photo if typed.who == OWN else None
        return at.beginnings.begin(at, wanted(typed, photo, allowed=True), once=typed.once)
    if typed.who not in examples():
        raise BriefError(f"There is no example face {typed.who[:100]!r}.")
    with examples()[typed.who].photo.open("rb") as file:
        photo = at.uploads.photo(file, typed.who).id
    return at.beginnings.begin(at, wanted(typed, photo, allowed=True), once=typed.once)
