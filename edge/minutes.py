"""Minutes from states: the one that held longest, the worse at a tie; unknown is not said (design.md §3–4)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from shared.records import Minute
from shared.states import SEVERITY, State

MINUTE_S = 60.0
WAIT_S = 120.0
"""A minute waits this long for its slowest facility; one slower still is said in a report of its own."""

_RANK = {state: rank for rank, state in enumerate((State.UNKNOWN, *SEVERITY))}


class Ledger:
    """The time of one facility, accounted up to `until`.

    A change dated before that only sets `state`: the minutes before are left to the spell that is laid over them.
    """

    __slots__ = ("_held", "state", "until")

    def __init__(self, state: State = State.UNKNOWN, until: float = 0.0) -> None:
        self.state = state
        self.until = until
        self._held: dict[State, float] = {}
        """Seconds each state held in the minute not yet closed."""

    def account(self, until: float) -> list[tuple[int, State]]:
        """The present state held up to `until`: the minutes that close, by their number since the epoch."""
        closed: list[tuple[int, State]] = []
        start, state, held = self.until, self.state, self._held
        if until <= start:
            return closed
        minute = int(start // MINUTE_S)
        last = int(until // MINUTE_S)
        if state is State.UNKNOWN and not held:
            minute = last
            start = max(start, last * MINUTE_S)
        while minute < last:
            end = (minute + 1) * MINUTE_S
            if held:
                held[state] = held.get(state, 0.0) + end - start
                longest = max(held, key=lambda one: (held[one], _RANK[one]))
                held.clear()
            else:
                longest = state if end - start == MINUTE_S else _of_part(state, end - start)
            if longest is not State.UNKNOWN:
                closed.append((minute, longest))
            minute += 1
            start = end
        if until > start:
            held[state] = held.get(state, 0.0) + until - start
        self.until = until
        return closed

    def written(self) -> list[Any]:
        """What must survive a restart."""
        return [self.state, self.until, dict(self._held)]

    def remember(self, kept: list[Any]) -> None:
        """Go on from there."""
        self.state, self.until = State(kept[0]), kept[1]
        self._held = {State(name): held for name, held in kept[2].items()}


def _of_part(state: State, held_s: float) -> State:
    """The rest of the minute was before the first thing known: unknown."""
    return state if held_s > MINUTE_S / 2 else State.UNKNOWN


class Minutes:
    """Minutes waiting for their slowest facility."""

    def __init__(self) -> None:
        self._waiting: dict[int, dict[str, State]] = {}

    def close(self, facility: str, closed: Iterable[tuple[int, State]]) -> None:
        """These minutes of a facility are sure."""
        for minute, state in closed:
            states = self._waiting.get(minute)
            if states is None:
                states = self._waiting[minute] = {}
            states[facility] = state

    def take(self, settled: float, now: float) -> list[Minute]:
        """Minutes that every facility has settled, or that have waited long enough."""
        if not self._waiting:
            return []
        limit = max(settled, now - WAIT_S)
        ready = sorted(minute for minute in self._waiting if (minute + 1) * MINUTE_S <= limit)
        return [
            Minute(minute=datetime.fromtimestamp(minute * 60, UTC), states=self._waiting.pop(minute))
            for minute in ready
        ]

    def written(self) -> dict[str, Mapping[str, State]]:
        """What must survive a restart."""
        return {str(minute): states for minute, states in self._waiting.items()}

    def remember(self, kept: Mapping[str, Mapping[str, str]]) -> None:
        """Go on from there."""
        self._waiting = {
            int(minute): {name: State(state) for name, state in states.items()} for minute, states in kept.items()
        }
