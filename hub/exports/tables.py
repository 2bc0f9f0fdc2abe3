"""What summaries are made of, as rows: a submitted inspection in a few numbers. Made from it, again when
it has another version; nothing is in them that is not in it.
"""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class InspectionSum(SQLModel, table=True):
    """One inspection in numbers."""

    __tablename__ = "inspection_sum"
    # What is asked of every station lies in the index: the rows need not be read.
    __table_args__ = (
        Index("ix_inspection_sum_station", "station", "month", "total", "lowest_lines", "observable", "proposed"),
    )

    inspection: int = Field(primary_key=True, foreign_key="inspection.id")
    version: int
    """Of the inspection, when this was made."""
    station: str
    month: int
    """Year × 100 + month of the submission, in Shanghai."""
    inspector: str
    """Who submitted it."""
    total: int
    possible: int
    highest: int
    lowest_lines: int
    """Lines with the lowest points."""
    observable: int
    """Lines equipment stands behind."""
    proposed: int
    """Of these, the ones with proposed points, blind ones included."""
    seen: int
    """Of these, the ones whose proposal was seen before deciding."""
    up: int
    """Decided higher than seen proposed."""
    down: int
    blind: int
    """Blind lines with proposed points."""
    blind_same: int
    """Of these, decided as proposed."""


class LineSum(SQLModel, table=True):
    """A line of it that stands out: the lowest points, or other points than proposed."""

    __tablename__ = "inspection_line_sum"

    inspection: int = Field(primary_key=True, foreign_key="inspection.id")
    key: str = Field(primary_key=True)
    what: str = Field(primary_key=True)
    """lowest, up, down, blind_up, blind_down."""
    station: str
    month: int = Field(index=True)
    """As in its inspection's row."""
    reason: str = ""
    """Of an override. Empty: none was needed."""
