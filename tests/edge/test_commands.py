"""`waystation-edge` as a person types it: mistakes are sentences, work is done."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from edge.__main__ import app
from edge.keep import Keep
from shared.keys import spell_secret

STATION = f"""
[station]
id = "k3v9x2m7qa"
secret = "{spell_secret(b"1" * 16)}"
hub = "mqtt://127.0.0.1:1"
"""
WIRED = """
[[line]]
name = "bus-a"
port = "/dev/not-there"
[[device]]
name = "meter"
model = "pzem016"
line = "bus-a"
address = 10
[[facility]]
id = "fridge-1"
wires = { power = "meter.power" }
"""
RECORDING = """
[[facility]]
id = "fridge-1"
[[source]]
file = "fridge.csv"
time = "when"
columns = { watt = "fridge-1/power" }
"""


def folder(path: Path, toml: str = STATION + WIRED) -> Path:
    file = path / "station.toml"
    file.write_text(toml)
    file.chmod(0o600)
    return path


def say(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.output


def test_check_says_what_is_wired(tmp_path: Path) -> None:
    code, said = say("check", "--station", str(folder(tmp_path)))
    assert (code, said.strip()) == (0, "fridge-1: power")


def test_a_wrong_wire_is_refused_by_name_and_line(tmp_path: Path) -> None:
    code, said = say("check", "--station", str(folder(tmp_path, STATION + WIRED.replace("meter.power", "meter.watt"))))
    assert code == 2
    assert "fridge-1 (line" in said
    assert "meter has no channel watt" in said


def test_a_second_agent_on_one_station_is_refused(tmp_path: Path) -> None:
    keep = Keep(folder(tmp_path))
    code, said = say("run", "--station", str(tmp_path))
    keep.close()
    assert code == 2
    assert "holds this station" in said


@pytest.mark.parametrize(
    ("toml", "rows", "why"),
    [
        (RECORDING, "when,volt\n", "no column watt"),
        (RECORDING, "when,watt\n2026-01-01T00:00:00Z,much\n", "line 2"),
        (RECORDING.replace("fridge-1/power", "fridge-1/leak"), "", "no quantity leak"),
        (RECORDING.replace('id = "fridge-1"', 'id = "sauna-1"'), "", "no kind 'sauna'"),
        (RECORDING.replace("fridge.csv", "gone.csv"), "when,watt\n", "No such file"),
        ("[[facility]", "", "recording.toml"),
    ],
)
def test_a_recording_that_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, toml: str, rows: str, why: str
) -> None:
    recording = tmp_path / "recording"
    recording.mkdir()
    (recording / "recording.toml").write_text(toml)
    (recording / "fridge.csv").write_text(rows)
    station = tmp_path / "station"
    station.mkdir()
    code, said = say("replay", str(recording), "--station", str(folder(station)), "--quiet")
    assert code == 2
    assert why in said


def test_a_recording_is_shifted_by_whole_weeks(tmp_path: Path) -> None:
    recording = tmp_path / "recording"
    recording.mkdir()
    (recording / "recording.toml").write_text(RECORDING)
    rows = "".join(f"2026-01-01T00:{minute:02d}:00Z,80\n" for minute in range(30))
    (recording / "fridge.csv").write_text("when,watt\n" + rows)
    station = tmp_path / "station"
    station.mkdir()
    words = ["--station", str(folder(station)), "--end", "2026-03-01T00:00:00+00:00", "--quiet"]
    code, said = say("replay", str(recording), *words)
    assert code == 0, said
    assert "30 samples" in said
    assert "2026-02-26 00:29:00" in said
