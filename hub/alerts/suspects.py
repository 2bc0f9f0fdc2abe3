"""Where alerts are not what they should be, found by the database: what ingest did not come to do, the clock does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, literal
from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import Select

from hub.alerts.reaction import CUT_RULE, SILENCE_RULE
from hub.alerts.store import HOLDS, WHOLE, Place
from hub.alerts.tables import Alert
from hub.health.tables import SpellRow
from hub.stations.tables import Facility, Station
from hub.telemetry.tables import Heard
from shared.states import State

_Places = Select[Any, Any]
_OPEN = col(Alert.closed_at).is_(None)
_FAULTY = and_(col(SpellRow.until).is_(None), col(SpellRow.state).in_([State.DOWN, State.DEGRADED]))


def suspects(session: Session) -> list[Place]:
    """Every (station, facility) whose alerts are not what its spells call for, in order.

    A fault without its alert, or with one that says something else; an alert whose fault is over, or whose facility is
    gone; a power cut without its alert, or the other way round. Some stay, and rightly: an alert of a facility that
    nobody can judge now.
    """
    found = [row for query in (_untold(), _over(), _gone(), _dark(), _lit()) for row in session.exec(query)]
    return sorted({(station, WHOLE if facility is None else facility) for station, facility in found})


def unheard(session: Session, silent: datetime) -> Sequence[tuple[str, str, datetime]]:
    """Station, its opening calendar as JSON, and when it was last heard: those last heard at `silent` or before without
    an alert that says so, the longest unheard first. One that was never heard is not installed yet.
    """
    its = and_(HOLDS, Alert.station == Heard.station, Alert.rule == SILENCE_RULE)
    query = (
        select(Heard.station, cast(Station.opening, String).label("opening"), Heard.at)
        .join(Station, and_(col(Station.id) == Heard.station, col(Station.revoked_at).is_(None)))
        .join(Alert, its, isouter=True)
        .where(col(Heard.at) <= silent, col(Alert.id).is_(None))
        .order_by(col(Heard.at), col(Heard.station))
    )
    return [(row.station, row.opening, row.at) for row in session.connection().execute(query)]


def heard_again(session: Session, silent: datetime | None) -> Sequence[Alert]:
    """The open alerts of silence of stations heard later than `silent`."""
    query = select(Alert).join(Heard, col(Heard.station) == col(Alert.station)).where(HOLDS, Alert.rule == SILENCE_RULE)
    return session.exec(query if silent is None else query.where(col(Heard.at) > silent)).all()


def _untold() -> _Places:
    its = and_(
        _OPEN, Alert.station == SpellRow.station, Alert.facility == SpellRow.facility, Alert.cause == SpellRow.cause,
        Alert.problem == "",
    )  # fmt: skip
    says_otherwise = or_(
        Alert.why_zh != SpellRow.why_zh,
        Alert.why_en != SpellRow.why_en,
        Alert.first_symptom_at != SpellRow.since,
        Alert.state != SpellRow.state,
        col(Alert.quiet_since).is_not(None),
    )
    back = or_(col(Alert.resolved_by).is_(None), Alert.spell != SpellRow.id)
    return (
        select(SpellRow.station, SpellRow.facility)
        .join(Station, and_(col(Station.id) == SpellRow.station, col(Station.history_until).is_(None)))
        .join(Alert, its, isouter=True)
        .where(
            _FAULTY,
            or_(
                col(Alert.id).is_(None),
                and_(col(Alert.resolved_at).is_(None), Alert.spell == SpellRow.id, says_otherwise),
                and_(col(Alert.resolved_at).is_not(None), back),
            ),
        )
    )


def _over() -> _Places:
    still_blind = and_(col(SpellRow.until).is_(None), Alert.state == str(State.UNKNOWN))
    return (
        select(Alert.station, Alert.facility)
        .join(SpellRow, and_(col(SpellRow.id) == Alert.spell, or_(_FAULTY, still_blind)), isouter=True)
        .where(HOLDS, col(Alert.quiet_since).is_(None), Alert.problem == "")
        .where(col(Alert.facility).is_not(None), col(SpellRow.id).is_(None))
    )


def _dark() -> _Places:
    """The mains of a station are said to be away, and no alert says so."""
    its = and_(HOLDS, Alert.station == SpellRow.station, col(Alert.facility).is_(None), Alert.rule == CUT_RULE)
    return (
        select(SpellRow.station, literal(WHOLE))
        .join(Station, and_(col(Station.id) == SpellRow.station, col(Station.history_until).is_(None)))
        .join(Alert, its, isouter=True)
        .where(col(SpellRow.until).is_(None), SpellRow.rule == CUT_RULE, col(Alert.id).is_(None))
    )


def _lit() -> _Places:
    said = and_(SpellRow.station == Alert.station, SpellRow.rule == CUT_RULE, col(SpellRow.until).is_(None))
    return (
        select(Alert.station, literal(WHOLE))
        .join(SpellRow, said, isouter=True)
        .where(HOLDS, col(Alert.facility).is_(None), Alert.rule == CUT_RULE, col(SpellRow.id).is_(None))
    )


def _gone() -> _Places:
    return (
        select(Alert.station, Alert.facility)
        .join(Facility, and_(col(Facility.station) == Alert.station, col(Facility.id) == Alert.facility))
        .where(_OPEN, Alert.problem == "", col(Facility.removed_at).is_not(None))
    )
