"""Mosquitto's files: passwords and access rules, written from the register, read again at SIGHUP.

Mosquitto 2.0.11, checked against the server: the rules of stations are `pattern` lines, so the access file does not
grow with them; at SIGHUP it hashes the password of every connected client again, and disconnects whoever is gone or has
another one; it grants every subscription and drops what may not be read; a forbidden publish is acknowledged and
dropped; it warns of the pattern without %u, and follows it. Dynamic security is not for us: it does not expand %u.
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path

from hub import owned
from hub.errors import BadSettings
from hub.permissions import hub_glances, hub_publishes, hub_reads, may_publish, may_read, reader_publishes, reader_reads

ITERATIONS = 1
"""Stretching adds nothing to 128 random bits, and a reload hashes once for each station that is connected."""
SALT_BYTES = 12
PROGRAM = "mosquitto"
PASSWORDS, ACCESS, PID = "passwords", "acl", "mosquitto.pid"

Login = tuple[str, str]
"""User name and `hashed` password."""


def hashed(password: str) -> str:
    """What the password file keeps of a password, under a fresh salt."""
    return spelled(password, base64.b64encode(secrets.token_bytes(SALT_BYTES)).decode(), ITERATIONS)


def spelled(password: str, salt: str, iterations: int) -> str:
    """PBKDF2-HMAC-SHA512 as Mosquitto 2 spells it: $7$iterations$salt$hash, salt and hash in base64."""
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), base64.b64decode(salt), iterations)
    return f"$7${iterations}${salt}${base64.b64encode(digest).decode()}"


def passwords(hub: Login, stations: Sequence[Login]) -> str:
    """The password file."""
    return "".join(f"{user}:{hash_}\n" for user, hash_ in [hub, *stations])


def access(hub: str, discovery: str, reader: str | None = None) -> str:
    """The access file: what the hub may, and what any station may under its own id.

    `discovery`: the prefix under which Home Assistant is told of stations. `reader`: its user; None: it has none.
    """
    lines = [
        f"user {hub}",
        *(f"topic write {topic}" for topic in hub_publishes(discovery)),
        *(f"topic read {topic}" for topic in [*hub_reads(), *hub_glances()]),
        *(_reader(reader, discovery) if reader else []),
        "",
        *(f"pattern write {topic}" for topic in may_publish("%u")),
        *(f"pattern read {topic}" for topic in may_read("%u")),
    ]
    return "\n".join(lines) + "\n"


def _reader(user: str, discovery: str) -> list[str]:
    return [
        "",
        f"user {user}",
        *(f"topic write {topic}" for topic in reader_publishes(discovery)),
        *(f"topic read {topic}" for topic in reader_reads(discovery)),
    ]


def write(
    folder: Path,
    hub: Login,
    stations: Sequence[Login],
    discovery: str = "homeassistant",
    reader: Login | None = None,
) -> None:
    """Write both files. Raises BadSettings where the folder cannot be written."""
    try:
        owned.write(folder / ACCESS, access(hub[0], discovery, reader and reader[0]))
        owned.write(folder / PASSWORDS, passwords(hub, [*([reader] if reader else []), *stations]))
    except OSError as error:
        raise BadSettings(f"mosquitto: {folder} cannot be written: {error.strerror}") from error


def reload(folder: Path) -> bool:
    """Have it read its files again. False: none runs in this folder. Raises BadSettings where it is not the hub's."""
    return owned.hang_up(folder / PID, PROGRAM)
