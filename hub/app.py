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
from hub.administration import routes as administration
from hub.alerts import numbers_routes as alert_numbers
from hub.alerts import routes as alerts
from hub.alerts import work_routes as alert_work
from hub.alerts.page import Look
from hub.complaints import public_routes as complain
from hub.complaints import routes as complaints
from hub.complaints import send_routes as complaint_files
from hub.complaints import step_routes as complaint_steps
from hub.database import engine_for
from hub.duty import routes as duty
from hub.exports import inspection_routes as inspection_files
from hub.exports import list_routes as list_files
from hub.exports import summary_routes as summaries
from hub.findings import reinspection_routes as reinspections
from hub.findings import routes as findings
from hub.findings import step_routes as finding_steps
from hub.findings.after_submit import make_findings
from hub.findings.photo_sight import sees_photo
from hub.findings.reading import beside_form
from hub.health import routes as health
from hub.inspections import routes as inspections
from hub.maintenance import routes as maintenance
from hub.map import leaflet
from hub.map import routes as map_
from hub.notices import routes as notices
from hub.offline import routes as offline
from hub.offline import second_routes, shell
from hub.overview import routes as overview
from hub.pages import FOLDER
from hub.phone import attendant_routes
from hub.phone import routes as phone
from hub.phone.any_case import AnyCase
from hub.phone.bounds import Recent
from hub.photos import routes as photos
from hub.poster import routes as poster
from hub.public import routes as public
from hub.questions import routes as questions
from hub.register import routes as register
from hub.security import Protected
from hub.settings import HubSettings
from hub.shelf import Shelf
from hub.signed_in import GUARDS, OPEN_GUARDS
from hub.stations.block import Door
from hub.streams import Pace
from hub.visits import routes as visits
from hub.visits import said_routes as visits_said
from shared.moment import system_clock

log = structlog.get_logger(__name__)
LARGEST_BODY = 1024 * 1024
MOST_PUBLIC_LOOKS = 200
"""In a second, at all stations together: strangers may not take the database from those who work with it."""
ROUTERS: tuple[APIRouter, ...] = (
    accounts.router,
    overview.router,
    health.router,
    alert_numbers.router,
    alerts.router,
    alert_work.router,
    maintenance.router,
    questions.router,
    # Before the inspections, whose addresses have a number where these have a word.
    shell.router,
    offline.router,
    second_routes.router,
    inspections.router,
    findings.router,
    finding_steps.router,
    reinspections.router,
    inspection_files.router,
    list_files.router,
    summaries.router,
    complain.router,
    complaints.router,
    complaint_steps.router,
    complaint_files.router,
    photos.router,
    administration.router,
    public.router,
    poster.router,
    map_.router,
    register.router,
    duty.router,
    notices.router,
    attendant_routes.router,
    visits.router,
    visits_said.router,
)
OPEN_ROUTERS: tuple[APIRouter, ...] = (phone.router,)
"""Their forms are for everybody, and carry a token of their own."""


class KeptFiles(StaticFiles):
    """Static files: their address changes with their content, so browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; what is not there is refused and not kept."""
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(
    settings: HubSettings, now: Callable[[], datetime] | None = None, door: Door | None = None, live: Look | None = None
) -> FastAPI:  # fmt: skip
    """The application over the settings' database. `now` is the hub's time; without it this machine's clock.

    `door` is where stations come in; without it none is given a secret here. `live` looks at what a station says is so
    right now; without it pages show the newest quarter-hour.
    """
    app = FastAPI(
        title="Waystation", version="1", docs_url=None, redoc_url=None, max_body_size=LARGEST_BODY,
        responses={"default": {"model": refusals.Refusal}},
    )  # fmt: skip
    app.state.settings = settings
    app.state.engine = engine_for(settings.url)
    clock = system_clock()
    app.state.now = now or (lambda: clock().at)
    app.state.door = door
    app.state.live = live
    app.state.pace = Pace()
    app.state.closing = Event()
    app.state.shelf = Shelf()
    app.state.public_shelf = Shelf(most=MOST_PUBLIC_LOOKS)
    app.state.recent = Recent()
    app.state.numbers = probes.Numbers()
    app.state.open_findings = beside_form
    app.state.after_submit = make_findings
    app.state.sees_photo = sees_photo
    app.state.beside_form = second_routes.beside_form
    app.add_middleware(probes.Counted, numbers=app.state.numbers)
    app.add_middleware(Protected)
    app.add_middleware(AnyCase)
    refusals.install(app)
    for router in ROUTERS:
        app.include_router(router, dependencies=list(GUARDS))
    for router in OPEN_ROUTERS:
        app.include_router(router, dependencies=list(OPEN_GUARDS))
    app.include_router(probes.router)
    app.mount("/static/leaflet", KeptFiles(directory=leaflet.FOLDER), name="leaflet")
    app.mount("/static", KeptFiles(directory=FOLDER / "static"), name="static")

    @app.get("/", include_in_schema=False)
    def front() -> Response:
        return RedirectResponse("/stations", status_code=303)

    return app
