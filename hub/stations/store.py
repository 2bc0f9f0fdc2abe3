"""The register: adding, finding, revoking stations, and what stands in them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import bcrypt
from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub import mosquitto
from hub.accounts.tables import User
from hub.stations import codes
from hub.stations.codes import CodeTaken as CodeTaken
from hub.stations.due import mark_due
from hub.stations.facilities import facilities as facilities
from hub.stations.facilities import facilities_of as facilities_of
from hub.stations.facilities import facts as facts
from hub.stations.facilities import note_facts as note_facts
from hub.stations.jurisdiction import seen_by
from hub.stations.roster import Filing
from hub.stations.tables import Station, StationAlias
from hub.stations.units import put_unit as put_unit
from hub.stations.units import unit as unit
from hub.stations.units import units as units
from shared.ids import station_id
from shared.keys import SECRET_BYTES, mqtt_password, qr_key, spell_secret

BCRYPT_COST = 4
"""Stretching adds nothing to 128 random bits; cost 11 would admit 14 connects a second, cost 4 about 700."""


NO_SECRET = ""
"""In place of a hash: nothing may connect as this station."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A station just added, with the secret that is told once."""

    station: Station
    secret: str


@dataclass(frozen=True, slots=True)
class Admission:
    """What ingest must know of a station."""

    commissioned_at: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class BrokerUser:
    """A station as the broker knows it."""

    station: str
    mqtt_hash: str
    mosquitto_hash: str


def add(
    session: Session,
    filing: Filing,
    seal: Callable[[bytes], bytes],
    chance: Callable[[int], bytes],
    by: str = "",
    now: datetime | None = None,
) -> Registered:
    """Register a station. The hub keeps its password only as the brokers' hashes, its QR key only sealed.

    `by`, `now`: who gave it its code, and when; when it was commissioned where nobody says. Raises CodeTaken.
    """
    secret = spell_secret(chance(SECRET_BYTES))
    station = enrol(session, filing, chance)
    for name, value in _kept(secret, seal).items():
        setattr(station, name, value)
    if filing.code is not None:
        codes.take(session, station, filing.code, by, now or filing.commissioned_at)
    session.add(station)
    session.flush()
    mark_due(session, [station.id])
    return Registered(station, secret)


def enrol(session: Session, filing: Filing, chance: Callable[[int], bytes]) -> Station:
    """Register a station without a secret: it has a form and a page, and nothing connects in its name until `rotate`.

    Its code is not looked at. Not flushed: thousands may follow.
    """
    station = Station(
        id=station_id(chance(16)),
        name=filing.name,
        name_en=filing.name_en,
        kind=filing.kind,
        rulebook=filing.rulebook,
        rubric=filing.rubric,
        union_name=filing.union_name,
        address=filing.address,
        plaque_number=filing.plaque_number,
        staffing=filing.staffing,
        opening=filing.opening.filed(),
        commissioned_at=filing.commissioned_at,
        mqtt_hash=NO_SECRET,
        mosquitto_hash=NO_SECRET,
        sealed_qr_key=b"",
    )
    session.add(station)
    return station


def rotate(
    session: Session, station: str, seal: Callable[[bytes], bytes], chance: Callable[[int], bytes]
) -> Registered | None:
    """Give a station another secret: the one before opens nothing. None: there is none of this id, or it is revoked."""
    found = session.get(Station, station)
    if found is None or found.revoked_at is not None:
        return None
    secret = spell_secret(chance(SECRET_BYTES))
    for name, value in _kept(secret, seal).items():
        setattr(found, name, value)
    session.add(found)
    session.flush()
    return Registered(found, secret)


def _kept(secret: str, seal: Callable[[bytes], bytes]) -> dict[str, Any]:
    """What the hub keeps of a station's secret, by column."""
    password = mqtt_password(secret)
    return {
        "mqtt_hash": bcrypt.hashpw(password.encode(), bcrypt.gensalt(BCRYPT_COST)).decode(),
        "mosquitto_hash": mosquitto.hashed(password),
        "sealed_qr_key": seal(qr_key(secret)),
    }


def get(session: Session, station: str) -> Station | None:
    """One station. None: there is none of this id."""
    return session.get(Station, station)


def all_stations(session: Session) -> Sequence[Station]:
    """Every station, by name: for the program itself. Pages start from `visible_to`."""
    return session.exec(select(Station).order_by(col(Station.name), col(Station.id))).all()


def ids_seen_by(user: User) -> SelectOfScalar[str]:
    """The ids of the stations this user may see, for `IN`."""
    return select(Station.id).where(seen_by(user))


def visible_to(session: Session, user: User, most: int | None = None) -> Sequence[Station]:
    """The stations this user may see, by name; the first `most` of them."""
    query = select(Station).where(seen_by(user)).order_by(col(Station.name), col(Station.id))
    return session.exec(query.limit(most)).all()


def visible(session: Session, user: User, station: str) -> Station | None:
    """One station, if this user may see it. None: it is not there, or not for them."""
    return session.exec(select(Station).where(seen_by(user), col(Station.id) == station)).first()


def says(word: str) -> ColumnElement[bool]:
    """Whether a station's name, address, numbers, aliases or id have this word."""
    alias = select(StationAlias.station).where(col(StationAlias.value).icontains(word, autoescape=True))
    named = (column.icontains(word, autoescape=True) for column in _SEARCHED)
    return or_(*named, col(Station.id).in_(alias))


_SEARCHED = [
    col(getattr(Station, name)) for name in ("name", "name_en", "address", "union_name", "code", "plaque_number", "id")
]


def of_ids(session: Session, ids: Collection[str]) -> dict[str, Station]:
    """Of these, the stations there are, by id."""
    return {station.id: station for station in session.exec(select(Station).where(col(Station.id).in_(ids)))}


def revoke(session: Session, station: str, now: datetime) -> bool:
    """It may connect no more. False: there is none of this id, or it was revoked before."""
    changed = session.connection().execute(
        update(Station).where(col(Station.id) == station, col(Station.revoked_at).is_(None)).values(revoked_at=now)
    )
    return changed.rowcount == 1


def mark_history(session: Session, station: str, until: datetime | None) -> bool:
    """Its history is being loaded, up to then; None: it is complete. False: there is none of this id."""
    changed = session.connection().execute(
        update(Station).where(col(Station.id) == station).values(history_until=until)
    )
    return changed.rowcount == 1


def broker_users(session: Session) -> list[BrokerUser]:
    """Who may connect, by id."""
    query = select(Station.id, Station.mqtt_hash, Station.mosquitto_hash).where(
        col(Station.revoked_at).is_(None), col(Station.mqtt_hash) != NO_SECRET
    )
    return [BrokerUser(*found) for found in session.exec(query.order_by(col(Station.id)))]


def admissions(session: Session, stations: Collection[str]) -> dict[str, Admission]:
    """Of these, the registered ones."""
    query = select(Station.id, Station.commissioned_at, Station.revoked_at).where(col(Station.id).in_(stations))
    return {id_: Admission(at, revoked is not None) for id_, at, revoked in session.exec(query)}


def next_ids(session: Session, after: str, most: int) -> list[str]:
    """The ids of registered stations that come after this one, no more than so many."""
    query = select(Station.id).where(col(Station.id) > after, col(Station.revoked_at).is_(None))
    return list(session.exec(query.order_by(col(Station.id)).limit(most)))


def count(session: Session) -> int:
    """How many stations may connect."""
    return session.exec(select(func.count()).select_from(Station).where(col(Station.revoked_at).is_(None))).one()


def number_settings(session: Session, station: Station, content: str) -> bool:
    """Raise the settings' number if the content is another. Returns whether it was."""
    if station.settings_digest == content:
        return False
    station.settings_number += 1
    station.settings_digest = content
    session.add(station)
    session.flush()
    return True
