"""The counters of the ingest processes as one Prometheus page: of several, each sample says of which process it is."""

import http.client
from collections.abc import Iterable, Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from hub.ports import kept_ports

PATIENCE_S = 1.0
LABEL = "process"
"""As many values as there are ingest processes."""


def ingest_pages(folder: Path) -> tuple[bytes, bool]:
    """What the ingest processes of a hub's folder show, and whether all of them do."""
    ports = kept_ports(folder)
    if ports is None:
        return b"", False
    pages = {str(number): page_at(port) for number, port in enumerate(ports.every_metrics, 1)}
    shown = {number: page for number, page in pages.items() if page is not None}
    if len(pages) == 1:
        return shown.get("1", b""), bool(shown)
    return merged(shown), len(shown) == len(pages)


def page_at(port: int) -> bytes | None:
    """The page on a loopback port. None: nobody answers there."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/metrics")
            answer = connection.getresponse()
            return answer.read() if answer.status == 200 else None
        finally:
            connection.close()
    except (OSError, http.client.HTTPException):
        return None


def merged(pages: Mapping[str, bytes]) -> bytes:
    """One page of many: a family once, and under it every process's samples, told apart by their label."""
    families: dict[str, Metric] = {}
    for process, page in pages.items():
        for family in text_string_to_metric_families(page.decode()):
            whole = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
            for sample in family.samples:
                whole.add_sample(sample.name, {**sample.labels, LABEL: process}, sample.value)
    registry = CollectorRegistry()
    registry.register(_Found(families.values()))
    return generate_latest(registry)


class _Found:
    """A collector of what others counted."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterable[Metric]:
        """As prometheus_client asks for it."""
        return self._families
