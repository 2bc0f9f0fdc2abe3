"""What the agent counts, for Prometheus, on a loopback port.

Labels are names of the wiring, lanes, types of records and kinds of failure: there are never many.
The agent's own counters are read when asked; nothing is counted twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from edge.agent import Agent
from edge.bus import Bus
from edge.port import StreamPort
from edge.traffic import BOUNDS_S, Traffic
from shared.moment import Stamp
from shared.outbox import Outbox, OutboxBroken

PREFIX = "waystation_edge_"


@dataclass(frozen=True, eq=False)
class Counted(Collector):
    """One agent's figures."""

    agent: Agent

    def collect(self) -> Iterator[Metric]:
        """The figures of now; those of an outbox that cannot be read are left out."""
        agent = self.agent
        yield from _devices(agent.buses, agent.ports)
        yield from _road(agent.uplink.traffic)
        yield _gauge("online", "1 while the hub acknowledges", agent.uplink.online)
        yield _gauge("connected", "1 while the connection to the broker stands", agent.uplink.connected)
        if agent.uplink.clock_offset_s is not None:
            yield _gauge("clock_offset_seconds", "By how much the hub's clock is ahead", agent.uplink.clock_offset_s)
        yield CounterMetricFamily(f"{PREFIX}samples", "Samples heard", value=agent.samples)
        yield _counter("rule_evaluations", "Times the rules of a facility were applied", "facility", agent.evaluations)
        yield _counter("records_put", "Records put into the outbox", "type", agent.put)
        try:
            yield from list(self._outbox(agent.outbox))
        except OutboxBroken:
            return

    def _outbox(self, outbox: Outbox) -> Iterator[Metric]:
        stamp = self.agent.clock()
        waiting = outbox.waiting(stamp)
        lanes = GaugeMetricFamily(f"{PREFIX}waiting_records", "Records not yet committed", labels=["lane"])
        lanes.add_metric(["now"], waiting.now)
        lanes.add_metric(["later"], waiting.later)
        yield lanes
        if waiting.oldest is not None:
            age = max(0.0, (stamp.at - waiting.oldest).total_seconds())
            yield _gauge("oldest_waiting_seconds", "Age of the oldest record not yet committed", age)
        yield _gauge("outbox_bytes", "Bytes of the outbox in use", waiting.bytes)
        yield _gauge("outbox_limit_bytes", "Its bound", waiting.limit)
        lasts_h = waiting.lasts_h(self.agent.records_per_hour)
        if lasts_h is not None:
            yield _gauge("outbox_lasts_hours", "Until the outbox is full if nothing leaves it", lasts_h)
        yield _gauge("set_aside_records", "Never accepted, or of a later version", outbox.aside())
        salvages = len(outbox.salvages())
        yield CounterMetricFamily(f"{PREFIX}outbox_salvages", "Times a damaged outbox was mended", value=salvages)


def _devices(buses: Sequence[Bus[Stamp]], ports: Sequence[StreamPort[Stamp]]) -> Iterator[Metric]:
    answers = CounterMetricFamily(f"{PREFIX}answers", "Readings by device", labels=["device"])
    failures = CounterMetricFamily(f"{PREFIX}bus_failures", "Questions without a reading", labels=["device", "kind"])
    for bus in buses:
        for device, count in bus.answers.items():
            answers.add_metric([device], count)
        for (device, kind), count in bus.failures.items():
            failures.add_metric([device, kind.value], count)
    reopened = CounterMetricFamily(f"{PREFIX}port_reopened", "Ports lost or silent", labels=["device"])
    for port in ports:
        answers.add_metric([port.device], port.readings)
        reopened.add_metric([port.device], port.reopened)
    yield from (answers, failures, reopened)


def _road(traffic: Traffic) -> Iterator[Metric]:
    yield _counter("envelopes_sent", "Envelopes sent", "lane", traffic.sent)
    yield _counter("envelopes_acknowledged", "Envelopes the hub acknowledged", "lane", traffic.acknowledged)
    yield _counter("envelopes_timed_out", "Envelopes nobody acknowledged in time", "lane", traffic.timed_out)
    yield _counter("envelopes_cut", "Connections that ended as soon as a lane sent", "lane", traffic.cut)
    yield _counter("envelopes_halved", "Times a lane had to send less", "lane", traffic.halved)
    yield CounterMetricFamily(f"{PREFIX}records_committed", "Records the hub has", value=traffic.committed)
    bounds = [*(str(bound) for bound in BOUNDS_S), "+Inf"]
    buckets = list(zip(bounds, accumulate(float(count) for count in traffic.took), strict=True))
    histogram = HistogramMetricFamily(f"{PREFIX}ack_seconds", "From sending to the hub's acknowledgement")
    histogram.add_metric([], buckets, traffic.took_s)
    yield histogram


def _counter(name: str, words: str, label: str, values: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(PREFIX + name, words, labels=[label])
    for value, count in values.items():
        family.add_metric([value], count)
    return family


def _gauge(
    name: str,
    words: str,
    value: float | None = None,
    label: str | None = None,
    values: Mapping[str, float] | None = None,
) -> Metric:
    family = GaugeMetricFamily(PREFIX + name, words, labels=[] if label is None else [label])
    if value is not None:
        family.add_metric([], value)
    for key, one in (values or {}).items():
        family.add_metric([key], one)
    return family


def serve(counted: Counted, port: int) -> None:
    """Answer on loopback, from a thread."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(counted)
    start_http_server(port, addr="127.0.0.1", registry=registry)
