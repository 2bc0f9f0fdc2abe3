"""A station's folder as agent and hub would have left it, and a clock that stands until it is moved."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import convert

from shared.board import Board, BoardFacility, KioskKeys, outbox_path, write_board, write_keys, write_settings
from shared.choice import Choice
from shared.facility import kinds
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.records import Fact
from shared.settings_message import OpenAlert, StationSettings
from shared.states import State
from shared.text import Text

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""09:00 at the station."""


class StandingClock:
    """A clock that moves when told to."""

    def __init__(self, at: datetime = NOW, clock: ClockQuality = ClockQuality.SYNCED) -> None:
        self.at = at
        self.uptime = 1000.0
        self.boot = "boot-1"
        self.clock = clock

    def __call__(self) -> Stamp:
        return Stamp(self.at, self.boot, self.uptime, self.clock)

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.uptime += seconds


def facility(
    name: str = "fridge-1", state: State = State.OK, busy: bool = False, why: Text | None = None, **values: float
) -> BoardFacility:
    """One facility on the board."""
    kind, _, number = name.rpartition("-")
    label = kinds()[kind].label
    if number != "1":
        label = Text(f"{label.zh}{number}", f"{label.en} {number}")
    return BoardFacility(id=name, kind=kind, label=label, state=state, busy=busy, why=why, values=values)


SEVEN = tuple(
    facility(name)
    for name in ("air_conditioner-1", "fridge-1", "microwave-1", "drinking_water-1", "outlets-1", "tables-1", "room-1")
)


def board(
    facilities: Sequence[BoardFacility] = SEVEN,
    at: datetime = NOW,
    online: bool = True,
    entered_today: int | None = None,
) -> Board:
    """A board of seven facilities that work."""
    return Board(
        written_at=at, station="k3v9x2m7qa", facilities=list(facilities), online=online, entered_today=entered_today
    )


def told(
    occupations: Sequence[Choice] | None = None,
    alerts: Sequence[OpenAlert] = (),
    pledge: Sequence[Text] = (),
    hotline: str = "12351",
    **more: object,
) -> StationSettings:
    """What the hub has told the station."""
    name = Text("玄武湖驿站", "Xuanwu Lake station")
    common = {"number": 1, "name": name, "commissioned_at": NOW - timedelta(days=30), "hotline": hotline}
    extra = {} if occupations is None else {"occupations": list(occupations)}
    return convert({**common, **extra, "alerts": list(alerts), "pledge": list(pledge), **more}, StationSettings)


def furnish(folder: Path, shown: Board | None = None, settings: StationSettings | None = None) -> Path:
    """Put board and settings where the kiosk looks."""
    write_board(folder, shown or board())
    write_settings(folder, settings or told())
    return folder


KEYS = KioskKeys(station="k3v9x2m7qa", qr="5a" * 32, card="c4" * 32)
PUBLIC_URL = "https://station.example.org"


def keyed(folder: Path, shown: Board | None = None, settings: StationSettings | None = None) -> Path:
    """The same, at a station whose agent left the kiosk its keys and whose hub phones can reach."""
    write_keys(folder, KEYS)
    return furnish(folder, shown, settings or told(public_url=PUBLIC_URL))


def said(folder: Path) -> list[Fact]:
    """What lies in the station's outbox, oldest first."""
    outbox = Outbox(outbox_path(folder))
    try:
        records = outbox.take("now", Stamp(NOW, "boot-other", 0.0, ClockQuality.SYNCED))
        return [record.fact for record in records]
    finally:
        outbox.close()
