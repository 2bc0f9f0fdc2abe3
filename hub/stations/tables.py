"""Stations and their facilities, as rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime

_NOT_REVOKED = text("revoked_at IS NULL")


class Station(SQLModel, table=True):
    """A registered station. Codes and numbers are attributes: only the id is unchanged for life."""

    __tablename__ = "station"
    # One station, one code, also of stations that have left: rows are never deleted (AH-25, AH-32).
    # A plaque taken back may be given to another station (SH-10).
    __table_args__ = (
        UniqueConstraint("rulebook", "code", name="one_station_one_code"),
        Index(
            "one_station_one_plaque", "plaque_number", unique=True, sqlite_where=_NOT_REVOKED,
            postgresql_where=_NOT_REVOKED,
        ),
    )  # fmt: skip

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
    carrier: str = Field(default="", max_length=40)
    """`hub.stations.words.Carrier`; empty: not filed."""
    carrier_note: str = Field(default="", max_length=80)
    """What another carrier is."""
    area_m2: float | None = None
    """Of the resting area (站点区域面积). None: not filed."""
    area_shared: bool = False
    """Whether it is shared with somebody else; then `area_note` says with whom (SH-09)."""
    area_note: str = Field(default="", max_length=200)
    services: list[str] = Field(default_factory=list, sa_type=JSON)
    """What it is filed to offer: `hub.stations.words.FiledService`. What works now is derived from its facilities."""
    other_services: str = Field(default="", max_length=200)
    """其他服务项目, in words."""
    planned_on: date | None = None
    """计划完成时间. None: not filed."""
    waiver: str = Field(default="", max_length=400)
    """Why it may be open without all six facilities (SH-17); empty: it has them, or is not open."""
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
_ACTIVE = text("until IS NULL")


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
    """When the wiring no longer had it, or a person took it off the register. None: it stands."""
    source: str = "station"
    """`station`: its own wiring named it. `register`: a person filed it, and only a person takes it off."""


class UnitRow(SQLModel, table=True):
    """The machine standing at a facility since then, as a person said: the newest counts, the others are history."""

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_place", "station", "facility"),)

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id")
    facility: str
    name: str = Field(max_length=128)
    """Make, model, serial number: what tells it from the one before."""
    make: str = Field(default="", max_length=60)
    model: str = Field(default="", max_length=60)
    serial: str = Field(default="", max_length=60)
    installed: date | None = None
    warranty_until: date | None = None
    """The last day of it. None: nobody has said."""
    supplier: str = Field(default="", max_length=120)
    photo: str | None = Field(default=None, max_length=32)
    """Id of a photo of it or of its plate."""
    since: datetime = Field(sa_type=UtcTime)
    by: str
    """The user who said so."""


class StationHead(SQLModel, table=True):
    """Who is or was head of a station: exactly one at a time, the others are history (AH-16, SH-13).

    One person may be head of several (AH-17). The number is personal: pages show it to those who must call.
    """

    __tablename__ = "station_head"
    __table_args__ = (
        Index("one_head_at_a_time", "station", unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE),
        Index("ix_station_head_account", "account"),
    )

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id", index=True)
    name: str = Field(max_length=60)
    phone: str = Field(default="", max_length=30)
    account: int | None = Field(default=None, foreign_key="account.id")
    """The user who is this head. None: the head does not sign in."""
    since: datetime = Field(sa_type=UtcTime)
    until: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: is head now."""
    by: str
    """The user who appointed."""


class StationExtra(SQLModel, table=True):
    """One of the X of 6+X (SH-18, SH-19). Without a row the station does not offer it."""

    __tablename__ = "station_extra"

    station: str = Field(primary_key=True, foreign_key="station.id")
    extra: str = Field(primary_key=True, max_length=20)
    """`hub.stations.words.Extra`."""
    state: str = Field(max_length=20)
    """`hub.stations.words.ExtraState`."""
    expires_on: date | None = None
    """Last day of what in it goes off, as of a first-aid kit. None: nothing does, or nobody has said."""
    note: str = Field(default="", max_length=200)
    by: str
    at: datetime = Field(sa_type=UtcTime)


class StationCodeRow(SQLModel, table=True):
    """Digits given to a station, for ever: also when its suffix changes, also when it leaves (AH-25, AH-32)."""

    __tablename__ = "station_code"

    digits: str = Field(primary_key=True, max_length=11)
    station: str = Field(foreign_key="station.id", index=True)
    area: str = Field(max_length=4, index=True)
    given_at: datetime = Field(sa_type=UtcTime)
    by: str


class CodeArea(SQLModel, table=True):
    """The counter of one telephone area code; whoever takes the next number holds its row until the end (AH-31)."""

    __tablename__ = "station_code_area"

    area: str = Field(primary_key=True, max_length=4)
    last: int = 0
    """The highest sequence ever given."""


class StationAlias(SQLModel, table=True):
    """A co-builder's own number of a station, or an earlier form of its code: found by it, never printed as official
    (AH-34).
    """

    __tablename__ = "station_alias"
    __table_args__ = (UniqueConstraint("system", "value", name="one_alias_in_a_system"),)

    id: int | None = Field(default=None, primary_key=True)
    station: str = Field(foreign_key="station.id", index=True)
    system: str = Field(max_length=60)
    value: str = Field(max_length=60)
    since: datetime = Field(sa_type=UtcTime)
    by: str


class StationFactsRow(SQLModel, table=True):
    """The newest facts a station gave of itself: later ones replace, whatever the order of arrival."""

    __tablename__ = "station_facts"

    station: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
    version: str
    devices: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class VisitsDue(SQLModel, table=True):
    """A month of a station whose visits have to be added up anew: whoever changes what they are made of says so."""

    __tablename__ = "visits_due"
    __table_args__ = (Index("ix_visits_due_age", "marked_at"),)

    station: str = Field(primary_key=True)
    month: int = Field(primary_key=True)
    """Year × 100 + month, in Shanghai."""
    marked_at: datetime = Field(sa_type=UtcTime)
    """When what is to be added up was received, of several the first."""


class SettingsDue(SQLModel, table=True):
    """A station whose settings may be others than it was told: whoever changes what they are made of says so here."""

    __tablename__ = "settings_due"

    station: str = Field(primary_key=True)
