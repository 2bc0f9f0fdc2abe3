"""Ports are chosen once: what stations were told stays true."""

import socket
from pathlib import Path

import pytest

from hub.errors import BadSettings
from hub.ports import check_free, chosen_ports, kept_ports
from hub.settings import HubSettings


def test_free_ports_are_chosen_once_and_differ(tmp_path: Path) -> None:
    settings = HubSettings(folder=tmp_path, web_port=0, mqtt_port=0)
    ports = chosen_ports(settings)
    assert len({ports.web, ports.mqtt, ports.metrics, 0}) == 4
    assert chosen_ports(settings) == ports == kept_ports(tmp_path)


def test_a_port_that_is_set_is_used(tmp_path: Path) -> None:
    ports = chosen_ports(HubSettings(folder=tmp_path, web_port=8123, mqtt_port=1884))
    assert (ports.web, ports.mqtt) == (8123, 1884)


def test_somebody_elses_broker_has_no_port_here(tmp_path: Path) -> None:
    assert chosen_ports(HubSettings(folder=tmp_path, mqtt_url="mqtt://broker")).mqtt == 0


def test_every_ingest_process_has_a_port_of_its_own(tmp_path: Path) -> None:
    several = {"database_url": "postgresql://h/d", "mqtt_url": "mqtt://broker"}
    one = chosen_ports(HubSettings(folder=tmp_path))
    three = chosen_ports(HubSettings(folder=tmp_path, ingest_processes=3, **several))
    assert three.metrics == one.metrics
    assert len(set(three.every_metrics)) == 3
    # A child is told the first one's port in its environment, and must find the others as they were chosen.
    told = HubSettings(folder=tmp_path, ingest_processes=3, metrics_port=three.metrics, **several)
    assert chosen_ports(told) == three == kept_ports(tmp_path)


@pytest.mark.parametrize("missing", ["database_url", "mqtt_url"])
def test_several_ingest_processes_need_both_servers(tmp_path: Path, missing: str) -> None:
    several = {"database_url": "postgresql://h/d", "mqtt_url": "mqtt://broker"}
    with pytest.raises(ValueError, match=r"ingest_processes.*PostgreSQL.*mqtt_url"):
        HubSettings(folder=tmp_path, ingest_processes=2, **{key: at for key, at in several.items() if key != missing})


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = HubSettings(folder=tmp_path, web_port=taken.getsockname()[1])
        with pytest.raises(BadSettings, match="web_port"):
            check_free(settings, chosen_ports(settings))
