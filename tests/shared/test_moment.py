"""What the kernel says of its clock, and what a station's time is worth by it."""

import ctypes
from datetime import UTC, datetime, timedelta

import pytest

from shared import moment
from shared.moment import ClockQuality, system_clock

DISCIPLINED = {"in order": 0, "a second is put in": 1, "one is left out": 2, "it is put in now": 3, "it was": 4}
NOT = {"not synchronised": 5, "it may not be asked": -1}


class Libc:
    """A C library whose kernel says this."""

    def __init__(self, state: int) -> None:
        self._state = state

    def adjtimex(self, asked: ctypes.Array[ctypes.c_char]) -> int:
        """Reading alone is asked for: a mode would set the clock."""
        assert asked.raw == bytes(len(asked))
        return self._state


@pytest.mark.parametrize("state", DISCIPLINED.values(), ids=DISCIPLINED)
def test_a_clock_the_kernel_disciplines_is_synced(state: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment, "_LIBC", Libc(state))
    assert system_clock()().clock is ClockQuality.SYNCED


@pytest.mark.parametrize("state", NOT.values(), ids=NOT)
def test_one_it_does_not_is_plausible_at_best(state: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment, "_LIBC", Libc(state))
    assert system_clock()().clock is ClockQuality.PLAUSIBLE
    assert system_clock(datetime.now(UTC) + timedelta(days=1))().clock is ClockQuality.WRONG


def test_the_real_kernel_is_believed() -> None:
    """Asked a second way: `struct ntptimeval` begins with the time, and `ntp_gettime` gives the clock's state."""
    state = ctypes.CDLL(None).ntp_gettime(ctypes.create_string_buffer(1024))
    expected = ClockQuality.SYNCED if 0 <= state < 5 else ClockQuality.PLAUSIBLE
    assert system_clock()().clock is expected
