"""A finding's station is inspected once more: an assignment like any other, linked to the finding."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from hub.accounts.roles import Role
from hub.findings import store
from hub.findings.routes import VisibleFinding, Words
from hub.findings.step_routes import back, page
from hub.formats import local
from hub.inspections import assignment_store as assignments
from hub.inspections.purposes import Purpose
from hub.rulebook import form_for
from hub.sessions import NowDep, SessionDep
from hub.signed_in import AssignsInspections
from hub.stations import store as stations
from shared.text import Text

router = APIRouter()
LATEST = timedelta(days=400)
NO_FORM = Text("此站点没有考评表，不能复查。", "The station has no form to be inspected by.")
NO_PERSON = Text("请选择能检查此站点的检查员。", "Choose an inspector who may inspect this station.")
BAD_DAY = Text("截止日期须在今天之后、400 天之内。", "The day must be from today on, within 400 days.")


@router.post("/findings/{finding}/reinspection")
def reinspect(
    request: Request, session: SessionDep, user: AssignsInspections, now: NowDep, finding: VisibleFinding,
    person: Annotated[int, Form(ge=1, le=2**31 - 1)], due: Annotated[date, Form()], note: Words = "",
) -> Response:  # fmt: skip
    """Assign it to one inspector until a day. The same again changes nothing."""
    station = stations.visible(session, user, finding.station)
    offered = {one.id: one for one in assignments.inspectors_for(session, user, now)}
    who, today = offered.get(person), local(now).date()
    why = None
    if station is None or form_for(station.rulebook, station.rubric) is None:
        why = NO_FORM
    elif who is None or who.role == Role.THIRD_PARTY or stations.visible(session, who, station.id) is None:
        why = NO_PERSON
    elif not today <= due <= today + LATEST:
        why = BAD_DAY
    if why is not None or station is None or who is None:
        return page(request, session, user, now, finding, 422, why)
    row = assignments.same(session, station.id, Purpose.SPOT, {person})
    row = row or assignments.assign(session, station, [who], Purpose.SPOT, due, user, now)
    if finding.reinspection != row.id:
        store.inspect_again(session, finding, row.id or 0, f"{who.name} {due}", user, now, note)
    return back(finding)
