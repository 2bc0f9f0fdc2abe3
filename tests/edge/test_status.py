"""How the agent fares, from its own counters."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge.agent import Agent
from edge.health.options import OPTIONS
from edge.keep import LAST_GOOD, Keep, good_time, holder, peek
from edge.modbus import Failure
from edge.settings import load
from edge.status import LOST, RECENT_S, STATUS, Chronicle, Status, read_status
from shared.board import read_board
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
[[device]]
name = "radar"
model = "ld2410"
port = "/dev/radar-not-there"
"""
BEGIN = Stamp(datetime(2026, 11, 20, tzinfo=UTC), "boot", 1000.0, ClockQuality.SYNCED)


class Station:
    """An agent whose time is what the test says."""

    def __init__(self, folder: Path) -> None:
        toml = folder / "station.toml"
        toml.write_text(TOML)
        toml.chmod(0o600)
        self.stamp = BEGIN
        settings = load(toml, {kind: options.keys() for kind, options in OPTIONS.items()})
        self.agent = Agent(folder, settings, lambda: self.stamp, Keep(folder))
        self.chronicle = Chronicle(settings, lambda: self.stamp)

    def later(self, seconds: float) -> None:
        at, uptime = self.stamp.at + timedelta(seconds=seconds), self.stamp.uptime + seconds
        self.stamp = replace(self.stamp, at=at, uptime=uptime)

    def status(self) -> Status:
        agent = self.agent
        return self.chronicle.status(agent.buses, agent.ports, agent.outbox, agent.uplink, [], not_kept=False)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = Station(tmp_path)
    yield station
    station.agent.close()


def test_totals_stay_and_recent_figures_pass(station: Station) -> None:
    bus = station.agent.buses[0]
    bus.answers["meter"] += 7
    bus.failures["meter", Failure.GARBLED] += 3
    station.chronicle.hear("meter", {"power": 80.0}, station.stamp)
    station.later(30)
    first, _radar = station.status().devices
    assert (first.answers, first.failures, first.answered_s) == (7, {"garbled": 3}, 30)
    assert (first.recent_answers, first.recent_failures) == (7, {"garbled": 3})
    for _ in range(round(RECENT_S / 10) + 1):
        station.later(30)
        last = station.status().devices[0]
    assert (last.answers, last.failures) == (7, {"garbled": 3})
    assert (last.recent_answers, last.recent_failures) == (0, {})


def test_a_port_of_its_own_counts_how_often_it_was_lost(station: Station) -> None:
    station.agent.ports[0].reopened += 2
    radar = station.status().devices[1]
    assert (radar.name, radar.failures, radar.answered_s) == ("radar", {LOST: 2}, None)


def test_the_rate_is_of_records_put_not_of_records_held(station: Station) -> None:
    assert station.status().records_per_hour is None
    for _ in range(60):
        station.later(60)
        station.agent.outbox.forget([station.agent.outbox.put(CheckIn(occupation="courier"), station.stamp)])
        status = station.status()
    assert status.records_per_hour == pytest.approx(60, rel=0.05)
    assert status.rate_over_s == 3600


def test_the_agent_leaves_its_status_beside_the_board(station: Station) -> None:
    folder = station.agent.folder
    assert read_status(folder) is None
    station.agent.tick()
    status = read_status(folder)
    assert status is not None
    assert status.ports == {"/dev/not-there": None, "/dev/radar-not-there": None}
    assert [one.name for one in status.devices] == ["meter", "radar"]
    assert status.connected is False
    (folder / STATUS).write_text("{")
    assert read_status(folder) is None


def test_the_board_says_by_which_time_the_agent_measures_its_clock_and_in_which_boot(station: Station) -> None:
    folder = station.agent.folder
    for known in (None, BEGIN.at):
        station.agent.keep.saw(BEGIN.at)  # what is learned since its start changes nothing of its word on the clock
        station.agent.tick()
        board = read_board(folder)
        assert board is not None
        assert (board.boot, board.last_good) == (BEGIN.boot, known)
        station.agent.close()
        station.agent = Agent(folder, station.agent.settings, lambda: station.stamp, Keep(folder))


def test_who_holds_a_station_is_seen_without_taking_it(station: Station, tmp_path: Path) -> None:
    folder = station.agent.folder
    assert holder(folder) == os.getpid()
    station.agent.keep.saw(BEGIN.at)
    assert good_time(peek(folder, LAST_GOOD)) == BEGIN.at
    assert peek(folder, "nothing") is None
    station.agent.keep.close()
    assert holder(folder) is None
    empty = tmp_path / "empty"
    empty.mkdir()
    assert holder(empty) is None
    assert peek(empty, LAST_GOOD) is None
    assert list(empty.iterdir()) == []


SECOND = """
import sys
from pathlib import Path
from edge.keep import Keep
keep = Keep(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_agent_refuses_and_names_the_first(tmp_path: Path) -> None:
    toml = tmp_path / "station.toml"
    toml.write_text(TOML)
    toml.chmod(0o600)
    holding = subprocess.Popen(
        [sys.executable, "-c", SECOND, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holding:
        assert holding.stdout is not None
        assert holding.stdout.readline() == "held\n"
        run = [sys.executable, "-m", "edge", "run", "--station", str(tmp_path)]
        second = subprocess.run(run, capture_output=True, text=True, timeout=60)
        holding.kill()
    assert second.returncode == 2
    assert f"another agent or replay holds this station (process {holding.pid})" in second.stderr
    Keep(tmp_path).close()
