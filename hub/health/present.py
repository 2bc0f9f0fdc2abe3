"""What facilities are now, read for one station, for a page of stations and for all of them: the same each time.

Of some stations everything is read, of all only what their state needs: three statements, whatever their number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import SQLColumnExpression, String, case, cast, func, literal, or_
from sqlmodel import Session, col, select

from hub.columns import whole_times
from hub.health.hours import HOUR, MINUTE, Hour
from hub.health.standing import BETWEEN, STALE_AFTER, FacilityStanding, Place, marked, stand
from hub.health.tables import HourRow, SpellRow
from hub.stations import store as stations
from hub.stations.facilities import BY_HAND
from hub.stations.tables import Facility, Station
from hub.telemetry import store as telemetry
from hub.telemetry.silence import LOOKED_BACK, silent_by
from shared.opening import whole_hour
from shared.states import State
from shared.text import Text

Masks = SQLColumnExpression[int]
RECENT = timedelta(hours=2)
"""How far back the present state of a facility is looked for in its masks."""
NOTHING_WIRED = "[]"
"""The quantities of a facility, as both databases write an empty list."""
AHEAD = timedelta(minutes=3)
"""A station's clock may be that far ahead."""


def standing(session: Session, station: str, now: datetime) -> list[FacilityStanding]:
    """What every facility of a station is now; unknown, and says so, where nobody has said or the station is silent."""
    found = stations.get(session, station)
    return [] if found is None else standings(session, [found], now)[station]


def standings(session: Session, some: Sequence[Station], now: datetime) -> dict[str, list[FacilityStanding]]:
    """The same of each of these stations, by id: five statements. For a page of them, not for thousands."""
    ids = [station.id for station in some]
    silent, heard = silent_at(session, now), telemetry.heard_of(session, ids)
    held = {(row.station, row.facility): row for row in _open_spells(session, ids)}
    recent: dict[tuple[str, str], list[Hour]] = {}
    hours = whole_times(HOUR, whole_hour(now - RECENT), now + AHEAD)
    for row in session.exec(select(HourRow).where(col(HourRow.hour).in_(hours), col(HourRow.station).in_(ids))):
        masks = Hour(row.hour, row.ok, row.degraded, row.down, row.excluded)
        recent.setdefault((row.station, row.facility), []).append(masks)
    found: dict[str, list[FacilityStanding]] = {id_: [] for id_ in ids}
    for facility in stations.facilities_of(session, ids):
        place, last = (facility.station, facility.id), heard.get(facility.station)
        since = last.at if last is not None and _is_silent(last.at, silent) else None
        named = Place(facility.id, facility.kind, Text(facility.label_zh, facility.label_en))
        now_is = stand(named, held.get(place), recent.get(place, []), since, now)
        found[facility.station].append(now_is if _is_measured(facility) else replace(now_is, measured=False))
    return found


def silent_at(session: Session, now: datetime) -> datetime | None:
    """A station last heard then or before is silent. None: none is."""
    return silent_by(now, telemetry.listened(session, now - LOOKED_BACK))


def silent_stations(session: Session, now: datetime) -> set[str]:
    """Those whose facilities are unknown because nothing is heard of them."""
    silent = silent_at(session, now)
    return set() if silent is None else {station for station, _ in telemetry.heard_by(session, silent)}


def said_now(session: Session, now: datetime) -> list[Mapping[str, str]]:
    """What every station's last minutes say of its facilities, by station, as `standing.spoken` reads it; the newest
    hour first.

    Only minutes young enough to say something of now are in it. A newer hour covers an older one.
    """
    oldest = now - STALE_AFTER
    hours = whole_times(HOUR, whole_hour(oldest), now + AHEAD)
    return [_said_in(session, hour, max(1, -((hour - oldest) // MINUTE))) for hour in reversed(hours)]


def held_now(session: Session) -> dict[str, dict[str, State]]:
    """The state of the spell that holds now, by station and facility."""
    rows = session.exec(
        select(SpellRow.station, SpellRow.facility, SpellRow.state)
        .where(col(SpellRow.until).is_(None))
        .order_by(col(SpellRow.confirmed_at), col(SpellRow.revision), col(SpellRow.id))
    )
    found: dict[str, dict[str, State]] = {}
    for station, facility, state in rows:
        found.setdefault(station, {})[facility] = State(state)
    return found


def facility_names(session: Session, kinds: Sequence[str]) -> dict[str, str]:
    """The measured facilities of these kinds that stand in each station, as `standing.spoken` reads them."""
    names = func.aggregate_strings(col(Facility.id), BETWEEN)
    measured = or_(col(Facility.source) != BY_HAND, cast(col(Facility.quantities), String) != NOTHING_WIRED)
    query = select(Facility.station, names).where(col(Facility.removed_at).is_(None), col(Facility.kind).in_(kinds))
    query = query.where(measured)
    return dict(session.connection().execute(query.group_by(col(Facility.station))).all())


def _is_measured(facility: Facility) -> bool:
    return facility.source != BY_HAND or bool(facility.quantities)


def _said_in(session: Session, hour: datetime, least: int) -> dict[str, str]:
    """Of one hour, by station: its facilities whose last minute ended `least` minutes into the hour or later.

    Which mask has the last minute is a comparison of numbers: of two masks that share no bit the greater one has it.
    """
    if least > 60:
        return {}
    ok, degraded, down, excluded = col(HourRow.ok), col(HourRow.degraded), col(HourRow.down), col(HourRow.excluded)
    fault = degraded.bitwise_or(down).bitwise_or(excluded)
    rest = ok.bitwise_or(degraded)
    mark = case(
        (_last(excluded, rest.bitwise_or(down)), literal(marked(State.EXCLUDED))),
        (_last(down, rest, excluded), literal(marked(State.DOWN))),
        (_last(degraded, ok, down.bitwise_or(excluded)), literal(marked(State.DEGRADED))),
        else_=literal(""),
    )
    name = case((fault == 0, col(HourRow.facility)), else_=col(HourRow.facility).concat(mark))
    query = (
        select(HourRow.station, func.aggregate_strings(name, BETWEEN))
        .where(col(HourRow.hour) == hour, ok.bitwise_or(fault) >= 1 << (least - 1))
        .group_by(col(HourRow.station))
    )
    return dict(session.connection().execute(query).all())


def _last(mask: Masks, others: Masks, beats: Masks | None = None) -> SQLColumnExpression[bool]:
    """Whether the last minute of all is this mask's, where `beats` is known not to have it."""
    if beats is None:
        return mask > others.bitwise_and(mask.bitwise_not())
    mine = mask.bitwise_and(beats.bitwise_not())
    return mine > others.bitwise_and(mask.bitwise_or(beats).bitwise_not())


def _open_spells(session: Session, ids: Sequence[str]) -> Sequence[SpellRow]:
    query = select(SpellRow).where(col(SpellRow.until).is_(None), col(SpellRow.station).in_(ids))
    return session.exec(query.order_by(col(SpellRow.confirmed_at), col(SpellRow.revision), col(SpellRow.id))).all()


def _is_silent(heard_at: datetime | None, silent: datetime | None) -> bool:
    return heard_at is not None and silent is not None and heard_at <= silent
