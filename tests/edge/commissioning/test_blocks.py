"""What is added to station.toml is what `check` accepts, and nothing written is lost."""

import pytest

from edge.commissioning.blocks import Device, NotAdded, added, block
from edge.settings.file import read
from shared.keys import spell_secret

HEAD = f"""
[station]
id = "k3v9x2m7qa"
secret = "{spell_secret(b"1" * 16)}"  # from the hub
hub = "mqtt://127.0.0.1:1"
"""
WIRED = (
    HEAD
    + """
# the line by the window
[[line]]
name = "bus-a"
port = "/dev/bus-a"
[[device]]
name = "pzem016-1"
model = "pzem016"
line = "bus-a"
address = 10
[[device]]
name = "radar"
model = "ld2410"
port = "/dev/radar"
[[facility]]
id = "fridge-1"
wires = { power = "pzem016-1.power" }"""
)
METER = Device("pzem016", "/dev/bus-a", 9600, 11)


@pytest.mark.parametrize(
    ("text", "device"),
    [
        (HEAD, METER),
        (WIRED, METER),
        (WIRED, Device("xy_md02", "/dev/bus-b", 19200, 1, {"scale": 100})),
        (WIRED, Device("ld2450", "/dev/tracker", 115200)),
        (WIRED, Device("n4dsc08", "/dev/bus-a", 9600, 40, {}, "thermometers")),
    ],
)
def test_the_file_is_as_it_was_with_the_device_at_its_end(text: str, device: Device) -> None:
    whole = added(text, block(text, device), {})
    assert whole.startswith(text)
    settings = read(whole, {}, [])
    on_lines = [
        (one.driver.model, line.port, line.baudrate, one.address) for line in settings.lines for one in line.devices
    ]
    streams = [(one.driver.model, one.port, one.baudrate, None) for one in settings.streams]
    assert (device.model, device.port, device.baudrate, device.address) in on_lines + streams
    if device.options:
        assert settings.lines[-1].devices[0].driver.decode([2150, 5000])["temperature"] == 21.5


@pytest.mark.parametrize(
    ("device", "why"),
    [
        (Device("pzem016", "/dev/bus-a", 9600, 10), "device pzem016-1 has address 10 on line bus-a already"),
        (Device("pzem016", "/dev/bus-a", 4800, 11), "line bus-a is asked at 9600 baud and this device answers at 4800"),
        (Device("pzem016", "/dev/bus-a", 9600, 11, {}, "radar"), "there is a device radar already"),
        (Device("ld2450", "/dev/radar", 115200), "port /dev/radar belongs to device radar already"),
    ],
)
def test_what_stands_there_already_is_not_added(device: Device, why: str) -> None:
    with pytest.raises(NotAdded, match=why):
        block(WIRED, device)


def test_what_check_refuses_is_not_added() -> None:
    with pytest.raises(NotAdded, match="may have small letters"):
        added(WIRED, block(WIRED, Device("pzem016", "/dev/bus-a", 9600, 11, {}, "Big Meter")), {})
    with pytest.raises(NotAdded, match="not TOML"):
        block(WIRED + "\n[[line", METER)
