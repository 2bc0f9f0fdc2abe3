"""What a kiosk's clock is worth: by what the agent says, by what the hub says, and where there is no agent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from edge.agent import Agent
from edge.health.options import OPTIONS
from edge.keep import Keep
from edge.settings import load
from kiosk.desk import Desk
from kiosk.settings import KioskSettings
from shared.board import BOARD, SETTINGS, outbox_path, read_board, write_board
from shared.keys import spell_secret
from shared.moment import ClockQuality, Stamp, quality
from shared.outbox import Outbox
from tests.kiosk.station import NOW, board, keyed, told

COMMISSIONED = told().commissioned_at
LOST = NOW - timedelta(days=26)
"""What a board without a battery boots with: after the commissioning, and long before the last good time."""
DAY = timedelta(days=1)
TOML = f"""
[station]
id = "k3v9x2m7qa"
secret = "{spell_secret(b"1" * 16)}"
hub = "mqtt://127.0.0.1:1"
"""


def desk(folder: Path, at: datetime, boot: str = "boot-9") -> Desk:
    """A kiosk on a machine that says this time and knows of no better one."""
    return Desk(KioskSettings.of(folder), lambda: Stamp(at, boot, 50.0, ClockQuality.PLAUSIBLE))


def agent_writes(folder: Path, at: datetime, boot: str) -> ClockQuality:
    """What an agent that starts at this time says of its clock. It leaves a board, and what it keeps."""
    (folder / "station.toml").write_text(TOML)
    (folder / "station.toml").chmod(0o600)
    keep = Keep(folder)
    known = keep.last_good()
    settings = load(folder / "station.toml", {kind: options.keys() for kind, options in OPTIONS.items()})
    stamp = Stamp(at, boot, 40.0, quality(at, False, known))
    agent = Agent(folder, settings, lambda: stamp, keep)
    agent.tick()
    agent.close()
    return stamp.clock


def test_kiosk_and_agent_say_the_same_of_a_clock_that_was_lost(tmp_path: Path) -> None:
    assert agent_writes(keyed(tmp_path), NOW, "boot-8") is ClockQuality.PLAUSIBLE
    early = desk(tmp_path, LOST)  # up before the agent: the board is that of the boot before
    assert early.now().clock is ClockQuality.WRONG
    assert agent_writes(tmp_path, LOST, "boot-9") is ClockQuality.WRONG
    kiosk = desk(tmp_path, LOST)
    assert kiosk.now().clock is ClockQuality.WRONG
    assert kiosk.time() == "--:--"
    assert kiosk.door_code() is None
    assert kiosk.why_no_code() is not None
    kiosk.put(kiosk.check_in("courier"))
    outbox = Outbox(outbox_path(tmp_path))
    right = Stamp(NOW + timedelta(hours=1), "boot-9", 50.0 + 3600, ClockQuality.SYNCED)
    dated = [record.at for record in outbox.take("now", right) if record.fact.type == "checkin"]
    outbox.close()
    assert dated == [NOW]


def test_it_is_right_again_when_the_clock_is(tmp_path: Path) -> None:
    agent_writes(keyed(tmp_path), NOW, "boot-8")
    machine = [Stamp(LOST, "boot-9", 50.0, ClockQuality.PLAUSIBLE)]
    kiosk = Desk(KioskSettings.of(tmp_path), lambda: machine[0])
    machine[0] = replace(machine[0], at=NOW + DAY, clock=ClockQuality.SYNCED)
    assert kiosk.now().clock is ClockQuality.SYNCED


@pytest.mark.parametrize(
    ("last_good", "boot", "worth"),
    [
        (None, None, ClockQuality.PLAUSIBLE),
        (LOST - DAY, "boot-9", ClockQuality.PLAUSIBLE),
        (LOST + timedelta(minutes=1), "boot-9", ClockQuality.PLAUSIBLE),
        (LOST + DAY, "boot-9", ClockQuality.WRONG),
        (LOST - DAY, "boot-8", ClockQuality.WRONG),
        (None, "boot-8", ClockQuality.WRONG),
    ],
)
def test_what_a_board_of_november_says_of_a_clock_that_shows_october(
    tmp_path: Path, last_good: datetime | None, boot: str | None, worth: ClockQuality
) -> None:
    keyed(tmp_path, structs.replace(board(), last_good=last_good, boot=boot))
    assert desk(tmp_path, LOST).now().clock is worth


def test_a_clock_set_back_while_the_agent_runs_is_as_good_as_the_agent_says(tmp_path: Path) -> None:
    agent_writes(keyed(tmp_path), NOW + DAY, "boot-9")
    assert desk(tmp_path, NOW).now().clock is ClockQuality.PLAUSIBLE


def test_a_board_of_a_wrong_clock_raises_nothing(tmp_path: Path) -> None:
    agent_writes(keyed(tmp_path), NOW, "boot-7")
    assert agent_writes(tmp_path, LOST, "boot-8") is ClockQuality.WRONG
    shown = read_board(tmp_path)
    assert shown is not None
    assert (shown.written_at, shown.last_good) == (LOST, NOW)
    assert desk(tmp_path, LOST).now().clock is ClockQuality.WRONG
    assert desk(tmp_path, NOW).now().clock is ClockQuality.PLAUSIBLE


def test_board_and_settings_that_come_later_are_heeded_without_a_restart(tmp_path: Path) -> None:
    kiosk = desk(tmp_path, COMMISSIONED - DAY)
    assert kiosk.now().clock is ClockQuality.PLAUSIBLE
    keyed(tmp_path)
    (tmp_path / BOARD).unlink()
    kiosk.look()
    assert kiosk.now().clock is ClockQuality.WRONG
    (tmp_path / SETTINGS).unlink()
    kiosk.look()
    assert kiosk.now().clock is ClockQuality.PLAUSIBLE
    write_board(tmp_path, structs.replace(board(), last_good=NOW, boot="boot-9"))
    kiosk.look()
    assert kiosk.now().clock is ClockQuality.WRONG
    assert not kiosk.sight.dated


@pytest.mark.parametrize("at", [datetime(1970, 1, 1, tzinfo=UTC), COMMISSIONED - DAY])
def test_without_an_agent_the_commissioning_is_what_has_been(tmp_path: Path, at: datetime) -> None:
    (keyed(tmp_path) / BOARD).unlink()
    assert desk(tmp_path, at).now().clock is ClockQuality.WRONG
    assert desk(tmp_path, COMMISSIONED + DAY).now().clock is ClockQuality.PLAUSIBLE
