"""The hub's processes: what each is made of. `__main__` gives them the clock and a way to be stopped."""

import secrets
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

import structlog
import uvicorn
from sqlmodel import Session

from hub import broker, clock, metrics
from hub.database import check_schema, engine_for
from hub.ingest import ingest
from hub.keys import hub_keys
from hub.listening import Listener
from hub.mqtt import Address, Connection, address_of
from hub.ports import Ports, chosen_ports
from hub.server import Server
from hub.settings import HubSettings
from hub.stations import store as stations
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

    found = [own("ingest"), own("clock"), own("web")]
    return found if settings.mqtt_url else [Program("broker", broker.command(settings.folder)), *found]


def write_broker_files(settings: HubSettings, ports: Ports) -> None:
    """The embedded broker's configuration, from the register."""
    if settings.mqtt_url:
        return
    engine = engine_for(settings.url)
    with Session(engine) as session:
        users = stations.broker_users(session)
    engine.dispose()
    hub = (broker.HUB_USER, hub_keys(settings.folder).broker_hash)
    broker.write_config(settings.folder, ports.mqtt, hub, [(user.station, user.mqtt_hash) for user in users])


def broker_address(settings: HubSettings) -> Address:
    """Where the hub's broker is, and who the hub is there."""
    if settings.mqtt_url:
        return address_of(settings.mqtt_url)
    port = chosen_ports(settings).mqtt
    return Address("127.0.0.1", port, broker.HUB_USER, hub_keys(settings.folder).broker_password)


def station_address(settings: HubSettings) -> str:
    """The broker as a station's settings name it: without anybody's password."""
    if not settings.mqtt_url:
        return f"mqtt://127.0.0.1:{chosen_ports(settings).mqtt}"
    address = address_of(settings.mqtt_url)
    return f"{'mqtts' if address.tls else 'mqtt'}://{address.host}:{address.port}"


def run_ingest(settings: HubSettings, now: Now, stopped: Event) -> None:
    """Take in what stations say. Raises LoopDied, and what the database raises when it stays away."""
    engine = engine_for(settings.url)
    check_schema(engine)
    metrics.serve(chosen_ports(settings).metrics)
    listener = Listener(engine)
    line = Connection(
        broker_address(settings),
        f"hub-ingest-{secrets.token_hex(8)}",
        now,
        [topics.SUBSCRIBE_NOW, topics.SUBSCRIBE_LATER, topics.SUBSCRIBE_STATE],
        announce=True,
    )
    line.start()

    def go_on() -> bool:
        if not line.alive:
            raise LoopDied("the MQTT loop ended")
        listener.note(line.connection if line.listening else None, now())
        return not stopped.is_set()

    try:
        ingest(line, engine, now, go_on)
    finally:
        line.stop()
        engine.dispose()


def run_clock(settings: HubSettings, now: Now, stopped: Event) -> None:
    """Do what time brings. Raises LoopDied."""
    engine = engine_for(settings.url)
    check_schema(engine)
    connected = Event()
    holder = secrets.token_hex(8)
    line = Connection(broker_address(settings), f"hub-clock-{holder}", now, on_up=connected.set)
    line.start()
    try:
        while not stopped.is_set():
            if not line.alive:
                raise LoopDied("the MQTT loop ended")
            if line.listening:
                everything = connected.is_set()
                connected.clear()
                if not clock.tick(engine, holder, line.keep, everything, now()) and everything:
                    connected.set()
            stopped.wait(clock.TICK_S if line.listening else 0.2)
    finally:
        line.stop()
        clock.let_go(engine, holder)
        engine.dispose()


def run_web(settings: HubSettings) -> None:
    """Show pages. uvicorn takes SIGTERM and SIGINT itself."""
    # Only this process needs the pages and what draws them: ingest starts in half the time and memory without.
    from hub.app import create_app

    check_schema(engine_for(settings.url))
    app = create_app(settings)
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
