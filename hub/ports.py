"""The ports a hub uses, chosen once and kept in ports.json: a station's settings name the broker's."""

import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from hub.errors import BadSettings
from hub.settings import HubSettings

FILE = "ports.json"


@dataclass(frozen=True, slots=True)
class Ports:
    """What listens where."""

    web: int
    mqtt: int
    """0: the broker is somebody else's."""
    metrics: int
    more_metrics: tuple[int, ...] = ()
    """Of the ingest processes after the first."""

    @property
    def every_metrics(self) -> tuple[int, ...]:
        """Of every ingest process, in order."""
        return (self.metrics, *self.more_metrics)


def kept_ports(folder: Path) -> Ports | None:
    """The ports of a hub's folder. None: none were chosen yet."""
    try:
        parts = json.loads((folder / FILE).read_text())
        return Ports(**{**parts, "more_metrics": tuple(parts.get("more_metrics", ()))})
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def chosen_ports(settings: HubSettings) -> Ports:
    """The ports this hub is to use, written to ports.json: as set; for 0 the one used last time, or a free one."""
    before = kept_ports(settings.folder)
    with _Free() as free:
        ports = Ports(
            web=settings.web_port or (before.web if before else 0) or free.port(settings.web_host),
            mqtt=0 if settings.mqtt_url else _mqtt(settings, before) or free.port(settings.mqtt_host),
            metrics=settings.metrics_port or (before.metrics if before else 0) or free.port(),
            more_metrics=_more_metrics(settings.ingest_processes - 1, before, free),
        )
    if ports != before:
        settings.folder.mkdir(parents=True, exist_ok=True)
        draft = settings.folder / f".{FILE}.{os.getpid()}"
        draft.write_text(json.dumps(asdict(ports)) + "\n")
        draft.replace(settings.folder / FILE)
    return ports


def check_free(settings: HubSettings, ports: Ports) -> None:
    """Raises BadSettings, naming the key, where a port is taken."""
    wanted = [("web_port", settings.web_host, ports.web), ("metrics_port", "127.0.0.1", ports.metrics)]
    wanted += [("ingest_processes", "127.0.0.1", port) for port in ports.more_metrics]
    if ports.mqtt:
        wanted.append(("mqtt_port", settings.mqtt_host, ports.mqtt))
    for key, host, port in wanted:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise BadSettings(f"{key}: {host}:{port} cannot be used: {error.strerror}") from error


def _mqtt(settings: HubSettings, before: Ports | None) -> int:
    """0: any free one."""
    return settings.mqtt_port or (before.mqtt if before else 0)


def _more_metrics(number: int, before: Ports | None, free: "_Free") -> tuple[int, ...]:
    kept = before.more_metrics[:number] if before else ()
    return (*kept, *(free.port() for _ in range(number - len(kept))))


class _Free:
    """Free ports, all different: each stays bound until all are chosen."""

    def __enter__(self) -> "_Free":
        self._held: list[socket.socket] = []
        return self

    def __exit__(self, *_error: object) -> None:
        for held in self._held:
            held.close()

    def port(self, host: str = "127.0.0.1") -> int:
        held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self._held.append(held)
        held.bind((host, 0))
        return int(held.getsockname()[1])
