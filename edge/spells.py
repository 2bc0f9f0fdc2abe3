"""Spells from changes of state: ids, revisions, and the evidence that goes with them (design.md §3, §4). Pure.

A spell is one state of one facility from then to then. It is said when it is confirmed, when another rule decides, now
and then while it lasts, and when it ends. `ok` and plain silence are no spells: minutes say the one, nobody the other.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from edge.health.verdict import Change, Standing, Verdict
from edge.history import History
from shared.records import Spell, Trace
from shared.states import Cause, Grade, State
from shared.text import Text

BEFORE_S = 1800.0
"""Evidence begins this long before the first symptom, or a tenth of the spell if that is longer."""
REFRESH_S = 6 * 3600.0
"""A lasting spell is said again with fresh figures after this time."""
AFTER_S = 900.0


@dataclass(slots=True)
class _Open:
    """A spell in progress. Epoch seconds."""

    spell: str
    revision: int
    since: float
    confirmed_at: float
    said_at: float
    verdict: Verdict


class Spells:
    """The spells in progress of one station.

    `new_id` makes an id for a spell confirmed at that time; `traced` names a facility's quantities that are evidence.
    """

    def __init__(
        self, new_id: Callable[[float], str], history: History, traced: Callable[[str, Verdict], Iterable[str]]
    ) -> None:
        self._new_id = new_id
        self._history = history
        self._traced = traced
        self._open: dict[str, _Open] = {}

    def change(self, change: Change) -> list[Spell]:
        """What there is to say of a change of state."""
        said: list[Spell] = []
        verdict, facility = change.verdict, change.facility
        if change.until is not None:
            piece = _Open(
                self._new_id(change.confirmed_at), 0, change.since, change.confirmed_at, change.confirmed_at, verdict
            )
            return [self._say(facility, piece, change.confirmed_at, change.until)]
        going_on = self._open.get(facility)
        if going_on is not None and going_on.verdict.state is verdict.state and verdict.rule is not None:
            going_on.verdict = verdict
            going_on.since = min(going_on.since, change.since)
            return [self._say(facility, going_on, change.confirmed_at, None)]
        if going_on is not None:
            del self._open[facility]
            until = max(going_on.since, change.since)
            said.append(self._say(facility, going_on, change.confirmed_at, until))
        if verdict.state is not State.OK and verdict.rule is not None:
            begun = _Open(
                self._new_id(change.confirmed_at), 0, change.since, change.confirmed_at, change.confirmed_at, verdict
            )
            self._open[facility] = begun
            said.append(self._say(facility, begun, change.confirmed_at, None))
        return said

    def refresh(self, now: float, standing: Callable[[str], Standing]) -> list[Spell]:
        """Spells that have not been said for long, with the figures of now."""
        said: list[Spell] = []
        for facility, going_on in self._open.items():
            if now - going_on.said_at >= REFRESH_S:
                fresh = standing(facility)
                if fresh.rule == going_on.verdict.rule and fresh.state is going_on.verdict.state:
                    going_on.verdict = _with_words(going_on.verdict, fresh)
                said.append(self._say(facility, going_on, now, None))
        return said

    def end(self, now: float, but: Container[str] = ()) -> list[Spell]:
        """Nobody will go on from here, except with the facilities of `but`: what is in progress ends."""
        over = [facility for facility in self._open if facility not in but]
        return [self._say(facility, self._open.pop(facility), now, now) for facility in over]

    def written(self) -> dict[str, Any]:
        """What must survive a restart."""
        return {facility: _written(going_on) for facility, going_on in self._open.items()}

    def remember(self, kept: dict[str, Any]) -> None:
        """Go on from there: the same ids and revisions."""
        self._open = {facility: _read(value) for facility, value in kept.items()}

    def _say(self, facility: str, going_on: _Open, now: float, until: float | None) -> Spell:
        going_on.revision += 1
        going_on.said_at = now
        verdict = going_on.verdict
        return Spell(
            spell=going_on.spell,
            revision=going_on.revision,
            facility=facility,
            state=verdict.state,
            since=_utc(going_on.since),
            until=None if until is None else _utc(until),
            confirmed_at=_utc(max(going_on.confirmed_at, going_on.since)),
            rule=verdict.rule or verdict.state,
            rule_version=verdict.version,
            cause=verdict.cause or Cause.UNKNOWN,
            grade=verdict.grade,
            why=verdict.why,
            values=verdict.values,
            limits=verdict.limits,
            traces=self._traces(facility, going_on, now if until is None else min(now, until + AFTER_S)),
        )

    def _traces(self, facility: str, going_on: _Open, end: float) -> list[Trace]:
        start = going_on.since - max(BEFORE_S, 0.1 * (end - going_on.since))
        traces = (
            self._history.trace(f"{facility}/{quantity}", quantity, start, end)
            for quantity in self._traced(facility, going_on.verdict)
        )
        return [trace for trace in traces if trace is not None]


def _utc(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _with_words(verdict: Verdict, fresh: Standing) -> Verdict:
    return Verdict(
        verdict.state,
        verdict.rule,
        verdict.version,
        fresh.cause,
        fresh.grade,
        fresh.why,
        verdict.values,
        verdict.limits,
        verdict.needs,
        fresh.reasons,
    )


def _written(going_on: _Open) -> list[Any]:
    verdict = going_on.verdict
    return [
        going_on.spell,
        going_on.revision,
        going_on.since,
        going_on.confirmed_at,
        going_on.said_at,
        [
            verdict.state,
            verdict.rule,
            verdict.version,
            verdict.cause,
            int(verdict.grade),
            [verdict.why.zh, verdict.why.en],
            verdict.values,
            verdict.limits,
            sorted(verdict.needs),
            list(verdict.reasons),
        ],
    ]


def _read(kept: list[Any]) -> _Open:
    spell, revision, since, confirmed_at, said_at, told = kept
    state, rule, version, cause, grade, why, values, limits, needs, reasons = told
    verdict = Verdict(
        State(state),
        rule,
        version,
        None if cause is None else Cause(cause),
        Grade(grade),
        Text(*why),
        values,
        limits,
        frozenset(needs),
        tuple(reasons),
    )
    return _Open(spell, revision, since, confirmed_at, said_at, verdict)
