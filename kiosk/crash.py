"""What happens when the kiosk itself fails: the reason goes to a file, and the glass says only that it restarts
(`restarting`).

A traceback on the glass would show local variables, and with them what a person said.
"""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

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


def ended(path: Path, words: str) -> None:
    """Write down how a kiosk ended, from outside it: it may not have come to do so itself."""
    log_to(path)
    LOGGER.error(words)
    for handler in LOGGER.handlers:
        handler.close()


def note(error: BaseException) -> None:
    """Write down why the kiosk failed: where in the code, not with which values."""
    LOGGER.critical("the kiosk failed", exc_info=error)
