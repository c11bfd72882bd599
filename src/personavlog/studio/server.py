"""The server: pages, media, events and API in one application, behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from personavlog.studio import entering, events, media, service, static_files
from personavlog.studio.access import Access
from personavlog.studio.beginning import Beginnings
from personavlog.studio.bodies import Bodies
from personavlog.studio.entering import Entrance
from personavlog.studio.guard import Guard, check_binding, is_loopback
from personavlog.studio.making import FilmQueue
from personavlog.studio.pages import activity, board, changing, film, home, new, script, shot
from personavlog.studio.pages import settings as settings_page
from personavlog.studio.refusals import handle_errors
from personavlog.studio.settings import Settings, folder, offered
from personavlog.studio.studio import Studio
from personavlog.studio.uploads import Uploads

PAGES = (changing, home, new, board, shot, script, film, activity, settings_page, media, events)
"""What people see; media and events lie under the API as well."""


def create_app(settings: Settings, access: Access | None = None) -> FastAPI:
    """The application; raises ``ConfigurationError`` where it would be open to others without a password."""
    check_binding(settings.host, settings.password)
    access = access or Access(folder(), settings.password, settings.keys)
    entrance = Entrance(access, settings.port)
    app = FastAPI(
        title="PersonaVlog", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    queue = FilmQueue(folder(), settings.runs, at_once=settings.at_once, limits=settings.limits)
    app.state.studio = Studio(
        settings.runs, queue, Uploads(folder() / "uploads"), Beginnings(folder() / "begun.json"), offered(settings)
    )
    app.state.access = access
    app.include_router(static_files.router)
    app.include_router(entering.routes(entrance))
    app.include_router(service.router)
    for page in PAGES if settings.pages else ():
        app.include_router(page.router, include_in_schema=False)
    handle_errors(app)
    app.add_middleware(Bodies)
    app.add_middleware(
        Guard, entrance=entrance, names=(settings.host, *settings.names), elsewhere=not is_loopback(settings.host)
    )
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    studio: Studio = app.state.studio
    with studio.queue.running():
        yield
