"""What people say, as values of rows. Pure."""

from datetime import datetime
from typing import Any

from shared.records import FaultReport, Feedback, Statement

Row = dict[str, Any]


def _said(station: str, record: str, at: datetime | None, received_at: datetime) -> Row:
    """An undated word is kept under the time it was received, and marked."""
    return {
        "id": record,
        "station": station,
        "at": at or received_at,
        "received_at": received_at,
        "undated": at is None,
        "retracted": False,
    }


def feedback_row(station: str, record: str, fact: Feedback, at: datetime | None, received_at: datetime) -> Row:
    """A score."""
    kept = {
        "score": fact.score, "tags": fact.tags, "burst": fact.burst, "method": "tap", "text": "", "photo": None,
    }  # fmt: skip
    return {**_said(station, record, at, received_at), **kept}


def fault_report_row(station: str, record: str, fact: FaultReport, at: datetime | None, received_at: datetime) -> Row:
    """Something is wrong."""
    said = {"subject": fact.subject, "problem": fact.problem, "danger": fact.danger, "method": "tap"}
    return {**_said(station, record, at, received_at), **said}


def statement_row(station: str, record: str, fact: Statement, at: datetime | None, received_at: datetime) -> Row:
    """An answer to a rule's question."""
    said = {"question": fact.question, "facility": fact.facility, "answer": fact.answer, "by": fact.by, "who": None}
    return {**_said(station, record, at, received_at), **said}
