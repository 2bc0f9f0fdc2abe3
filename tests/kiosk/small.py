"""A kept kiosk whose outbox is small: `python -m tests.kiosk.small FOLDER`."""

import sys
from pathlib import Path

from kiosk.__main__ import present
from kiosk.app import KioskApp
from kiosk.desk import Desk
from kiosk.settings import KioskSettings
from shared.board import outbox_path
from shared.moment import system_clock
from shared.outbox import Outbox

SMALL = 600_000
"""Bytes."""


def small_outbox(settings: KioskSettings) -> Outbox:
    """One that is full after some hundred records."""
    return Outbox(outbox_path(settings.folder), max_bytes=SMALL)


if __name__ == "__main__":
    sys.exit(present(KioskApp(Desk(KioskSettings.of(Path(sys.argv[1])), system_clock(), small_outbox))))
