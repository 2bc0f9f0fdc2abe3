"""What the station says of its judgement: states become minutes, samples quarter-hours, changes spells, proofs proofs.

Pure: the facts are returned with the time they are about; who calls puts them in the outbox.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from edge.asking import Questions
from edge.counting import Counted
from edge.entrances import counts
from edge.health.judge import FacilitySettings, Judge
from edge.health.verdict import Asked, Change, Proved, Settled, Verdict
from edge.history import History
from edge.minutes import MINUTE_S, Ledger, Minutes
from edge.profile import Profiles
from edge.quarters import QUARTER_S, Quarters
from edge.sampling import Sample
from edge.spells import Spells
from shared.facility import kinds
from shared.quantities import QUANTITIES, split
from shared.records import Fact, Proof

MEMORY_VERSION = 2
BELIEVED = 2
"""Quality up to which a sample counts: good, or not further judged."""
ALWAYS_TRACED = frozenset({"power", "cabinet_temperature", "room_temperature", "supply_temperature"})
"""Evidence a reader wants beside what the rule itself needs."""
STAYS_HERE = frozenset(name for name, quantity in QUANTITIES.items() if quantity.stays_here)
MOST_TRACES = 6
"""A record is at most 32 KB."""


class Dated(NamedTuple):
    """A fact, and the time it is about (epoch seconds)."""

    fact: Fact
    at: float


class Reporter:
    """Folds what one station's judge sees and says into facts."""

    def __init__(
        self, facilities: Sequence[FacilitySettings], new_id: Callable[[float], str], memory: bytes | None = None
    ) -> None:
        self._quantities = {facility.id: tuple(sorted(facility.quantities)) for facility in facilities}
        entrances = tuple(facility.id for facility in facilities if counts(facility.quantities))
        self._not_judged = {facility.id for facility in facilities if not kinds()[facility.kind].decisive}
        self._history = History()
        self._quarters = Quarters(entrances)
        self._minutes = Minutes()
        self._ledgers: dict[str, Ledger] = {}
        self._spells = Spells(new_id, self._history, self._traced)
        self.questions = Questions(new_id)
        self.profiles = Profiles()
        self._keys: dict[tuple[str, str], str] = {}
        self._judge: Judge | None = None
        self._accounted = 0.0
        self._refreshed = 0.0
        self._rewired = False
        """Memory may hold spells of facilities that are wired no longer; the first advance ends them."""
        if memory is not None:
            self._remember(memory)

    def hear(self, sample: Sample) -> None:
        """One sample, in time order: figures and evidence. Where people stand is not told."""
        value = sample.value
        if sample.quality > BELIEVED or value != value or sample.quantity in STAYS_HERE:
            return
        pair = (sample.facility, sample.quantity)
        key = self._keys.get(pair)
        if key is None:
            key = self._keys[pair] = f"{sample.facility}/{sample.quantity}"
        at = sample.at
        self._quarters.note(key, at, value)
        if sample.facility not in self._not_judged:
            self._history.note(key, at, value)

    def count(self, counted: Counted) -> None:
        """Somebody passed an entrance, or its counts are not to be trusted."""
        self._quarters.count(counted)

    def note_inside(self, people: int | None) -> None:
        """How many are inside; None: not known."""
        self._quarters.inside = people

    def busy(self, facility: str) -> bool:
        """Whether somebody is using a facility now."""
        return self._judge is not None and facility in self._judge.judged and self._judge.busy(facility)

    def advance(self, now: float, judge: Judge) -> list[Dated]:
        """Everything that became sayable up to `now`."""
        self._judge = judge
        said: list[Dated] = []
        if self._rewired:
            self._rewired = False
            said.extend(Dated(spell, now) for spell in self._spells.end(now, but=self._quantities))
        for happened in judge.take():
            match happened:
                case Proved():
                    said.append(Dated(_proof(happened), happened.at))
                case Change():
                    self._turn(happened, said)
                case Asked():
                    said.extend(Dated(question, happened.at) for question in self.questions.put(happened))
                case Settled():
                    said.extend(Dated(question, happened.at) for question in self.questions.close(happened))
        if now - self._accounted >= 10 or now < self._accounted:
            self._accounted = now
            self._account(now, judge, said)
        said.extend(Dated(quarter, quarter.start.timestamp() + QUARTER_S) for quarter in self._quarters.take(now))
        if now - self._refreshed >= 600:
            self._refreshed = now
            said.extend(Dated(spell, now) for spell in self._spells.refresh(now, judge.standing))
            judged = {facility: judge.yardstick(facility) for facility in judge.judged}
            said.extend(Dated(profile, now) for profile in self.profiles.take(judged, now))
        return said

    def end(self, now: float) -> list[Dated]:
        """Nobody will go on from here: spells and questions in progress end."""
        over: list[Fact] = [*self._spells.end(now), *self.questions.end(now)]
        return [Dated(fact, now) for fact in over]

    def memory(self) -> bytes:
        """All that must survive a restart; call after `advance`."""
        kept = {
            "version": MEMORY_VERSION,
            "history": self._history.written(),
            "quarters": self._quarters.written(),
            "minutes": self._minutes.written(),
            "ledgers": {facility: ledger.written() for facility, ledger in self._ledgers.items()},
            "spells": self._spells.written(),
            "questions": self.questions.written(),
            "profiles": self.profiles.written(),
            "accounted": self._accounted,
            "refreshed": self._refreshed,
        }
        return json.dumps(kept, separators=(",", ":")).encode()

    def _turn(self, change: Change, said: list[Dated]) -> None:
        if change.until is None:
            ledger = self._ledgers.get(change.facility)
            if ledger is None:
                self._ledgers[change.facility] = Ledger(change.verdict.state, change.since)
            else:
                self._minutes.close(change.facility, ledger.account(change.since))
                ledger.state = change.verdict.state
        said.extend(Dated(spell, change.confirmed_at) for spell in self._spells.change(change))

    def _account(self, now: float, judge: Judge, said: list[Dated]) -> None:
        settled = now
        for facility, ledger in self._ledgers.items():
            sure = judge.settled(facility)
            settled = min(settled, sure)
            self._minutes.close(facility, ledger.account(sure))
        said.extend(Dated(minute, minute.minute.timestamp() + MINUTE_S) for minute in self._minutes.take(settled, now))

    def _traced(self, facility: str, verdict: Verdict) -> list[str]:
        """What the rule needs first, then what a reader wants beside it."""
        wired = self._quantities.get(facility, ())
        needed = [name for name in wired if split(name)[0].name in verdict.needs]
        beside = [name for name in wired if split(name)[0].name in ALWAYS_TRACED and name not in needed]
        return (needed + beside)[:MOST_TRACES]

    def _remember(self, memory: bytes) -> None:
        kept = json.loads(memory)
        if kept.get("version") != MEMORY_VERSION:
            raise ValueError(f"memory of version {kept.get('version')}, not {MEMORY_VERSION}")
        self._history.remember(kept["history"])
        self._quarters.remember(kept["quarters"])
        self._minutes.remember(kept["minutes"])
        self._spells.remember(kept["spells"])
        self.questions.remember(kept["questions"])
        self.profiles.remember(kept["profiles"])
        self._rewired = True
        self._accounted, self._refreshed = kept["accounted"], kept["refreshed"]
        for facility, ledger in kept["ledgers"].items():
            if facility in self._quantities:  # one that has been unwired has nobody to account for it
                self._ledgers[facility] = Ledger()
                self._ledgers[facility].remember(ledger)


def _proof(proved: Proved) -> Proof:
    return Proof(
        facility=proved.facility,
        rule=proved.rule,
        rule_version=proved.version,
        mode=proved.mode,
        grade=proved.grade,
        proved_at=datetime.fromtimestamp(proved.at, UTC),
        values=proved.values,
    )
