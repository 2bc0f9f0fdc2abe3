"""What the agent counts of its lines and its outbox."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from edge.agent import Agent
from edge.health.options import OPTIONS
from edge.keep import Keep
from edge.metrics import Counted
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
    registry.register(Counted(one.buses, one.ports, one.outbox, one.uplink, one.clock))
    page = generate_latest(registry).decode()
    assert 'waystation_edge_answers_total{device="meter"} 3.0' in page
    assert 'waystation_edge_waiting_records{lane="now"} 1.0' in page
    assert "waystation_edge_online 0.0" in page


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
