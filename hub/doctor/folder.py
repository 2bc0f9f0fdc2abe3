"""The doctor looks at files, certificates and ports, and changes nothing."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509

from hub import authority, mosquitto
from hub.doctor.facts import Certificate, OpenFile, Port, UsersFile
from hub.errors import BadSettings
from hub.ingest_pages import page_at
from hub.keys import KEY_FILE, hub_keys
from hub.permissions import HUB_USER, READER
from hub.ports import Ports, kept_ports
from hub.settings import EVERYWHERE, HubSettings
from hub.stations.store import BrokerUser

PATIENCE_S = 2.0
SECRETS = (KEY_FILE, "hub.db", "hub.db-wal", "broker/nats.conf", "ca/ca.key", "ca/server.key")


def open_files(settings: HubSettings) -> list[OpenFile]:
    """Secrets that others may read; hub.toml is refused as a whole where it holds one."""
    paths = [settings.folder / name for name in SECRETS]
    if settings.mosquitto is not None:
        paths.append(settings.folder / settings.mosquitto / mosquitto.PASSWORDS)
    if settings.certificate_key is not None:
        paths.append(settings.folder / settings.certificate_key)
    modes = [(path, path.stat().st_mode & 0o777) for path in paths if path.exists()]
    # Mosquitto reads its own files as another user of one group.
    kept = [(path, mode & (0o007 if path.name == mosquitto.PASSWORDS else 0o077)) for path, mode in modes]
    return [OpenFile(str(path), path.stat().st_mode & 0o777) for path, others in kept if others]


def keys(settings: HubSettings) -> str:
    """Why the key file cannot be used. Empty: it can."""
    if not (settings.folder / KEY_FILE).exists():
        return "is missing: it is made at the first start, and stations that were added before need the one they had"
    try:
        hub_keys(settings.folder)
    except (BadSettings, OSError) as error:
        return str(error)
    return ""


def certificates(settings: HubSettings) -> Iterator[Certificate]:
    """Those that pages, broker and authority show."""
    ours = authority.papers(settings.folder)
    named = [("web", settings.certificate), ("broker's authority", settings.mqtt_ca)]
    if settings.certified:
        named += [("broker", ours.certificate), ("hub's authority", ours.authority)]
    for what, path in named:
        if path is not None:
            yield _certificate(what, settings.folder / path)


def _certificate(what: str, path: Path) -> Certificate:
    try:
        first, *_ = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        return Certificate(what, str(path), None, getattr(error, "strerror", None) or "is no PEM certificate")
    return Certificate(what, str(path), first.not_valid_after_utc)


def ports(settings: HubSettings) -> list[Port]:
    """Whether somebody is at the hub's ports, and whether it is the hub."""
    chosen = kept_ports(settings.folder) or Ports(settings.web_port, settings.mqtt_port, settings.metrics_port)
    host = "127.0.0.1" if settings.web_host in EVERYWHERE else settings.web_host
    found = []
    if chosen.web:
        ours, said = _health(settings, host, chosen.web)
        found.append(Port("web_port", f"{settings.web_host}:{chosen.web}", _taken(host, chosen.web), ours, said))
    for port in filter(None, chosen.every_metrics):
        ours = b"waystation_hub_" in (page_at(port) or b"")
        found.append(Port("metrics_port", f"127.0.0.1:{port}", _taken("127.0.0.1", port), ours))
    if chosen.mqtt and settings.mqtt_url is None:
        at = "127.0.0.1" if settings.mqtt_host in EVERYWHERE else settings.mqtt_host
        found.append(Port("mqtt_port", f"{settings.mqtt_host}:{chosen.mqtt}", _taken(at, chosen.mqtt), None))
    return found


def _taken(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), PATIENCE_S).close()
    except OSError:
        return False
    return True


def _health(settings: HubSettings, host: str, port: int) -> tuple[bool, str]:
    """Whether the hub's pages answer, and the status they give the hub."""
    # Its own certificate names the world's name for it, not loopback: who it is shows in what it answers.
    unchecked = ssl._create_unverified_context()  # noqa: S323, SLF001 — nothing secret is said
    connection = (
        http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
        if settings.certificate is None
        else http.client.HTTPSConnection(host, port, timeout=PATIENCE_S, context=unchecked)
    )
    try:
        connection.request("GET", "/health")
        said = json.loads(connection.getresponse().read(4096))
        return True, str(said["status"])
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException) as error:
        return False, str(error)
    finally:
        connection.close()


def users(settings: HubSettings, registered: list[BrokerUser]) -> UsersFile | None:
    """Mosquitto's files beside the register. None: the hub writes none."""
    if settings.mosquitto is None:
        return None
    folder = settings.folder / settings.mosquitto
    path = folder / mosquitto.PASSWORDS
    try:
        lines = path.read_text().splitlines()
        rules = (folder / mosquitto.ACCESS).read_text()
    except OSError as error:
        return UsersFile(str(path), why=error.strerror or str(error))
    there = dict(line.split(":", 1) for line in lines if ":" in line)
    wanted = {user.station: user.mosquitto_hash for user in registered}
    known = [user for user in wanted if user in there]
    hub, reader = next(iter(there), HUB_USER), READER if settings.home_assistant else None
    return UsersFile(
        str(path),
        missing=len(wanted) - len(known),
        left_over=len(there.keys() - wanted.keys() - {hub, reader}),
        differing=sum(there[user] != wanted[user] for user in known),
        rules=rules == mosquitto.access(hub, settings.home_assistant_prefix, reader),
        served=_served(folder / mosquitto.PID),
    )


def _served(pid_file: Path) -> bool:
    try:
        program = Path(f"/proc/{int(pid_file.read_text())}/comm").read_text().strip()
    except (OSError, ValueError):
        return False
    return program == mosquitto.PROGRAM
