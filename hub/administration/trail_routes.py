"""The trail: read, filtered, taken along, verified."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from hub.accounts.roles import ROLE_LABELS, Role
from hub.accounts.tables import User
from hub.administration.trail_cells import sheet, values
from hub.pages import render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SeesTrail
from hub.stations import store as stations
from hub.trail import store
from hub.trail.store import Wanted
from hub.trail.words import WHAT, said

router = APIRouter()
LISTED = 50
EXPORTED = 10_000
"""Rows of one file, the newest: older ones are named by `before`."""


def wanted(
    who: Annotated[str, Query(max_length=60)] = "",
    what: Annotated[str, Query(max_length=60)] = "",
    station: Annotated[str, Query(max_length=10)] = "",
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Wanted:
    """Which rows an address names."""
    return Wanted(who.strip(), what.strip(), station.strip(), before)


WantedDep = Annotated[Wanted, Depends(wanted)]


@router.get("/trail")
def trail_page(request: Request, session: SessionDep, user: SeesTrail, wanted: WantedDep) -> HTMLResponse:
    """The newest rows first."""
    return _page(request, session, user, wanted)


@router.get("/trail/verify")
def verify_page(request: Request, session: SessionDep, user: SeesTrail) -> HTMLResponse:
    """The same with what an examination of the whole chain has found just now."""
    verdict = {"broken": store.verify(session), "head": store.head(session)}
    return _page(request, session, user, Wanted(), verdict)


@router.get("/trail.csv")
def trail_sheet(session: SessionDep, user: SeesTrail, wanted: WantedDep, now: NowDep) -> Response:
    """For a spreadsheet; the newest ten thousand of what was asked for."""
    rows = store.newest(session, _seen(user), wanted, EXPORTED)
    return Response(b"".join(sheet(rows)), media_type="text/csv; charset=utf-8", headers=_named(now, "csv"))


@router.get("/trail.json")
def trail_said(session: SessionDep, user: SeesTrail, wanted: WantedDep, now: NowDep) -> Response:
    """For programs and for proof: with the hash of each row; as many."""
    rows = store.newest(session, _seen(user), wanted, EXPORTED)
    length, last = store.head(session)
    body = {"length": length, "hash": last, "rows": [values(row) for row in rows]}
    return JSONResponse(body, headers=_named(now, "json"))


def _seen(user: User) -> SelectOfScalar[str] | None:
    """Whose rows an auditor sees. None: all, also those about no station."""
    return None if user.everywhere or user.role == Role.ADMINISTRATOR else stations.ids_seen_by(user)


def _named(now: datetime, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="waystation-trail-{now:%Y%m%d}.{ending}"'}


def _page(
    request: Request, session: Session, user: User, wanted: Wanted, verdict: dict[str, Any] | None = None
) -> HTMLResponse:
    rows = store.newest(session, _seen(user), wanted, LISTED + 1)
    asked = {"who": wanted.who, "what": wanted.what, "station": wanted.station}
    query = {name: text for name, text in asked.items() if text}
    older = query | {"before": rows[LISTED - 1].id or 0} if len(rows) > LISTED else None
    return render(
        request, "administration/trail.html", rows=rows[:LISTED], wanted=wanted, verdict=verdict, said=said, WHAT=WHAT,
        places=stations.of_ids(session, {row.station for row in rows if row.station}), ROLE_LABELS=ROLE_LABELS,
        query=f"?{urlencode(query)}" if query else "", older=f"?{urlencode(older)}" if older else "",
        partial=_seen(user) is not None, roles=set(Role),
    )  # fmt: skip
