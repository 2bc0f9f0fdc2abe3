"""A real Mosquitto, on loopback, reading the two files the hub writes: the hub's `mosquitto` folder is this one's."""

import getpass
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from hub.supervisor import Program, start

PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Tls:
    """What a listener shows to those who connect. Paths of PEM files."""

    certificate: Path
    key: Path


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody listens on this port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Mosquitto:
    """Keeps its port over stop and start. Does not outlive this process."""

    def __init__(self, folder: Path, tls: Tls | None = None, port: int | None = None, persistent: bool = False) -> None:
        self.folder, self.port = folder, port or free_port()
        self._tls, self._persistent = tls, persistent
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Mosquitto":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """Of the running server."""
        assert self._process is not None, "it does not run"
        return self._process.pid

    def start(self) -> None:
        """Returns once it listens."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("passwords", "acl"):
            (self.folder / name).touch(mode=0o600)
        conf = self.folder / "mosquitto.conf"
        conf.write_text(self._conf())
        # As many connections as the system lets it have: the limit a shell gives is often 1,024.
        raised = 'ulimit -n 100000 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$@"'
        path = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
        self._process = start(
            Program("mosquitto", ["sh", "-c", raised, "sh", "mosquitto", "-c", str(conf)], {"PATH": path})
        )
        deadline = time.monotonic() + PATIENCE_S
        while not listens(self.port):
            assert self._process.poll() is None, f"mosquitto ended: {self._said()}"
            assert time.monotonic() < deadline, f"mosquitto does not listen: {self._said()}"
            time.sleep(0.01)

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def reload(self) -> None:
        """Have it read its files again."""
        os.kill(self.pid, signal.SIGHUP)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _said(self) -> str:
        log = self.folder / "mosquitto.log"
        return log.read_text() if log.exists() else "nothing"

    def _conf(self) -> str:
        own = self.folder
        lines = [
            f"user {getpass.getuser()}",
            f"pid_file {own / 'mosquitto.pid'}",
            f"log_dest file {own / 'mosquitto.log'}",
            "log_type error",
            "log_type warning",
            "allow_anonymous false",
            f"password_file {own / 'passwords'}",
            f"acl_file {own / 'acl'}",
            "set_tcp_nodelay true",
            "max_inflight_messages 8192",
            "max_queued_messages 100000",
            f"persistence {'true' if self._persistent else 'false'}",
            f"persistence_location {own}/",
            f"listener {self.port} 127.0.0.1",
        ]
        if self._tls is not None:
            lines += [f"certfile {self._tls.certificate}", f"keyfile {self._tls.key}"]
        return "\n".join(lines) + "\n"
