"""What Prometheus reads keeps its conventions (prometheus.io/docs/practices/naming), and names no station."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine
from sqlmodel import Session

from edge.metrics import Counted
from hub import metrics
from hub.condition import Heardness, heardness, sizes
from hub.database import engine_for, migrate
from hub.ingest import take_in
from hub.line import Arrived
from hub.probes import Numbers, left_pages
from hub.settings import HubSettings
from hub.stations import store as stations
from shared import topics
from shared.records import CheckIn
from tests.edge.test_agent_metrics import one as agent  # noqa: F401 — a fixture
from tests.hub.conftest import register
from tests.hub.said import arrived, record

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
RULES = Path(__file__).parents[2] / "deploy" / "prometheus" / "waystation.rules.yml"
PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
UNITS_TO_AVOID = r"_(ms|us|millis\w*|minutes?|hours?|days?|kb|mb|gb|kib|mib|gib|percent|celsius_degrees)(_|$)"
BOUNDED = {
    "lane": "now, later", "type": "record types", "why": "reasons in the code", "reaction": "reactions in the code",
    "method": "GET, HEAD, POST, other", "status": "HTTP's", "heard": "lately, silent, never", "le": "buckets",
    "device": "the wiring of one station", "kind": "kinds in the code", "facility": "the wiring of one station",
    "rule": "rules in the code", "part": "parts in the code", "quality": "clock qualities", "table": "tables",
    "line": "the wiring of one station", "program": "the hub's processes", "job": "jobs in the code",
    "process": "the ingest processes", "state": "those of a notice that is not over",
}  # fmt: skip
"""Each label may have only so many values."""


def came(station: str, at: datetime) -> Arrived:
    return arrived(station, record(CheckIn(occupation="courier"), at), at=at)


def hub_page(engine: Engine, folder: Path) -> str:
    numbers = Numbers()
    numbers.requests.labels("GET", "200").inc()
    numbers.condition.look(engine, HubSettings(folder=folder), NOW)
    metrics.note_tick(folder, 0.02, NOW)
    metrics.note_round(folder)
    return (generate_latest(numbers.registry) + metrics.page() + left_pages(folder)).decode()


def families(page: str) -> Sequence[Metric]:
    return list(text_string_to_metric_families(page))


@pytest.fixture
def hub(engine: Engine, station: str, tmp_path: Path) -> str:
    """The whole page of a hub that has taken in an envelope and refused another."""
    take_in(engine, [came(station, NOW), Arrived(topics.up_now(station), b"{", NOW)], NOW)
    return hub_page(engine, tmp_path)


@pytest.fixture
def edge(agent) -> str:  # noqa: F811 — the agent of one station
    registry = CollectorRegistry()
    registry.register(Counted(agent))
    return generate_latest(registry).decode()


@pytest.mark.parametrize("program", ["hub", "edge"])
def test_names_say_what_and_in_which_unit(program: str, request: pytest.FixtureRequest) -> None:
    page: str = request.getfixturevalue(program)
    found = families(page)
    assert len({family.name for family in found}) == len(found) >= 7
    for family in found:
        name = family.name
        assert re.fullmatch(rf"waystation_{program}_[a-z0-9_]+", name)
        assert family.documentation
        assert not re.search(UNITS_TO_AVOID, name), f"{name}: Prometheus counts in seconds and bytes"
        assert not re.search(r"_(count|sum|bucket|total|info)$", name), f"{name}: the ending has a meaning of its own"
        if family.type == "counter":
            assert f"{name}_total" in page
        assert family.type in ("counter", "gauge", "histogram")


@pytest.mark.parametrize("program", ["hub", "edge"])
def test_no_label_has_values_without_end(program: str, request: pytest.FixtureRequest, station: str) -> None:
    page: str = request.getfixturevalue(program)
    samples = [sample for family in families(page) for sample in family.samples]
    assert {label for sample in samples for label in sample.labels} <= BOUNDED.keys()
    assert station not in page


def test_what_was_asked_for_is_there(hub: str) -> None:
    names = {family.name.removeprefix("waystation_hub_") for family in families(hub)}
    assert names >= {
        "envelopes", "records", "repeated", "quarantined", "ack_seconds", "waiting_messages", "database_bytes",
        "listened_timestamp_seconds", "stations", "clock_tick_seconds", "clock_ticked_timestamp_seconds", "open_alerts",
    }  # fmt: skip


def test_the_rules_and_the_page_name_metrics_that_exist(hub: str, edge: str) -> None:
    found = [family for page in (hub, edge) for family in families(page)]
    known = {sample.name for family in found for sample in family.samples} | {family.name for family in found}
    known |= {f"{family.name}_total" for family in found if family.type == "counter"}
    used = set(re.findall(r"waystation_(?:hub|edge)_\w+", RULES.read_text()))
    assert len(used) > 8
    assert used <= known
    assert not set(re.findall(r"`(waystation_(?:hub|edge)_\w+)`", PAGE.read_text())) - known


def test_every_hub_metric_is_told_on_the_page(hub: str) -> None:
    told = PAGE.read_text()
    # When a counter began is the library's own gauge beside it.
    names = [family.name for family in families(hub) if not family.name.endswith("_created")]
    assert [name for name in names if name not in told] == []


def test_a_clock_that_never_ran_shows_nothing(tmp_path: Path) -> None:
    assert left_pages(tmp_path) == b""


def test_stations_are_counted_by_how_they_are_heard(engine: Engine) -> None:
    lately, silent, revoked = (register(engine) for _ in range(3))
    register(engine, "从未")
    for station, ago in ((lately, 10), (silent, 600), (revoked, 10)):
        at = NOW - timedelta(seconds=ago)
        take_in(engine, [came(station, at)], at)
    with Session(engine) as session:
        stations.revoke(session, revoked, NOW)
        assert heardness(session, NOW) == Heardness(heard=1, silent=1, never=1, revoked=1, outdated=0)
        told = stations.get(session, lately)
        assert told is not None
        stations.number_settings(session, told, "other")
        assert heardness(session, NOW).outdated == 1


def test_a_database_has_a_size_and_a_log(tmp_path: Path) -> None:
    settings = HubSettings(folder=tmp_path)
    engine = engine_for(settings.url)
    migrate(engine)
    found = sizes(engine, settings)
    engine.dispose()
    assert found.database + (found.write_ahead or 0) > 100_000
    assert found.write_ahead is not None
    assert found.disk_free > 0
