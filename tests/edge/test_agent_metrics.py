"""What the agent counts of its lines and its outbox."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from prometheus_client import CollectorRegistry, generate_latest

from edge.agent import Agent
from edge.health.options import OPTIONS
from edge.keep import Keep
from edge.metrics import Counted
from edge.outages import Outages
from edge.settings import load
from shared.keys import spell_secret
from shared.moment import ClockQuality, Stamp
from shared.records import CheckIn

TOML = f"""
[station]
id = "k3v9x2m7qa"
secret = "{spell_secret(b"1" * 16)}"
hub = "mqtt://127.0.0.1:1"

[[line]]
name = "bus-a"
port = "/dev/not-there"

[[device]]
name = "meter"
model = "pzem016"
line = "bus-a"
address = 10

[[facility]]
id = "fridge-1"
wires = {{ power = "meter.power" }}
"""


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Agent]:
    toml = tmp_path / "station.toml"
    toml.write_text(TOML)
    toml.chmod(0o600)
    settings = load(toml, {kind: options.keys() for kind, options in OPTIONS.items()})
    stamp = Stamp(datetime(2026, 11, 20, tzinfo=UTC), "boot", 1.0, ClockQuality.SYNCED)
    agent = Agent(tmp_path, settings, lambda: stamp, Keep(tmp_path))
    yield agent
    agent.close()


def test_counters_are_shown_by_device_and_kind_of_failure(one: Agent) -> None:
    one.buses[0].answers["meter"] += 3
    one.outbox.put(CheckIn(occupation="courier"), one.clock())
    registry = CollectorRegistry()
    registry.register(Counted(one))
    page = generate_latest(registry).decode()
    assert 'waystation_edge_answers_total{device="meter"} 3.0' in page
    assert 'waystation_edge_waiting_records{lane="now"} 1.0' in page
    assert "waystation_edge_online 0.0" in page


def test_the_road_the_outbox_and_the_judge_are_shown(one: Agent) -> None:
    traffic = one.uplink.traffic
    traffic.sent["now"] += 2
    traffic.timed_out["now"] += 1
    traffic.answered("now", 0.3)
    traffic.answered("now", 900.0)
    one.uplink.clock_offset_s = -1.5
    one._put([(CheckIn(occupation="courier"), one.clock())])
    one._hear("meter", {"power": 80.0}, one.clock())
    registry = CollectorRegistry()
    registry.register(Counted(one))
    page = generate_latest(registry).decode()
    for line in (
        'waystation_edge_envelopes_sent_total{lane="now"} 2.0',
        'waystation_edge_envelopes_timed_out_total{lane="now"} 1.0',
        'waystation_edge_ack_seconds_bucket{le="0.5"} 1.0',
        'waystation_edge_ack_seconds_bucket{le="300.0"} 1.0',
        'waystation_edge_ack_seconds_bucket{le="+Inf"} 2.0',
        "waystation_edge_ack_seconds_sum 900.3",
        "waystation_edge_clock_offset_seconds -1.5",
        'waystation_edge_records_put_total{type="checkin"} 1.0',
        "waystation_edge_samples_total 1.0",
        'waystation_edge_rule_evaluations_total{facility="fridge-1"} 0.0',
        "waystation_edge_oldest_waiting_seconds 0.0",
        "waystation_edge_outbox_salvages_total 0.0",
        "waystation_edge_connected 0.0",
    ):
        assert line in page


def test_an_outage_is_logged_once_and_once_when_it_is_over() -> None:
    with structlog.testing.capture_logs() as said:
        outages = Outages(structlog.get_logger())
        for _ in range(5):
            outages.begin("hub not reached", host="hub")
        outages.end("hub not reached", "hub reached again")
        outages.end("hub not reached", "hub reached again")
    assert [(one["event"], one["log_level"]) for one in said] == [
        ("hub not reached", "warning"),
        ("hub reached again", "info"),
    ]


def test_without_any_answer_the_board_says_unknown_and_never_ok(one: Agent) -> None:
    one.tick()
    board = json.loads((one.folder / "board.json").read_text())
    assert [row["state"] for row in board["facilities"]] == ["unknown"]
    assert board["online"] is False


def test_under_a_wrong_clock_nothing_is_judged_and_words_are_kept(one: Agent) -> None:
    wrong = Stamp(datetime(1970, 1, 1, tzinfo=UTC), "boot", 1.0, ClockQuality.WRONG)
    one.clock = lambda: wrong
    one.outbox.put(CheckIn(occupation="courier"), one.clock())
    one._hear("meter", {"power": 80.0}, wrong)
    one.tick()
    assert one.observer.judge.standing("fridge-1").values == {}
    assert one.outbox.take("now", wrong) == []
