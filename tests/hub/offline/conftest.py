"""A hub with one station assigned to two inspectors, and their phones."""

import pytest

from tests.hub.inspections.conftest import Hub, hub
from tests.hub.offline.devices import Device, assign, seen_and_blind

__all__ = ["hub"]


@pytest.fixture
def phones(hub: Hub) -> tuple[Device, Device]:
    """Of two inspectors assigned one station whose fridge and microwave worked all month; both with the download."""
    station = hub.healthy("fridge-1", "microwave-1")
    devices = Device(hub, hub.browser("inspector", "zhang")), Device(hub, hub.browser("inspector", "li"))
    assign(hub, station, "zhang", "li")
    devices[0].download()
    seen_and_blind(hub)
    for device in devices:
        device.download()
    return devices


@pytest.fixture
def phone(phones: tuple[Device, Device]) -> Device:
    return phones[0]


@pytest.fixture
def other_phone(phones: tuple[Device, Device]) -> Device:
    return phones[1]
