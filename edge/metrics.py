"""What the agent counts, for Prometheus, on a loopback port. Labels are names of the wiring and kinds of failure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from edge.bus import Bus
from edge.port import StreamPort
from edge.uplink import Uplink
from shared.moment import Clock, Stamp
from shared.outbox import Outbox


@dataclass(frozen=True, eq=False)
class Counted(Collector):
    """Reads the agent's own counters when asked; nothing is counted twice."""

    buses: Sequence[Bus[Stamp]]
    ports: Sequence[StreamPort[Stamp]]
    outbox: Outbox
    uplink: Uplink
    clock: Clock

    def collect(self) -> Iterator[Metric]:
        """The figures of now."""
        answers = CounterMetricFamily("waystation_edge_answers", "Readings by device", labels=["device"])
        failures = CounterMetricFamily(
            "waystation_edge_bus_failures", "Questions without a reading", labels=["device", "kind"]
        )
        for bus in self.buses:
            for device, count in bus.answers.items():
                answers.add_metric([device], count)
            for (device, kind), count in bus.failures.items():
                failures.add_metric([device, kind.value], count)
        reopened = CounterMetricFamily("waystation_edge_port_reopened", "Ports lost or silent", labels=["device"])
        for port in self.ports:
            answers.add_metric([port.device], port.readings)
            reopened.add_metric([port.device], port.reopened)
        yield from (answers, failures, reopened)
        waiting = self.outbox.waiting(self.clock())
        lanes = GaugeMetricFamily("waystation_edge_waiting_records", "Records not yet committed", labels=["lane"])
        lanes.add_metric(["now"], waiting.now)
        lanes.add_metric(["later"], waiting.later)
        yield lanes
        yield GaugeMetricFamily("waystation_edge_outbox_bytes", "Bytes of the outbox in use", value=waiting.bytes)
        yield GaugeMetricFamily("waystation_edge_outbox_limit_bytes", "Its bound", value=waiting.limit)
        yield GaugeMetricFamily("waystation_edge_set_aside_records", "Never accepted", value=self.outbox.aside())
        yield GaugeMetricFamily("waystation_edge_online", "1 while the hub acknowledges", value=self.uplink.online)


def serve(counted: Counted, port: int) -> None:
    """Answer on loopback, from a thread."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(counted)
    start_http_server(port, addr="127.0.0.1", registry=registry)
