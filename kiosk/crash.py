"""What happens when the kiosk itself fails: the reason goes to a file, and the glass says only that it restarts
(`restarting`).

A traceback on the glass would show local variables, and with them what a person said. An error's own message may do so
too, in a file as well: it is left out, and what is written is kind and place.
"""

import logging
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 512 * 1024
LOGGER = logging.getLogger("waystation.kiosk")


class CrashLog(RotatingFileHandler):
    """A file that stays small. What the disk does not take is lost: `logging` would say so on standard error, which is
    the glass.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 — logging's signature
        """Nothing."""

    def close(self) -> None:
        """Let go of the file; what it would not take is tried once more."""
        with suppress(OSError):
            super().close()


def log_to(path: Path) -> None:
    """Write crashes to a file that stays small; where it cannot be written, nowhere rather than on the glass."""
    LOGGER.propagate = False
    _let_go()
    handler: logging.Handler
    try:
        handler = CrashLog(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOGGER.addHandler(handler)


def ended(path: Path, words: str) -> None:
    """Write down how a kiosk ended, from outside it: it may not have come to do so itself."""
    log_to(path)
    LOGGER.error(words)
    _let_go()


def note(error: BaseException) -> None:
    """Write down why the kiosk failed: what kind of error and where in the code, not with which values."""
    failed = [error]
    while (came_of := _came_of(failed[0])) is not None and came_of not in failed:
        failed.insert(0, came_of)
    LOGGER.critical("the kiosk failed\n%s", "".join(_place(one) for one in failed))


def _came_of(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _place(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}\n{''.join(traceback.format_tb(error.__traceback__))}"


def _let_go() -> None:
    for handler in LOGGER.handlers[:]:
        handler.close()
        LOGGER.removeHandler(handler)
