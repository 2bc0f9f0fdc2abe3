"""What a station says is live, as a page reads it: from the real embedded broker, or not at all."""

import time
from pathlib import Path

import pytest

from hub import brokers
from hub.address import Address
from hub.glance import Glances
from shared import topics
from shared.envelope import LiveFacility
from shared.states import Grade, State
from tests.hub.running import now
from tests.hub.site import Site, embedded
from tests.mosquitto import free_port

WARM = LiveFacility(
    facility="fridge-1", state=State.DOWN, since=now(), grade=Grade.E1, values={"cabinet_temperature": 12.5}, at=now()
)


def what_is_kept_is_seen(site: Site) -> None:
    id_, secret = site.register()
    look = Glances(brokers.broker_address(site.settings))
    assert look(id_, "fridge-1") is None
    with site.station(id_, secret) as station:
        assert station.subscribed.wait(20)
        station.publish(topics.live(id_, "fridge-1"), WARM.model_dump_json(), retain=True)
        station.publish(topics.live(id_, "fridge-2"), "warm", retain=True)
    assert look(id_, "fridge-1") == WARM
    assert look(id_, "fridge-2") is None


@pytest.mark.parametrize("names", [(), ("localhost",)])
def test_what_the_embedded_broker_keeps_is_seen(names: tuple[str, ...], tmp_path: Path) -> None:
    with embedded(tmp_path, names) as site:
        what_is_kept_is_seen(site)


def test_without_a_broker_nothing_is_and_nobody_waits_long() -> None:
    began = time.monotonic()
    assert Glances(Address("127.0.0.1", free_port(), "hub", "x"), patience_s=0.3)("k3v9x2m7qa", "fridge-1") is None
    assert time.monotonic() - began < 5
