"""The four digits that open the attendant's menu of a station's kiosk: shown to whoever may answer there, and noted."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from hub.errors import HubError
from hub.keys import hub_keys
from hub.pages import render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import AnswersQuestions
from hub.stations import door_codes
from hub.stations.routes import VisibleStation
from hub.trail import store as trail
from shared.text import Text

router = APIRouter()
NO_KEY = Text("此站点还没有设备密钥，没有值守码。", "This station's device has no secret yet, so there is no code.")


@router.post("/stations/{station}/attendant-code")
def attendant_code(
    request: Request, session: SessionDep, now: NowDep, user: AnswersQuestions, station: VisibleStation
) -> HTMLResponse:
    """The digits now, and until when. Raises HubError 409 where the station has no key."""
    code = door_codes.attendants(hub_keys(request.app.state.settings.folder), station, now)
    if code is None:
        raise HubError(409, NO_KEY)
    trail.note(session, user.name, user.role, "station.attendant_code", now, station=station.id)
    return render(request, "phone/attendant.html", station=station, code=code)
