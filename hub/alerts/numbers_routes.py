"""How maintenance goes, in figures: as a page with one chart, and as a table for a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts import numbers_store as store
from hub.alerts.numbers import SEVERITY_ORDER, Numbers, count, drawn
from hub.alerts.numbers_store import Often, Standing
from hub.cells import Cell, csv_lines
from hub.health.routes import svg
from hub.health.words import SEVERITIES
from hub.pages import render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SeesAlertNumbers
from hub.stations import store as stations
from hub.stations.jurisdiction import sight_of
from shared.opening import local_midnight
from shared.text import Text

router = APIRouter()
RANGES = (7, 30, 90)
Days = Annotated[int, Query(ge=1, le=90)]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page."""

    days: int
    numbers: Numbers
    standing: Standing
    often: list[tuple[Often, Text, Text]]
    """With the names of station and facility."""
    inhibited: int

    @property
    def share(self) -> float | None:
        """Of the alerts, those whose notices were held. None: there were none."""
        return min(1.0, self.inhibited / self.numbers.opened) if self.numbers.opened else None


@router.get("/alerts/numbers")
def numbers_page(
    request: Request, session: SessionDep, user: SeesAlertNumbers, now: NowDep, days: Days = 30
) -> HTMLResponse:
    """The last days, up to now, of the stations the asker may see."""
    return render(
        request, "alerts/numbers.html", shown=_shown(request, session, user, days, now), RANGES=RANGES,
        SEVERITIES=SEVERITIES, SEVERITY_ORDER=SEVERITY_ORDER,
    )  # fmt: skip


@router.get("/alerts/numbers.svg")
def numbers_chart(
    request: Request, session: SessionDep, user: SeesAlertNumbers, now: NowDep,
    days: Days = 30, wide: bool = False, dark: bool = False,
) -> Response:  # fmt: skip
    """The alerts of each day, by severity."""
    return svg(request, drawn(_numbers(request, session, user, days, now), SEVERITIES), wide, dark)


@router.get("/alerts/numbers.csv")
def numbers_table(
    request: Request, session: SessionDep, user: SeesAlertNumbers, now: NowDep, days: Days = 30
) -> Response:
    """The same as one long table: figure, of what, value."""
    rows = list(_rows(_shown(request, session, user, days, now)))
    name = f"alerts-{now:%Y%m%d}-{days}.csv"
    return Response(
        b"".join(csv_lines(["figure", "of", "severity", "value"], rows)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _rows(shown: Shown) -> Iterator[tuple[Cell, ...]]:
    numbers = shown.numbers
    for day, by in numbers.by_day.items():
        yield from (("opened", day.isoformat(), severity, by[severity]) for severity in SEVERITY_ORDER)
    for figure, times in (("acknowledged", numbers.answered), ("repaired", numbers.repaired)):
        for severity, one in times.items():
            yield f"{figure}_count", "", severity, one.done
            yield f"not_{figure}_count", "", severity, one.open
            yield f"{figure}_median_minutes", "", severity, "" if one.median is None else round(one.median, 1)
            yield f"{figure}_p90_minutes", "", severity, "" if one.p90 is None else round(one.p90, 1)
    for name, many in numbers.people:
        yield "acknowledged_by", name, "", many
    for figure in ("open", "day", "week", "chattering"):
        yield f"standing_{figure}", "", "", getattr(shown.standing, figure)
    yield "inhibited", "", "", shown.inhibited
    for often, station, facility in shown.often:
        yield "most_often", f"{station.zh} · {facility.zh} · {often.cause}", "", often.times


def _shown(request: Request, session: Session, user: User, days: int, now: datetime) -> Shown:
    seen, since = stations.ids_seen_by(user), _since(days, now)
    often = store.most_often(session, seen, since)
    named = {one.station for one in often}
    places = stations.of_ids(session, named)
    labels = {(one.station, one.id): Text(one.label_zh, one.label_en) for one in stations.facilities_of(session, named)}
    whole = Text("整个站点", "The whole station")
    return Shown(
        days,
        _numbers(request, session, user, days, now),
        store.standing(session, seen, now),
        [
            (
                one,
                Text(places[one.station].name, places[one.station].name_en or places[one.station].name),
                whole if one.facility is None else labels.get(
                    (one.station, one.facility), Text(one.facility, one.facility)
                ),
            )
            for one in often
        ],
        store.inhibited(session, seen, since),
    )  # fmt: skip


def _numbers(request: Request, session: Session, user: User, days: int, now: datetime) -> Numbers:
    """Counted once for the page and its charts, and for all who see the same stations."""
    since, shelf, pace = _since(days, now), request.app.state.shelf, request.app.state.pace

    def counted() -> Numbers:
        return count(store.opened(session, stations.ids_seen_by(user), since), since, now)

    found: Numbers = shelf.get(("alert numbers", sight_of(session, user), since), pace.every_s, counted)
    return found


def _since(days: int, now: datetime) -> datetime:
    """The beginning of the first of so many local days, today included."""
    return local_midnight(now) - timedelta(days=days - 1)
