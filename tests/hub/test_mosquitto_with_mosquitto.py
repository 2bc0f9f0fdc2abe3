"""Mosquitto with the files the hub writes: it keeps what the embedded broker keeps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub import brokers, mosquitto
from hub.authority import provide
from hub.mqtt import Connection
from hub.permissions import hub_reads
from hub.settings import HubSettings
from shared import topics
from tests.hub.broker_promises import BrokerPromises
from tests.hub.mqtt_station import eventually
from tests.hub.site import Site, now, with_mosquitto
from tests.hub.test_glance import what_is_kept_is_seen
from tests.mosquitto import Mosquitto, Tls


class TestMosquitto(BrokerPromises):
    @pytest.fixture(scope="class")
    @classmethod
    def site(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
        with with_mosquitto(tmp_path_factory.mktemp("mosquitto")) as site:
            yield site

    def test_its_files_are_for_their_owner_only_and_hold_no_password(self, site: Site) -> None:
        id_, _ = site.register()
        folder = site.settings.folder / "mosquitto"
        assert [(folder / name).stat().st_mode & 0o777 for name in ("passwords", "acl")] == [0o600, 0o600]
        lines = (folder / "passwords").read_text().splitlines()
        assert any(line.startswith(f"{id_}:$7$") for line in lines)
        assert brokers.broker_address(site.settings).password not in "".join(lines)
        assert id_ not in (folder / "acl").read_text()

    def test_the_hub_may_look_at_what_is_live(self, site: Site) -> None:
        what_is_kept_is_seen(site)

    def test_two_of_the_hub_share_what_arrives(self, site: Site) -> None:
        """As more than one ingest process does."""
        id_, secret = site.register()
        shared = [f"$share/waystation/{topic}" for topic in hub_reads()]
        address = brokers.broker_address(site.settings)
        both = [Connection(address, f"hub-{number}", now, shared) for number in (1, 2)]
        for connection in both:
            connection.start()
        assert eventually(lambda: all(connection.listening for connection in both))
        with site.station(id_, secret) as one:
            assert one.subscribed.wait(10)
            for number in range(20):
                one.publish(topics.up_now(id_), f"{number}")
            assert eventually(lambda: sum(connection.waiting() for connection in both) == 20)
            assert all(connection.waiting() for connection in both)
        for connection in both:
            connection.stop()


def test_a_broker_somebody_else_runs_is_connected_to_and_left_alone(tmp_path: Path) -> None:
    """As an external cluster: its users, rules and certificate are not the hub's."""
    theirs = tmp_path / "theirs"
    papers = provide(tmp_path / "their-authority", ["127.0.0.1"], now())
    mosquitto.write(theirs, ("hub@county", mosquitto.hashed("p:w")), [])
    with Mosquitto(theirs, Tls(papers.certificate, papers.key)) as server:
        url = f"mqtts://hub%40county:p%3Aw@127.0.0.1:{server.port}"
        settings = HubSettings(folder=tmp_path / "hub", mqtt_url=url, mqtt_ca=papers.authority)
        connection = Connection(brokers.broker_address(settings), "hub-test", now, hub_reads())
        connection.start()
        assert eventually(lambda: connection.listening)
        assert not brokers.tell(settings, now())
        connection.stop()
    assert not list((tmp_path / "hub").rglob("*.pem"))


def test_a_hash_is_spelled_as_mosquittos_own_tool_spells_it() -> None:
    """mosquitto_passwd -b of 2.0.11 wrote this for the password `secret`, with 101 iterations."""
    kept = (
        "$7$101$trIU5tGKNUWlgAeC$"
        "x6Gn4Z/TtZUsveglpNX7TS4+cZ2nIzmrDfzXSEeYqn0j8CQcHKWha8eqD17Ix1lZ6StOxyZHqlKwsq0OaM0m9A=="
    )
    assert mosquitto.spelled("secret", kept.split("$")[3], 101) == kept


def test_one_that_does_not_run_reads_its_files_at_its_start(tmp_path: Path) -> None:
    assert not mosquitto.reload(tmp_path)
