"""Settings: how the pages look, what this machine has, who makes films and with which keys."""

from __future__ import annotations

import datetime
import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from personavlog import weights
from personavlog.brief import Consent
from personavlog.cut.assemble import LABEL
from personavlog.doctor.files import wanted
from personavlog.studio import checkup, setup
from personavlog.studio.rendering import LANGUAGE_COOKIE, SHORTCUTS_COOKIE, THEME_COOKIE, THEMES, page
from personavlog.studio.studio import Server
from personavlog.studio.telling import moment
from personavlog.studio.words import LANGUAGES

router = APIRouter(prefix="/settings", include_in_schema=False)
_YEAR = 365 * 86400
_PAGE = re.compile(r"/(?!/)[A-Za-z0-9/._~-]*")
"""A page of ours: never the address of another server."""


@router.get("")
def settings(request: Request, at: Server, profile: str = "") -> Response:
    """Everything about one profile, the first where none is named, and what all share."""
    known = setup.loaded(at.profiles)
    name = profile if profile in known else next(iter(known))
    return page(
        request,
        "settings.jinja",
        profile=name,
        profiles=tuple(known),
        choices=setup.choices(known[name]),
        keys=setup.keys(known.values()),
        files=wanted(known[name]),
        offline=weights.is_offline(),
        endings=setup.endings(known.values(), datetime.datetime.now(datetime.UTC).date()),
        known=checkup.checkup(at.profiles[name]),
        moment=moment,
        label=LABEL,
        consent=Consent.model_fields["statement"].default,
    )


@router.post("/looks")
def looks(
    back: Annotated[str, Form()] = "/",
    theme: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    shortcuts: Annotated[str, Form()] = "",
) -> Response:
    """Keep how the pages look, or whether single letters are keys, in cookies of this browser."""
    answer = RedirectResponse(back if _PAGE.fullmatch(back) else "/", 303)
    chosen = (
        (THEME_COOKIE, theme, THEMES),
        (LANGUAGE_COOKIE, language, LANGUAGES),
        (SHORTCUTS_COOKIE, shortcuts, ("on", "off")),
    )
    for cookie, value, fitting in chosen:
        if value in fitting:
            answer.set_cookie(cookie, value, max_age=_YEAR, samesite="strict", httponly=True)
    return answer


@router.post("/doctor")
def doctor(at: Server, profile: Annotated[str, Form()] = "", servers: Annotated[str, Form()] = "") -> RedirectResponse:
    """Look again whether a profile could make a film now; ``servers``: ask also those that it names."""
    name = profile if profile in at.profiles else next(iter(at.profiles))
    checkup.look(at.profiles[name], servers=bool(servers))
    return RedirectResponse(f"/settings?{urlencode({'profile': name})}#doctor", 303)
