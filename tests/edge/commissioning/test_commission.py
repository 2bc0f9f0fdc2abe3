"""`waystation-edge commission` before simulated devices on real pseudo-terminals."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from edge.__main__ import app
from edge.commissioning.search import look
from edge.drivers import drivers
from edge.modbus import asking
from shared.keys import spell_secret
from simulators.device import models
from simulators.line import ModbusLine
from tests.edge.commissioning.lines import WORLD, StrictPort, bus, mounted, talker

STATION = f"""[station]
id = "k3v9x2m7qa"
secret = "{spell_secret(b"1" * 16)}"  # from the hub
hub = "mqtt://127.0.0.1:1"
"""
MODBUS = [name for name, driver in drivers().items() if driver.reads]
ROOT = Path(__file__).parents[3]


def commission(link: Path, *words: str, typed: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["commission", "--port", str(link), "--baudrates", "9600", *words], input=typed)
    return result.exit_code, result.output


def station(folder: Path) -> Path:
    folder.mkdir()
    file = folder / "station.toml"
    file.write_text(STATION)
    file.chmod(0o600)
    return folder


@pytest.mark.parametrize("model", MODBUS)
def test_a_fresh_device_is_known_addressed_written_down_and_passes_check(model: str, tmp_path: Path) -> None:
    at = station(tmp_path / "station")
    link = tmp_path / "dev" / "bus"
    device = mounted(model, 1)
    with bus(link, device):
        words = ("--addresses", "1", "--set-address", "33", "--station", str(at), "--write", "--yes")
        code, said = commission(link, *words)
    assert code == 0, said
    assert f"address 1 at 9600 baud: {model} (" in said
    assert f"the {model} answers at address 33 now" in said
    assert device.device.address == 33
    text = (at / "station.toml").read_text()
    assert text.startswith(STATION)
    assert f'model = "{model}"\nline = "bus-1"\naddress = 33' in text
    assert (at / "station.toml").stat().st_mode & 0o777 == 0o600
    assert CliRunner().invoke(app, ["check", "--station", str(at)]).exit_code == 0
    assert list(at.iterdir()) == [at / "station.toml"]


def test_a_person_is_asked_and_may_keep_everything_as_it_is(tmp_path: Path) -> None:
    at, link = station(tmp_path / "station"), tmp_path / "dev" / "bus"
    device = mounted("xy_md02", 1)
    with bus(link, device):
        code, said = commission(link, "--addresses", "1", "--station", str(at), typed="30\ny\nn\n")
        assert (code, device.device.address) == (0, 30), said
        assert (at / "station.toml").read_text() == STATION
        code, said = commission(link, "--addresses", "30", "--station", str(at), typed="\ny\n")
    assert code == 0, said
    assert "address = 30" in (at / "station.toml").read_text()


def test_two_devices_are_never_given_an_address(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    with bus(link, mounted("pzem016", 1), mounted("xy_md02", 4)) as line:
        code, said = commission(link, "--addresses", "1-4", "--set-address", "9", "--yes")
        assert isinstance(line, ModbusLine)
        assert [one.device.address for one in line.mounted] == [1, 4]
    assert code == 2
    assert "2 devices answer, at 1 and 4: connect the one that is meant alone" in said


def test_two_devices_with_one_address_are_told_from_one(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    first, second = mounted("pzem016", 1), mounted("pzem016", 1, WORLD | {"voltage": 217.3, "power": 1234.0})
    with bus(link, first, second):
        code, said = commission(link, "--addresses", "1", "--set-address", "9", "--yes")
    assert code == 2
    assert "two devices with one address, noise, or another baud rate" in said
    assert (first.device.address, second.device.address) == (1, 1)


def test_nobody_is_said(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    with bus(link):
        code, said = commission(link, "--addresses", "1-2", "--model", "pzem016", "--set-address", "9", "--yes")
    assert code == 2
    assert "nobody answers" in said


def test_a_device_at_another_rate_is_found_there(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    with bus(link, mounted("pzem016", 1), port=StrictPort, rate=9600):
        words = ("--addresses", "1", "--model", "pzem016", "--yes")
        code, said = commission(link, *words, "--baudrates", "19200")
        assert code == 2
        code, said = commission(link, *words, "--baudrates", "19200,4800,9600")
    assert code == 0, said
    assert "address 1 at 9600 baud" in said
    assert "baudrate = 9600" in said


def test_on_a_garbled_line_nothing_is_written(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    device = mounted("pzem016", 1)
    with bus(link, device, spoilt=[("garble", 1.0)]):
        code, said = commission(link, "--addresses", "1", "--model", "pzem016", "--set-address", "9", "--yes")
    assert code == 2
    assert "cannot be read" in said
    assert device.device.address == 1


def test_a_line_that_garbles_now_and_then_is_asked_again(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    device = mounted("pzem016", 1)
    with bus(link, device, spoilt=[("prefix", 1.0), ("garble", 0.25)]):
        code, said = commission(link, "--addresses", "1", "--model", "pzem016", "--set-address", "9", "--yes")
    assert code == 0, said
    assert device.device.address == 9


def test_a_taken_address_is_not_given(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    with bus(link, mounted("pzem016", 1), mounted("r4dcb08", 9)) as line:
        code, said = commission(link, "--addresses", "1", "--set-address", "9", "--yes")
        assert isinstance(line, ModbusLine)
        assert [one.device.address for one in line.mounted] == [1, 9]
    assert code == 2
    assert "somebody answers at address 9 already" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--set-address", "300"), "address 300 is not between 1 and 247"),
        (("--model", "pzem061"), "there is no model 'pzem061'"),
        (("--addresses", "one"), "'one' is not a list such as 1,10-20"),
        (("--write",), "--write needs --station"),
    ],
)
def test_a_mistake_is_a_sentence(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    link = tmp_path / "dev" / "bus"
    with bus(link, mounted("pzem016", 1)):
        code, said = commission(link, "--addresses", "1", "--yes", *words)
    assert code == 2
    assert why in said


def test_a_missing_port_and_a_held_one_are_told_apart(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"
    words = ("--addresses", "1", "--model", "pzem016", "--yes")
    assert "is not there: is the adapter plugged in?" in commission(link, *words)[1]

    async def while_held() -> tuple[int, str]:
        async with asking(str(link), 9600) as agent:
            assert agent.connected
            return await asyncio.to_thread(commission, link, *words)

    with bus(link, mounted("pzem016", 1)):
        assert "is held by another program" in asyncio.run(while_held())[1]


@pytest.mark.parametrize("model", ["ld2410", "ld2450"])
def test_a_device_that_talks_unasked_is_known_by_its_reports(model: str, tmp_path: Path) -> None:
    at, link = station(tmp_path / "station"), tmp_path / "dev" / "radar"
    made = models()[model].alone
    assert made is not None
    with talker(link, made({"presence": 1.0, "x1": 0.5, "y1": 2.0}.get, Random(1))):
        code, said = commission(link, "--station", str(at), "--write", "--yes")
    assert code == 0, said
    assert f"talks unasked at 115200 baud: {model}" in said
    assert f'model = "{model}"' in (at / "station.toml").read_text()
    assert CliRunner().invoke(app, ["check", "--station", str(at)]).exit_code == 0


def test_somebody_who_babbles_is_named(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "scanner"
    made = models()["gm65"].alone
    assert made is not None
    cards = iter(range(1, 10_000))
    with talker(link, made(lambda _channel: next(cards), Random(1))):
        code, said = commission(link, "--addresses", "1", "--yes")
    assert code == 2
    assert "somebody talks unasked, and not as a radar does" in said


def test_ctrl_c_ends_it_at_once_with_nothing_written(tmp_path: Path) -> None:
    at, link = station(tmp_path / "station"), tmp_path / "dev" / "bus"
    words = ["--port", str(link), "--addresses", "2-247", "--station", str(at), "--write", "--yes"]
    with bus(link):
        command = [sys.executable, "-m", "edge", "commission", *words]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            while not _open_files(process.pid, link.resolve()):
                assert process.poll() is None
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            assert process.stderr is not None
            said = process.stderr.read()
            assert process.wait(10) == 130
    assert "stopped" in said
    assert (at / "station.toml").read_text() == STATION


def _open_files(process: int, path: Path) -> bool:
    folder = Path(f"/proc/{process}/fd")
    return any(os.path.realpath(one) == str(path) for one in folder.iterdir())


def test_an_address_nobody_has_is_silence(tmp_path: Path) -> None:
    link = tmp_path / "dev" / "bus"

    async def ask(address: int) -> object:
        async with asking(str(link), 9600, 0.2) as asker:
            return await look(asker, [drivers()[name] for name in MODBUS], 9600, address)

    with bus(link, mounted("di8", 3)):
        assert asyncio.run(ask(4)) is None
        assert asyncio.run(ask(3)) is not None
