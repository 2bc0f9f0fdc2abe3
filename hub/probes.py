"""For machines that watch the hub: is it well, and its numbers. Nothing here names a station or a person."""

import http.client
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.alerts import store as alerts
from hub.sessions import NowDep
from hub.telemetry import store as telemetry

router = APIRouter(tags=["probes"])
FRESH = timedelta(seconds=60)
"""Ingest notes several times a minute that it listens."""
PATIENCE_S = 1.0


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
        self.open_alerts = Gauge("waystation_hub_open_alerts", "Alerts that are open", registry=self.registry)
        self.ingest_up = Gauge("waystation_hub_ingest_up", "1 while ingest shows its counters", registry=self.registry)


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
def metrics(request: Request) -> Response:
    """Prometheus: the web process's numbers, and those of ingest where it shows them."""
    numbers: Numbers = request.app.state.numbers
    ingest = ingest_page(request.app.state.settings.folder / "ports.json")
    numbers.ingest_up.set(ingest is not None)
    with Session(request.app.state.engine) as session:
        numbers.open_alerts.set(alerts.open_count(session))
    return Response(generate_latest(numbers.registry) + (ingest or b""), media_type=CONTENT_TYPE_LATEST)


def ingest_page(ports: Path) -> bytes | None:
    """What ingest shows on its loopback port. None: it does not run here, or does not answer."""
    try:
        port = int(json.loads(ports.read_text())["metrics"])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/metrics")
            answer = connection.getresponse()
            return answer.read() if answer.status == 200 else None
        finally:
            connection.close()
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return None
