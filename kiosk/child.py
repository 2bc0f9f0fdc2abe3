"""A kiosk that is somebody's child: it ends with its parent, beats for it, and prints nothing on the glass."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

RESTART = 75
"""A kiosk's exit code that asks for another one (EX_TEMPFAIL)."""
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1

Beat = Callable[[], None]
Run = Callable[[Beat], int]
"""Runs a kiosk, which calls what it is given about once a second; its exit code."""


def die_with_parent(parent: int) -> None:
    """End with who started this process, however that ends: the kernel kills it when its parent dies (prctl(2)).

    `parent` is who started it; if that one is gone already, there is nobody to wait for.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(0)


def hide_errors() -> None:
    """What anybody writes to standard error, down to a library written in C, goes nowhere: it would be read."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def be_kiosk(run: Run, keeper: int, beats: int) -> NoReturn:
    """What a forked child does: everything a kiosk does, on the terminal of standard input."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in STOPS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        die_with_parent(keeper)
        _take_glass()
        os.set_blocking(beats, False)
        code = run(lambda: _beat(beats))
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    finally:
        os._exit(code)


def _take_glass() -> None:
    """Textual alone gets the terminal: its driver writes to `sys.__stderr__` and asks `sys.__stdout__` for the size."""
    glass = os.fdopen(os.dup(0), "w", encoding="utf-8", errors="replace")
    hide_errors()
    os.dup2(2, 1)
    vars(sys).update(__stdout__=glass, __stderr__=glass)


def _beat(pipe: int) -> None:
    with suppress(OSError):  # a keeper too busy to read has enough to read
        os.write(pipe, b".")
