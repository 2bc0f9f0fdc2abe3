"""Questions, as rows. The answers are statements (`hub/feedback/tables.py`)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class QuestionRow(SQLModel, table=True):
    """The highest revision of a question."""

    __tablename__ = "question"
    __table_args__ = (
        Index("ix_question_place", "station", "facility", "asked_at"),
        Index(
            "ix_question_open",
            "station",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    station: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    revision: int
    facility: str
    rule: str
    text_zh: str
    text_en: str
    choices: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """`shared.records.Choice` as JSON."""
    asked_at: datetime = Field(sa_type=UtcTime)
    due: datetime = Field(sa_type=UtcTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: the rule still asks."""
