"""What the ingest process counts, for Prometheus.

Counters live where they are counted: ingest serves them itself on a loopback port (`metrics` in ports.json), and the
web process's /metrics fetches that page and appends it to its own. Clock and keep, which do little, leave theirs as
files. No label has more values than the code has names.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    start_http_server,
    write_to_textfile,
)

REGISTRY = CollectorRegistry()

ENVELOPES = Counter("waystation_hub_envelopes", "Envelopes taken in", ["lane"], registry=REGISTRY)
RECORDS = Counter("waystation_hub_records", "Records committed", ["type"], registry=REGISTRY)
REPEATED = Counter("waystation_hub_repeated", "Records that were there already, by id", registry=REGISTRY)
UNDATED = Counter("waystation_hub_undated", "Records without a time to be believed", ["type"], registry=REGISTRY)
QUARANTINED = Counter("waystation_hub_quarantined", "Bytes kept that could not be read", ["why"], registry=REGISTRY)
UNKNOWN_STATION = Counter(
    "waystation_hub_unknown_station", "Envelopes of stations nobody registered", registry=REGISTRY
)
FAILED_COMMITS = Counter("waystation_hub_failed_commits", "Transactions the database refused", registry=REGISTRY)
ALERTS = Counter("waystation_hub_alerts", "Reactions of alerts at ingest", ["reaction"], registry=REGISTRY)
ACK_SECONDS = Histogram(
    "waystation_hub_ack_seconds",
    "From an envelope's arrival to its acknowledgement",
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
    registry=REGISTRY,
)
BATCH = Histogram(
    "waystation_hub_batch_envelopes",
    "Envelopes a transaction",
    buckets=(1, 5, 20, 100, 500, 1000, 2000),
    registry=REGISTRY,
)
WAITING = Gauge("waystation_hub_waiting_messages", "Messages received and not yet committed", registry=REGISTRY)
CONNECTED = Gauge("waystation_hub_broker_connected", "1 while subscribed at the broker", registry=REGISTRY)

PAGE_ENDING = ".prom"
KEEP_PAGE = f"keep{PAGE_ENDING}"
KEEP = CollectorRegistry()
FORGOTTEN = Counter("waystation_hub_forgotten", "Rows kept long enough and gone", ["table"], registry=KEEP)

CLOCK_PAGE = f"clock{PAGE_ENDING}"
CLOCK = CollectorRegistry()
TICK_SECONDS = Histogram(
    "waystation_hub_clock_tick_seconds",
    "What one round of the clock took",
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
    registry=CLOCK,
)
TICKED = Gauge("waystation_hub_clock_ticked_timestamp_seconds", "When the clock last did its round", registry=CLOCK)


def note_tick(folder: Path, seconds: float, at: datetime) -> None:
    """The clock has done a round."""
    TICK_SECONDS.observe(seconds)
    TICKED.set(at.timestamp())
    with suppress(OSError):  # on a full disk the clock goes on, and its page shows by its age that it is old
        write_to_textfile(str(folder / CLOCK_PAGE), CLOCK)


def note_round(folder: Path) -> None:
    """What was kept long enough has gone."""
    with suppress(OSError):  # as above
        write_to_textfile(str(folder / KEEP_PAGE), KEEP)


def serve(port: int) -> None:
    """Answer on loopback, from a thread."""
    start_http_server(port, addr="127.0.0.1", registry=REGISTRY)


def page() -> bytes:
    """The counters as text."""
    return generate_latest(REGISTRY)
