"""States over time, as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, text
from sqlmodel import Field, SQLModel

from hub.columns import HourTime, UtcTime


class HourRow(SQLModel, table=True):
    """An hour of a facility: four masks, bit m for minute m. Unknown is what nobody has said, so it is stored nowhere.

    The hour comes first in the key: what arrives together lies together (72–104 k against 18–20 k rounds a second
    on 8.6 million rows).
    """

    __tablename__ = "hour"
    __table_args__ = {"sqlite_with_rowid": False}

    hour: datetime = Field(primary_key=True, sa_type=HourTime)
    station: str = Field(primary_key=True)
    facility: str = Field(primary_key=True)
    ok: int = Field(default=0, sa_type=BigInteger)
    degraded: int = Field(default=0, sa_type=BigInteger)
    down: int = Field(default=0, sa_type=BigInteger)
    excluded: int = Field(default=0, sa_type=BigInteger)


HAS_TRACES = "CAST(traces AS TEXT) <> '[]'"
"""Spells whose evidence window is still kept, on either database."""


class SpellRow(SQLModel, table=True):
    """The highest revision of a spell."""

    __tablename__ = "spell"
    __table_args__ = (
        Index("ix_spell_place", "station", "facility", "since"),
        Index("ix_spell_until", "until"),
        Index("ix_spell_traces", "until", sqlite_where=text(HAS_TRACES), postgresql_where=text(HAS_TRACES)),
        Index("ix_spell_open", "station", sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
    )

    id: str = Field(primary_key=True)
    station: str
    facility: str
    revision: int
    state: str
    since: datetime = Field(sa_type=UtcTime)
    until: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: it still holds."""
    confirmed_at: datetime = Field(sa_type=UtcTime)
    rule: str
    rule_version: int
    cause: str
    grade: int
    why_zh: str
    why_en: str
    values: dict[str, float] = Field(default_factory=dict, sa_type=JSON)
    limits: dict[str, float] = Field(default_factory=dict, sa_type=JSON)
    traces: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class ProofRow(SQLModel, table=True):
    """Function shown."""

    __tablename__ = "proof"
    __table_args__ = (
        Index("ix_proof_place", "station", "facility", "proved_at"),
        Index("ix_proof_proved_at", "proved_at"),
    )

    id: str = Field(primary_key=True)
    station: str
    facility: str
    rule: str
    rule_version: int
    mode: str | None = None
    """cooling or heating; None for kinds without modes."""
    grade: int
    proved_at: datetime = Field(sa_type=UtcTime)
    values: dict[str, float] = Field(default_factory=dict, sa_type=JSON)
    by: str | None = None
    """The inspector who tested it by hand. None: the station said so."""


class ProfileRow(SQLModel, table=True):
    """How a facility is judged, as its station said last."""

    __tablename__ = "profile"

    station: str = Field(primary_key=True)
    facility: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
    """Station time of the record; a later one replaces."""
    record: str
    unit: str | None = None
    """The machine the station believes stands there. None: it was never told."""
    learning_since: datetime = Field(sa_type=UtcTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When this unit took the place of another. None: it never did."""
    thresholds: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """`shared.records.Threshold` as JSON."""
    baselines: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """`shared.records.Baseline` as JSON."""
