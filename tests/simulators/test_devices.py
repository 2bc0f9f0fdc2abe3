"""Every simulated device says the manual's bytes for the manual's values; only the files of tests/frames say which."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest

from simulators.codec import crc, intact, request_length, sealed
from simulators.device import Device, Source, models

FOLDER = Path(__file__).parents[1] / "frames"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def source(reading: dict[str, float]) -> Source:
    return lambda channel: reading.get(channel)


def on_line(model: str, address: int, reading: dict[str, float]) -> Device:
    made = models()[model].on_line
    assert made is not None
    return made(address, source(reading))


def cases(key: str) -> list[Any]:
    return [
        pytest.param(model, case, id=f"{model}-{number}")
        for model, file in FILES.items()
        for number, case in enumerate(file.get(key, []))
    ]


def test_every_simulated_model_has_the_manuals_frames():
    assert set(models()) <= set(FILES)


@pytest.mark.parametrize(("model", "case"), [row for row in cases("frame") if "request" in row.values[1]])
def test_a_device_answers_the_manuals_request_with_the_manuals_bytes(model, case):
    request = bytes.fromhex(case["request"])
    device = on_line(model, request[0], case["reading"])

    assert device.hears(request[0])
    assert device.answer(request) == bytes.fromhex(case["answer"])


@pytest.mark.parametrize(("model", "case"), cases("exchange"))
def test_the_manuals_other_exchanges(model, case):
    request = bytes.fromhex(case["request"])
    device = on_line(model, 1, {"voltage": 230.0, "power": 0.0, "t1": -11.2})

    assert device.hears(request[0])
    assert device.answer(request) == bytes.fromhex(case["answer"])


@pytest.mark.parametrize(
    "frame",
    [
        "01 04 00 00 00 0A 70 0D",
        "01 04 00 01 00 02 20 0B",
        "01 03 00 00 00 08 44 0C",
        "01 02 00 00 00 08 79 CC",
        "01 42 80 11",
        "FF 03 00 FE 00 01 F0 24",
        "01 10 00 0C 00 02 04 00 00 00 00 F3 FA",
    ],
)
def test_check_bytes_and_lengths_of_published_requests(frame):
    request = bytes.fromhex(frame)

    assert crc(request[:-2]) == request[-2:]
    assert intact(request)
    assert not intact(request[:-1] + bytes((request[-1] ^ 1,)))
    assert request_length(request) == len(request)
    assert request_length(request[:1]) is None


def test_a_meter_without_mains_is_silent():
    assert on_line("pzem016", 10, {"power": 5.0}).answer(bytes.fromhex("0A 04 00 00 00 0A 71 76")) is None


def test_a_meter_counts_energy_until_it_is_reset():
    meter = on_line("pzem016", 1, {"voltage": 230.0, "power": 1000.0, "power_factor": 1.0})
    for minute in range(61):
        meter.live(1000.0 + 60 * minute)
    read = bytes.fromhex("01 04 00 00 00 0A 70 0D")

    assert int.from_bytes((meter.answer(read) or b"")[13:15], "big") == 1000
    assert meter.answer(bytes.fromhex("01 42 80 11")) == bytes.fromhex("01 42 80 11")
    assert int.from_bytes((meter.answer(read) or b"")[13:15], "big") == 0


def test_a_written_address_is_the_address():
    meter = on_line("pzem016", 1, {"voltage": 230.0})

    meter.answer(sealed(bytes.fromhex("01 06 00 02 00 05")))

    assert meter.address == 5
    assert meter.hears(5)
    assert not meter.hears(1)


@pytest.mark.parametrize(
    ("model", "request_body", "code"),
    [
        ("pzem016", "01 04 00 00 00 0B", 2),
        ("pzem016", "01 04 00 00 00 00", 3),
        ("pzem016", "01 06 00 02 00 F8", 3),
        ("pzem016", "01 02 00 00 00 08", 1),
        ("xy_md02", "01 04 00 00 00 02", 2),
        ("xy_md02", "01 01 00 00 00 02", 1),
        ("r4dcb08", "01 04 00 00 00 08", 1),
        ("r4dcb08", "01 03 00 20 00 01", 2),
        ("di8", "01 02 00 00 00 09", 2),
        ("di8", "01 05 00 00 12 34", 3),
    ],
)
def test_what_a_device_has_not_is_an_exception(model, request_body, code):
    request = sealed(bytes.fromhex(request_body))
    device = on_line(model, 1, {"voltage": 230.0})

    assert device.answer(request) == sealed(bytes((1, request[1] | 0x80, code)))


def test_a_switched_output_reads_back():
    board = on_line("di8", 1, {})

    board.answer(sealed(bytes.fromhex("01 05 00 02 FF 00")))

    assert board.answer(sealed(bytes.fromhex("01 01 00 00 00 08"))) == sealed(bytes.fromhex("01 01 01 04"))


def radar(reading: dict[str, float]) -> Any:
    made = models()["ld2410"].alone
    assert made is not None
    return made(source(reading), Random(1))


@pytest.mark.parametrize("present", [0.0, 1.0])
def test_a_radar_frame_has_the_manuals_form(present):
    talker = radar({"presence": present})
    for _ in range(50):
        frame = talker.frame()
        assert len(frame) == 23
        assert frame[:8] == bytes.fromhex("F4F3F2F10D0002AA")
        assert frame[17:] == bytes.fromhex("5500F8F7F6F5")
        assert bool(frame[8] & 3) == bool(present)


def test_a_radar_in_configuration_is_quiet_and_answers_as_published():
    talker = radar({"presence": 1.0})

    answer = talker.hear(bytes.fromhex("FDFCFBFA0400FF00010004030201"))

    assert answer == bytes.fromhex("FDFCFBFA0800FF010000010040000403 0201".replace(" ", ""))
    assert talker.frame() == b""
    assert talker.hear(bytes.fromhex("FDFCFBFA0200A00004030201"))[-4:] == bytes.fromhex("04030201")
    talker.hear(bytes.fromhex("FDFCFBFA0200FE0004030201"))
    assert talker.frame()


def test_a_radar_ignores_commands_outside_configuration():
    assert radar({}).hear(bytes.fromhex("FDFCFBFA0200A00004030201")) == b""
