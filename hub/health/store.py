"""Masks, spells and proofs: reading and writing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from hub.health.hours import Hour, SpellSpan, said_minutes
from hub.health.spells import contradicted_since
from hub.health.standing import FacilityStanding, Place, stand
from hub.health.tables import HourRow, ProfileRow, ProofRow, SpellRow
from hub.stations import store as stations
from hub.telemetry import store as telemetry
from hub.telemetry.silence import silence
from hub.upsert import Columns, Merge, Row, replace, upsert
from shared.opening import Opening, whole_hour
from shared.states import Cause, State
from shared.text import Text

LATELY = timedelta(hours=1)
RECENT = timedelta(hours=2)
"""How far back the present state of a facility is looked for in its masks."""


@dataclass(frozen=True, slots=True)
class FacilityWindow:
    """What is stored of one facility in a window."""

    hours: list[Hour]
    spells: list[SpellRow]
    proofs: list[ProofRow]

    @property
    def spans(self) -> list[SpellSpan]:
        """The spells, as they are laid over the hours."""
        return [span_of(row) for row in self.spells]


def fold_minutes(session: Session, rows: Iterable[Row]) -> None:
    """OR masks in: as often and in whatever order."""
    masks = ("ok", "degraded", "down", "excluded")
    upsert(
        session,
        HourRow,
        rows,
        Merge(lambda there, coming: {name: there[name].bitwise_or(coming[name]) for name in masks}),
    )


def put_spells(session: Session, rows: Iterable[Row]) -> None:
    """The highest revision stands; a spell belongs to the station that said it first.

    A station that went on from an older memory, or a clone of it, may say one revision in two ways: then the one that
    ended stands, and of two ends the later.
    """
    upsert(session, SpellRow, rows, Merge(replace(SpellRow), _says_more))


def _says_more(there: Columns, coming: Columns) -> ColumnElement[bool]:
    ends_later = or_(and_(there.until.is_(None), coming.until.is_not(None)), there.until < coming.until)
    more = or_(there.revision < coming.revision, and_(there.revision == coming.revision, ends_later))
    return and_(there.station == coming.station, more)


def put_proofs(session: Session, rows: Iterable[Row]) -> int:
    """By record id. Returns how many were not there before."""
    return upsert(session, ProofRow, rows)


def put_profiles(session: Session, rows: Iterable[Row]) -> None:
    """The one said last stands; of two said at once the later record."""
    upsert(
        session,
        ProfileRow,
        rows,
        Merge(
            replace(ProfileRow),
            lambda there, coming: or_(there.at < coming.at, and_(there.at == coming.at, there.record < coming.record)),
        ),
    )


def profile(session: Session, station: str, facility: str) -> ProfileRow | None:
    """How a facility is judged. None: its station has not said."""
    return session.get(ProfileRow, (station, facility))


def replaced(session: Session, station: str) -> dict[str, datetime]:
    """Since when another unit stands at a facility, by its id: proofs of the old one say nothing of it."""
    rows = session.exec(select(ProfileRow).where(ProfileRow.station == station))
    return {row.facility: row.replaced_at for row in rows if row.replaced_at is not None}


NOT_SUSPECTED = frozenset({*State, "OUT7", "AC8", "MW6"})
"""Rules of `unknown` that suspect nothing: plain silence, a cut, and what was not used for long."""


def span_of(row: SpellRow) -> SpellSpan:
    """A stored spell, as it is laid over the hours."""
    doubt = row.state == State.UNKNOWN and row.cause != Cause.SENSOR_FAULT and row.rule not in NOT_SUSPECTED
    return SpellSpan(State(row.state), row.since, row.until, row.revision, row.confirmed_at, row.id, doubt)


def window(session: Session, station: str, facility: str, start: datetime, end: datetime) -> FacilityWindow:
    """What is stored of one facility in [start, end)."""
    return windows(session, station, start, end).get(facility) or FacilityWindow([], [], [])


def windows(session: Session, station: str, start: datetime, end: datetime) -> dict[str, FacilityWindow]:
    """What is stored of every facility of a station in [start, end): three statements."""
    found: dict[str, FacilityWindow] = {}

    def of(facility: str) -> FacilityWindow:
        return found.setdefault(facility, FacilityWindow([], [], []))

    hours = session.exec(
        select(HourRow)
        .where(HourRow.hour >= whole_hour(start), HourRow.hour < end, HourRow.station == station)
        .order_by(col(HourRow.hour))
    )
    for hour in hours:
        of(hour.facility).hours.append(Hour(hour.hour, hour.ok, hour.degraded, hour.down, hour.excluded))
    spells = session.exec(
        select(SpellRow)
        .where(SpellRow.station == station, SpellRow.since < end)
        .where(or_(col(SpellRow.until).is_(None), col(SpellRow.until) > start))
        .order_by(col(SpellRow.since), col(SpellRow.id))
    )
    for spell in spells:
        of(spell.facility).spells.append(spell)
    proofs = session.exec(
        select(ProofRow)
        .where(ProofRow.station == station, ProofRow.proved_at >= start, ProofRow.proved_at < end)
        .order_by(col(ProofRow.proved_at), col(ProofRow.id))
    )
    for proof in proofs:
        of(proof.facility).proofs.append(proof)
    return found


def spell(session: Session, spell_id: str) -> SpellRow | None:
    """One spell. None: there is no such spell."""
    return session.get(SpellRow, spell_id)


def latest_proof(session: Session, station: str, facility: str, mode: str | None = None) -> ProofRow | None:
    """The newest proof of a facility (of one mode, where one is named). None: never proven."""
    query = select(ProofRow).where(ProofRow.station == station, ProofRow.facility == facility)
    if mode is not None:
        query = query.where(ProofRow.mode == mode)
    return session.exec(query.order_by(col(ProofRow.proved_at).desc()).limit(1)).first()


def open_spells(session: Session, places: Collection[tuple[str, str]]) -> Sequence[SpellRow]:
    """The spells that still hold, of these (station, facility)."""
    wanted = set(places)
    rows = session.exec(
        select(SpellRow)
        .where(col(SpellRow.until).is_(None), col(SpellRow.station).in_({station for station, _ in wanted}))
        .order_by(col(SpellRow.confirmed_at), col(SpellRow.revision), col(SpellRow.id))
    )
    return [row for row in rows if (row.station, row.facility) in wanted]


def end_contradicted(session: Session, now: datetime) -> list[SpellRow]:
    """End the spells that hold only because nobody said they do not: minutes of another state say so."""
    held = [State.DEGRADED, State.DOWN, State.EXCLUDED]
    rows = session.exec(
        select(SpellRow)
        .where(col(SpellRow.until).is_(None), col(SpellRow.state).in_(held), SpellRow.confirmed_at < now)
        .order_by(col(SpellRow.id))
    ).all()
    ended = []
    for row in rows:
        # The last hour tells whether there is anything to look for: most of these do hold.
        for since in (max(row.confirmed_at, now - LATELY), row.confirmed_at):
            said = said_minutes(window(session, row.station, row.facility, since, now).hours)
            over = contradicted_since(span_of(row), [(minute, state) for minute, state in said if minute >= since])
            if over is None:
                break
        if over is not None:
            row.until = over
            session.add(row)
            ended.append(row)
    return ended


def faulty_places(session: Session) -> set[tuple[str, str]]:
    """Every (station, facility) with a spell of degraded or down that still holds."""
    rows = session.exec(
        select(SpellRow.station, SpellRow.facility)
        .where(col(SpellRow.until).is_(None), col(SpellRow.state).in_([State.DEGRADED, State.DOWN]))
        .distinct()
    )
    return set(rows.all())


def ended_last(session: Session, station: str, facility: str) -> SpellRow | None:
    """The spell of a facility that ended last. None: none ever ended."""
    return session.exec(
        select(SpellRow)
        .where(SpellRow.station == station, SpellRow.facility == facility, col(SpellRow.until).is_not(None))
        .order_by(col(SpellRow.until).desc(), col(SpellRow.id))
        .limit(1)
    ).first()


def current(session: Session, station: str) -> dict[str, SpellRow]:
    """The spell that holds now, by facility; a facility without one is absent."""
    rows = session.exec(
        select(SpellRow)
        .where(SpellRow.station == station, col(SpellRow.until).is_(None))
        .order_by(col(SpellRow.confirmed_at), col(SpellRow.revision), col(SpellRow.id))
    )
    return {row.facility: row for row in rows}


def standing(session: Session, station: str, now: datetime) -> list[FacilityStanding]:
    """What every facility of a station is now; unknown, and says so, where nobody has said or the station is silent."""
    registered = stations.get(session, station)
    heard = telemetry.heard(session, station)
    spells = current(session, station)
    recent = windows(session, station, now - RECENT, now + timedelta(minutes=3))
    silent_since = None
    if registered is not None and heard is not None and heard.at is not None:
        opening = Opening.model_validate(registered.opening)
        judged = silence(heard.at, now, telemetry.listened(session, heard.at), opening)
        silent_since = heard.at if judged.silent else None
    return [
        stand(
            Place(facility.id, facility.kind, Text(facility.label_zh, facility.label_en)),
            spells.get(facility.id),
            recent[facility.id].hours if facility.id in recent else [],
            silent_since,
            now,
        )
        for facility in stations.facilities(session, station)
    ]
