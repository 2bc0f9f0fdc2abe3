"""What a station's device must be told once: the block for its station.toml. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.keys import mqtt_password

AUTHORITY_FILE = "hub-ca.pem"
"""What a station calls the certificate of the hub's authority."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where stations come in, as far as the register must know: `hub.brokers` stands above it and makes one."""

    address: str
    """The broker, as a station's settings name it."""
    authority: bool
    """Whether a station needs a certificate to know it by."""
    ours: bool
    """Whether the hub writes its broker's users."""
    tell: Callable[[datetime], object]
    """Lets the broker know at once who may connect. After the commit."""


def block(door: Door, station: str, secret: str) -> str:
    """For station.toml: TOML, also what is said beside it."""
    lines = ["[station]", f'id = "{station}"', f'secret = "{secret}"', f'hub = "{door.address}"']
    if door.authority:
        lines.append(f'ca = "{AUTHORITY_FILE}"')
        lines.append(f"# {AUTHORITY_FILE}, beside station.toml: what `waystation-hub ca` prints")
    if not door.ours:
        lines.append(f"# your broker must admit user {station} with password {mqtt_password(secret)}")
    return "\n".join(lines)
