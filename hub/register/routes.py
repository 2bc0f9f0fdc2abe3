"""The register: its list, a new station; all other pages of the register hang on this router too."""

import os
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.keys import hub_keys
from hub.pages import render
from hub.register import (
    calendar_routes,
    code_routes,
    daily_routes,
    equipment_routes,
    filing_routes,
    leaving_routes,
    reading,
    sheet_routes,
    store,
)
from hub.register.answers import alone, note, secret_page
from hub.register.asked import AskedFor
from hub.register.fields import NAME, NAME_EN
from hub.register.reach import reach
from hub.register.sheet import LARGEST_SHEET
from hub.register.told import NOTHING, Told
from hub.rulebook import rulebooks
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsStations, SignedIn
from hub.stations import store as stations
from hub.stations.roster import Filing
from hub.stations.tables import Station
from hub.stations.words import KIND_LABELS, STANDING_LABELS, Standing
from hub.unions.trees import Tree
from shared.station_code import StationKind
from shared.text import Text

router = APIRouter()
TWICE = Text("已有同名同址的站点。", "There is a station of this name at this address already.")


class NewStation(BaseModel):
    """The form of a new station, as typed."""

    name: str = Field(default="", max_length=400)
    name_en: str = Field(default="", max_length=400)
    address: str = Field(default="", max_length=400)
    rulebook: str = Field(default="", max_length=60)
    kind: str = Field(default="normal", max_length=20)
    union: str = Field(default="", max_length=10)
    industry: str = Field(default="", max_length=10)
    opening: str = Field(default="", max_length=100)


@router.get("/register")
def register_page(request: Request, session: SessionDep, user: SignedIn, asked: AskedFor) -> HTMLResponse:
    """The stations within the asker's jurisdiction, as they are filed."""
    found, known = store.listed(session, user, asked), reach(session, user)
    return render(
        request, "register/list.html", asked=asked, listed=found, reach=known, kinds=KIND_LABELS,
        standings=STANDING_LABELS, may_edit=may(user.role, Action.EDIT_STATION), most=LARGEST_SHEET,
        may_commit=may(user.role, Action.COMMIT_CODES), waiting=len(store.open_requests(session, user)),
    )  # fmt: skip


@router.get("/register/new")
def new_page(request: Request, session: SessionDep, user: EditsStations) -> HTMLResponse:
    """The form of a new station."""
    return _form(request, session, user, NOTHING)


@router.post("/register/new")
def add(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, form: Annotated[NewStation, Form()]
) -> Response:
    """Add a station, planned until it is opened; its secret is shown this once."""
    typed, known = form.model_dump(), reach(session, user)
    readers = {
        "name": NAME.read, "name_en": NAME_EN.read, "address": reading.text(200, required=True),
        "opening": reading.hours, "kind": reading.choice(KIND_LABELS),
        "rulebook": reading.choice({name: book.title for name, book in rulebooks().items()}),
    }  # fmt: skip
    values, wrong = reading.every(typed, readers)
    union, industry = reading.union_number(form.union), reading.union_number(form.industry)
    wrong |= known.wrong(union, industry)
    if not wrong and _there(session, values["name"], values["address"]):
        wrong["name"] = TWICE
    if wrong:
        return _form(request, session, user, Told("new", typed, wrong), 422)
    kind: StationKind = values["kind"]
    filing = Filing(
        values["name"], values["name_en"] or values["name"], values["rulebook"], now, kind=kind,
        union_name=known.name(union), address=values["address"], opening=values["opening"],
    )  # fmt: skip
    keys = hub_keys(request.app.state.settings.folder)
    registered = stations.add(session, filing, keys.sealed, os.urandom, user.name, now)
    station = registered.station
    station.union, station.industry, station.standing = union, industry, Standing.PLANNED
    with alone(session):
        session.add(station)
    note(session, user, "station.add", now, station.id, {}, {"name": station.name, "address": station.address})
    return secret_page(request, registered, now)


def _there(session: Session, name: str, address: str) -> bool:
    query = select(Station.id).where(Station.name == name, Station.address == address)
    return session.exec(query.where(col(Station.revoked_at).is_(None))).first() is not None


def _form(request: Request, session: Session, user: User, told: Told, status: int = 200) -> HTMLResponse:
    known = reach(session, user)
    return render(
        request, "register/new.html", status, told=told, reach=known, kinds=KIND_LABELS,
        books={name: book.title for name, book in rulebooks().items()},
        rulebook=request.app.state.settings.rulebook, Tree=Tree,
    )  # fmt: skip


for _other in (
    sheet_routes, code_routes, leaving_routes, filing_routes, calendar_routes, equipment_routes, daily_routes,
):  # fmt: skip
    router.include_router(_other.router)
