"""Keeps a kiosk on the glass: a process of its own for each, and S13 between one that failed and the next.

The keeper knows nothing of Textual, so that it is small and has little to fail of. It forks before anything heavy is
imported; the child imports it. A pipe from the child tells both that it lives (a byte a second) and that it ended.
"""

import os
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from kiosk.child import RESTART, STOPS, Run, be_kiosk
from kiosk.restarting import STEADY_S, pause_s
from kiosk.teletype import GlassGone, Teletype
from shared.watchdog import Watchdog

NO_ROOM = 71
"""As a kiosk's exit code: there is none (EX_OSERR)."""
GIVEN_UP = frozenset({0, 2})
"""Exit codes that are final: asked to stop; it cannot start."""
HANGS_S = 30.0
"""A kiosk that has not beaten for so long is killed: a glass that does not answer is worse than one that restarts."""
GRACE_S = 5.0
"""How long one that is asked to stop may take."""


class Supervisor:
    """See the module. `run` is called in the child and gives its exit code; `ended` hears how each failed one ended.

    After `steady_s` a kiosk that fails did not fail in a row.
    """

    def __init__(
        self,
        run: Run,
        glass: Teletype,
        watchdog: Watchdog,
        ended: Callable[[str], None],
        steady_s: float = STEADY_S,
    ) -> None:
        self._run = run
        self._glass = glass
        self._watchdog = watchdog
        self._ended = ended
        self._steady_s = steady_s
        self._asked: signal.Signals | None = None
        self._child: int | None = None
        self._woken, self._wake = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)

    def keep(self) -> int:
        """Until it is asked to stop, or the terminal is gone; the exit code."""
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for number in STOPS:
            signal.signal(number, self._stop)
        failures = 0
        try:
            self._glass.say_starting()
            while True:
                began = time.monotonic()
                code = self._one()
                lived_s = time.monotonic() - began
                if self._asked is not None or code in GIVEN_UP:
                    return self._exit_code(code)
                if code == RESTART:
                    failures = 0
                    self._glass.say_restarting()
                    continue
                failures = 1 if lived_s >= self._steady_s else failures + 1
                pause = pause_s(failures)
                self._glass.say_restarting()
                self._ended(f"{_how(code)} after {lived_s:.0f} s; starting again in {pause:g} s")
                if self._rest(pause):
                    return self._exit_code(0)
        except GlassGone:
            return 128 + signal.SIGHUP
        finally:
            self._watchdog.stopping()
            self._glass.give_back()

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        self._asked = signal.Signals(number)
        self._tell(signal.SIGHUP if number == signal.SIGHUP else signal.SIGTERM)

    def _tell(self, number: signal.Signals) -> None:
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child, number)

    def _exit_code(self, code: int) -> int:
        """Asked to stop, it has done so, however the kiosk took it."""
        if self._asked is signal.SIGHUP:
            return 128 + signal.SIGHUP
        return max(code, 0) if self._asked is None else 0

    def _one(self) -> int:
        """One kiosk from its start to its end; its exit code, or minus the signal that ended it, or NO_ROOM."""
        try:
            reading, writing = os.pipe2(os.O_CLOEXEC)
        except OSError:
            return NO_ROOM
        try:
            self._glass.forget()
            child = self._begin(writing)
            if child is None:
                return NO_ROOM
            self._listen(reading)
        finally:
            os.close(reading)
        _, status = os.waitpid(child, 0)
        self._child = None
        return os.waitstatus_to_exitcode(status)

    def _begin(self, writing: int) -> int | None:
        """Fork; the child never returns. Its process id; None: the system has no room for another process."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # none may come between a child and knowing it
        keeper = os.getpid()
        try:
            child = os.fork()
            if child == 0:
                be_kiosk(self._run, keeper, writing)
            self._child = child
        except OSError:
            return None
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
            os.close(writing)
        if self._asked is not None:
            self._tell(signal.SIGTERM)
        return child

    def _listen(self, beats: int) -> None:
        """Until the pipe ends, and with it the kiosk; one that hangs, or will not stop, is killed."""
        heard, asked_at = time.monotonic(), None
        while True:
            ready, _, _ = select.select([beats, self._woken], [], [], 1.0)
            now = time.monotonic()
            if self._woken in ready:
                os.read(self._woken, 512)
            if beats in ready:
                if not os.read(beats, 512):
                    return
                heard = now
                self._watchdog.alive(now)
            if self._asked is not None:
                asked_at = asked_at or now
            if now - heard > HANGS_S or (asked_at is not None and now - asked_at > GRACE_S):
                self._tell(signal.SIGKILL)

    def _rest(self, seconds: float) -> bool:
        """Wait; True: it was asked to stop meanwhile."""
        until = time.monotonic() + seconds
        while self._asked is None and (left := until - time.monotonic()) > 0:
            if select.select([self._woken], [], [], min(left, 1.0))[0]:
                os.read(self._woken, 512)
            self._watchdog.alive(time.monotonic())
        return self._asked is not None


def _how(code: int) -> str:
    if code == NO_ROOM:
        return "the system had no room for a kiosk"
    return f"the kiosk was ended by {signal.Signals(-code).name}" if code < 0 else f"the kiosk ended with code {code}"
