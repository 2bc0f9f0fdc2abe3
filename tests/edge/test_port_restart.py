"""A radar that has hung is started anew; one that is only unplugged is not."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from edge.driver import Reading
from edge.drivers import drivers
from edge.port import StreamPort
from edge.settings import StreamDevice
from simulators.devices.ld2410 import Ld2410
from simulators.devices.ld2450 import Ld2450
from tests.edge.commissioning.lines import talker


def nobody(_channel: str) -> None:
    """An empty room."""


async def listened(port: StreamPort[float], seconds: float) -> None:
    task = asyncio.create_task(port.run())
    await asyncio.sleep(seconds)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def port_of(model: str, link: Path, heard: list[Reading | None], restart_s: float) -> StreamPort[float]:
    device = StreamDevice("radar", drivers()[model], str(link), 115200, 60.0)
    told = lambda _name, reading, _at: heard.append(reading)  # noqa: E731 — one line says it
    return StreamPort(device, told, time.monotonic, silent_s=0.2, restart_s=restart_s)


@pytest.mark.parametrize(("model", "twin"), [("ld2410", Ld2410), ("ld2450", Ld2450)])
def test_a_hung_radar_is_told_to_start_anew_the_makers_way(
    model: str, twin: type[Ld2410] | type[Ld2450], tmp_path: Path
) -> None:
    radar, link, heard = twin(nobody, Random(1)), tmp_path / "dev" / "radar", list[Reading | None]()
    with talker(link, radar, spoilt=[("silent", 1.0)]):
        port = port_of(model, link, heard, restart_s=0.5)
        asyncio.run(listened(port, 2.5))
    assert heard[0] is None
    assert port.restarts >= 1
    assert radar._commands.restarts == port.restarts
    assert radar._commands.configuring is False


def test_a_radar_that_speaks_is_left_alone(tmp_path: Path) -> None:
    radar, link, heard = Ld2410(nobody, Random(1)), tmp_path / "dev" / "radar", list[Reading | None]()
    with talker(link, radar):
        port = port_of("ld2410", link, heard, restart_s=0.3)
        asyncio.run(listened(port, 1.0))
    assert heard == [{"presence": 0.0}]
    assert (port.restarts, radar._commands.restarts) == (0, 0)


def test_a_port_that_was_away_for_long_is_not_a_radar_that_hung(tmp_path: Path) -> None:
    radar, link, heard = Ld2410(nobody, Random(1)), tmp_path / "dev" / "radar", list[Reading | None]()

    async def story() -> None:
        port = port_of("ld2410", link, heard, restart_s=0.3)
        task = asyncio.create_task(port.run())
        await asyncio.sleep(0.5)
        with talker(link, radar):
            while heard[-1] is None:
                await asyncio.sleep(0.05)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert port.restarts == 0

    asyncio.run(story())
    assert radar._commands.restarts == 0
