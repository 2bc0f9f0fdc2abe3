"""A real PostgreSQL for tests: its own cluster, its own port on loopback, gone when the test is.

PostgreSQL refuses to run as root, so root starts it as user postgres; what pytest keeps under /tmp only root may
enter, so the cluster then lies in a folder of its own beside it.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import weakref
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

USER = "postgres"
START_S = 60.0
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests that are not about losing power."""
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


def binaries() -> Path | None:
    """Where initdb and postgres are, the newest version there is. None: not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parents[1].name))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


class Postgres:
    """One server: `start` after `stop` or `kill` finds the same data again. Its log is <folder>/postgres.log."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self._bin = binaries()
        self._user = USER if os.geteuid() == 0 else None
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "postgres.log"
        self.port = _free_port()
        self._settings = {"max_connections": "60", **(settings or {})}
        self._process: subprocess.Popen[bytes] | None = None
        if self._user is None:
            self._data = folder / "data"
            self._data.mkdir(mode=0o700, exist_ok=True)
        else:
            self._data = Path(tempfile.mkdtemp(prefix="waystation-postgres-"))
            owner = pwd.getpwnam(self._user)
            os.chown(self._data, owner.pw_uid, owner.pw_gid)
            weakref.finalize(self, shutil.rmtree, self._data, ignore_errors=True)

    def __enter__(self) -> "Postgres":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Raises RuntimeError, with the end of the log, where it does not come up."""
        if self._process is not None:
            return
        if not (self._data / "PG_VERSION").exists():
            self._run("initdb", "-D", str(self._data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "log_lock_waits": "on",
            "timezone": "Asia/Shanghai",
            **self._settings,
        }
        arguments = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        with self.log.open("ab") as log:
            self._process = self._popen(["postgres", "-D", str(self._data), *arguments], log.fileno())
        deadline = time.monotonic() + START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"PostgreSQL does not start: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """An orderly end; whoever is connected is cut off."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """As a power cut would, but for what the kernel still writes: all processes at once, without a checkpoint."""
        self._end(signal.SIGQUIT)

    def create(self, name: str, template: str = "template1") -> str:
        """The URL of a fresh database: empty, or a copy of another nobody is connected to."""
        with self.connection() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
            )
        return self.url(name)

    def drop(self, name: str) -> None:
        """Gone, whoever is still connected."""
        with self.connection() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, name: str) -> str:
        """As a hub's `database_url`."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def connection(self, name: str = "postgres") -> psycopg.Connection:
        """A connection of one's own; every statement commits by itself."""
        return psycopg.connect(self.url(name), autocommit=True, connect_timeout=10)

    def deadlocks(self, name: str) -> int:
        """How many transactions PostgreSQL ended because they waited for each other in a circle."""
        with self.connection() as connection:
            connection.execute("SELECT pg_stat_force_next_flush()")
            row = connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = %s", [name]).fetchone()
        if row is None:
            raise LookupError(f"there is no database {name}")
        return int(row[0])

    def _answers(self) -> bool:
        try:
            self.connection().close()
        except psycopg.OperationalError:
            return False
        return True

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(START_S)
            self._process = None

    def _run(self, *command: str) -> None:
        with self.log.open("ab") as log:
            code = self._popen(list(command), log.fileno()).wait()
        if code:
            raise RuntimeError(f"{command[0]} failed: {self.log.read_text(errors='replace')[-2000:]}")

    def _popen(self, command: list[str], log: int) -> subprocess.Popen[bytes]:
        if self._bin is None:
            raise RuntimeError("PostgreSQL is not installed: apt install postgresql")
        return subprocess.Popen(
            [str(self._bin / command[0]), *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env={"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "/usr/bin")},
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
            start_new_session=True,  # a Ctrl-C meant for the tests is not meant for it
            preexec_fn=_end_with_parent,  # the tests' main thread starts it
        )


def _end_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT, 0, 0, 0)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
