"""The rows of one batch: facts of many envelopes folded to at most one row a key, pure. Any order comes to the same."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hub.checkins.facts import check_in_row, retraction_row
from hub.feedback.facts import fault_report_row, feedback_row, statement_row
from hub.health.facts import HourKey, fold_minute, profile_row, proof_row, spell_row
from hub.questions.facts import question_row, says_more
from hub.telemetry.facts import count_rows, gap_row, heard_row, quarter_row
from shared.envelope import EnvelopeHead
from shared.records import (
    CheckIn,
    FaultReport,
    Feedback,
    Gap,
    Minute,
    Profile,
    Proof,
    Quarter,
    Question,
    Record,
    Retraction,
    Spell,
    Statement,
    StationFacts,
)

Row = dict[str, Any]
Keyed = dict[tuple[Any, ...], Row]


@dataclass(slots=True)
class Harvest:
    """What a batch comes to, table by table."""

    heard: Keyed = field(default_factory=dict)
    boots: Keyed = field(default_factory=dict)
    hours: dict[HourKey, list[int]] = field(default_factory=dict)
    quarters: Keyed = field(default_factory=dict)
    layouts: Keyed = field(default_factory=dict)
    counts: Keyed = field(default_factory=dict)
    spells: Keyed = field(default_factory=dict)
    proofs: Keyed = field(default_factory=dict)
    questions: Keyed = field(default_factory=dict)
    profiles: Keyed = field(default_factory=dict)
    check_ins: Keyed = field(default_factory=dict)
    feedback: Keyed = field(default_factory=dict)
    fault_reports: Keyed = field(default_factory=dict)
    statements: Keyed = field(default_factory=dict)
    retractions: Keyed = field(default_factory=dict)
    gaps: Keyed = field(default_factory=dict)
    facts: dict[str, tuple[datetime, StationFacts]] = field(default_factory=dict)
    quarantine: Keyed = field(default_factory=dict)
    types: Counter[str] = field(default_factory=Counter)
    undated: Counter[str] = field(default_factory=Counter)

    def hear(self, head: EnvelopeHead) -> None:
        """The newest connection's head stands."""
        row = heard_row(head)
        _keep(self.heard, (head.station,), row, "connection")
        _keep(self.boots, (head.station, head.boot), row, "connection")

    def add(self, station: str, record: Record, at: datetime | None, now: datetime) -> None:
        """Fold one record in. `at` is None for an undated one; what is measured must not come undated."""
        fact = record.fact
        self.types[fact.type] += 1
        match fact:
            case Minute():
                fold_minute(self.hours, station, fact)
            case Quarter():
                if fact.figures:
                    row, layout = quarter_row(station, record.id, fact)
                    self.quarters[row["start"], station, row["record"]] = row
                    self.layouts[layout["id"],] = layout
                for row in count_rows(station, fact):
                    _keep(self.counts, (row["start"], station, row["facility"]), row, "entered", "left", "undirected")
            case Spell():
                self._keep_spell((station, fact.spell), spell_row(station, fact))
            case Proof():
                self.proofs[station, record.id] = proof_row(station, record.id, fact)
            case Question():
                row = question_row(station, fact)
                there = self.questions.setdefault((station, fact.question), row)
                if says_more(row, there):
                    self.questions[station, fact.question] = row
            case Profile():
                row = profile_row(station, record.id, fact, at or now)
                there = self.profiles.setdefault((station, fact.facility), row)
                if (there["at"], there["record"]) < (row["at"], row["record"]):
                    self.profiles[station, fact.facility] = row
            case CheckIn():
                self.check_ins[station, record.id] = check_in_row(station, record.id, fact, at, now)
            case Feedback():
                self.feedback[station, record.id] = feedback_row(station, record.id, fact, at, now)
            case FaultReport():
                self.fault_reports[station, record.id] = fault_report_row(station, record.id, fact, at, now)
            case Statement():
                self.statements[station, record.id] = statement_row(station, record.id, fact, at, now)
            case Retraction():
                self.retractions[station, fact.of] = retraction_row(station, fact.of, now)
            case Gap():
                _keep(self.gaps, (station, record.id), gap_row(station, record.id, fact), "revision")
            case StationFacts():
                told_at = at or now
                if station not in self.facts or self.facts[station][0] <= told_at:
                    self.facts[station] = (told_at, fact)

    def _keep_spell(self, key: tuple[str, str], row: Row) -> None:
        """As `hub.health.store.put_spells` does."""
        there = self.spells.get(key)
        if there is None or _revision(there) < _revision(row):
            self.spells[key] = row

    @property
    def said_by_people(self) -> set[str]:
        """Ids an undo may speak of: what people said in this batch, and what they took back in it."""
        words = (self.check_ins, self.feedback, self.fault_reports, self.statements, self.retractions)
        return {str(key[1]) for rows in words for key in rows}

    @property
    def judged(self) -> set[tuple[str, str]]:
        """The (station, facility) whose spells changed."""
        return {(row["station"], row["facility"]) for row in self.spells.values()}


def _keep(rows: Keyed, key: tuple[Any, ...], row: Row, *by: str) -> None:
    """Of two rows of one key the one that says more, by the sum of these columns."""
    there = rows.get(key)
    if there is None or sum(there[name] for name in by) < sum(row[name] for name in by):
        rows[key] = row


def _revision(row: Row) -> tuple[int, bool, datetime]:
    return row["revision"], row["until"] is not None, row["until"] or row["since"]
