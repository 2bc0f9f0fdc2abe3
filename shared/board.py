"""What the station itself shows now, and what the hub told it: two JSON files beside the outbox, replaced atomically.

The agent writes, the kiosk reads; neither ever sees half a file.
"""

import os
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from shared.fields import Instant, Model, Name
from shared.records import Question
from shared.settings_message import StationSettings
from shared.states import State
from shared.text import Text

BOARD = "board.json"
SETTINGS = "settings.json"
OUTBOX = "outbox.db"

M = TypeVar("M", bound=Model)


class BoardFacility(Model):
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


class Board(Model):
    """Facility states, today's counts, and how far the station is behind."""

    written_at: Instant
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
    questions: list[Question] = []
    """What rules ask the attendant, still open."""


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


def _replace(path: Path, model: Model) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(model.model_dump_json())
    beside.chmod(0o660)
    beside.replace(path)


def _read(path: Path, shape: type[M]) -> M | None:
    try:
        return shape.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
