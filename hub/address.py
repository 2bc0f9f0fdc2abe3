"""Where a broker is, and who the hub is there. Pure."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hub.errors import BadSettings
from hub.settings import LOOPBACK


@dataclass(frozen=True, slots=True)
class Address:
    """A broker, and who connects."""

    host: str
    port: int
    user: str
    password: str
    tls: bool = False
    ca: Path | None = None
    """PEM file of the authority that signed its certificate. None: one of the system's."""


def address_of(url: str, ca: Path | None = None, key: str = "mqtt_url") -> Address:
    """mqtt://user:password@host:port on loopback, mqtts:// anywhere.

    Raises BadSettings, which names the key and shows no password.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname:
        raise BadSettings(f"{key} is not mqtts://user:password@host:port, or mqtt://… on loopback")
    tls = parts.scheme == "mqtts"
    if not tls and parts.hostname not in LOOPBACK:
        raise BadSettings(f"{key}: off loopback {parts.hostname} is reached with mqtts://: a password goes over it")
    try:
        port = parts.port or (8883 if tls else 1883)
    except ValueError as error:
        raise BadSettings(f"{key}: {error}") from error
    return Address(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), tls, ca)
