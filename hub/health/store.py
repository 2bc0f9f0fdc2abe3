"""Masks, spells and proofs: reading and writing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, and_, col, or_, select

from hub.columns import whole_times
from hub.health.hours import HOUR, Hour, SpellSpan, said_minutes
from hub.health.spells import contradicted_since
from hub.health.tables import HourRow, ProfileRow, ProofRow, SpellRow
from hub.maintenance import store as maintenance
from hub.maintenance.windows import counted
from hub.stations import store as stations
from hub.upsert import Columns, Merge, Row, replace, table_of, upsert
from shared.opening import Opening, whole_hour
from shared.states import Cause, State

LATELY = timedelta(hours=1)
NEWEST_PROOFS = 200
"""Of each facility, where only what they show counts and not how many there are."""
AT_ONCE = 1000
"""Hours that are looked up with one statement."""


def _says_more(there: Columns, coming: Columns) -> ColumnElement[bool]:
    ends_later = or_(and_(there.until.is_(None), coming.until.is_not(None)), there.until < coming.until)
    more = or_(there.revision < coming.revision, and_(there.revision == coming.revision, ends_later))
    return and_(there.station == coming.station, more)


_MASKS = ("ok", "degraded", "down", "excluded")
_OR = Merge(lambda there, coming: {name: there[name].bitwise_or(coming[name]) for name in _MASKS})
_MORE_SAID = Merge(replace(SpellRow), _says_more)
_SAID_LAST = Merge(
    replace(ProfileRow),
    lambda there, coming: or_(there.at < coming.at, and_(there.at == coming.at, there.record < coming.record)),
)


LAST_WORD = datetime.max.replace(tzinfo=UTC)
"""Confirmed after all that was said: a window beats every spell."""


@dataclass(frozen=True, slots=True)
class FacilityWindow:
    """What is stored of one facility in a window."""

    hours: list[Hour]
    spells: list[SpellRow]
    proofs: list[ProofRow]
    worked_on: list[SpellSpan] = field(default_factory=list)
    """Maintenance, as far as it counts."""

    @property
    def spans(self) -> list[SpellSpan]:
        """The spells and what was worked on, as they are laid over the hours."""
        return [span_of(row) for row in self.spells] + self.worked_on


def fold_minutes(session: Session, rows: Iterable[Row]) -> None:
    """OR masks in: as often and in whatever order."""
    upsert(session, HourRow, rows, _OR)


def put_spells(session: Session, rows: Iterable[Row]) -> None:
    """The highest revision stands; a spell belongs to the station that said it first.

    A station that went on from an older memory, or a clone of it, may say one revision in two ways: then the one that
    ended stands, and of two ends the later.
    """
    upsert(session, SpellRow, rows, _MORE_SAID)


def put_proofs(session: Session, rows: Iterable[Row]) -> int:
    """By record id. Returns how many were not there before."""
    return upsert(session, ProofRow, rows)


def put_profiles(session: Session, rows: Iterable[Row]) -> None:
    """The one said last stands; of two said at once the later record."""
    upsert(session, ProfileRow, rows, _SAID_LAST)


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


def windows(
    session: Session, station: str, start: datetime, end: datetime, opening: Opening | None = None
) -> dict[str, FacilityWindow]:
    """What is stored of every facility of a station in [start, end): three statements, one more a thousand hours.

    With `opening` only of hours in which the station is open, and of each facility the newest proofs.
    """
    found: defaultdict[str, FacilityWindow] = defaultdict(lambda: FacilityWindow([], [], []))
    for facility, hour in hours_of(session, station, start, end, opening):
        found[facility].hours.append(hour)
    spells = session.exec(
        select(SpellRow)
        .where(SpellRow.station == station, SpellRow.since < end)
        .where(or_(col(SpellRow.until).is_(None), col(SpellRow.until) > start))
        .order_by(col(SpellRow.since), col(SpellRow.id))
    )
    for spell in spells:
        found[spell.facility].spells.append(spell)
    proofs = (
        select(ProofRow)
        .where(ProofRow.station == station, ProofRow.proved_at >= start, ProofRow.proved_at < end)
        .order_by(col(ProofRow.proved_at).desc(), col(ProofRow.id).desc())
    )
    places = [None] if opening is None else [one.id for one in stations.facilities(session, station)]
    for place in places:
        newest = proofs if place is None else proofs.where(ProofRow.facility == place).limit(NEWEST_PROOFS)
        for proof in reversed(session.exec(newest).all()):
            found[proof.facility].proofs.append(proof)
    _lay_maintenance(session, station, end, found)
    return found


def _lay_maintenance(session: Session, station: str, end: datetime, found: Mapping[str, FacilityWindow]) -> None:
    """What was worked on lies over all that was said of it then, up to `end`: what is still to come excuses nothing."""
    rows = maintenance.before(session, station, end)
    filed = stations.get(session, station) if rows else None
    if filed is None:
        return
    opening = Opening.of(filed.opening)
    for facility, around in found.items():
        spans = [(row.start, min(row.end, end)) for row in rows if row.facility in (None, facility)]
        around.worked_on.extend(
            SpellSpan(State.EXCLUDED, since, until, confirmed_at=LAST_WORD) for since, until in counted(spans, opening)
        )


def hours_of(
    session: Session, station: str, start: datetime, end: datetime, opening: Opening | None = None
) -> Iterator[tuple[str, Hour]]:
    """The masks of every facility of a station over [start, end), in order of time; with `opening` of open hours only.

    The hour comes first in the key: each is looked up by itself, for a range would be read over all stations.
    """
    hours = whole_times(HOUR, whole_hour(start), end)
    if opening is not None and hours:
        hours = [hour for hour, mask in zip(hours, opening.masks(hours[0], len(hours)), strict=True) if mask]
    there = table_of(HourRow).c
    columns = (there.facility, there.hour, there.ok, there.degraded, there.down, there.excluded)
    for first in range(0, len(hours), AT_ONCE):
        wanted = col(HourRow.hour).in_(hours[first : first + AT_ONCE])
        query = select_columns(*columns).where(wanted, there.station == station).order_by(there.hour)
        for facility, *masks in session.connection().execute(query).all():
            yield facility, Hour(*masks)


def spell(session: Session, spell_id: str) -> SpellRow | None:
    """One spell. None: there is no such spell."""
    return session.get(SpellRow, spell_id)


def latest_proof(session: Session, station: str, facility: str, mode: str | None = None) -> ProofRow | None:
    """The newest proof of a facility (of one mode, where one is named). None: never proven."""
    query = select(ProofRow).where(ProofRow.station == station, ProofRow.facility == facility)
    if mode is not None:
        query = query.where(ProofRow.mode == mode)
    return session.exec(query.order_by(col(ProofRow.proved_at).desc()).limit(1)).first()


def holding_at(session: Session, some: Collection[str]) -> Sequence[SpellRow]:
    """The spells that still hold at these stations."""
    return session.exec(
        select(SpellRow)
        .where(col(SpellRow.until).is_(None), col(SpellRow.station).in_(some))
        .order_by(col(SpellRow.confirmed_at), col(SpellRow.revision), col(SpellRow.id))
    ).all()


def end_contradicted(session: Session, some: Collection[str], now: datetime) -> list[SpellRow]:
    """End the spells of these stations that hold only because nobody said they do not: minutes of another state say so.

    The last hour tells whether there is anything to look for: most of them do hold.
    """
    held = [State.DEGRADED, State.DOWN, State.EXCLUDED]
    rows = session.exec(
        select(SpellRow)
        .where(col(SpellRow.until).is_(None), col(SpellRow.station).in_(some))
        .where(col(SpellRow.state).in_(held), SpellRow.confirmed_at < now)
        .order_by(col(SpellRow.id))
    ).all()
    lately: dict[tuple[str, str], list[Hour]] = {}
    hours = whole_times(HOUR, whole_hour(now - LATELY), now)
    there = {row.station for row in rows}
    for row in session.exec(select(HourRow).where(col(HourRow.hour).in_(hours), col(HourRow.station).in_(there))):
        masks = Hour(row.hour, row.ok, row.degraded, row.down, row.excluded)
        lately.setdefault((row.station, row.facility), []).append(masks)
    ended = []
    for spell in rows:
        if _over_since(spell, lately.get((spell.station, spell.facility), []), now - LATELY) is None:
            continue
        whole = window(session, spell.station, spell.facility, spell.confirmed_at, now).hours
        over = _over_since(spell, whole, spell.confirmed_at)
        if over is not None:
            spell.until = over
            session.add(spell)
            ended.append(spell)
    return ended


def _over_since(spell: SpellRow, hours: Iterable[Hour], since: datetime) -> datetime | None:
    said = [(minute, state) for minute, state in said_minutes(hours) if minute >= max(since, spell.confirmed_at)]
    return contradicted_since(span_of(spell), said)


def next_held(session: Session, after: str, most: int) -> list[str]:
    """Stations with a spell that still holds that come after this one, no more than so many."""
    query = select(SpellRow.station).where(col(SpellRow.until).is_(None), col(SpellRow.station) > after)
    return list(session.exec(query.distinct().order_by(col(SpellRow.station)).limit(most)))


def faulty_places(session: Session, some: Collection[str]) -> set[tuple[str, str]]:
    """Every (station, facility) of these stations with a spell of degraded or down that still holds."""
    rows = session.exec(
        select(SpellRow.station, SpellRow.facility)
        .where(col(SpellRow.until).is_(None), col(SpellRow.station).in_(some))
        .where(col(SpellRow.state).in_([State.DEGRADED, State.DOWN]))
    )
    return set(rows.all())


def ended_last(session: Session, places: Collection[tuple[str, str]]) -> dict[tuple[str, str], SpellRow]:
    """The spell of each of these (station, facility) that ended last; where none ever ended it is absent."""
    last_first = (col(SpellRow.until).desc(), col(SpellRow.id))
    nth = func.row_number().over(partition_by=[col(SpellRow.station), col(SpellRow.facility)], order_by=last_first)
    ended = (
        select(SpellRow.id, nth.label("nth"))
        .where(col(SpellRow.station).in_({station for station, _ in places}), col(SpellRow.until).is_not(None))
        .where(col(SpellRow.facility).in_({facility for _, facility in places}))
        .subquery()
    )
    rows = session.exec(select(SpellRow).join(ended, ended.c.id == col(SpellRow.id)).where(ended.c.nth == 1))
    return {place: row for row in rows if (place := (row.station, row.facility)) in places}


def current(session: Session, station: str) -> dict[str, SpellRow]:
    """The spell that holds now, by facility; a facility without one is absent."""
    rows = session.exec(
        select(SpellRow)
        .where(SpellRow.station == station, col(SpellRow.until).is_(None))
        .order_by(col(SpellRow.confirmed_at), col(SpellRow.revision), col(SpellRow.id))
    )
    return {row.facility: row for row in rows}
