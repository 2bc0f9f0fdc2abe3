"""One inspection going out: on paper, as PDF, xlsx, csv, json; and what their JSON looks like."""

from enum import StrEnum
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from hub.cells import csv_lines
from hub.errors import HubError
from hub.exports import pdf, words
from hub.exports.appendix import paper_of
from hub.exports.asked_pdf import made
from hub.exports.models import FORMATS, InspectionFile, inspection_file, schema
from hub.exports.sent import attached
from hub.exports.sheets import FORM_HEAD, form_rows, tables_of
from hub.exports.stamps import stamp
from hub.exports.whole import pictures_of, whole_of
from hub.exports.workbook import MEDIA_TYPE, written
from hub.inspections.log_store import identity, trail
from hub.inspections.of_request import VisibleInspection
from hub.inspections.sealing import BrokenSeal
from hub.inspections.tables import Inspection
from hub.pages import render, visitor_of
from hub.sessions import NowDep, SessionDep
from hub.settings import HubSettings
from hub.signed_in import SeesInspections, SignedIn
from shared.text import Text

log = structlog.get_logger(__name__)
router = APIRouter()
BROKEN = Text("封存的依据与校验码不符，不能输出。", "Sealed evidence does not match its digest: nothing goes out.")


class Kind(StrEnum):
    """Of a file."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


@router.get("/inspections/{number}/print")
def print_page(request: Request, session: SessionDep, _user: SeesInspections, row: VisibleInspection) -> HTMLResponse:
    """The annex as it is printed, the evidence on further pages."""
    paper = _paper(request, session, row)
    return render(request, "inspections/print.html", paper=paper, number=identity(row), APPENDIX=words.APPENDIX)


@router.get("/inspections/{number}/export.{kind}")
def export(
    request: Request, session: SessionDep, now: NowDep, _user: SeesInspections, row: VisibleInspection,
    kind: Annotated[Kind, Path()],
) -> Response:  # fmt: skip
    """The same as a file. Raises HubError 503 where there is no font for a PDF, or others are being made."""
    name = f"waystation-inspection-{identity(row)}.{kind}"
    if kind is Kind.PDF:
        return attached(_pdf(request, session, row), "application/pdf", name)
    file = _file(session, row, now)
    if kind is Kind.JSON:
        return attached(file.model_dump_json(indent=1).encode(), "application/json", name)
    if kind is Kind.CSV:
        return attached(b"".join(csv_lines(FORM_HEAD, form_rows(file))), "text/csv; charset=utf-8", name)
    return attached(written(tables_of(file, visitor_of(request).language)), MEDIA_TYPE, name)


@router.get("/api/inspections/{number}/file", tags=["inspections"])
def inspection_file_said(
    session: SessionDep, now: NowDep, _user: SeesInspections, row: VisibleInspection
) -> InspectionFile:
    """One inspection with everything that belongs to it, as its JSON file holds it."""
    return _file(session, row, now)


@router.get("/api/schemas/{name}", tags=["inspections"])
def schema_said(_user: SignedIn, name: Annotated[str, Path(max_length=40, examples=["inspection"])]) -> dict[str, Any]:
    """JSON Schema of the hub's files: `inspection`, `inspections`."""
    if name not in FORMATS:
        raise HubError(404, Text(f"没有格式 {name}。", f"There is no format {name}."))
    return schema(FORMATS[name])


def _paper(request: Request, session: Session, row: Inspection) -> Any:
    try:
        return paper_of(whole_of(session, row), visitor_of(request).language)
    except BrokenSeal as error:
        log.error("a seal is broken", inspection=row.id, exc_info=error)
        raise HubError(409, BROKEN) from error


def _pdf(request: Request, session: Session, row: Inspection) -> bytes:
    settings: HubSettings = request.app.state.settings
    paper = _paper(request, session, row)
    running = f"{row.station_name} · {identity(row)} · {stamp(row.submitted_at, language=paper.language)}"
    return made(lambda: pdf.pdf_of(paper, pictures_of(session, paper), running, settings.pdf_font))


def _file(session: Session, row: Inspection, now: NowDep) -> InspectionFile:
    try:
        return inspection_file(whole_of(session, row), list(trail(session, row)), now)
    except BrokenSeal as error:
        log.error("a seal is broken", inspection=row.id, exc_info=error)
        raise HubError(409, BROKEN) from error
