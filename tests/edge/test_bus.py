"""The bus worker on a real pseudo-terminal, with devices that behave as they do in the field."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from edge.bus import Bus
from edge.driver import Reading
from edge.drivers import drivers
from edge.modbus import Failure
from edge.rounds import Health
from edge.settings import Line, ModbusDevice
from tests.edge.slave import Pieces, Slave, contacts, registers, well_behaved, with_crc

METER_AT, AIR_AT, IO_AT = 10, 30, 50
METER = registers(METER_AT, 4, [2257, 108, 0, 244, 0, 38, 0, 500, 100, 0])
AIR = registers(AIR_AT, 4, [245, 546])
IO = contacts(IO_AT, 0b101)
MODELS = {METER_AT: ("meter", "pzem016"), AIR_AT: ("air", "xy_md02"), IO_AT: ("io", "di8")}


class Station:
    """A line with a slave and a bus on it, and all the bus has told."""

    def __init__(self, slave: Slave, every_s: dict[int, float]) -> None:
        devices = [
            ModbusDevice(name, drivers()[model], address, every_s[address])
            for address, (name, model) in MODELS.items()
            if address in every_s
        ]
        self.slave = slave
        self.heard: list[tuple[str, Reading | None, float]] = []
        self.unreadable: set[str] = set()
        line = Line("bus-a", str(slave.link), 9600, tuple(devices))
        self.bus = Bus(line, self._hear, time.monotonic, 0.15, lambda device, _at: self.unreadable.add(device))

    def _hear(self, device: str, reading: Reading | None, at: float) -> None:
        self.heard.append((device, reading, at))

    def readings(self, device: str) -> list[Reading | None]:
        return [reading for name, reading, _at in self.heard if name == device]

    def failures(self, device: str) -> set[Failure]:
        return {kind for (name, kind), count in self.bus.failures.items() if name == device and count}

    def run(self, until: Callable[[], bool], limit_s: float = 8.0) -> float:
        """Runs the bus until this holds. Returns how long that took."""

        async def watch() -> float:
            task, start = asyncio.create_task(self.bus.run()), time.monotonic()
            while not until() and not task.done():
                assert time.monotonic() - start < limit_s, (self.bus.failures, self.heard)
                await asyncio.sleep(0.01)
            took = time.monotonic() - start
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            return took

        return asyncio.run(watch())


@pytest.fixture
def slave(tmp_path: Path) -> Iterator[Slave]:
    slave = Slave(tmp_path / "bus-a", {METER_AT: METER, AIR_AT: AIR, IO_AT: IO})
    yield slave
    if slave.plugged_in:
        slave.unplug()


def test_devices_are_read_and_told_with_the_clocks_time(slave: Slave) -> None:
    station = Station(slave, {METER_AT: 0.5, AIR_AT: 0.5, IO_AT: 0.1})
    station.run(lambda: len(station.readings("meter")) >= 2)
    assert station.readings("meter")[0] == pytest.approx(drivers()["pzem016"].decode(_words(METER)))
    assert station.readings("air")[0] == {"temperature": 24.5, "humidity": 54.6}
    io = station.readings("io")[0]
    assert io is not None
    assert [io["di1"], io["di2"], io["di3"]] == [1, 0, 1]
    assert station.bus.failures.total() == 0
    assert station.bus.connected


def _words(answer: bytes) -> list[int]:
    return [int.from_bytes(answer[at : at + 2], "big") for at in range(3, len(answer) - 2, 2)]


HARMLESS: dict[str, Callable[[bytes, bytes], Pieces]] = {
    "a stray zero in front": lambda _request, answer: [(0.0, b"\x00" + answer)],
    "three stray bytes in front": lambda _request, answer: [(0.0, b"\xff\x00\x7f" + answer)],
    "stray bytes behind": lambda _request, answer: [(0.0, answer + b"\x00\xff")],
    "an echo of the request": lambda request, answer: [(0.0, request + answer)],
    "split with a hole": lambda _request, answer: [(0.0, answer[:4]), (0.05, answer[4:])],
    "after a foreign frame": lambda _request, answer: [(0.0, registers(99, 4, [1, 2]) + answer)],
}


@pytest.mark.parametrize("misbehave", HARMLESS.values(), ids=HARMLESS)
def test_noise_around_a_good_answer_costs_nothing(slave: Slave, misbehave: Callable[[bytes, bytes], Pieces]) -> None:
    slave.misbehave = misbehave
    station = Station(slave, {AIR_AT: 0.1})
    station.run(lambda: len(station.heard) >= 3)
    assert station.readings("air") == [{"temperature": 24.5, "humidity": 54.6}] * len(station.heard)
    assert station.bus.failures.total() == 0


FAULTS: dict[Failure, Callable[[bytes, bytes], Pieces]] = {
    Failure.SILENCE: lambda _request, _answer: [],
    Failure.GARBLED: lambda _request, answer: [(0.0, answer[:-1] + bytes((answer[-1] ^ 1,)))],
    Failure.EXCEPTION: lambda request, _answer: [(0.0, with_crc(bytes((request[0], request[1] | 0x80, 6))))],
    Failure.WRONG_COUNT: lambda _request, _answer: [(0.0, registers(AIR_AT, 4, [245]))],
    Failure.BAD_FRAME: lambda _request, _answer: [(0.0, registers(AIR_AT, 4, [2450, 5460]))],
}


@pytest.mark.parametrize("kind", FAULTS)
def test_each_failure_is_counted_by_its_kind_and_heals(slave: Slave, kind: Failure) -> None:
    slave.misbehave = FAULTS[kind]
    station = Station(slave, {AIR_AT: 0.2})
    station.run(lambda: len(station.heard) >= 1)
    assert station.readings("air") == [None]
    assert station.failures("air") == {kind}
    assert station.unreadable == (set() if kind is Failure.SILENCE else {"air"}), "silence may be the device's own"
    assert station.bus.health("air") is Health.DEGRADED
    slave.misbehave = well_behaved
    station.run(lambda: station.heard[-1][1] is not None)
    assert station.bus.health("air") is Health.OK


def test_an_answer_of_the_wrong_device_or_cut_short_is_none(slave: Slave) -> None:
    answers = iter([[(0.0, registers(31, 4, [1, 2]))], [(0.0, AIR[:-3])]])
    slave.misbehave = lambda _request, answer: next(answers, [(0.0, answer)])
    station = Station(slave, {AIR_AT: 0.2})
    station.run(lambda: len(station.heard) >= 2)
    assert station.readings("air") == [None, {"temperature": 24.5, "humidity": 54.6}]


def test_one_bad_answer_is_asked_for_again_and_not_missed(slave: Slave) -> None:
    answers = iter([[(0.0, AIR[:-1] + b"\x00")]])
    slave.misbehave = lambda _request, answer: next(answers, [(0.0, answer)])
    station = Station(slave, {AIR_AT: 5.0})
    station.run(lambda: bool(station.heard))
    assert station.readings("air") == [{"temperature": 24.5, "humidity": 54.6}]
    assert station.failures("air") == {Failure.GARBLED}


@pytest.mark.parametrize("meanwhile", [b"", registers(99, 4, [1, 2])], ids=["silence", "a foreign frame"])
def test_a_late_answer_is_never_taken_for_the_next(slave: Slave, meanwhile: bytes) -> None:
    numbers = iter(range(1, 1000))

    def late(request: bytes, answer: bytes) -> Pieces:
        number = next(numbers)
        numbered = registers(request[0], 4, [number, 500])
        return [(0.0, meanwhile), (0.35, numbered)] if number % 2 else [(0.0, numbered)]

    slave.misbehave = late
    station = Station(slave, {AIR_AT: 0.2})
    station.run(lambda: len(station.heard) >= 3)
    even = [reading["temperature"] * 10 % 2 for reading in station.readings("air") if reading is not None]
    assert even == [0.0] * 3, "an odd number came late and must be nobody's reading"


def test_a_dead_device_does_not_stall_the_others(slave: Slave) -> None:
    del slave.answers[METER_AT]
    station = Station(slave, {METER_AT: 0.1, AIR_AT: 0.1})
    with capture_logs() as logs:
        station.run(lambda: station.bus.health("meter") is Health.OFFLINE)
        before = len(slave.asked_of(METER_AT)), len(station.readings("air"))
        station.run(lambda: len(station.readings("air")) >= before[1] + 15)
    assert len(slave.asked_of(METER_AT)) - before[0] <= 1
    gone = [log for log in logs if log["event"] == "device does not answer"]
    assert [(log["device"], log["why"]) for log in gone] == [("meter", "silence: no answer from address 10")]


def test_a_device_that_is_back_is_logged_once(slave: Slave) -> None:
    slave.misbehave = FAULTS[Failure.GARBLED]
    station = Station(slave, {AIR_AT: 0.05})
    with capture_logs() as logs:
        station.run(lambda: station.bus.health("air") is Health.OFFLINE)
        slave.misbehave = well_behaved
        station.run(lambda: len([reading for reading in station.readings("air") if reading]) >= 3)
    events = [log["event"] for log in logs if "device" in log]
    assert events == ["device does not answer", "device is back"]


def test_ten_times_a_second_is_kept(slave: Slave) -> None:
    slave.misbehave = lambda _request, answer: [(0.02, answer)]
    station = Station(slave, {IO_AT: 0.1})
    station.run(lambda: len(station.heard) >= 21)
    times = [at for _device, _reading, at in station.heard]
    assert times[20] - times[0] == pytest.approx(2.0, abs=0.15)


def test_questions_are_paced(slave: Slave) -> None:
    station = Station(slave, {METER_AT: 0.05, AIR_AT: 0.05})
    station.run(lambda: len(slave.asked) >= 10)
    gaps = [later[0] - sooner[0] for sooner, later in zip(slave.asked, slave.asked[1:], strict=False)]
    assert min(gaps) >= 0.018


def test_an_unplugged_port_is_missed_and_found_again_by_its_name(slave: Slave) -> None:
    station = Station(slave, {METER_AT: 0.1, AIR_AT: 0.1, IO_AT: 0.1})
    names = ("meter", "air", "io")

    def latest() -> list[Reading | None]:
        return [station.readings(name)[-1] for name in names]

    def story() -> Iterator[bool]:
        while any(len(station.readings(name)) < 2 for name in names):
            yield False
        slave.unplug()
        while latest() != [None, None, None]:
            yield False
        assert station.bus.connected is False
        slave.plug_in()
        while None in latest():
            yield False
        yield True

    chapters = story()
    with capture_logs() as logs:
        station.run(lambda: next(chapters))
    for name in names:
        assert station.failures(name) == {Failure.PORT_GONE}
        assert station.bus.health(name) is Health.OK
    events = [(log["event"], log.get("why")) for log in logs]
    assert events == [("port is gone", "not there"), ("port is back", None)], "of its devices nothing is said"


def _goes_in_the_silence(slave: Slave) -> Station:
    """Somebody babbles, so that the second question waits for silence; meanwhile the port goes."""
    station = Station(slave, {AIR_AT: 0.05})

    def story() -> Iterator[bool]:
        while not station.heard:
            yield False
        babbled_on = time.monotonic() + 0.2
        while time.monotonic() < babbled_on:
            slave.say(b"\x55")
            yield False
        slave.unplug()
        while station.bus.connected:
            yield False
        yield True

    chapters = story()
    station.run(lambda: next(chapters))
    return station


def test_a_port_that_goes_in_the_silence_before_a_question_is_gone_like_any_other(slave: Slave) -> None:
    for _ in range(10):  # on a busy machine a pause in the babble is long enough to ask in
        station = _goes_in_the_silence(slave)
        if len(slave.asked) == 1:
            break
        slave.asked.clear()
        slave.plug_in()
    assert len(slave.asked) == 1, "it went before the second question"
    assert station.failures("air") == {Failure.PORT_GONE}


def test_a_port_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    slave = Slave(tmp_path / "bus-a", {AIR_AT: AIR})
    slave.unplug()
    station = Station(slave, {AIR_AT: 0.1})
    station.run(lambda: len(station.heard) >= 1)
    assert station.readings("air") == [None]
    slave.plug_in()
    station.run(lambda: station.heard[-1][1] is not None)
    slave.unplug()


def test_a_port_another_program_holds_is_named(slave: Slave) -> None:
    other, station = Station(slave, {AIR_AT: 0.1}), Station(slave, {AIR_AT: 0.1})

    async def both() -> None:
        first = asyncio.create_task(other.bus.run())
        while not other.heard:
            await asyncio.sleep(0.01)
        second = asyncio.create_task(station.bus.run())
        while not station.heard:
            await asyncio.sleep(0.01)
        for task in (first, second):
            task.cancel()
        await asyncio.gather(first, second, return_exceptions=True)

    with capture_logs() as logs:
        asyncio.run(both())
    assert station.readings("air")[0] is None
    assert "held by another program, or broken" in [log.get("why") for log in logs]
    assert all(reading for reading in other.readings("air"))


def test_a_line_that_babbles_is_still_asked(slave: Slave) -> None:
    slave.misbehave = lambda _request, answer: [(0.0, b"\x55" * 20 + answer), *((n / 50, b"\x55") for n in range(40))]
    station = Station(slave, {AIR_AT: 0.2})
    station.run(lambda: len([reading for reading in station.readings("air") if reading]) >= 2)
