"""What time does to alerts: closed after a quiet day, resolved after a quiet spell, raised at opening."""

from datetime import datetime

from sqlalchemy import String, cast
from sqlmodel import Session, col, select

from hub.alerts import journal
from hub.alerts.carrying import carry_out, close, resolve
from hub.alerts.events import What
from hub.alerts.flapping import QUIET, RELAPSE_WITHIN
from hub.alerts.holding import settle, to_settle
from hub.alerts.reaction import Return
from hub.alerts.store import HOLDS, fault_of
from hub.alerts.tables import Alert
from hub.health import store as health
from hub.stations.due import mark_due
from hub.stations.tables import Station
from shared.opening import Opening
from shared.shapes import read
from shared.states import State
from shared.text import Text

NO_RELAPSE = Text("24 小时内没有复发", "It did not come back within 24 hours")
STAYED_AWAY = Text("反复的故障已有 2 小时没有再出现", "A fault that came and went has stayed away for 2 hours")
NOT_REPAIRED = Text("修复 24 小时后判断仍未改变", "A day after the repair it is still judged the same")
OPENS = Text("站点开放了", "The station opens")


def pass_time(session: Session, now: datetime, most: int) -> None:
    """Do what is due, no more than so many of each."""
    _close(session, now, most)
    _calm(session, now, most)
    _raise_at_opening(session, now, most)
    settle(session, to_settle(session, now, most), now)


def _close(session: Session, now: datetime, most: int) -> None:
    """Those resolved a day ago; what a person resolved and a rule still sees is opened again instead."""
    query = select(Alert).where(col(Alert.closed_at).is_(None), col(Alert.resolved_at) <= now - RELAPSE_WITHIN)
    rows = session.exec(query.order_by(col(Alert.resolved_at), col(Alert.id)).limit(most)).all()
    for alert in rows:
        spell = None if alert.spell is None or alert.resolved_by is None else health.spell(session, alert.spell)
        if spell is not None and spell.until is None and spell.state in (State.DOWN, State.DEGRADED):
            journal.write(session, alert, What.COMMENT, now, NOT_REPAIRED)
            back = Return(alert.id or 0, fault_of(spell), alert.base)
            carry_out(session, {(alert.station, alert.facility): [back]}, now)
        else:
            happened = close(session, alert, NO_RELAPSE, now)
            journal.write(session, alert, happened.what, now, happened.text)
    session.flush()


def _calm(session: Session, now: datetime, most: int) -> None:
    query = select(Alert).where(HOLDS, col(Alert.quiet_since) <= now - QUIET).limit(most)
    rows = session.exec(query).all()
    for alert in rows:
        happened = resolve(session, alert, STAYED_AWAY, now)
        journal.write(session, alert, happened.what, now, happened.text, held=happened.held, **happened.data)
    session.flush()
    mark_due(session, {alert.station for alert in rows if alert.station})


def _raise_at_opening(session: Session, now: datetime, most: int) -> None:
    """Those that opened outside hours and waited as normal."""
    query = (
        select(Alert, cast(Station.opening, String))
        .join(Station, col(Station.id) == col(Alert.station))
        .where(HOLDS, Alert.base == "high", Alert.severity == "normal")
        .order_by(col(Alert.id))
    )
    open_now: dict[str, bool] = {}
    raised = 0
    for alert, opening in session.exec(query):
        if opening not in open_now:
            open_now[opening] = read(opening, Opening).is_open(now)
        if open_now[opening] and raised < most:
            alert.severity = "high"
            session.add(alert)
            journal.write(session, alert, What.RAISED, now, OPENS, **{"from": "normal"})
            raised += 1
    session.flush()
