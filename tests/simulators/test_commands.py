"""waystation-sim as a person and the demo use it: one real process, and clear errors."""

import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulators.__main__ import app

ROOT = Path(__file__).parents[2]


def sim(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "perfect"), "healthy"),
        (("break", "nowhere", "fridge-1", "--how", "leak"), "none at all"),
        (("heal", "nowhere", "fridge-1"), "nowhere"),
        (("line", "nowhere", "bus-a", "--fault", "garble"), "nowhere"),
        (("status", "nowhere"), "nowhere"),
        (("wiring", "perfect"), "healthy"),
        (("record", "healthy", "out"), "--days"),
        (("record", "healthy", "out", "--from-days", "1", "--to-days", "2"), "--days"),
        (("record", "healthy", "out", "--days", "1", "--end", "soon"), "soon"),
    ],
)
def test_a_wrong_name_gets_a_clear_error(tmp_path: Path, words, says):
    base = () if words[0] in ("record",) else ("--base", str(tmp_path))
    code, output = sim(*words, *base)

    assert code == 2
    assert says in output


def test_scenarios_and_wiring_are_printed(tmp_path: Path):
    code, output = sim("scenarios")
    assert code == 0
    assert "outlets-1: out_of_band, overload, relay_off, socket_dead, trip, worn_contact" in output
    code, output = sim("wiring", "healthy", "--run", str(tmp_path))
    assert code == 0
    assert tomllib.loads(output)["line"][0]["port"] == str(tmp_path / "dev" / "bus-a")


def test_a_recording_is_made(tmp_path: Path):
    code, output = sim("record", "healthy", str(tmp_path / "out"), "--days", "0.05", "--end", "2026-11-20T06:00:00Z")

    assert code == 0
    assert "recorded" in output
    assert (tmp_path / "out" / "samples.csv.gz").is_file()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_station_runs_breaks_from_another_terminal_and_ends_clean(tmp_path: Path, number):
    command = [sys.executable, "-m", "simulators"]
    base = ["--base", str(tmp_path)]
    run = [*command, "run", "rough_line", *base, "--relay-to", "127.0.0.1:9"]
    with subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE, text=True) as station:
        assert station.stdout is not None
        ready = station.stdout.readline()
        assert ready.startswith("ready station=rough_line")
        assert "relay=127.0.0.1:" in ready
        order = [*command, "break", "rough_line", "outlets-1", "--how", "trip", "--size", "1", *base]
        assert "broken (trip)" in subprocess.check_output(order, cwd=ROOT, text=True)
        station.send_signal(number)
        assert station.wait(10) == 0
    assert [path.name for path in (tmp_path / "rough_line").iterdir()] == ["story.json"]
