"""What a station asks, as values of a row. Pure."""

from datetime import datetime
from typing import Any

from msgspec import to_builtins

from shared.records import Question

Row = dict[str, Any]


def question_row(station: str, fact: Question) -> Row:
    """One revision of a question."""
    return {
        "station": station,
        "id": fact.question,
        "revision": fact.revision,
        "facility": fact.facility,
        "rule": fact.rule,
        "text_zh": fact.text.zh,
        "text_en": fact.text.en,
        "choices": [to_builtins(choice) for choice in fact.choices],
        "asked_at": fact.asked_at,
        "due": fact.due,
        "closed_at": fact.closed_at,
    }


def says_more(row: Row, there: Row) -> bool:
    """Whether it stands rather than `there`, as `hub.questions.store.put_questions` decides."""
    return _rank(row) > _rank(there)


def _rank(row: Row) -> tuple[int, bool, datetime]:
    return row["revision"], row["closed_at"] is not None, row["closed_at"] or row["asked_at"]
