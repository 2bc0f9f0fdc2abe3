"""Where the hub's broker is for the hub and for a station, as the settings say."""

from pathlib import Path

import pytest

from hub import brokers
from hub.authority import papers
from hub.errors import BadSettings
from hub.permissions import HUB_USER
from hub.settings import EVERYWHERE, HubSettings, load


@pytest.mark.parametrize(
    ("told", "hub", "station", "own_authority"),
    [
        ({}, ("127.0.0.1", 1884, False), "mqtt://127.0.0.1:1884", False),
        ({"mqtt_host": "10.1.2.3"}, ("10.1.2.3", 1884, True), "mqtts://10.1.2.3:1884", True),
        (
            {"mqtt_host": EVERYWHERE[0], "mqtt_names": ["hub.cn"]},
            ("127.0.0.1", 1884, True),
            "mqtts://hub.cn:1884",
            True,
        ),
        ({"mqtt_host": "::", "mqtt_names": ["fd00::7"]}, ("::1", 1884, True), "mqtts://[fd00::7]:1884", True),
        ({"mqtt_names": ["hub.cn"]}, ("127.0.0.1", 1884, True), "mqtts://hub.cn:1884", True),
        ({"mqtt_url": "mqtts://h:p@b.cn"}, ("b.cn", 8883, True), "mqtts://b.cn:8883", False),
        (
            {"mqtt_url": "mqtt://127.0.0.1:1885", "mqtt_for_stations": "mqtts://hub.cn", "mqtt_names": ["hub.cn"]},
            ("127.0.0.1", 1885, False),
            "mqtts://hub.cn:8883",
            True,
        ),
    ],
)
def test_off_loopback_it_speaks_tls_and_a_station_is_told_how_to_know_it(
    tmp_path: Path, told: dict[str, object], hub: tuple[str, int, bool], station: str, own_authority: bool
) -> None:
    settings = HubSettings.model_validate({"folder": tmp_path, "mqtt_port": 1884, **told})
    address = brokers.broker_address(settings)
    assert (address.host, address.port, address.tls) == hub
    assert brokers.station_address(settings) == station
    assert brokers.station_authority(settings) == (papers(tmp_path).authority if own_authority else None)


def test_on_a_mosquitto_of_its_own_the_hub_has_its_own_user(tmp_path: Path) -> None:
    url = "mqtt://127.0.0.1:1885"
    written = HubSettings(folder=tmp_path, mqtt_url=url, mosquitto=tmp_path / "mosquitto")
    assert brokers.broker_address(written).user == HUB_USER
    assert len(brokers.broker_address(written).password) > 40
    assert brokers.broker_address(HubSettings(folder=tmp_path, mqtt_url=url)).user == ""


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('mqtt_host = "0.0.0.0"', "mqtt_names"),
        ('mqtt_host = "a b"', "mqtt_host"),
        ('mqtt_names = ["驿站"]', "mqtt_names"),
        ('mqtt_ca = "ca.pem"', "mqtt_ca is about a broker of your own"),
        ('mosquitto = "mosquitto"', "mosquitto is about a broker of your own"),
        ('mqtt_for_stations = "mqtts://b"', "mqtt_for_stations is about a broker of your own"),
    ],
)
def test_what_cannot_be_names_its_key(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "hub.toml").write_text(toml)
    with pytest.raises(BadSettings, match=words):
        load(tmp_path)


def test_an_authority_that_is_missing_or_none_names_file_and_key(tmp_path: Path) -> None:
    settings = HubSettings(folder=tmp_path, mqtt_url="mqtts://h:p@b.cn", mqtt_ca=Path("their.pem"))
    with pytest.raises(BadSettings, match=r"mqtt_ca: .*their\.pem.*No such file"):
        brokers.broker_address(settings)
    (tmp_path / "their.pem").write_text("not a certificate")
    with pytest.raises(BadSettings, match=r"mqtt_ca: .*their\.pem is not a PEM file"):
        brokers.broker_address(settings)


def test_stations_are_not_sent_over_plaintext(tmp_path: Path) -> None:
    settings = HubSettings(folder=tmp_path, mqtt_url="mqtts://b.cn", mqtt_for_stations="mqtt://b.cn")
    with pytest.raises(BadSettings, match="mqtt_for_stations: off loopback"):
        brokers.station_address(settings)
