"""What happens when the kiosk itself fails: the reason goes to a file, and the glass says only that it restarts.

A traceback on the glass would show local variables, and with them what a person said.
"""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from textual.content import Content

from kiosk.words import RESTARTING

LOG_BYTES = 512 * 1024
LOGGER = logging.getLogger("waystation.kiosk")


def log_to(path: Path) -> None:
    """Write crashes to a file that stays small; where it cannot be written, nowhere rather than on the glass."""
    LOGGER.propagate = False
    LOGGER.handlers.clear()
    handler: logging.Handler
    try:
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)


def note(error: BaseException) -> None:
    """Write down why the kiosk failed: where in the code, not with which values."""
    LOGGER.critical("the kiosk failed", exc_info=error)


def page(width: int, height: int) -> str:
    """What the glass shows until the next start: the lines in the middle."""
    indents = (max(0, (width - Content(line).cell_length) // 2) for line in RESTARTING)
    lines = (" " * indent + line for indent, line in zip(indents, RESTARTING, strict=True))
    return "\n" * max(0, height // 3) + "\n\n".join(lines)
