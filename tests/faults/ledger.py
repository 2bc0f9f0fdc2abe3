"""What was accepted against what is stored: the difference, record by record, and what of it is named somewhere."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from hub.checkins.tables import CheckInRow, RetractionRow
from hub.feedback.tables import FaultReportRow, FeedbackRow, StatementRow
from hub.health import store as health
from hub.health.hours import Hour
from hub.health.tables import ProofRow, SpellRow
from hub.questions.tables import QuestionRow
from hub.telemetry import store as telemetry
from shared.records import Minute, Quarter, Question, Retraction, Spell
from shared.states import State
from tests.faults.facts import FACILITIES, MINUTE, QUANTITY
from tests.faults.witness import Seen

BY_ID: dict[str, type[CheckInRow | FeedbackRow | FaultReportRow | StatementRow | ProofRow]] = {
    "checkin": CheckInRow,
    "feedback": FeedbackRow,
    "fault_report": FaultReportRow,
    "statement": StatementRow,
    "proof": ProofRow,
}
Times = dict[datetime, set[State]]


@dataclass(slots=True)
class Balance:
    """Nothing in it: the books agree."""

    missing: list[str] = field(default_factory=list)
    """Accepted, and neither stored nor named."""
    invented: list[str] = field(default_factory=list)
    """Stored, and never asked for."""
    doubled: list[str] = field(default_factory=list)
    """Minutes in more states than were said of them."""
    named: Counter[str] = field(default_factory=Counter)
    """Accepted, not stored, and kept in quarantine, by type."""
    counted: Counter[str] = field(default_factory=Counter)
    """Accepted and stored, by type."""

    @property
    def agrees(self) -> bool:
        return not (self.missing or self.invented or self.doubled)

    def __str__(self) -> str:
        parts = {name: getattr(self, name) for name in ("missing", "invented", "doubled")}
        told = [f"{name} {len(found)}: {', '.join(found[:5])}" for name, found in parts.items() if found]
        return "; ".join([*told, f"counted {dict(+self.counted)}, in quarantine {dict(+self.named)}"])


def balance(engine: Engine, station: str, seen: Seen, now: datetime) -> Balance:
    """One station's books."""
    found = Balance()
    with Session(engine) as session:
        named = quarantined_ids(session, station)
        for type_, table in BY_ID.items():
            stored = set(session.exec(select(table.id).where(table.station == station)))
            _compare(found, type_, set(seen.of(type_)), set(seen.of(type_, kept=False)), stored, named)
        _retractions(found, session, station, seen, named)
        _revised(found, session, station, seen, named)
        _quarters(found, session, station, seen, named)
        _minutes(found, session, station, seen, named, now)
    return found


def quarantined_ids(session: Session, station: str) -> set[str]:
    """The records of a station that lie in quarantine."""
    ids = set()
    for row in telemetry.quarantined(session):
        if row.station == station:
            told = json.loads(row.payload)
            ids |= {record["id"] for record in told["records"]} if row.part == "envelope" else {told["id"]}
    return ids


def _compare(
    found: Balance, type_: str, kept: set[str], asked: set[str], stored: set[str], named: Iterable[str]
) -> None:
    absent = kept - stored
    found.named[type_] += len(absent & set(named))
    found.missing += [f"{type_} {id_}" for id_ in sorted(absent - set(named))]
    found.invented += [f"{type_} {id_}" for id_ in sorted(stored - asked)]
    found.counted[type_] += len(kept & stored)


def _retractions(found: Balance, session: Session, station: str, seen: Seen, named: set[str]) -> None:
    def taken_back(kept: bool) -> set[str]:
        return {fact.of for fact in seen.of("retraction", kept).values() if isinstance(fact, Retraction)}

    stored = set(session.exec(select(RetractionRow.of).where(RetractionRow.station == station)))
    _compare(found, "retraction", taken_back(True), taken_back(False), stored, named)
    undone = session.exec(
        select(CheckInRow.id).where(CheckInRow.station == station, col(CheckInRow.retracted).is_(True))
    )
    found.invented += [f"undo of {id_}" for id_ in undone if id_ not in stored]
    standing = session.exec(
        select(CheckInRow.id).where(CheckInRow.station == station, col(CheckInRow.retracted).is_(False))
    )
    found.missing += [f"undo of {id_}" for id_ in standing if id_ in stored]


def _revised(found: Balance, session: Session, station: str, seen: Seen, named: set[str]) -> None:
    """Of spells and questions the highest revision counts."""
    spells = session.exec(select(SpellRow.id, SpellRow.revision).where(SpellRow.station == station))
    questions = session.exec(select(QuestionRow.id, QuestionRow.revision).where(QuestionRow.station == station))
    for type_, rows in (("spell", dict(spells.all())), ("question", dict(questions.all()))):
        kept, asked = _highest(seen, type_, True), _highest(seen, type_, False)
        held_back = _highest(Seen({id_: seen.asked[id_] for id_ in named & seen.asked.keys()}, set()), type_, False)
        for thing, revision in kept.items():
            if rows.get(thing, 0) >= revision:
                found.counted[type_] += 1
            elif held_back.get(thing, 0) >= revision:
                found.named[type_] += 1
            else:
                found.missing.append(f"{type_} {thing} revision {revision}, stored {rows.get(thing)}")
        found.invented += [
            f"{type_} {thing} {number}" for thing, number in rows.items() if number > asked.get(thing, 0)
        ]


def _highest(seen: Seen, type_: str, kept: bool) -> dict[str, int]:
    highest: dict[str, int] = {}
    for fact in seen.of(type_, kept).values():
        if isinstance(fact, Spell | Question):
            thing = fact.spell if isinstance(fact, Spell) else fact.question
            highest[thing] = max(highest.get(thing, 0), fact.revision)
    return highest


def _quarters(found: Balance, session: Session, station: str, seen: Seen, named: set[str]) -> None:
    """Of one quarter-hour the largest n counts; figures and counts are stored each for itself."""

    def largest(kept: bool) -> dict[datetime, int]:
        told: dict[datetime, int] = {}
        for id_, fact in seen.of("quarter", kept).items():
            if isinstance(fact, Quarter) and (not kept or id_ not in named):
                told[fact.start] = max(told.get(fact.start, 0), fact.figures[0].n)
        return told

    kept, asked = largest(True), largest(False)
    found.named["quarter"] += len(seen.of("quarter").keys() & named)
    if not asked:
        return
    start, end = min(asked), max(asked) + 15 * MINUTE
    stored = {row.start: row.n for row in telemetry.series(session, station, FACILITIES[0], QUANTITY, start, end)}
    people = {row.start: row.entered for row in telemetry.counts(session, station, start, end)}
    for what, rows in (("quarter", stored), ("count", people)):
        found.missing += [f"{what} {at} n={n}, stored {rows.get(at)}" for at, n in kept.items() if rows.get(at, 0) < n]
        found.invented += [f"{what} {at} n={n}" for at, n in rows.items() if n > asked.get(at, 0)]
        found.counted[what] += sum(1 for at in kept if at in rows)


def _minutes(found: Balance, session: Session, station: str, seen: Seen, named: set[str], now: datetime) -> None:
    """Each in exactly the states that were said of it: one, where nobody said two."""
    asked, kept = _said(seen, False, set()), _said(seen, True, named)
    found.named["minute"] += len(seen.of("minute").keys() & named)
    times = [at for told in asked.values() for at in told]
    start = min(times, default=now) - timedelta(hours=2)
    for facility in FACILITIES:
        stored = masks(health.window(session, station, facility, start, now + timedelta(days=2)).hours)
        for at, states in stored.items():
            if not states <= asked.get(facility, {}).get(at, set()):
                found.invented.append(f"{facility} {at} {states}")
            if len(states) > len(asked.get(facility, {}).get(at, set())):
                found.doubled.append(f"{facility} {at} {states}")
        for at, states in kept.get(facility, {}).items():
            if states <= stored.get(at, set()):
                found.counted["minute"] += 1
            else:
                found.missing.append(f"{facility} {at} {states}, stored {stored.get(at)}")


def masks(hours: Iterable[Hour]) -> Times:
    """The minutes of stored masks, with every state whose mask they are in."""
    found: Times = {}
    for hour in hours:
        for state in (State.OK, State.DEGRADED, State.DOWN, State.EXCLUDED):
            mask = getattr(hour, state.value)
            for bit in range(60):
                if mask >> bit & 1:
                    found.setdefault(hour.hour + bit * MINUTE, set()).add(state)
    return found


def _said(seen: Seen, kept: bool, named: set[str]) -> dict[str, Times]:
    said: dict[str, Times] = {}
    for id_, fact in seen.of("minute", kept).items():
        if isinstance(fact, Minute) and id_ not in named:
            for facility, state in fact.states.items():
                said.setdefault(facility, {}).setdefault(fact.minute, set()).add(state)
    return said
