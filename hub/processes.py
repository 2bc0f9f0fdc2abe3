"""The hub's processes: what each is made of. `__main__` gives them the clock and a way to be stopped."""

import gc
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from threading import Event

import structlog
import uvicorn

from hub import broker, clock, keeping, metrics
from hub.brokers import broker_address, door
from hub.database import check_schema, engine_for
from hub.glance import Glances
from hub.home_assistant.publishing import Publisher
from hub.ingest import ingest
from hub.keys import hub_keys
from hub.lanes import Lanes
from hub.listening import Listener
from hub.mqtt import Connection
from hub.ports import Ports, chosen_ports
from hub.server import Server
from hub.settings import HubSettings
from hub.supervisor import Program
from shared import topics

Now = Callable[[], datetime]
_log = structlog.get_logger("hub")


class LoopDied(Exception):
    """The network loop ended by itself: the process ends too, and the supervisor starts it again."""


def programs(settings: HubSettings, ports: Ports) -> list[Program]:
    """What the supervisor runs, in the order of starting."""
    environment = {
        "WAYSTATION_HUB_WEB_PORT": str(ports.web),
        "WAYSTATION_HUB_MQTT_PORT": str(ports.mqtt or settings.mqtt_port),
        "WAYSTATION_HUB_METRICS_PORT": str(ports.metrics),
    }

    def own(name: str) -> Program:
        return Program(name, [sys.executable, "-m", "hub", name, "--folder", str(settings.folder)], environment)

    found = [*ingests(settings, environment), own("clock"), own("notices"), own("keep"), own("web")]
    return found if settings.mqtt_url else [Program("broker", broker.command(settings.folder)), *found]


def ingests(settings: HubSettings, environment: Mapping[str, str]) -> list[Program]:
    """`ingest`, `ingest-2`, …: they share the stations' messages, and none knows anything the others do not."""
    return [
        Program(
            "ingest" if number == 1 else f"ingest-{number}",
            [sys.executable, "-m", "hub", "ingest", "--number", str(number), "--folder", str(settings.folder)],
            environment,
        )
        for number in range(1, settings.ingest_processes + 1)
    ]


def run_ingest(settings: HubSettings, number: int, now: Now, stopped: Event) -> None:
    """Take in what stations say. Raises LoopDied, and what the database raises when it stays away.

    `number`: which of the ingest processes this is, from 1.
    """
    engine = engine_for(settings.url)
    check_schema(engine)
    metrics.serve(chosen_ports(settings).every_metrics[number - 1])
    listener = Listener(engine)
    shared = topics.SHARED if settings.ingest_processes > 1 else ""
    line = Lanes(broker_address(settings), f"hub-ingest-{secrets.token_hex(8)}", now, shared)
    line.start()
    rest_the_collector()

    def go_on() -> bool:
        if not line.alive:
            raise LoopDied("the MQTT loop ended")
        listener.note(line.connection, now())
        return not stopped.is_set()

    try:
        ingest(line, engine, now, go_on)
    finally:
        line.stop()
        engine.dispose()


def rest_the_collector() -> None:
    """What is made here is freed as soon as nobody names it: looking for circles took ingest two fifths of its time,
    and a page a tenth of a second now and then, to walk over what the libraries will hold for ever.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def run_clock(settings: HubSettings, now: Now, stopped: Event) -> None:
    """Do what time brings. Raises LoopDied."""
    engine = engine_for(settings.url)
    check_schema(engine)
    connected = Event()
    holder = secrets.token_hex(8)
    line = Connection(broker_address(settings), f"hub-clock-{holder}", now, on_up=connected.set)
    shown = Publisher(settings, engine, line.keep)
    rounds = clock.Rounds(public_url=settings.public_url)
    line.start()
    try:
        while not stopped.is_set():
            if not line.alive:
                raise LoopDied("the MQTT loop ended")
            if line.listening:
                everything = connected.is_set()
                connected.clear()
                began = time.monotonic()
                if clock.tick(engine, holder, line.keep, everything, now(), rounds):
                    metrics.note_tick(settings.folder, time.monotonic() - began, now())
                    shown.look(everything, now())
                elif everything:
                    connected.set()
            stopped.wait(clock.TICK_S if line.listening else 0.2)
    finally:
        line.stop()
        clock.let_go(engine, holder)
        engine.dispose()


def run_notices(settings: HubSettings, now: Now, stopped: Event) -> None:
    """Tell people of alerts, and of what must not be forgotten."""
    # Only this process needs what reads addresses and speaks to mail servers.
    from hub.complaints.reminding import remind
    from hub.notices.job import BUSY_S, TICK_S, Courier, carrier_of

    engine = engine_for(settings.url)
    check_schema(engine)
    carrier, holder = carrier_of(settings), secrets.token_hex(8)
    courier = Courier(engine, hub_keys(settings.folder), carrier, settings.public_url, holder, now, remind)
    try:
        while not stopped.is_set():
            courier.tick()
            stopped.wait(BUSY_S if courier.busy else TICK_S)
    finally:
        courier.stop()
        engine.dispose()


def run_keep(settings: HubSettings, now: Now, stopped: Event) -> None:
    """Forget what has been kept long enough."""
    engine = engine_for(settings.url)
    check_schema(engine)
    holder = secrets.token_hex(8)
    try:
        while not stopped.is_set():
            keeping.sweep(engine, settings, holder, now, stopped.wait)
            metrics.note_round(settings.folder)
            stopped.wait(keeping.EVERY_S)
    finally:
        keeping.let_go(engine, holder)
        engine.dispose()


def run_web(settings: HubSettings) -> None:
    """Show pages. uvicorn takes SIGTERM and SIGINT itself."""
    # Only this process needs the pages and what draws them: ingest starts in half the time and memory without.
    from hub.app import create_app

    engine = engine_for(settings.url)
    check_schema(engine)
    engine.dispose()
    app = create_app(settings, door=door(settings), live=Glances(broker_address(settings)))
    rest_the_collector()
    config = uvicorn.Config(
        app,
        host=settings.web_host,
        port=chosen_ports(settings).web,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
        proxy_headers=bool(settings.trusted_proxy),
        forwarded_allow_ips=settings.trusted_proxy or None,
        ssl_certfile=_text(settings.certificate),
        ssl_keyfile=_text(settings.certificate_key),
    )
    Server(config, app.state.closing).run()


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
