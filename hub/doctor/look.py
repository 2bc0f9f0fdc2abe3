"""Looks at everything once, and changes nothing: a folder in which no hub ever ran stays empty."""

from collections.abc import Callable
from datetime import datetime

from hub.doctor import folder, register
from hub.doctor.facts import Broker, Facts
from hub.doctor.line import listen_along
from hub.ports import FILE as PORTS_FILE
from hub.settings import HubSettings


def gather(settings: HubSettings, listen_s: float, now: Callable[[], datetime]) -> Facts:
    """Takes as long as it listens, and a few seconds more where something does not answer."""
    at = now()
    keys = folder.keys(settings)
    started = (settings.folder / PORTS_FILE).exists()
    ports = folder.ports(settings)
    database, told, users = register.ask(settings, at)
    # The key file would be made by asking for the password in it.
    embedded_away = any(port.key == "mqtt_port" and not port.taken for port in ports)
    broker: Broker | None = None
    if started and not keys and not embedded_away:
        broker = listen_along(settings, listen_s, now)
    overheard = [] if broker is None or broker.heard is None else list(broker.heard.ahead_s)
    strangers, revoked = register.unknown(settings, overheard) if overheard and told is not None else ([], [])
    return Facts(
        settings=settings,
        at=at,
        open_files=folder.open_files(settings),
        keys=keys,
        started=started,
        ports=ports,
        certificates=list(folder.certificates(settings)),
        users=folder.users(settings, users),
        database=database,
        register=told,
        broker=broker,
        strangers=strangers,
        revoked=revoked,
    )
