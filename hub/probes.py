"""For machines that watch the hub: is it well, and its numbers. Nothing here names a station or a person."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub import condition
from hub.alerts import store as alerts
from hub.ingest_pages import ingest_pages
from hub.metrics import PAGE_ENDING
from hub.notices import store as notices
from hub.sessions import NowDep
from hub.settings import HubSettings
from hub.telemetry import quarantine_room
from hub.telemetry import store as telemetry

router = APIRouter(tags=["probes"])
FRESH = timedelta(seconds=60)
"""Ingest notes several times a minute that it listens."""


class Health(BaseModel):
    """Whether the hub does its work. `ok` needs all of it."""

    status: Literal["ok", "degraded", "failing"]
    database: Literal["ok", "unreachable"]
    ingest: Literal["listening", "away"]
    """listening: connected to the broker and subscribed within the last minute."""
    broker: Literal["connected", "unknown"]
    """As ingest sees it; unknown while ingest is away."""
    listened_until: datetime | None
    """None: not within the last day."""


class Numbers:
    """What the web process counts. One for each application: nothing is shared between two in a process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "waystation_hub_requests", "Requests answered", ["method", "status"], registry=self.registry
        )
        self.ingest_up = Gauge(
            "waystation_hub_ingest_up", "1 while every ingest process shows its counters", registry=self.registry
        )
        self.condition = Condition(self.registry)


class Condition:
    """Gauges that the database and the disk fill when somebody asks."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, words: str, *labels: str) -> Gauge:
            return Gauge(f"waystation_hub_{name}", words, labels, registry=registry)

        self._database = gauge("database_bytes", "Size of the database")
        self._write_ahead = gauge("database_wal_bytes", "Size of SQLite's write-ahead log")
        self._free = gauge("disk_free_bytes", "Free where the hub's folder lies")
        self._listened = gauge("listened_timestamp_seconds", "Until when ingest has noted that it listens; 0: never")
        self._stations = gauge("stations", "Registered stations, by how they are heard", "heard")
        self._outdated = gauge("stations_outdated_settings", "Heard stations that lack their newest settings")
        self._quarantine = gauge("quarantine_rows", "What lies in quarantine")
        self._lost = gauge("quarantine_lost_rows", "What had to leave quarantine for want of room, ever")
        self._alerts = gauge("open_alerts", "Alerts that are open")
        self._notices = gauge("notices", "Notices that are not over, by state", "state")
        self._late = gauge("notices_late_seconds", "How long the notice due the longest has been")
        self._failing = gauge("notice_roads_failing", "Roads to people by which the last message did not arrive")

    def look(self, engine: Engine, settings: HubSettings, now: datetime) -> None:
        """Raises SQLAlchemyError where the database cannot be asked."""
        found = condition.sizes(engine, settings)
        self._database.set(found.database)
        self._write_ahead.set(found.write_ahead or 0)
        self._free.set(found.disk_free)
        with Session(engine) as session:
            until = condition.last_listened(session)
            self._listened.set(0 if until is None else until.timestamp())
            stations = condition.heardness(session, now)
            self._quarantine.set(condition.quarantined(session))
            self._lost.set(quarantine_room.lost_rows(session))
            self._alerts.set(alerts.open_count(session))
            for state, count in notices.counts(session).items():
                self._notices.labels(state).set(count)
            self._late.set(notices.late(session, now).total_seconds())
            self._failing.set(len(notices.failing(session)))
        self._outdated.set(stations.outdated)
        counts = {"lately": stations.heard, "silent": stations.silent, "never": stations.never}
        for heard, count in counts.items():
            self._stations.labels(heard).set(count)


class Counted:
    """ASGI: counts answers by method and status."""

    def __init__(self, app: ASGIApp, numbers: Numbers) -> None:
        self.app = app
        self.numbers = numbers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
                self.numbers.requests.labels(method, str(message["status"])).inc()
            await send(message)

        await self.app(scope, receive, counting if scope["type"] == "http" else send)


@router.get("/health", responses={503: {"model": Health}})
def health(request: Request, response: Response, now: NowDep) -> Health:
    """Status 503 where the database cannot be reached: then no page works either."""
    try:
        with Session(request.app.state.engine) as session:
            listened = telemetry.listened(session, now - timedelta(days=1))
    except SQLAlchemyError:
        response.status_code = 503
        return Health(status="failing", database="unreachable", ingest="away", broker="unknown", listened_until=None)
    until = max((span.until for span in listened), default=None)
    listening = until is not None and now - until <= FRESH
    return Health(
        status="ok" if listening else "degraded",
        database="ok",
        ingest="listening" if listening else "away",
        broker="connected" if listening else "unknown",
        listened_until=until,
    )


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, now: NowDep) -> Response:
    """Prometheus: the web process's numbers, and those of ingest and clock where they show them."""
    numbers: Numbers = request.app.state.numbers
    settings: HubSettings = request.app.state.settings
    ingest, all_up = ingest_pages(settings.folder)
    numbers.ingest_up.set(all_up)
    numbers.condition.look(request.app.state.engine, settings, now)
    page = generate_latest(numbers.registry) + ingest + left_pages(settings.folder)
    return Response(page, media_type=CONTENT_TYPE_LATEST)


def left_pages(folder: Path) -> bytes:
    """What processes without a port of their own left at their last round: their own times say when that was."""
    pages = []
    for path in sorted(folder.glob(f"*{PAGE_ENDING}")):
        with suppress(OSError):
            pages.append(path.read_bytes())
    return b"".join(pages)
