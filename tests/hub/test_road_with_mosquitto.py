"""The hub as it is run, over a Mosquitto with TLS whose passwords, rules and certificate are the hub's."""

from pathlib import Path

from shared.records import CheckIn
from tests.hub.mqtt_station import eventually
from tests.hub.running import block, command, hub_listens, now, say, serving
from tests.hub.said import envelope, record
from tests.mosquitto import Mosquitto, Tls, free_port


def test_over_tls_a_check_in_is_acknowledged_and_only_the_newest_secret_opens(tmp_path: Path) -> None:
    tls = Tls(tmp_path / "ca" / "server.pem", tmp_path / "ca" / "server.key")
    mosquitto = Mosquitto(tmp_path / "mosquitto", tls, free_port())
    toml = f"""
        web_port = 0
        mqtt_names = ["hub.example"]
        mqtt_url = "mqtts://127.0.0.1:{mosquitto.port}"
        mqtt_for_stations = "mqtts://hub.example:8883"
        mosquitto = "mosquitto"
    """

    def started() -> int:
        mosquitto.start()
        return mosquitto.port

    with serving(tmp_path, toml, started) as hub:
        with hub.connect() as station:
            assert eventually(lambda: hub_listens(station), 20)
            sent = envelope(hub.station, record(CheckIn(occupation="courier"), now()))
            assert say(hub, station, sent)
            assert hub.check_ins() == [sent.records[0].id]
            told = block(tmp_path, "rotate", hub.station)
            assert station.lost.wait(10)
            assert station.refused.wait(10)
        assert (told["id"], told["hub"], told["ca"]) == (hub.station, "mqtts://hub.example:8883", "hub-ca.pem")
        assert command(tmp_path, "ca") == (tmp_path / "ca" / "ca.pem").read_text()
        with hub.connect(told["secret"]) as station:
            assert eventually(lambda: hub_listens(station), 20)
            again = envelope(hub.station, record(CheckIn(occupation="courier"), now()))
            assert say(hub, station, again)
            assert len(hub.check_ins()) == 2
    mosquitto.stop()
