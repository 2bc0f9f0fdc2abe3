"""A stream port on a real pseudo-terminal: reports, silence, unplugging."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from edge.driver import Reading
from edge.drivers import drivers
from edge.port import StreamPort
from edge.settings import StreamDevice
from tests.edge.slave import Slave

SOMEBODY = bytes.fromhex("F4F3F2F10D0002AA034F00644C006432005500F8F7F6F5")
NOBODY = bytes.fromhex("F4F3F2F10D0002AA0045003E4C000032005500F8F7F6F5")


@pytest.fixture
def radar(tmp_path: Path) -> Iterator[Slave]:
    radar = Slave(tmp_path / "radar", {})
    yield radar
    if radar.plugged_in:
        radar.unplug()


class Room:
    """A radar's port at work, and all it has told."""

    def __init__(self, radar: Slave, every_s: float = 60.0) -> None:
        self.heard: list[Reading | None] = []
        device = StreamDevice("radar", drivers()["ld2410"], str(radar.link), 115200, every_s)
        self.port = StreamPort(device, self._hear, time.monotonic, silent_s=0.3)

    def _hear(self, device: str, reading: Reading | None, at: float) -> None:
        assert device == "radar"
        assert at <= time.monotonic()
        self.heard.append(reading)

    def run(self, until: Callable[[], bool], meanwhile: Callable[[], None] = lambda: None) -> None:
        """Runs the port until this holds."""

        async def watch() -> None:
            task, start = asyncio.create_task(self.port.run()), time.monotonic()
            while not until():
                assert time.monotonic() - start < 8, self.heard
                meanwhile()
                await asyncio.sleep(0.05)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

        asyncio.run(watch())


def test_changes_are_told_and_repetitions_are_not(radar: Slave) -> None:
    room = Room(radar)
    room.run(lambda: room.port.readings >= 3, lambda: radar.say(b"\x00\xf4\xf3" + SOMEBODY + NOBODY[:9]))
    assert room.heard == [{"presence": 1.0}]


def test_an_unchanged_reading_is_told_every_so_often(radar: Slave) -> None:
    room = Room(radar, every_s=0.1)
    room.run(lambda: len(room.heard) >= 3, lambda: radar.say(NOBODY))
    assert room.heard == [{"presence": 0.0}] * 3


def test_silence_is_told_and_the_port_opened_again(radar: Slave) -> None:
    room = Room(radar)
    with capture_logs() as logs:
        room.run(lambda: bool(room.heard), lambda: radar.say(SOMEBODY))
        room.run(lambda: None in room.heard)
        assert room.port.reopened == 1
        room.run(lambda: room.heard[-1] is not None, lambda: radar.say(SOMEBODY))
    assert room.heard == [{"presence": 1.0}, None, {"presence": 1.0}]
    assert [(log["event"], log.get("why")) for log in logs] == [
        ("device does not answer", "no report for 0.3 s"),
        ("device is back", None),
    ]


def test_an_unplugged_radar_is_found_again_by_its_name(radar: Slave) -> None:
    room = Room(radar)
    room.run(lambda: bool(room.heard), lambda: radar.say(SOMEBODY))

    def story() -> Iterator[bool]:
        while room.heard[-1] is None:
            yield False
        radar.unplug()
        while room.heard[-1] is not None:
            yield False
        radar.plug_in()
        while room.heard[-1] is None:
            radar.say(NOBODY)
            yield False
        yield True

    chapters = story()
    with capture_logs() as logs:
        room.run(lambda: next(chapters))
    assert room.heard[-1] == {"presence": 0.0}
    assert [log["event"] for log in logs] == ["device does not answer", "device is back"]


def test_a_port_that_is_not_there_is_named(radar: Slave) -> None:
    radar.unplug()
    room = Room(radar)
    with capture_logs() as logs:
        room.run(lambda: bool(room.heard))
    assert room.heard == [None]
    assert logs[0]["why"].startswith("not there; ")


def test_a_device_that_must_be_asked_has_no_stream() -> None:
    device = StreamDevice("io", drivers()["di8"], "/dev/null", 9600, 1.0)
    with pytest.raises(TypeError, match="di8 does not talk unasked"):
        StreamPort(device, lambda *_told: None, time.monotonic)
