"""The list of alerts, as somebody filters it: what they may see, and what lies folded under what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.alerts import store
from hub.alerts.tables import HUB, Alert
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.unions.store import below

Who = Literal["", "mine", "nobody"]
Loud = Literal["", "safety", "high", "normal"]
LISTED = 200
"""Open alerts on the page: nobody reads more of them than these, the loudest."""
FOLDED = 200
"""Inhibited ones that are listed under those above them."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted of the list."""

    who: Who = ""
    severity: Loud = ""
    union: int | None = None

    @property
    def query(self) -> str:
        """As part of an address, with its question mark; empty: everything."""
        wanted = {"who": self.who, "severity": self.severity, "union": self.union or ""}
        said = urlencode({name: value for name, value in wanted.items() if value})
        return f"?{said}" if said else ""


@dataclass(frozen=True, slots=True)
class Board:
    """The list."""

    open: Sequence[Alert]
    """The loudest first; those that are held by nothing."""
    number: int
    """How many there are in all, the held ones included."""
    held: Mapping[int, Sequence[Alert]]
    """Those that are held, by the alert above; under 0 those a maintenance window holds."""
    resolved: Sequence[Alert]
    closed: Sequence[Alert]
    unclaimed: int
    """Open, held by nothing, and nobody has said that they look after them."""


def seen(user: User, union: int | None = None) -> SelectOfScalar[str]:
    """The stations whose alerts somebody sees, within a union where one is named."""
    ids = stations.ids_seen_by(user)
    if union is None:
        return ids
    within = below(union)
    return ids.where(or_(col(Station.union).in_(within), col(Station.industry).in_(within)))


def sees_hub(user: User) -> bool:
    """Whether somebody sees the alerts of the hub itself: they name no station."""
    return may(user.role, Action.WORK_ON_ALERTS) or may(user.role, Action.SEE_ALERT_NUMBERS)


def board(session: Session, user: User, wanted: Filter, _now: datetime) -> Board:
    """What somebody sees of it."""
    station = store.by_time(Alert.station)
    mine = station.in_(seen(user, wanted.union))
    within = or_(mine, station == HUB) if sees_hub(user) and wanted.union is None else mine
    query = select(Alert).where(store.HOLDS, within, *_wanted(wanted, user))
    free = query.where(col(Alert.inhibited).is_(None)).order_by(*store.LOUDEST_FIRST).limit(LISTED)
    held: dict[int, list[Alert]] = {}
    rest = query.where(col(Alert.inhibited).is_not(None)).order_by(*store.LOUDEST_FIRST).limit(FOLDED)
    for alert in session.exec(rest):
        held.setdefault(alert.inhibited_by or 0, []).append(alert)
    shown = session.exec(free).all()
    there = {alert.id for alert in shown}
    # Where the one above is not on the page (another filter, another jurisdiction), what it holds still is.
    orphans = [number for number in held if number and number not in there]
    for number in orphans:
        held.setdefault(0, []).extend(held.pop(number))
    resolved = select(Alert).where(col(Alert.closed_at).is_(None), col(Alert.resolved_at).is_not(None), within)
    closed = select(Alert).where(col(Alert.closed_at).is_not(None), within)
    return Board(
        shown,
        store.count_where(session, store.HOLDS, within, *_wanted(wanted, user)),
        held,
        session.exec(resolved.where(*_wanted(wanted, user)).order_by(col(Alert.resolved_at).desc()).limit(50)).all(),
        session.exec(closed.where(*_wanted(wanted, user)).order_by(col(Alert.closed_at).desc()).limit(30)).all(),
        sum(alert.acknowledged_at is None for alert in shown),
    )


def _wanted(wanted: Filter, user: User) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who == "mine":
        found.append(col(Alert.assigned_to) == user.name)
    elif wanted.who == "nobody":
        found.append(col(Alert.assigned_to).is_(None))
    if wanted.severity:
        found.append(col(Alert.severity) == wanted.severity)
    return found
