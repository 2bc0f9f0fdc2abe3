"""What the station itself shows now, what the hub told it, and the kiosk's keys: JSON files beside the outbox.

The agent writes, the kiosk reads; they are replaced atomically, so neither ever sees half a file.
"""

import os
from pathlib import Path
from typing import Annotated, Generic, TypeVar

from msgspec import Meta

from shared.choice import Choice
from shared.settings_message import StationSettings
from shared.shapes import Instant, Name, Shape, Unreadable, read
from shared.states import State
from shared.text import Text

BOARD = "board.json"
SETTINGS = "settings.json"
KEYS = "kiosk-keys.json"
OUTBOX = "outbox.db"

S = TypeVar("S", bound=Shape)
Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class BoardFacility(Shape, frozen=True, kw_only=True):
    """One facility as the board shows it."""

    id: Name
    kind: Name
    label: Text
    state: State
    since: Instant | None = None
    why: Text | None = None
    values: dict[str, float] = {}
    busy: bool = False
    """In use right now: not broken."""


class BoardQuestion(Shape, frozen=True, kw_only=True):
    """What a rule asks the attendant, as the board shows it."""

    question: Name
    """The id under which the answer is given."""
    facility: Name
    text: Text
    choices: list[Choice]


class Board(Shape, frozen=True, kw_only=True):
    """Facility states, today's counts, and how far the station is behind."""

    written_at: Instant
    boot: Name | None = None
    """The kernel's boot id at that time."""
    last_good: Instant | None = None
    """The latest time known to have been when the agent started: it calls a clock wrong that tells an earlier one."""
    station: str
    facilities: list[BoardFacility]
    online: bool = False
    """Whether the hub acknowledged something lately."""
    waiting: int = 0
    """Records the hub has not yet committed."""
    lasts_h: float | None = None
    """Hours until the outbox is full if nothing leaves it; None before a rate is known."""
    occupied: bool | None = None
    """Whether the radar sees somebody; None without a radar that speaks."""
    entered_today: int | None = None
    """Passages inward by the beams; None without beams."""
    questions: list[BoardQuestion] = []
    """Still open."""
    acknowledged_at: Instant | None = None
    """When the hub last acknowledged anything; None if it has not since the agent's start."""
    troubles: list[Text] = []
    """What is wrong here, in words for people, what to put right first coming first."""


class KioskKeys(Shape, frozen=True, kw_only=True):
    """What the kiosk needs of the station's secret, which only the agent may read: two keys derived from it, in hex."""

    station: str
    qr: Key
    """Of the rotating code (`shared/door_code.py`)."""
    card: Key
    """Under which a scanned code is kept."""


def outbox_path(folder: Path) -> Path:
    """Where a station's outbox lies."""
    return folder / OUTBOX


def write_board(folder: Path, board: Board) -> None:
    """Replace the board."""
    _replace(folder / BOARD, board)


def read_board(folder: Path) -> Board | None:
    """The board, or None where there is none that can be read."""
    return _read(folder / BOARD, Board)


def write_settings(folder: Path, settings: StationSettings) -> None:
    """Keep what the hub told the station."""
    _replace(folder / SETTINGS, settings)


def read_settings(folder: Path) -> StationSettings | None:
    """What the hub told the station, or None before it has."""
    return _read(folder / SETTINGS, StationSettings)


def write_keys(folder: Path, keys: KioskKeys) -> None:
    """Keep the kiosk's keys: for the station's own group to read, and nobody else."""
    _replace(folder / KEYS, keys, 0o640)


class Reader(Generic[S]):
    """One of these files, looked at often: it is read again when another one stands there."""

    def __init__(self, path: Path, shape: type[S]) -> None:
        self._path, self._shape = path, shape
        self._seen: tuple[int, int, int] | None = None
        self._model: S | None = None

    def read(self) -> S | None:
        """What it says now; None where there is none that can be read."""
        try:
            found = self._path.stat()
        except OSError:
            self._seen = self._model = None
            return None
        seen = found.st_ino, found.st_mtime_ns, found.st_size
        if seen != self._seen:
            self._model = _read(self._path, self._shape)
            # What could not be read may be readable the next time, and look no different.
            self._seen = None if self._model is None else seen
        return self._model


def _replace(path: Path, told: Shape, mode: int = 0o660) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    # Its mode from the first byte on: a key is never readable to others, not for an instant.
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(told.json())
    beside.chmod(mode)
    beside.replace(path)


def _read(path: Path, shape: type[S]) -> S | None:
    try:
        return read(path.read_bytes(), shape)
    except (OSError, Unreadable):
        return None
