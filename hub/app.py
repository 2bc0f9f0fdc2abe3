"""The web application: every concept's routes, behind one guard, with one way to refuse."""

from collections.abc import Callable
from datetime import datetime
from threading import Event

import structlog
from fastapi import APIRouter, FastAPI
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from hub import probes, refusals
from hub.accounts import routes as accounts
from hub.alerts import routes as alerts
from hub.database import engine_for
from hub.exports import inspection_routes as inspection_files
from hub.exports import list_routes as list_files
from hub.exports import summary_routes as summaries
from hub.findings import reinspection_routes as reinspections
from hub.findings import routes as findings
from hub.findings import step_routes as finding_steps
from hub.findings.after_submit import make_findings
from hub.findings.reading import beside_form
from hub.health import routes as health
from hub.inspections import routes as inspections
from hub.overview import routes as overview
from hub.pages import FOLDER
from hub.photos import routes as photos
from hub.questions import routes as questions
from hub.security import Protected
from hub.settings import HubSettings
from hub.signed_in import GUARDS
from hub.streams import Pace
from shared.moment import system_clock

log = structlog.get_logger(__name__)
LARGEST_BODY = 1024 * 1024
ROUTERS: tuple[APIRouter, ...] = (
    accounts.router,
    overview.router,
    health.router,
    alerts.router,
    questions.router,
    inspections.router,
    findings.router,
    finding_steps.router,
    reinspections.router,
    inspection_files.router,
    list_files.router,
    summaries.router,
    photos.router,
)


class KeptFiles(StaticFiles):
    """Static files: their address changes with their content, so browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; what is not there is refused and not kept."""
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(settings: HubSettings, now: Callable[[], datetime] | None = None) -> FastAPI:
    """The application over the settings' database. `now` is the hub's time; without it this machine's clock."""
    app = FastAPI(
        title="Waystation", version="1", docs_url=None, redoc_url=None, max_body_size=LARGEST_BODY,
        responses={"default": {"model": refusals.Refusal}},
    )  # fmt: skip
    app.state.settings = settings
    app.state.engine = engine_for(settings.url)
    clock = system_clock()
    app.state.now = now or (lambda: clock().at)
    app.state.pace = Pace()
    app.state.closing = Event()
    app.state.numbers = probes.Numbers()
    app.state.open_findings = beside_form
    app.state.after_submit = make_findings
    app.add_middleware(probes.Counted, numbers=app.state.numbers)
    app.add_middleware(Protected)
    refusals.install(app)
    for router in ROUTERS:
        app.include_router(router, dependencies=list(GUARDS))
    app.include_router(probes.router)
    app.mount("/static", KeptFiles(directory=FOLDER / "static"), name="static")

    @app.get("/", include_in_schema=False)
    def front() -> Response:
        return RedirectResponse("/stations", status_code=303)

    return app
