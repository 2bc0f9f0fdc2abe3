"""Rough hands, broken panels and noise on a pseudo-terminal: nothing false is recorded, and the kiosk lives."""

import random
import struct
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

from shared.board import KioskKeys, outbox_path, write_keys
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox, OutboxFull
from shared.records import CheckIn
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.small import SMALL
from tests.kiosk.station import NOW, furnish, said
from tests.kiosk.test_supervisor import children

NAME = (4, 0)
"""No tile: on the attract screen it starts, elsewhere it is nothing."""
TILE = (14, 6)
"""签到 on the home screen, 环卫工 on the next one."""
OUTSIDE = ((79, 22), (0, 22), (40, 1), (500, 400))
ATTRACT, HOME, CHECK_IN, THANKS = "轻 触 屏 幕 开 始", "点一下职业就好", "快递员", "签到成功"
MOST_GROWTH_KB = 16 * 1024
"""What waits to be heard is larger on a busy machine; a leak would grow with each flood."""


@pytest.fixture
def glass(tmp_path: Path) -> Iterator[Terminal]:
    write_keys(furnish(tmp_path), KioskKeys(station="k3v9x2m7qa", qr="1" * 64, card="0" * 64))
    with terminal(in_terminal(tmp_path)) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        yield glass


@pytest.fixture
def home(glass: Terminal) -> Terminal:
    assert glass.press(NAME, HOME)
    glass.settle()
    return glass


def resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


def resize(glass: Terminal, columns: int, rows: int) -> None:
    ioctl(glass.glass, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def sound(glass: Terminal, kiosk: int) -> bool:
    """Whether the same kiosk is still there, and answers."""
    resize(glass, 80, 23)
    glass.send(b"\x1b" * 8)  # whatever was half said is over, and every screen left
    for _ in range(8):
        glass.settle()
        glass.send(b"\x1b")
    # It may still be busy with what came before: a touch is repeated until it was heard.
    for _ in range(8):
        glass.settle()
        glass.tap(*NAME)
        if glass.shows(HOME, 5):
            return children(glass.process.pid) == [kiosk]
        glass.send(b"\x1b")
    return False


@pytest.mark.parametrize("after_s", [0.05, 0.12, 0.25, 0.35])
def test_a_ghost_of_the_first_tap_is_not_the_second(home: Terminal, tmp_path: Path, after_s: float) -> None:
    home.tap(*TILE)
    home.read(after_s)
    home.tap(*TILE)
    home.settle()
    assert said(tmp_path) == []


def test_other_buttons_slips_and_touches_of_nothing_press_nothing(home: Terminal, tmp_path: Path) -> None:
    for button in (1, 2, 64, 65, 66):
        home.tap(*TILE, button=button)
        home.read(0.1)
    for column, row in OUTSIDE:
        home.tap(column, row)
    home.send(b"\x1b[<0;15;7m\x1b[<0;15;7m")  # releases of nothing
    home.send(b"\x1b[<0;15;7M\x1b[<32;60;7M\x1b[<0;60;7m")  # pressed here, let go there
    home.settle()
    assert CHECK_IN.encode() not in home.output
    home.send(b"\x1b[<0;15;7M")
    home.read(1.5)
    home.send(b"\x1b[<32;17;7M\x1b[<0;17;7m")  # a long press that slips a little is a press
    assert home.shows(CHECK_IN)
    assert said(tmp_path) == []


def test_every_chord_is_harmless(home: Terminal, tmp_path: Path) -> None:
    [kiosk] = children(home.process.pid)
    for code in range(1, 27):  # Ctrl with every letter
        home.send(bytes([code]))
        home.read(0.02)
    for letter in b"abcdefghijklmnopqrstuvwxyz[]O":  # Alt with every letter
        home.send(b"\x1b" + bytes([letter]))
        home.read(0.15)
    for number in range(1, 35):  # function keys, alone and with Shift, Alt, Ctrl
        home.send(f"\x1b[{number}~\x1b[{number};5~\x1b[{number};3~\x1b[1;{number % 9}P".encode())
    home.send(b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1b[Z\x1b[1;5A\x1b[99;5u\x1b[113;5u\x1b[57399u\x1b[I\x1b[O")
    home.settle()
    assert sound(home, kiosk)
    assert said(tmp_path) == []


def flood(glass: Terminal, chance: random.Random) -> None:
    """Ten thousand keys, pasted books, the mouse of old past column 95, and bytes that are no text."""
    for _ in range(10):
        glass.send(bytes(chance.choices(b"abcdefghijklmnopqrstuvwxyz;:,.-_ \t", k=1000)))
        glass.read(0.02)
    for _ in range(10):
        glass.send(b"\x1b[200~" + b"1\n2\r" * 500 + b"\x1b[201~")
        glass.read(0.02)
    for _ in range(40):
        glass.send(b"\x1b[M" + bytes([32, chance.randrange(33, 256), chance.randrange(33, 256)]))
        glass.read(0.01)
    for _ in range(20):
        glass.send(bytes(chance.choices(range(128, 256), k=200)))
        glass.read(0.02)
    glass.send(b"\x1b[<0;99999;99999M\x1b[<0;99999;99999m\x1b[<;;M\x1b[<0;1M\x1b[<-1;-5;-9M")


def test_floods_and_noise_record_nothing_and_memory_is_flat(glass: Terminal, tmp_path: Path) -> None:
    chance = random.Random(7)
    [kiosk] = children(glass.process.pid)
    resident = []
    for _ in range(2):
        flood(glass, chance)
        assert sound(glass, kiosk)
        resident.append(resident_kb(kiosk))
    assert said(tmp_path) == []
    assert resident[1] < resident[0] + MOST_GROWTH_KB, resident


def test_a_storm_of_sizes_is_survived(glass: Terminal, tmp_path: Path) -> None:
    [kiosk] = children(glass.process.pid)
    chance = random.Random(3)
    for _ in range(60):
        resize(glass, chance.randrange(1, 250), chance.randrange(1, 80))
        glass.read(0.02)
    resize(glass, 0, 0)
    glass.read(0.1)
    assert sound(glass, kiosk)
    assert said(tmp_path) == []


def check_in(glass: Terminal) -> None:
    """From the attract screen to thanks."""
    for at, seen in ((NAME, HOME), (TILE, CHECK_IN)):
        assert glass.press(at, seen), seen
        glass.settle()
    glass.tap(*TILE)


def test_a_full_outbox_is_said_on_the_glass(tmp_path: Path) -> None:
    fill(furnish(tmp_path))
    with terminal(["-m", "tests.kiosk.small", str(tmp_path)]) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        check_in(glass)
        assert glass.shows("存储已满")
        assert THANKS.encode() not in glass.output


def fill(folder: Path) -> None:
    """An outbox that takes not one more word of people."""
    outbox = Outbox(outbox_path(folder), max_bytes=SMALL)
    stamp = Stamp(NOW, "boot-other", 0.0, ClockQuality.SYNCED)
    try:
        with pytest.raises(OutboxFull):
            while True:
                outbox.put_all([(CheckIn(occupation="courier"), stamp)] * 40)
        with pytest.raises(OutboxFull):
            while True:
                outbox.put(CheckIn(occupation="courier"), stamp)
    finally:
        outbox.close()


def test_the_glass_has_its_own_size_and_not_what_a_shell_exported_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "9")
    with terminal(in_terminal(furnish(tmp_path))) as glass:
        assert glass.shows(ATTRACT)
        since = len(glass.output)
        resize(glass, 120, 34)
        assert glass.shows(ATTRACT, since=since)
