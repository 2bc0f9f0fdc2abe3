"""`waystation-edge doctor` before simulated stations, with and without an agent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from typer.testing import CliRunner

from edge.__main__ import app
from edge.doctor.ports import look_at
from edge.status import STATUS
from shared.keys import spell_secret
from tests.edge.commissioning.lines import bus, mounted

ROOT = Path(__file__).parents[3]


def station(folder: Path, port: Path) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "station.toml"
    file.write_text(
        f"""
[station]
id = "k3v9x2m7qa"
secret = "{spell_secret(b"1" * 16)}"
hub = "mqtt://127.0.0.1:1"
[[line]]
name = "bus-a"
port = "{port}"
[[device]]
name = "meter"
model = "pzem016"
line = "bus-a"
address = 10
[[device]]
name = "air"
model = "xy_md02"
line = "bus-a"
address = 30
"""
    )
    file.chmod(0o600)
    return folder


def doctor(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["doctor", *words])
    return result.exit_code, result.output


def test_without_an_agent_it_says_so_and_leaves_no_trace(tmp_path: Path) -> None:
    at = station(tmp_path / "station", tmp_path / "bus")
    code, said = doctor(str(at))
    assert code == 1
    assert "! agent: does not run; it has left no word of itself" in said
    assert f"! port of line bus-a: {tmp_path / 'bus'} is not there" in said
    assert "  device meter (pzem016 on bus-a): not asked: no agent runs" in said
    assert "! hub: mqtt://127.0.0.1:1 cannot be reached" in said
    assert [path.name for path in at.iterdir()] == ["station.toml"]


def test_a_wiring_that_cannot_be_is_said(tmp_path: Path) -> None:
    at = station(tmp_path / "station", tmp_path / "bus")
    file = at / "station.toml"
    file.write_text(file.read_text().replace("pzem016", "pzem061"))
    code, said = doctor(str(at))
    assert code == 1
    assert "did you mean pzem016?" in said


def test_it_asks_the_devices_itself(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    at = station(tmp_path / "station", link)
    with bus(link, mounted("pzem016", 10)):
        code, said = doctor(str(at), "--ask")
    assert code == 1
    assert "  device meter (pzem016 on bus-a): answers\n" in said
    assert "! device air (xy_md02 on bus-a): does not answer: silence: no answer from address 30" in said


def test_a_port_held_by_another_program_is_named_with_it(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    with bus(link, mounted("pzem016", 10)):
        assert look_at(str(link)).holders == ()
        terminal = os.open(link, os.O_RDWR | os.O_NOCTTY)
        with subprocess.Popen(["sleep", "60"], stdin=terminal) as other:
            os.close(terminal)
            try:
                assert look_at(str(link)).holders == ((other.pid, "sleep"),)
                at = station(tmp_path / "station", link)
                assert f"{link} is held by sleep (process {other.pid})" in doctor(str(at))[1]
            finally:
                other.terminate()


def test_while_an_agent_runs_its_figures_are_told(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    at = station(tmp_path / "station", link)
    with bus(link, mounted("pzem016", 10)):
        run = [sys.executable, "-m", "edge", "run", "--station", str(at)]
        with subprocess.Popen(run, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as agent:
            try:
                until = time.monotonic() + 20
                while not (at / STATUS).exists():
                    assert agent.poll() is None
                    assert time.monotonic() < until
                    time.sleep(0.05)
                code, said = doctor(str(at), "--ask")
            finally:
                agent.send_signal(signal.SIGTERM)
            assert agent.wait(20) == 0
    assert code == 1
    assert "the agent has the ports open: its own figures are shown instead of asking" in said
    assert f"  agent: runs as process {agent.pid} for" in said
    assert "  port of line bus-a:" in said
    assert "does not run" in doctor(str(at))[1]
