"""Official codes in the register: given once, kept for ever, counted without a gap (AH-25 to AH-32).

Other regions' codes are free text: only that no two stations have the same is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, update
from sqlmodel import Session, col, select

from hub.rulebook import rulebooks
from hub.stations.tables import CodeArea, Station, StationAlias, StationCodeRow
from hub.stations.words import FORMER_CODE
from hub.upsert import insert_new
from shared.station_code import StationCode, StationKind, next_sequence, parse

DIGITS = 11


class CodeTaken(Exception):
    """Another station has, or had, this official code."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Of one area code: sequences below the last that no station has or had."""

    area: str
    last: int
    missing: tuple[int, ...]


def ruled(rulebook: str) -> bool:
    """Whether the region's codes follow a rule."""
    book = rulebooks().get(rulebook)
    return book is not None and book.codes is not None


def take(session: Session, station: Station, code: str, by: str, now: datetime) -> None:
    """This station has this code from now on. By the region's rule it has been checked before (`compact`).

    Raises CodeTaken: one station, one code, and a station that left keeps its own.
    """
    holder = session.exec(
        select(Station).where(Station.rulebook == station.rulebook, Station.code == code, Station.id != station.id)
    ).first()
    if holder is None and ruled(station.rulebook):
        holder = _digits_taken(session, station, parse(code), by, now)
    if holder is not None:
        raise CodeTaken(f"code {code} belongs to {holder.name} ({holder.id}), and stays with it")
    station.code = code
    session.add(station)
    session.flush()


def take_many(session: Session, given: Sequence[tuple[Station, str]], by: str, now: datetime) -> None:
    """Codes of many new stations of regions with a rule, looked at before; raises IntegrityError where that no longer
    holds.
    """
    last: dict[str, int] = {}
    for station, code in given:
        parsed = parse(code)
        last[parsed.area] = max(last.get(parsed.area, 0), parsed.sequence)
        station.code = code
        session.add(station)
    session.flush()
    for area, sequence in sorted(last.items()):
        _count(session, area, sequence)
    session.add_all(
        StationCodeRow(digits=code[:DIGITS], station=station.id, area=parse(code).area, given_at=now, by=by)
        for station, code in given
    )
    session.flush()


def allocate(session: Session, station: Station, area: str, by: str, now: datetime) -> str:
    """The next code of an area; until the end of the transaction everybody else waits, and a failed one leaves no gap.

    Raises BadCode where the area has none left.
    """
    insert_new(session, CodeArea, {"area": area, "last": 0})
    session.connection().execute(update(CodeArea).where(col(CodeArea.area) == area).values(last=CodeArea.last))
    last = session.exec(select(CodeArea.last).where(CodeArea.area == area)).one()
    code = str(StationCode(area, next_sequence([last]), _suffix_kind(station.kind)))
    take(session, station, code, by, now)
    return code


def change_kind(session: Session, station: Station, kind: StationKind, by: str, now: datetime) -> None:
    """Another kind: the digits stay, the suffix follows, the form before is kept as an alias (D4-3)."""
    before = station.code
    station.kind = kind
    if before is not None and ruled(station.rulebook):
        parsed = parse(before)
        station.code = str(StationCode(parsed.area, parsed.sequence, _suffix_kind(kind)))
        if station.code != before:
            alias = {"station": station.id, "system": FORMER_CODE, "value": before, "since": now, "by": by}
            insert_new(session, StationAlias, alias)
    session.add(station)
    session.flush()


def gaps(session: Session) -> list[Gap]:
    """Area by area, what the codes given so far leave out."""
    given: dict[str, set[int]] = {}
    for area, digits in session.exec(select(StationCodeRow.area, StationCodeRow.digits)):
        given.setdefault(area, set()).add(int(digits[-5:]))
    return [
        Gap(row.area, row.last, tuple(sorted(set(range(1, row.last + 1)) - given.get(row.area, set()))))
        for row in session.exec(select(CodeArea).order_by(col(CodeArea.area)))
    ]


def aliases(session: Session, station: str) -> Sequence[StationAlias]:
    """What else a station is called by number, the oldest first."""
    return session.exec(
        select(StationAlias).where(StationAlias.station == station).order_by(col(StationAlias.id))
    ).all()


def _digits_taken(session: Session, station: Station, code: StationCode, by: str, now: datetime) -> Station | None:
    """Keep the digits for this station. Returns who has them already, if another one does."""
    digits = str(code)[:DIGITS]
    row = {"digits": digits, "station": station.id, "area": code.area, "given_at": now, "by": by}
    _count(session, code.area, code.sequence)
    if insert_new(session, StationCodeRow, row):
        return None
    there = session.get_one(StationCodeRow, digits)
    return None if there.station == station.id else session.get_one(Station, there.station)


def _count(session: Session, area: str, sequence: int) -> None:
    """This sequence is given: the next one is higher."""
    insert_new(session, CodeArea, {"area": area, "last": 0})
    higher = case((col(CodeArea.last) < sequence, sequence), else_=col(CodeArea.last))
    session.connection().execute(update(CodeArea).where(col(CodeArea.area) == area).values(last=higher))


def _suffix_kind(kind: str) -> StationKind:
    """A building site that has a code has one without a suffix."""
    return "micro" if kind == "micro" else "mobile" if kind == "mobile" else "normal"
