"""Two connections to a real broker: the lane `now` first, and no more of the backlog than there is room for."""

from collections.abc import Iterator

import pytest

from hub import brokers
from hub.lanes import Lanes
from hub.mqtt import Connection
from shared import topics
from tests.hub.mqtt_station import eventually
from tests.hub.site import Site, embedded, now


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with embedded(tmp_path_factory.mktemp("lanes")) as made:
        yield made


def test_the_lane_now_goes_first_and_some_of_the_backlog_goes_along(site: Site) -> None:
    id_, secret = site.register()
    lanes = Lanes(brokers.broker_address(site.settings), "hub-lanes", now)
    lanes.start()
    with site.station(id_, secret) as one:
        assert one.subscribed.wait(10)
        assert eventually(lambda: lanes.connection is not None)
        for index in range(3):
            one.publish(topics.up_later(id_), f"later {index}")
            one.publish(topics.up_now(id_), f"now {index}")
        assert eventually(lambda: lanes.waiting() == 6)
        taken = lanes.take(2)
        assert [message.payload for message in taken] == [b"now 0", b"now 1", b"later 0", b"later 1"]
        lanes.acknowledge(taken)
        assert [message.payload for message in lanes.take(2)] == [b"now 2", b"later 2"]
    lanes.stop()


def test_a_hub_without_room_reads_no_further_until_something_is_taken(site: Site) -> None:
    id_, secret = site.register()
    address = brokers.broker_address(site.settings)
    narrow = Connection(address, "hub-narrow", now, [topics.SUBSCRIBE_LATER], room=10)
    narrow.start()
    with site.station(id_, secret) as one:
        assert one.subscribed.wait(10)
        assert eventually(lambda: narrow.listening)
        for index in range(4):
            one.publish(topics.up_later(id_), f"five {index}")
        assert eventually(lambda: narrow.waiting() == 2)
        assert not eventually(lambda: narrow.waiting() > 2, 0.3)
        assert narrow.fullness >= 1
        taken = narrow.take(100)
        assert eventually(lambda: narrow.waiting() == 2)
        taken += narrow.take(100)
        assert [message.payload for message in taken] == [b"five 0", b"five 1", b"five 2", b"five 3"]
        narrow.acknowledge(taken)
    narrow.stop()


def test_one_batch_takes_a_bounded_part_of_a_backlog(site: Site) -> None:
    id_, secret = site.register()
    connection = Connection(brokers.broker_address(site.settings), "hub-part", now, [topics.SUBSCRIBE_LATER])
    connection.start()
    with site.station(id_, secret) as one:
        assert one.subscribed.wait(10)
        assert eventually(lambda: connection.listening)
        for _ in range(3):
            one.publish(topics.up_later(id_), "x" * 1000)
        assert eventually(lambda: connection.waiting() == 3)
        assert len(connection.take(100, most_bytes=1500)) == 2
        assert (connection.waiting(), connection.waiting_bytes) == (1, 1000)
    connection.stop()
