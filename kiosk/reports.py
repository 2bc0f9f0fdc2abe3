"""What was reported at this kiosk and the hub has not told back yet. Pure.

It is gone when the kiosk ends; the next one finds in the outbox what the hub has not even heard.

Until the hub has heard of a fault it cannot say so, and meanwhile the glass must not call works what somebody just
said does not. Times are seconds of a monotonic clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from shared.moment import ClockQuality, Stamp
from shared.settings_message import OpenAlert

if TYPE_CHECKING:
    from shared.records import FaultReport, Record

TOLD_BACK_S = 600.0
"""So long after the hub has a report it counts here; from then on what the hub says of it is all there is."""


@dataclass(slots=True)
class Report:
    """Everything said of one subject, danger apart."""

    since: float
    records: list[str] = field(default_factory=list)
    delivered_at: float | None = None
    """When the hub was first seen to have the last one. None: it has not."""


class Reports:
    """Asked every second; there are at most two a subject."""

    def __init__(self) -> None:
        self._by_subject: dict[tuple[str, bool], Report] = {}

    def note(self, fact: "FaultReport", record: str, now: float) -> None:
        """This has been kept."""
        report = self._by_subject.setdefault((fact.subject, fact.danger), Report(now))
        report.records.append(record)
        report.delivered_at = None

    def found(self, record: "Record", now: Stamp) -> None:
        """This lay in the outbox when the kiosk started. Of several the last one comes first."""
        if record.fact.type != "fault_report":
            return
        since = _since(record, now)
        report = self._by_subject.setdefault((record.fact.subject, record.fact.danger), Report(since))
        report.since = min(report.since, since)
        if record.id not in report.records:
            report.records.insert(0, record.id)

    def undone(self, record: str) -> None:
        """It was taken back; what others said stands."""
        for key, report in list(self._by_subject.items()):
            if record in report.records:
                report.records.remove(record)
            if not report.records:
                del self._by_subject[key]

    def open(self, now: Stamp, delivered: Callable[[str], bool]) -> list[OpenAlert]:
        """As the hub would tell them, danger first; dated by the clock as it is now, which may have been set."""
        for key, report in list(self._by_subject.items()):
            if report.delivered_at is None and delivered(report.records[-1]):
                report.delivered_at = now.uptime
            if report.delivered_at is not None and now.uptime - report.delivered_at >= TOLD_BACK_S:
                del self._by_subject[key]
        return [
            OpenAlert(subject=subject, opened_at=now.at - timedelta(seconds=now.uptime - report.since), danger=danger)
            for (subject, danger), report in sorted(self._by_subject.items(), key=lambda one: not one[0][1])
        ]


def _since(record: "Record", now: Stamp) -> float:
    """When it was made, in seconds of this boot, before which an earlier boot's lies: below nought."""
    if record.boot == now.boot:
        return record.uptime
    if record.at is None or now.clock is ClockQuality.WRONG:
        return 0.0  # nobody knows how long before
    return min(0.0, now.uptime - (now.at - record.at).total_seconds())
