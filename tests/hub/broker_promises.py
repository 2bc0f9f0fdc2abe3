"""What every broker keeps, with real passwords: one suite, run on each of them by a class that brings `site`."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hub.mqtt import Connection
from shared import topics
from shared.envelope import HubState
from shared.keys import spell_secret
from tests.hub.mqtt_station import eventually
from tests.hub.site import Site

OTHER_SECRET = spell_secret(bytes(range(16)))


class BrokerPromises:
    """`site` is one running broker for all tests of the class: each registers stations of its own."""

    @pytest.fixture
    def hub(self, site: Site) -> Iterator[Connection]:
        with site.hub() as connection:
            yield connection

    def test_a_station_can_neither_publish_nor_read_under_anothers_id(self, site: Site, hub: Connection) -> None:
        (one_id, one_secret), (other_id, other_secret) = site.register(), site.register()
        foreign = [
            topics.ack(other_id),
            topics.settings(other_id),
            topics.state(other_id),
            topics.up_now(other_id),
            topics.live(other_id, "+"),
            topics.ack("+"),
            "waystation/1/#",
            "#",
        ]
        with site.station(one_id, one_secret, *foreign) as one, site.station(other_id, other_secret) as other:
            assert one.subscribed.wait(10)
            assert other.subscribed.wait(10)
            for forged in (
                topics.up_now(other_id),
                topics.up_later(other_id),
                topics.ack(other_id),
                topics.state(other_id),
                topics.settings(other_id),
                topics.settings(one_id),
                topics.HUB_STATE,
            ):
                one.publish(forged, "forged", retain=True)
            other.publish(topics.live(other_id, "fridge-1"), "the other's")
            other.publish(topics.state(other_id), "the other's")
            one.publish(topics.up_later(one_id), "later")
            one.publish(topics.up_now(one_id), "now")
            assert eventually(lambda: hub.waiting() == 3)
            taken = hub.take(10)
            assert {(message.topic, message.payload) for message in taken} == {
                (topics.up_now(one_id), b"now"),
                (topics.up_later(one_id), b"later"),
                (topics.state(other_id), b"the other's"),
            }
            hub.acknowledge(taken)
            hub.keep(topics.settings(other_id), "for the other")
            hub.say(topics.ack(other_id), "for the other")
            hub.say(topics.ack(one_id), "for one")
            assert eventually(lambda: (topics.ack(one_id), b"for one") in one.heard)
            assert eventually(lambda: (topics.ack(other_id), b"for the other") in other.heard)
            assert eventually(lambda: (topics.settings(other_id), b"for the other") in other.heard)
            assert {payload for _, payload in one.heard if b'"online"' not in payload} == {b"for one"}
            assert b"forged" not in [payload for _, payload in other.heard]

    def test_what_a_station_publishes_under_its_own_id_arrives_and_it_reads_its_own_state(
        self, site: Site, hub: Connection
    ) -> None:
        id_, secret = site.register()
        with site.station(id_, secret) as one:
            assert one.subscribed.wait(10)
            one.publish(topics.state(id_), "birth")
            one.publish(topics.live(id_, "fridge-1"), "live")
            assert eventually(lambda: (topics.state(id_), b"birth") in one.heard)
            assert eventually(lambda: hub.waiting() == 1)
            hub.acknowledge(hub.take(1))

    def test_a_revoked_station_is_disconnected_and_refused_and_the_others_stay(
        self, site: Site, hub: Connection
    ) -> None:
        (id_, secret), (staying, its_secret) = site.register(), site.register()
        with site.station(id_, secret) as one, site.station(staying, its_secret) as other:
            assert one.subscribed.wait(10)
            assert other.subscribed.wait(10)
            before = hub.connection
            assert site.revoke(id_)
            assert one.lost.wait(10)
            assert one.refused.wait(10)
            assert (hub.connection, hub.listening, other.lost.is_set()) == (before, True, False)

    def test_a_station_with_another_secret_is_disconnected_and_only_the_other_secret_opens(
        self, site: Site, hub: Connection
    ) -> None:
        id_, secret = site.register()
        with site.station(id_, secret) as holder:
            assert holder.subscribed.wait(10)
            other_secret = site.rotate(id_)
            assert holder.lost.wait(10)
            assert holder.refused.wait(10)
        with site.station(id_, other_secret) as one:
            assert one.subscribed.wait(10)
        assert hub.connection == 1

    def test_a_wrong_password_nobody_and_a_stranger_are_refused(self, site: Site) -> None:
        id_, _ = site.register()
        for user, secret in ((id_, OTHER_SECRET), (id_, None), ("b8c1d4e7f0", OTHER_SECRET)):
            with site.station(user, secret) as liar:
                assert liar.refused.wait(10)
                assert not liar.subscribed.is_set()

    def test_the_hub_says_that_it_listens_and_that_it_does_not(self, site: Site) -> None:
        id_, secret = site.register()
        with site.station(id_, secret) as one:
            with site.hub():
                assert eventually(lambda: any(b'"online":true' in payload for _, payload in one.heard))
            assert eventually(lambda: b'"online":false' in one.heard[-1][1])

    def test_a_will_of_an_earlier_hub_does_not_keep_stations_waiting(self, site: Site, hub: Connection) -> None:
        """As when the machine of the hub lost power: its broker tells of it after the hub is back."""
        id_, secret = site.register()
        with site.station(id_, secret) as one:
            assert one.subscribed.wait(10)
            hub.keep(topics.HUB_STATE, HubState(online=False, at=datetime.now(UTC)).model_dump_json())
            assert eventually(lambda: [b'"online":true' in said for _, said in one.heard][-2:] == [False, True])
