"""How far a station is, its secret, and how it leaves: opened, paused, revoked, its plaque taken back."""

import os
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.errors import HubError
from hub.formats import local
from hub.keys import hub_keys
from hub.pages import render
from hub.register import reading, store
from hub.register.answers import back, note, secret_page, told_broker
from hub.register.entry_store import needs_code
from hub.register.filing_routes import shown
from hub.register.flags import lacking
from hub.register.told import NOTHING, Told
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsStations, IssuesSecrets, RevokesStations, SignedIn
from hub.stations import codes, heads
from hub.stations import store as stations
from hub.stations.routes import NO_STATION, VisibleStation
from hub.stations.tables import Station
from hub.stations.words import KIND_LABELS, Standing
from hub.trail import store as trail
from shared.text import Text

router = APIRouter()
NO_CODE = Text("未编码的站点不能开放（建设工地除外）。", "Without its code it cannot open (building sites can).")


def left_station(
    user: SignedIn, session: SessionDep, revoked: Annotated[str, Path(max_length=10, examples=["k3v9x2m7qa"])]
) -> Station:
    """A revoked station that was the asker's to see. Raises HubError 404, the same for any other."""
    found = store.left(session, user, revoked)
    if found is None:
        raise HubError(404, NO_STATION)
    return found


LeftStation = Annotated[Station, Depends(left_station)]


@router.post("/stations/{station}/register/standing")
def stand(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, station: VisibleStation,
    standing: Annotated[Standing, Form()],
    waiver: Annotated[str, Form(max_length=1000)] = "",
) -> Response:  # fmt: skip
    """Open only with all six facilities, or with a reason why without (SH-17), and with a code (AH-26)."""
    typed = {"standing": standing.value, "waiver": waiver}
    values, wrong = reading.every(typed, {"waiver": reading.text(400)})
    reason: str = values.get("waiver", "")
    wanted = lacking({facility.kind for facility in stations.facilities(session, station.id)})
    if standing == Standing.OPEN and wanted and not reason and not wrong:
        zh, en = "、".join(one.zh for one in wanted), ", ".join(one.en for one in wanted)
        wrong["waiver"] = Text(
            f"六项基本设施缺少：{zh}。请先登记，或写明不具备也开放的理由。",
            f"It lacks {en}. File them first, or say why it opens without.",
        )
    if standing == Standing.OPEN and needs_code(station):
        wrong["standing"] = NO_CODE
    if wrong:
        return shown(request, session, user, station, now, Told("standing", typed, wrong), 422)
    before = {"standing": station.standing, "waiver": station.waiver}
    station.standing = standing
    station.waiver = reason if standing == Standing.OPEN and wanted else ""
    session.add(station)
    after: dict[str, object] = {"standing": station.standing, "waiver": station.waiver}
    note(session, user, "station.standing", now, station.id, dict(before), after, station.waiver or None)
    return back(f"/stations/{station.id}/register#standing")


@router.post("/stations/{station}/register/secret")
def rotate(
    request: Request, session: SessionDep, now: NowDep, user: IssuesSecrets, station: VisibleStation
) -> Response:
    """Another secret for its device, shown this once; the one before opens nothing."""
    keys = hub_keys(request.app.state.settings.folder)
    registered = stations.rotate(session, station.id, keys.sealed, os.urandom)
    if registered is None:
        raise HubError(404, NO_STATION)
    trail.note(session, user.name, user.role, "station.secret", now, station=station.id)
    return secret_page(request, registered, now)


@router.post("/stations/{station}/register/revoke")
def revoke(
    request: Request, session: SessionDep, now: NowDep, user: RevokesStations, station: VisibleStation,
    reason: Annotated[str, Form(max_length=1000)] = "",
    sure: Annotated[str, Form(max_length=10)] = "",
) -> Response:  # fmt: skip
    """It leaves: nothing connects in its name, no page but the register's shows it, its code stays (AH-32, AH-49)."""
    values, wrong = reading.every({"reason": reason}, {"reason": reading.text(400, required=True)})
    if not sure:
        wrong["sure"] = Text("请确认：撤销后不能恢复。", "Say that you are sure: it cannot be undone.")
    if wrong:
        return shown(request, session, user, station, now, Told("revoke", {"reason": reason}, wrong), 422)
    store.revoked(session, station, values["reason"], user.name, now)
    trail.note(
        session,
        user.name,
        user.role,
        "station.revoke",
        now,
        station=station.id,
        old=station.code,
        reason=values["reason"],
    )
    return back(f"/register/revoked/{station.id}", told_broker(request, now))


@router.get("/register/revoked/{revoked}")
def left_page(request: Request, session: SessionDep, user: SignedIn, revoked: LeftStation) -> HTMLResponse:
    """What became of a station: its code still leads here."""
    return _page(request, session, user, revoked)


@router.post("/register/revoked/{revoked}/plaque")
def plaque_returned(
    request: Request, session: SessionDep, now: NowDep, user: RevokesStations, revoked: LeftStation,
    returned_on: Annotated[str, Form(max_length=40)] = "",
    receiver: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """Its plaque came back, to whom and when."""
    typed = {"returned_on": returned_on, "receiver": receiver}
    today = local(now).date()
    readers = {"returned_on": reading.day_until(today), "receiver": reading.text(60, required=True)}
    values, wrong = reading.every(typed, readers)
    if wrong:
        return _page(request, session, user, revoked, Told("plaque", typed, wrong), 422)
    row = store.revocation(session, revoked.id) or store.by_command(revoked, now)
    before: dict[str, object] = {"returned_on": row.plaque_returned_on, "receiver": row.plaque_receiver}
    row.plaque_returned_on, row.plaque_receiver = values["returned_on"], values["receiver"]
    session.add(row)
    session.flush()
    note(session, user, "plaque.returned", now, revoked.id, before, values)
    return back(f"/register/revoked/{revoked.id}")


def _page(
    request: Request, session: Session, user: User, station: Station, told: Told = NOTHING, status: int = 200
) -> HTMLResponse:
    return render(
        request, "register/revoked.html", status, station=station, told=told, row=store.revocation(session, station.id),
        aliases=codes.aliases(session, station.id), head=heads.head(session, station.id), kinds=KIND_LABELS,
        may_revoke=may(user.role, Action.REVOKE_STATIONS),
    )  # fmt: skip
