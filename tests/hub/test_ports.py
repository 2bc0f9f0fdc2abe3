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


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = HubSettings(folder=tmp_path, web_port=taken.getsockname()[1])
        with pytest.raises(BadSettings, match="web_port"):
            check_free(settings, chosen_ports(settings))
