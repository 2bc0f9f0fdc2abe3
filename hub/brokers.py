"""The hub's broker, whichever it is: where it is, where stations find it, and how it is told who may connect."""

import ssl
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from hub import authority, broker, mosquitto, owned
from hub.address import Address, address_of
from hub.authority import Papers
from hub.database import engine_for
from hub.errors import BadSettings
from hub.keys import hub_keys
from hub.permissions import HUB_USER, READER
from hub.ports import chosen_ports
from hub.settings import EVERYWHERE, LOOPBACK, HubSettings
from hub.stations import store as stations
from hub.stations.block import Door
from hub.stations.store import BrokerUser


def broker_address(settings: HubSettings) -> Address:
    """Where the hub's broker is, and who the hub is there. Raises BadSettings."""
    ca = _own_authority(settings)
    if not settings.mqtt_url:
        host = _this_machine(settings)
        password = hub_keys(settings.folder).broker_password
        return Address(host, chosen_ports(settings).mqtt, HUB_USER, password, settings.certified, ca)
    address = address_of(settings.mqtt_url, _their_authority(settings) or ca)
    if settings.mosquitto and not address.user:
        password = hub_keys(settings.folder).broker_password
        return Address(address.host, address.port, HUB_USER, password, address.tls, address.ca)
    return address


def station_address(settings: HubSettings) -> str:
    """The broker as a station's settings name it: without anybody's password. Raises BadSettings."""
    if settings.mqtt_for_stations:
        address = address_of(settings.mqtt_for_stations, key="mqtt_for_stations")
        return _url(address.host, address.port, address.tls)
    if settings.mqtt_url:
        address = address_of(settings.mqtt_url)
        return _url(address.host, address.port, address.tls)
    host = settings.mqtt_names[0] if settings.mqtt_names else settings.mqtt_host
    return _url(host, chosen_ports(settings).mqtt, settings.certified)


def station_authority(settings: HubSettings) -> Path | None:
    """The PEM file a station needs to know its broker. None: its system knows the broker, or nothing is encrypted."""
    if not station_address(settings).startswith("mqtts:"):
        return None
    return _their_authority(settings) or _own_authority(settings)


def certificate(settings: HubSettings, now: datetime) -> Papers | None:
    """The hub's authority and the broker's certificate, made where missing or due. None: they are not the hub's.

    Raises BadSettings.
    """
    return authority.provide(settings.folder, _names(settings), now) if settings.certified else None


def write_files(settings: HubSettings, now: datetime) -> None:
    """What the broker reads: its users, from the register, and its certificate. Raises BadSettings."""
    # The register is read inside: of two who write at once, the later one writes what both have changed.
    with owned.alone(settings.folder):
        ours = certificate(settings, now)
        if settings.mqtt_url is None:
            hub = (HUB_USER, hub_keys(settings.folder).broker_hash)
            users = [(user.station, user.mqtt_hash) for user in _users(settings)]
            port = chosen_ports(settings).mqtt
            pair = (ours.certificate, ours.key) if ours else None
            prefix = settings.home_assistant_prefix
            told = (READER, hub_keys(settings.folder).reader_hash)
            reader = broker.Reader(told, prefix) if settings.home_assistant else None
            broker.write_config(settings.folder, broker.Listen(port, settings.mqtt_host, pair), hub, users, reader)
        elif settings.mosquitto is not None:
            address = broker_address(settings)
            users = [(user.station, user.mosquitto_hash) for user in _users(settings)]
            login = (address.user, mosquitto.hashed(address.password))
            told = (READER, mosquitto.hashed(hub_keys(settings.folder).reader_password))
            reads = told if settings.home_assistant else None
            mosquitto.write(settings.folder / settings.mosquitto, login, users, settings.home_assistant_prefix, reads)


def tell(settings: HubSettings, now: datetime) -> bool:
    """Let the broker know at once who may connect and who no longer may: those are disconnected. Call after the commit.

    False: it does not run, or is not the hub's to tell. Raises BadSettings.
    """
    write_files(settings, now)
    if settings.mqtt_url is None:
        return broker.reload(settings.folder)
    return settings.mosquitto is not None and mosquitto.reload(settings.folder / settings.mosquitto)


def door(settings: HubSettings) -> Door:
    """Where stations come in, for whoever adds one. Raises BadSettings."""
    ours = settings.mqtt_url is None or settings.mosquitto is not None
    authority_needed = station_authority(settings) is not None
    return Door(station_address(settings), authority_needed, ours, lambda now: tell(settings, now))


def _users(settings: HubSettings) -> list[BrokerUser]:
    engine = engine_for(settings.url)
    with Session(engine) as session:
        users = stations.broker_users(session)
    engine.dispose()
    return users


def _this_machine(settings: HubSettings) -> str:
    """Where the hub itself reaches the embedded broker."""
    if settings.mqtt_host in EVERYWHERE:
        return "::1" if ":" in settings.mqtt_host else "127.0.0.1"
    return settings.mqtt_host


def _names(settings: HubSettings) -> list[str]:
    """Of the broker's certificate, each once: what stations call it, and what the hub does."""
    here = () if settings.mqtt_url else (_this_machine(settings),)
    return list(dict.fromkeys([*settings.mqtt_names, *here, *LOOPBACK]))


def _own_authority(settings: HubSettings) -> Path | None:
    return authority.papers(settings.folder).authority if settings.certified else None


def _their_authority(settings: HubSettings) -> Path | None:
    """mqtt_ca. Raises BadSettings where it is no certificate: the library's own word for it names no file."""
    if settings.mqtt_ca is None:
        return None
    path = settings.folder / settings.mqtt_ca
    try:
        ssl.create_default_context(cafile=str(path))
    except (OSError, ssl.SSLError) as error:
        raise BadSettings(f"mqtt_ca: {path} is not a PEM file of certificates: {error.strerror or error}") from error
    return path


def _url(host: str, port: int, tls: bool) -> str:
    return f"{'mqtts' if tls else 'mqtt'}://{f'[{host}]' if ':' in host else host}:{port}"
