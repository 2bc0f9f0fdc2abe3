"""Many inspections as one file, and a station's whole file."""

from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from hub.accounts.actions import Action, may
from hub.cells import csv_lines
from hub.exports import sheets
from hub.exports.dossier import dossier_of
from hub.exports.listing import ListedInspection, State, Which, inspections
from hub.exports.sent import attached
from hub.exports.workbook import IN_MEMORY, MEDIA_TYPE, Table, written
from hub.pages import visitor_of
from hub.sessions import NowDep, SessionDep
from hub.settings import HubSettings
from hub.signed_in import SeesInspections, SeesSummaries
from hub.stations.routes import VisibleStation

router = APIRouter()


class Kind(StrEnum):
    """Of a file."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


@router.get("/exports/inspections.{kind}")
def inspections_file(
    request: Request, session: SessionDep, user: SeesInspections, now: NowDep, kind: Annotated[Kind, Path()],
    union: Annotated[str, Query(pattern=r"^\d{0,9}$")] = "",
    month: Annotated[str, Query(pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$", examples=["2026-07"])] = "",
    rubric: Annotated[str, Query(max_length=40, pattern=r"^[a-z0-9_]*$")] = "",
    state: Annotated[State | Literal[""], Query()] = "",
) -> Response:  # fmt: skip
    """The inspections this user may see, oldest first, fifty thousand at most; read and written some at a time."""
    which = Which(int(union) if union else None, month or None, rubric or None, state or None)
    found = inspections(session, user, which)
    name = f"waystation-inspections-{month or 'all'}.{kind}"
    keys = sheets.item_keys(which.rubric)
    head = [*sheets.LIST_HEAD, *keys]
    if kind is Kind.XLSX:
        language = visitor_of(request).language
        overridden: list[ListedInspection] = []
        listed = (sheets.list_row(_noted(one, overridden), keys) for one in found)
        changed = (row for one in overridden for row in sheets.override_rows(one))
        tables = [
            Table(sheets.FORM.say(language), head, listed),
            Table(sheets.OVERRIDES.say(language), sheets.OVERRIDE_HEAD, changed),
        ]
        return attached(written(tables), MEDIA_TYPE, name)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — whoever sends it closes it
    if kind is Kind.CSV:
        file.writelines(csv_lines(head, (sheets.list_row(one, keys) for one in found)))
    else:
        file.writelines(sheets.json_pieces(found, now))
    file.seek(0)
    return attached(file, "application/json" if kind is Kind.JSON else "text/csv; charset=utf-8", name)


def _noted(one: ListedInspection, overridden: list[ListedInspection]) -> ListedInspection:
    """The same; those with an override are kept for the second sheet, which is written after the first."""
    if any(line.overridden for line in one.lines):
        overridden.append(one)
    return one


@router.get("/stations/{station}/dossier.zip")
def dossier(
    request: Request, session: SessionDep, user: SeesSummaries, now: NowDep, station: VisibleStation
) -> Response:
    """Everything about one station in one file."""
    settings: HubSettings = request.app.state.settings
    asked = (visitor_of(request).language, settings.pdf_font)
    file = dossier_of(session, user, station, now, *asked, with_trail=may(user.role, Action.SEE_TRAIL))
    return attached(file, "application/zip", f"waystation-{station.id}.zip")
