"""The embedded broker, a real one: what it keeps, TLS by the hub's own authority, and addresses."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from edge.doctor.facts import unreached
from edge.mqtt import Connection as StationConnection
from edge.mqtt import HubAddress, Parting
from hub import broker
from hub.address import address_of
from hub.authority import provide
from hub.errors import BadSettings
from shared import topics
from shared.keys import mqtt_password
from tests.hub.broker_promises import BrokerPromises
from tests.hub.mqtt_station import MqttStation, eventually
from tests.hub.site import Site, embedded, now

HUB = (broker.HUB_USER, "$2b$04$")


class TestEmbedded(BrokerPromises):
    @pytest.fixture(scope="class")
    @classmethod
    def site(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
        with embedded(tmp_path_factory.mktemp("embedded")) as site:
            yield site

    def test_a_subscription_to_what_is_not_its_own_is_refused_outright(self, site: Site) -> None:
        (id_, secret), (other, _) = site.register(), site.register()
        foreign = [topics.ack(other), topics.state(other), "waystation/1/#", "#"]
        with site.station(id_, secret, *foreign) as one:
            assert one.subscribed.wait(10)
            assert [topic for topic, granted in one.answers.items() if not granted] == foreign


class TestEmbeddedWithTls:
    @pytest.fixture(scope="class")
    @classmethod
    def site(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
        with embedded(tmp_path_factory.mktemp("tls"), names=("hub.example",)) as site:
            yield site

    def test_an_agent_knows_the_hub_by_its_authority_and_is_heard(self, site: Site) -> None:
        id_, secret = site.register()
        with site.hub() as hub, agent(site, id_, secret, site.ca) as link:
            assert eventually(lambda: link.stands)
            assert eventually(lambda: hub.waiting() == 1)
            assert [message.payload for message in hub.take(1)] == [b"birth"]

    # paho leaves the socket of a handshake that failed to the garbage collector.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    @pytest.mark.parametrize("authority", ["another hub's", "the system's"])
    def test_an_agent_that_cannot_know_the_hub_does_not_speak_to_it(
        self, site: Site, authority: str, tmp_path: Path
    ) -> None:
        id_, secret = site.register()
        ca = provide(tmp_path, ["127.0.0.1"], now()).authority if authority == "another hub's" else None
        with capture_logs() as said, agent(site, id_, secret, ca) as link:
            assert eventually(lambda: any("CERTIFICATE_VERIFY_FAILED" in str(entry.get("error")) for entry in said))
            assert not link.stands

    def test_the_stations_doctor_tells_an_unknown_certificate_from_a_hub_that_is_away(self, site: Site) -> None:
        url = f"mqtts://127.0.0.1:{site.port}"
        assert unreached(url, site.ca) is None
        assert "certificate is not one this station knows" in (unreached(url, None) or "")
        assert "certificate" not in (unreached("mqtts://127.0.0.1:1", site.ca) or "certificate")

    def test_plaintext_gets_nowhere(self, site: Site) -> None:
        id_, secret = site.register()
        with MqttStation(site.port, id_, secret) as one:
            assert one.lost.wait(10)
            assert not one.subscribed.is_set()
            assert not one.refused.is_set()


@contextmanager
def agent(site: Site, id_: str, secret: str, ca: Path | None) -> Iterator[StationConnection]:
    """The agent's own connection."""
    link = StationConnection(
        HubAddress.of(f"mqtts://127.0.0.1:{site.port}", ca),
        id_,
        mqtt_password(secret),
        [(topics.ack(id_), 0)],
        lambda: Parting(topics.state(id_), "birth", "death"),
        lambda: None,
        lambda: None,
        lambda *_: None,
    )
    link.start()
    yield link
    link.stop()


def test_a_broker_that_does_not_run_is_not_reloaded(tmp_path: Path) -> None:
    assert not broker.reload(tmp_path)
    broker.files(tmp_path).mkdir()
    (broker.files(tmp_path) / "pid").write_text("1")
    assert not broker.reload(tmp_path)


def test_the_configuration_is_for_its_owner_only(tmp_path: Path) -> None:
    path = broker.write_config(tmp_path, 1883, HUB, [])
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("url", ["http://u:tell-nobody@hub", "mqtt://", "mqtts://hub:none", "mqtt://u:tell-nobody@hub"])
def test_a_url_that_is_no_broker_is_refused_by_its_key(url: str) -> None:
    with pytest.raises(BadSettings, match="mqtt_url") as refused:
        address_of(url)
    assert "tell-nobody" not in str(refused.value)
    assert address_of("mqtts://u:p%40@hub").password == "p@"
