"""What a kiosk is told when it starts: one frozen object, read in `__main__`, handed down."""

from dataclasses import dataclass
from pathlib import Path


class NoStation(Exception):
    """The folder a kiosk was given is not one it can work in; the message says why."""


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """One kiosk at one station."""

    folder: Path
    """The station's folder: outbox, board and settings from the hub lie there."""
    log: Path
    """Where a crash is written down: never on the glass."""

    @classmethod
    def of(cls, folder: Path, log: Path | None = None) -> "KioskSettings":
        """The settings for a station's folder. Raises NoStation."""
        if not folder.is_dir():
            raise NoStation(f"{folder}: there is no such folder; the agent of a station makes it")
        return cls(folder, log or folder / "kiosk.log")
