"""Alerts of silence, kept up in the database: of a station, and of many at once."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import func
from sqlmodel import Session, col, select

from hub.alerts import suspects
from hub.alerts.carrying import Where, carry_out
from hub.alerts.holding import settle
from hub.alerts.reaction import SILENCE_RULE, Reaction, react_to_silence
from hub.alerts.store import HOLDS, known_of
from hub.alerts.storms import AFTER_OUTAGE, AROUND, BROKER_RULE, CALM, LEAST, SURE, Storm, deaf_since, react_to_storm
from hub.alerts.tables import HUB, Alert
from hub.telemetry import store as telemetry
from hub.telemetry.silence import LOOKED_BACK, Listened, alarming_by, silence, silent_by
from hub.telemetry.tables import Heard
from shared.opening import Opening
from shared.shapes import read

_log = structlog.get_logger("clock")


def judge_silence(session: Session, most: int, at: datetime) -> None:
    """Open and resolve the alerts of stations that fell silent or are heard again: no more than `most` of either.

    Where many fell silent at once the hub's own alert comes first: theirs are then held from the start.
    """
    listened = telemetry.listened(session, at - LOOKED_BACK)
    silent = silent_by(at, listened)
    found: dict[Where, Sequence[Reaction]] = {}
    for alert in suspects.heard_again(session, silent)[:most]:
        _log.info("heard again", station=alert.station)
        found[alert.station, None] = react_to_silence(silence(at, silent, None), [known_of(alert)])
    unheard = [] if silent is None else suspects.unheard(session, silent)
    _judge_storm(session, listened, silent, len(unheard), at)
    alarming: dict[str, datetime | None] = {}
    opened = 0
    for station, opening, heard_at in unheard:
        if opening not in alarming:
            alarming[opening] = alarming_by(at, listened, read(opening, Opening))
        reactions = react_to_silence(silence(heard_at, silent, alarming[opening]), [])
        if reactions:
            _log.info("silent", station=station, since=heard_at.isoformat())
            found[station, None] = reactions
            opened += 1
        if opened == most:
            break
    carry_out(session, found, at)


def _judge_storm(
    session: Session, listened: Sequence[Listened], silent: datetime | None, unheard: int, at: datetime
) -> None:
    """The counts are made only where there may be a storm, or one is on."""
    row = session.exec(select(Alert).where(Alert.rule == BROKER_RULE, col(Alert.closed_at).is_(None))).first()
    holds = row is not None and row.resolved_at is None
    deaf = deaf_since(at, listened)
    seen = CALM
    if silent is not None and deaf is None and (unheard >= LEAST or holds):
        last = None if row is None or not holds else row.first_symptom_at
        seen = _count(session, silent if holds else silent - SURE, last)
        if not holds and seen.since <= listened[-1].since and at - listened[-1].since < AFTER_OUTAGE:
            seen = CALM
    reactions = react_to_storm(deaf, seen, [] if row is None else [known_of(row)])
    if not reactions:
        return
    _log.warning("broker back" if holds else "broker away", silent=seen.silent, of=seen.alive)
    carry_out(session, {(HUB, None): reactions}, at)
    apart = select(Alert.station).where(HOLDS, Alert.rule == SILENCE_RULE, col(Alert.inhibited).is_(None))
    settle(session, session.exec(apart).all(), at)


def _count(session: Session, silent: datetime, last: datetime | None) -> Storm:
    """How many are silent of those that were alive before; `last`: when they were heard last, in a storm that is on."""
    if last is None:
        last = session.exec(select(func.max(Heard.at)).where(col(Heard.at) <= silent)).one()
    if last is None:
        return CALM
    alive = select(func.count()).select_from(Heard).where(col(Heard.at) > last - AROUND)
    quiet = session.exec(alive.where(col(Heard.at) <= silent)).one()
    return Storm(quiet, session.exec(alive).one(), last)
