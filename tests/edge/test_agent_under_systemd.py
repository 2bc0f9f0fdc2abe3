"""An agent as systemd runs it: it says on a real socket that it is ready, alive and stopping."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from shared.keys import spell_secret

TOML = f"""
[station]
id = "k3v9x2m7qa"
secret = "{spell_secret(b"1" * 16)}"
hub = "mqtt://127.0.0.1:1"
"""


def test_an_agent_says_it_is_ready_alive_and_stopping(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    folder.mkdir()
    toml = folder / "station.toml"
    toml.write_text(TOML)
    toml.chmod(0o600)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(20)
        environment = {**os.environ, "NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "400000"}
        with (tmp_path / "log").open("wb") as log:
            command = [sys.executable, "-m", "edge", "run", "--station", str(folder)]
            agent = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            assert [manager.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
            agent.terminate()
            words = set()
            while b"STOPPING=1" not in words:
                words.add(manager.recv(100))
            assert agent.wait(20) == 0
        finally:
            agent.kill()
            agent.wait()
