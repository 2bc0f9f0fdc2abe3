"""Stations and their facilities, as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class Station(SQLModel, table=True):
    """A registered station. Codes and numbers are attributes: only the id is unchanged for life."""

    __tablename__ = "station"
    # One station, one code, also of stations that have left: rows are never deleted (AH-25, AH-32).
    __table_args__ = (UniqueConstraint("rulebook", "code", name="one_station_one_code"),)

    id: str = Field(primary_key=True, max_length=10)
    name: str
    name_en: str
    code: str | None = None
    """The official code; None where the region gives none or it is not filed yet."""
    kind: str = "normal"
    rulebook: str = "anhui_2024"
    rubric: str | None = None
    """Rulebook whose rubric the union adopted; None: the station's own rulebook has one, or there is none."""
    union_name: str = ""
    """The union in charge as it is filed; of a station that hangs in the tree, that union's name."""
    union: int | None = Field(default=None, foreign_key="union_node.id", index=True)
    """Its place in the tree of the territory. None: nobody has put it there yet."""
    industry: int | None = Field(default=None, foreign_key="union_node.id", index=True)
    """Its place in the tree of industries and co-builders. None: it hangs in none."""
    address: str = ""
    plaque_number: str | None = None
    """None: no plaque yet."""
    staffing: str = "unmanned"
    """`hub.stations.words.Staffing`."""
    access: str = "all"
    """`hub.stations.words.Access`."""
    standing: str = "open"
    """`hub.stations.words.Standing`."""
    latitude: float | None = None
    longitude: float | None = None
    """WGS-84, degrees. None: nobody has said where it is."""
    opening: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """`shared.opening.Opening` as JSON."""
    commissioned_at: datetime = Field(sa_type=UtcTime)
    mqtt_hash: str
    """bcrypt of the derived broker password, for the embedded broker."""
    mosquitto_hash: str
    """PBKDF2 of the same, for Mosquitto."""
    sealed_qr_key: bytes = Field(sa_type=LargeBinary)
    """The check-in code's key, encrypted under the hub's key file."""
    settings_number: int = 0
    """Number of the settings last published."""
    settings_digest: str = ""
    """Of the content last published: another content gets another number."""
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: it may connect."""
    history_until: datetime | None = Field(default=None, sa_type=UtcTime)
    """Its history is still being loaded, up to then. None: it is complete."""


_STANDS = text("removed_at IS NULL")


class Facility(SQLModel, table=True):
    """One installed thing in a station, as the station's own wiring says."""

    __tablename__ = "facility"
    __table_args__ = (
        Index("ix_facility_stands", "station", "kind", "id", sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    station: str = Field(primary_key=True, foreign_key="station.id")
    id: str = Field(primary_key=True)
    kind: str
    label_zh: str
    label_en: str
    quantities: list[str] = Field(default_factory=list, sa_type=JSON)
    options: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    removed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """When the wiring no longer had it. None: it stands."""


class UnitRow(SQLModel, table=True):
    """The machine standing at a facility since then, as a person said: the newest counts, the others are history."""

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_place", "station", "facility"),)

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id")
    facility: str
    name: str = Field(max_length=128)
    """Make, model, serial number: what tells it from the one before."""
    since: datetime = Field(sa_type=UtcTime)
    by: str
    """The user who said so."""


class StationFactsRow(SQLModel, table=True):
    """The newest facts a station gave of itself: later ones replace, whatever the order of arrival."""

    __tablename__ = "station_facts"

    station: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
    version: str
    devices: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class SettingsDue(SQLModel, table=True):
    """A station whose settings may be others than it was told: whoever changes what they are made of says so here."""

    __tablename__ = "settings_due"

    station: str = Field(primary_key=True)
