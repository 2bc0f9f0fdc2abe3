"""Duty rosters, as rows."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class DutyRoster(SQLModel, table=True):
    """Who is on duty for a union and all below it, or for one station."""

    __tablename__ = "duty_roster"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=60)
    union: int | None = Field(default=None, foreign_key="union_node.id", index=True)
    """None: it is a station's."""
    station: str | None = Field(default=None, foreign_key="station.id", index=True)
    """None: it is a union's."""
    safety_minutes: int = 10
    """After so many minutes without an answer an alert of safety goes to the next level."""
    high_minutes: int = 30
    """The same of an urgent one, in minutes of opening time."""
    created_at: datetime = Field(sa_type=UtcTime)


class DutyShift(SQLModel, table=True):
    """One person, one weekday, from then to then, every week."""

    __tablename__ = "duty_shift"

    id: int | None = Field(default=None, primary_key=True)
    roster: int = Field(foreign_key="duty_roster.id", index=True)
    level: int
    """1 is told first."""
    weekday: int
    """Monday is 0."""
    start: int
    """Minute of the local day."""
    end: int
    """The same; not after `start`: on the next day."""
    user: int = Field(foreign_key="account.id", index=True)


class DutyChange(SQLModel, table=True):
    """What holds for one level on one local day instead of the weekly pattern: a swap, a stand-in, a holiday."""

    __tablename__ = "duty_change"

    id: int | None = Field(default=None, primary_key=True)
    roster: int = Field(foreign_key="duty_roster.id", index=True)
    level: int
    day: date
    start: int
    end: int
    """As of `DutyShift`."""
    user: int | None = Field(default=None, foreign_key="account.id", index=True)
    """None: nobody is on duty at this level that day."""
    note: str = Field(default="", max_length=120)
