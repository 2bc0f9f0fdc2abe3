"""Lines over real pseudo-terminals: who answers, how fast, and every fault."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random

import pytest

from simulators.codec import intact, sealed
from simulators.device import models
from simulators.line import Line, ModbusLine, Mounted, NoSuchFault, StreamLine
from simulators.line_faults import MODBUS, Exchange, clash
from simulators.port import Port
from tests.simulators.ports import Client

METER = bytes.fromhex("0A 04 00 00 00 0A 71 76")
CLIMATE = sealed(bytes.fromhex("1E 04 00 01 00 02"))
INPUTS = sealed(bytes.fromhex("32 02 00 00 00 08"))
VALUES = {"voltage": 230.0, "power": 100.0, "power_factor": 1.0, "temperature": 21.5, "humidity": 50.0, "presence": 1.0}


def mounted(name: str, model: str, address: int, latency: tuple[float, float] = (0.005, 0.005)) -> Mounted:
    made = models()[model].on_line
    assert made is not None
    return Mounted(name, made(address, VALUES.get), latency)


@asynccontextmanager
async def bus(tmp_path: Path, *devices: Mounted, baudrate: int = 9600) -> AsyncIterator[tuple[ModbusLine, Client]]:
    stock = devices or (
        mounted("meter", "pzem016", 10),
        mounted("climate", "xy_md02", 30),
        mounted("inputs", "di8", 50),
    )
    line = ModbusLine("bus", partial(Port, tmp_path / "dev" / "bus", baudrate), stock, Random(1))
    async with opened(line, tmp_path / "dev" / "bus") as client:
        yield line, client


@asynccontextmanager
async def opened(line: Line, link: Path) -> AsyncIterator[Client]:
    line.open()
    client = Client(link)
    try:
        yield client
    finally:
        client.close()
        await line.close()
        assert not link.is_symlink()


def test_each_device_answers_its_own_address_and_nobody_another(tmp_path: Path):
    async def story() -> None:
        async with bus(tmp_path) as (line, client):
            assert (await client.ask(METER))[:3] == bytes.fromhex("0A0414")
            assert await client.ask(CLIMATE) == sealed(bytes.fromhex("1E 04 04 00 D7 01 F4"))
            assert await client.ask(INPUTS) == sealed(bytes.fromhex("32 02 01 00"))
            assert await client.ask(sealed(bytes.fromhex("0B 04 00 00 00 0A")), 0.15) == b""
            assert await client.ask(METER[:-1] + b"\x00", 0.15) == b""
            assert intact(await client.ask(METER))
            assert line.answers == 4

    asyncio.run(story())


def test_bytes_pass_at_the_baud_rate_after_the_devices_latency(tmp_path: Path):
    async def story() -> None:
        async with bus(tmp_path, mounted("meter", "pzem016", 10, (0.06, 0.06))) as (_, client):
            loop = asyncio.get_running_loop()
            start = loop.time()
            client.write(METER)
            arrived: list[float] = []
            heard = b""
            while len(heard) < 25:
                await asyncio.sleep(0.0005)
                if chunk := client.read_now():
                    heard += chunk
                    arrived.append(loop.time() - start)
            assert intact(heard)
            assert arrived[0] >= 0.06 + 9 / 960
            assert arrived[-1] >= 0.06 + 33 / 960
            assert arrived[-1] < 0.2
            assert len(arrived) >= 5

    asyncio.run(story())


def test_a_request_in_pieces_is_one_request_unless_the_pause_is_long(tmp_path: Path):
    async def story() -> None:
        async with bus(tmp_path) as (_, client):
            client.write(METER[:3])
            await asyncio.sleep(0.01)
            assert intact(await client.ask(METER[3:]))
            client.write(METER[:3])
            await asyncio.sleep(0.1)
            assert await client.ask(METER[3:], 0.1) == b""
            await asyncio.sleep(0.1)
            assert intact(await client.ask(METER))

    asyncio.run(story())


def test_two_devices_with_one_address_clash(tmp_path: Path):
    async def story() -> None:
        first, second = mounted("one", "pzem016", 10), mounted("two", "di8", 10)
        async with bus(tmp_path, first, second) as (_, client):
            heard = await client.ask(METER)
            assert heard
            assert not intact(heard)

    asyncio.run(story())


def test_a_clash_lets_zeros_win():
    assert clash(b"\xf0\x0f\xaa", b"\x0f\xff") == b"\x00\x0f\xaa"


EXPECTED = {
    "silent": lambda heard, _good: heard == b"",
    "exception": lambda heard, _good: heard == sealed(bytes.fromhex("1E 84 06")),
    "garble": lambda heard, good: len(heard) == len(good) and not intact(heard),
    "truncate": lambda heard, good: 0 < len(heard) < len(good) and good.startswith(heard),
    "prefix": lambda heard, good: heard != good and heard.lstrip(b"\0") == good,
    "suffix": lambda heard, good: heard != good and heard.startswith(good),
    "echo": lambda heard, good: heard == CLIMATE + good,
    "wrong_id": lambda heard, _good: intact(heard) and heard[0] == 31,
    "noise": lambda heard, good: bool(heard) and heard != good,
    "delay": lambda heard, good: heard == good,
    "split": lambda heard, good: heard == good,
    "frozen": lambda heard, good: heard == good,
    "spike": lambda heard, _good: intact(heard) and b"\x7f\xf0" in heard,
    "no_sensor": lambda heard, _good: heard == sealed(bytes.fromhex("1E 04 04 80 00 80 00")),
    "tenfold": lambda heard, _good: heard == sealed(bytes.fromhex("1E 04 04 08 66 13 88")),
    "energy_reset": lambda heard, good: heard == good,
    "clash": lambda heard, good: len(heard) == len(good) and heard != good,
}
PUSHED = ("unsolicited", "ascii")


def test_every_fault_is_expected_to_do_something() -> None:
    assert EXPECTED.keys() | set(PUSHED) == MODBUS.keys()


@pytest.mark.parametrize("how", PUSHED)
def test_a_device_left_in_its_upload_mode_talks_unasked(tmp_path: Path, how: str) -> None:
    async def story() -> None:
        async with bus(tmp_path, baudrate=115_200) as (line, client):
            good = await client.ask(CLIMATE)
            line.spoil(how, 60, device="climate")
            assert await client.ask(CLIMATE, 0.8, 0.1) == good
            pushed = await client.read(1.0, 0.1)
            assert pushed == good if how == "unsolicited" else pushed.endswith(b"%\r\n")

    asyncio.run(story())


def test_a_meters_counter_can_start_anew() -> None:
    words = [2257, 108, 0, 244, 0, 38, 1, 500, 100, 0]
    meter = sealed(bytes((10, 4, 20)) + b"".join(word.to_bytes(2, "big") for word in words))
    ((_, heard),) = MODBUS["energy_reset"](Exchange(b"", meter, meter), Random(1))
    assert intact(heard)
    assert heard[3:13] == meter[3:13]
    assert heard[13:17] == bytes(4)
    assert heard[17:23] == meter[17:23]


@pytest.mark.parametrize("how", EXPECTED)
def test_a_fault_does_what_it_says_and_heals(tmp_path: Path, how):
    async def story() -> None:
        async with bus(tmp_path, baudrate=115_200) as (line, client):
            good = await client.ask(CLIMATE)
            line.spoil(how, 60, device="climate")
            patience = {"silent": 0.1, "delay": 1.2}.get(how, 0.8)
            heard = await client.ask(CLIMATE, patience, 0.1)
            assert EXPECTED[how](heard, good), heard.hex(" ")
            assert intact(await client.ask(METER))
            line.heal()
            assert await client.ask(CLIMATE) == good

    asyncio.run(story())


def test_a_late_answer_comes_late(tmp_path: Path):
    async def story() -> None:
        async with bus(tmp_path) as (line, client):
            line.spoil("delay", 60)
            assert await client.ask(METER, 0.5) == b""
            assert intact(await client.read(0.6))

    asyncio.run(story())


def test_a_fault_ends_by_itself(tmp_path: Path):
    async def story() -> None:
        async with bus(tmp_path) as (line, client):
            line.spoil("silent", 0.2)
            assert await client.ask(METER, 0.1) == b""
            await asyncio.sleep(0.15)
            assert intact(await client.ask(METER))
            assert line.faults == []

    asyncio.run(story())


def test_frozen_values_stay_while_the_world_moves(tmp_path: Path):
    async def story() -> None:
        moving = dict(VALUES)
        made = models()["xy_md02"].on_line
        assert made is not None
        async with bus(tmp_path, Mounted("climate", made(30, moving.get), (0.0, 0.0))) as (line, client):
            line.spoil("frozen", 60)
            first = await client.ask(CLIMATE)
            moving["temperature"] = 35.0
            assert await client.ask(CLIMATE) == first
            line.heal()
            assert await client.ask(CLIMATE) != first

    asyncio.run(story())


def test_an_adapter_pulled_out_comes_back_under_another_number(tmp_path: Path):
    async def story() -> None:
        link = tmp_path / "dev" / "bus"
        async with bus(tmp_path) as (line, client):
            before = link.readlink()
            line.spoil("unplug", 0.2)
            assert not link.is_symlink()
            with pytest.raises(OSError, match="Input/output"):
                os.write(client._fd, b"x")
            await asyncio.sleep(0.3)
            assert link.readlink() != before
            again = Client(link)
            assert intact(await again.ask(METER))
            again.close()

    asyncio.run(story())


def test_an_unknown_fault_or_device_is_refused_by_name(tmp_path: Path):
    async def story() -> None:
        async with bus(tmp_path) as (line, _):
            with pytest.raises(NoSuchFault, match="garble"):
                line.spoil("gremlins", 1)
            with pytest.raises(NoSuchFault, match="climate"):
                line.spoil("garble", 1, device="toaster")

    asyncio.run(story())


def test_the_radar_talks_ten_times_a_second_and_stale_frames_are_lost(tmp_path: Path):
    async def story() -> None:
        alone = models()["ld2410"].alone
        assert alone is not None
        link = tmp_path / "dev" / "radar"
        line = StreamLine("radar", partial(Port, link, 115_200), alone(VALUES.get, Random(1)), Random(1))
        async with opened(line, link) as client:
            await asyncio.sleep(1.05)
            heard = client.read_now()
            assert 8 * 23 <= len(heard) <= 12 * 23
            assert heard[:4] == bytes.fromhex("F4F3F2F1")
            line.spoil("garble", 0.25)
            await asyncio.sleep(0.22)
            spoilt = client.read_now()
            assert len(spoilt) >= 23
            with pytest.raises(NoSuchFault, match="garble"):
                line.spoil("exception", 1)

    asyncio.run(story())
