"""A whole simulated station: its devices over its ports, its orders, its memory, and nothing left behind."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from simulators import control, registry
from simulators.appliance import physics
from simulators.codec import intact, sealed
from simulators.scenario import Story, Turn, load, story
from simulators.serve import AlreadyRunning, Place, serve
from simulators.station import BadOrder, Station
from simulators.story_file import WrongStory, by_hand, keep, resume
from tests.simulators.ports import Client

NOW = 1_795_154_400.0
FRIDGE = bytes.fromhex("0A 04 00 00 00 0A 71 76")
INPUTS = sealed(bytes.fromhex("32 02 00 00 00 08"))


def ticking() -> Callable[[], float]:
    loop = asyncio.get_running_loop()
    start = loop.time()
    return lambda: NOW + loop.time() - start


@asynccontextmanager
async def live(folder: Path, begun: Story | None = None) -> AsyncIterator[Station]:
    begun = begun or story(load("healthy"), NOW)
    keep(folder, begun, [])
    station = Station(begun, folder, ticking(), Random(1), None)
    station.open()
    try:
        yield station
    finally:
        await station.close()


def test_the_world_is_read_over_the_wires(tmp_path: Path):
    async def told() -> None:
        async with live(tmp_path) as station:
            client = Client(tmp_path / "dev" / "bus-a")
            answer = await client.ask(FRIDGE)
            assert intact(answer)
            assert abs(int.from_bytes(answer[3:5], "big") / 10 - (station.world.read("fridge-1", "voltage") or 0)) < 3
            thermometers = await client.ask(sealed(bytes.fromhex("28 03 00 00 00 08")))
            cabinet, hot = (int.from_bytes(thermometers[at : at + 2], "big") / 10 for at in (3, 5))
            assert cabinet == pytest.approx(station.world.read("fridge-1", "cabinet_temperature"), abs=0.3)
            assert hot == pytest.approx(station.world.read("drinking_water-1", "hot_water_temperature"), abs=1)
            assert thermometers[11:13] == b"\x80\x00"
            client.close()

    asyncio.run(told())


def test_a_trip_shows_on_the_wires_within_a_second_and_heals(tmp_path: Path):
    async def told() -> None:
        async with live(tmp_path) as station:
            meters, inputs = Client(tmp_path / "dev" / "bus-a"), Client(tmp_path / "dev" / "bus-b")
            socket = sealed(bytes.fromhex("0E 04 00 00 00 0A"))
            assert intact(await meters.ask(socket))
            station.obey({"do": "break", "facility": "outlets-1", "how": "trip"})
            assert by_hand(tmp_path)[0].how == "trip"
            await asyncio.sleep(1.1)
            assert await meters.ask(socket, 0.2) == b""
            assert (await inputs.ask(INPUTS))[3] & 0b100000
            station.obey({"do": "heal", "facility": "outlets-1"})
            await asyncio.sleep(1.1)
            assert intact(await meters.ask(socket))
            for client in (meters, inputs):
                client.close()

    asyncio.run(told())


def test_a_visitor_is_seen_by_the_beams_polled_ten_times_a_second(tmp_path: Path):
    async def told() -> None:
        async with live(tmp_path) as station:
            client = Client(tmp_path / "dev" / "bus-b")
            station.obey({"do": "visit", "stay_s": 60})
            seen = [(await client.ask(INPUTS, size=6))[3] & 0b11 for _ in range(36)]
            assert [bits for bits, before in zip(seen, [0, *seen], strict=False) if bits != before][:3] == [1, 3, 2]
            client.close()

    asyncio.run(told())


WRONG_ORDERS = [
    ({"do": "dance"}, "break"),
    ({"do": "break", "facility": "fridge-2", "how": "leak"}, "fridge-1"),
    ({"do": "break", "facility": "tables-1", "how": "leak"}, "fridge-1"),
    ({"do": "break", "facility": "outlets-1", "how": "leak"}, "trip"),
    ({"do": "break", "facility": "outlets-1", "how": "trip", "size": 2}, "size 2"),
    ({"do": "break", "facility": "outlets-1", "how": "trip", "size": "much"}, "much"),
    ({"do": "break", "facility": "weather", "how": "cut"}, "heat_wave"),
    ({"do": "heal", "facility": "x"}, "mains"),
    ({"do": "line", "line": "bus-z", "fault": "garble"}, "bus-a"),
    ({"do": "line", "line": "bus-a", "fault": "gremlins"}, "garble"),
    ({"do": "network", "how": "cut"}, "relay"),
]


def test_a_wrong_order_is_refused_with_the_right_names(tmp_path: Path):
    async def told() -> None:
        async with live(tmp_path) as station:
            for order, says in WRONG_ORDERS:
                with pytest.raises(BadOrder, match=says):
                    station.obey(order)

    asyncio.run(told())


def test_a_served_station_obeys_its_socket_and_leaves_nothing_behind(tmp_path: Path):
    folder = tmp_path / ("deep" * 30) / "healthy"
    base = tmp_path / "stations"

    async def told() -> None:
        stop, ready = asyncio.Event(), asyncio.Event()
        begun = resume(folder, load("healthy"), NOW, None)
        task = asyncio.create_task(serve(begun, Place(folder, base), ticking(), Random(1), stop, lambda _: ready.set()))
        await asyncio.wait_for(ready.wait(), 10)
        found = registry.find(base, "healthy")
        ask = asyncio.to_thread
        status = await ask(control.ask, found, {"do": "status"})
        assert set(status["lines"]) == {"bus-a", "bus-b", "radar"}
        assert (await ask(control.ask, found, {"do": "break", "facility": "mains", "how": "cut"})) == {"done": "break"}
        assert "trip" in (await ask(control.ask, found, {"do": "break", "facility": "outlets-1", "how": "x"}))["error"]
        with pytest.raises(AlreadyRunning, match="already runs"):
            await serve(begun, Place(folder, base), ticking(), Random(1), stop, lambda _: None)
        stop.set()
        await asyncio.wait_for(task, 10)

    asyncio.run(told())
    assert [path.name for path in folder.iterdir()] == ["story.json"]
    assert list(base.iterdir()) == []
    with pytest.raises(registry.UnknownStation, match="none"):
        registry.find(base, "healthy")
    with pytest.raises(control.NotRunning):
        control.ask(folder, {"do": "status"})


def test_an_order_may_say_how_severe_a_fault_is(tmp_path: Path):
    async def told() -> None:
        async with live(tmp_path) as station:
            station.obey({"do": "break", "facility": "fridge-1", "how": "leak", "size": 0.25})
            station.obey({"do": "break", "facility": "weather", "how": "cold_wave"})
            assert station.world.facilities["fridge-1"].size == 0.25
            assert [(turn.how, turn.size) for turn in by_hand(tmp_path)] == [("leak", 0.25), ("cold_wave", None)]
            assert station.status()["weather"] == "cold_wave"
            station.obey({"do": "break", "facility": "fridge-1", "how": "leak", "size": None})
            assert station.world.facilities["fridge-1"].size == physics()["fridge"].faults["leak"].typical

    asyncio.run(told())


def test_a_story_without_sizes_is_of_typical_ones(tmp_path: Path):
    told = {"scenario": "healthy", "origin": NOW, "seed": "s", "turns": [[NOW + 5, "fridge-1", "dead"]]}
    (tmp_path / "story.json").write_text(json.dumps(told))

    assert resume(tmp_path, load("healthy"), NOW, None).turns == (Turn(NOW + 5, "fridge-1", "dead", None),)


def test_a_second_start_goes_on_with_the_first_story(tmp_path: Path):
    begun = resume(tmp_path, load("healthy"), NOW, None)
    keep(tmp_path, begun, [Turn(NOW + 5, "fridge-1", "leak", 0.8)])

    again = resume(tmp_path, load("healthy"), NOW + 1000, None)

    assert (again.origin, again.seed) == (NOW, begun.seed)
    assert again.turns == (Turn(NOW + 5, "fridge-1", "leak", 0.8),)
    with pytest.raises(WrongStory, match="healthy"):
        resume(tmp_path, load("rough_line"), NOW, None)
    with pytest.raises(WrongStory, match="seed"):
        resume(tmp_path, load("healthy"), NOW, "another")
    (tmp_path / "story.json").write_text(json.dumps({"scenario": "healthy"}))
    with pytest.raises(WrongStory, match=r"story\.json"):
        resume(tmp_path, load("healthy"), NOW, None)
