"""What a running agent logs of outages: one line when something goes, one when it is back."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import bcrypt
import pytest
from structlog.testing import capture_logs

from edge.agent import Agent
from edge.health.options import OPTIONS
from edge.keep import Keep
from edge.settings import load
from hub import broker
from shared.keys import mqtt_password, spell_secret
from shared.moment import system_clock
from simulators.demo.children import Child
from simulators.demo.stage import free_port, wait_for_port
from tests.edge.slave import Pieces, Slave, registers, well_behaved, with_crc

STATION, SECRET = "k3v9x2m7qa", spell_secret(b"1" * 16)
METER_AT, AIR_AT = 10, 30
ANSWERS = {
    METER_AT: registers(METER_AT, 4, [2257, 108, 0, 244, 0, 38, 0, 500, 100, 0]),
    AIR_AT: registers(AIR_AT, 4, [245, 546]),
}
TOML = f"""
[station]
id = "{STATION}"
secret = "{SECRET}"
hub = "mqtt://127.0.0.1:%d"
[[line]]
name = "bus-a"
port = "%s"
[[device]]
name = "meter"
model = "pzem016"
line = "bus-a"
address = {METER_AT}
every_s = 0.1
[[device]]
name = "air"
model = "xy_md02"
line = "bus-a"
address = {AIR_AT}
every_s = 0.1
"""


def meter_refuses(request: bytes, answer: bytes) -> Pieces:
    """Exceptions instead of readings."""
    exception = with_crc(bytes((request[0], request[1] | 0x80, 6)))
    return [(0.0, exception if request[0] == METER_AT else answer)]


class Scene:
    """An agent on a pseudo-terminal and a real broker, and the log lines of both."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.slave = Slave(folder / "bus-a", dict(ANSWERS))
        toml = folder / "station.toml"
        toml.write_text(TOML % (self.port, self.slave.link))
        toml.chmod(0o600)
        settings = load(toml, {kind: options.keys() for kind, options in OPTIONS.items()})
        self.agent = Agent(folder, settings, system_clock(None), Keep(folder))
        self.start_broker()

    def start_broker(self) -> None:
        hashed = bcrypt.hashpw(mqtt_password(SECRET).encode(), bcrypt.gensalt(4)).decode()
        broker.write_config(self.folder, self.port, (broker.HUB_USER, hashed), [(STATION, hashed)])
        self.broker = Child("broker", broker.command(self.folder), self.folder / "broker.log")
        wait_for_port(self.port, self.broker)

    def close(self) -> None:
        self.agent.close()
        self.broker.stop()
        if self.slave.plugged_in:
            self.slave.unplug()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    scene.close()


async def until(what: Callable[[], object], limit_s: float = 15.0) -> None:
    end = time.monotonic() + limit_s
    while not what():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def test_an_outage_of_a_device_of_the_port_and_of_the_broker_is_two_lines_each(scene: Scene) -> None:
    agent, slave, bus = scene.agent, scene.slave, scene.agent.buses[0]

    async def story() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(agent.run(stop))
        await until(lambda: agent.uplink.connected and len(bus.answers) == 2)
        slave.misbehave = meter_refuses
        await until(lambda: [log for log in logs if log.get("device") == "meter"])
        attempts = agent.uplink._number
        scene.broker.kill()
        slave.unplug()
        await until(lambda: bus.connected is False and agent.uplink._number > attempts)
        slave.misbehave = well_behaved
        slave.plug_in()
        await asyncio.to_thread(scene.start_broker)
        meter, air = bus.answers["meter"], bus.answers["air"]
        await until(lambda: agent.uplink.connected and bus.answers["meter"] > meter and bus.answers["air"] > air)
        stop.set()
        await running

    with capture_logs() as logs:
        asyncio.run(story())
    lines = [(log["event"], log.get("device")) for log in logs]
    assert lines[0] == ("connected", None)
    assert sorted(lines[1:4]) == [
        ("device does not answer", "meter"),
        ("hub not reached", None),
        ("port is gone", None),
    ]
    assert sorted(lines[4:]) == [("device is back", "meter"), ("hub reached again", None), ("port is back", None)]
