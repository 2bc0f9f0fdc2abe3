"""Complaints for the 12351 platform: a month as a file, and the receipt it gave (X-08)."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator
from sqlmodel import Session

from hub.accounts.tables import User
from hub.cells import Cell, csv_lines, text
from hub.complaints import reading, sending, sheet
from hub.complaints.asked import Asked
from hub.complaints.models import ComplaintFile, complaint_said
from hub.complaints.routes import list_page
from hub.complaints.tables import Complaint
from hub.formats import plain, read_local
from hub.pages import visitor_of
from hub.register import workbook
from hub.sessions import NowDep, SessionDep
from hub.signed_in import AssignsComplaints, SeesComplaints
from hub.stations.tables import Station
from shared.text import Text

router = APIRouter()
A_MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"
SHEET = Text("投诉咨询", "Complaints")
NO_TIME = Text("请填上传时间，不晚于现在", "Say when it was uploaded, not later than now")
NO_RECEIPT = Text("请填平台给的回执号或说明", "Say what receipt the platform gave")
NOTHING = Text("这个月没有待登记的投诉咨询", "There are none of this month that wait to be noted")


class Kind(StrEnum):
    """Of a file."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


MEDIA: dict[Kind, str] = {
    Kind.XLSX: workbook.XLSX,
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.JSON: "application/json",
}


@router.get("/exports/complaints.{kind}")
def complaints_file(
    request: Request, session: SessionDep, user: SeesComplaints, now: NowDep, kind: Annotated[Kind, Path()],
    month: Annotated[str, Query(pattern=rf"^$|{A_MONTH}", examples=["2026-07"])] = "",
) -> Response:  # fmt: skip
    """Those that came in a month, ten thousand at most, without anybody's contact; no month: the present one."""
    month = month or sheet.month_of(now)
    found, language = _received(session, user, month), visitor_of(request).language
    if kind is Kind.JSON:
        said = [complaint_said(one, now) for one, _ in found]
        content = ComplaintFile(made_at=now, month=month, complaints=said).model_dump_json(indent=1).encode()
    else:
        head = [title.say(language) for title in sheet.HEAD]
        rows: Iterator[list[Cell]] = (sheet.row(one, station, language) for one, station in found)
        if kind is Kind.CSV:
            content = b"".join(csv_lines(head, rows))
        else:
            content = workbook.xlsx(head, ([text(cell) for cell in row] for row in rows), SHEET.say(language))
    name = f'attachment; filename="waystation-complaints-{month}.{kind}"'
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return Response(content, media_type=MEDIA[kind], headers=headers)


@router.post("/complaints/uploaded")
def uploaded(
    request: Request, session: SessionDep, user: AssignsComplaints, now: NowDep,
    month: Annotated[str, Form(pattern=A_MONTH, examples=["2026-07"])],
    receipt: Annotated[str, Form(max_length=64), AfterValidator(plain)] = "",
    uploaded_at: Annotated[str, Form(max_length=40)] = "",
) -> Response:  # fmt: skip
    """A month's file was handed over by hand: when, and what was given for it. `uploaded_at` empty: now."""
    at = now if not uploaded_at else read_local(uploaded_at)
    typed = {"month": month, "receipt": receipt, "uploaded_at": uploaded_at}
    if at is None or at > now:
        return list_page(request, session, user, now, Asked(), 422, NO_TIME, typed)
    if not receipt:
        return list_page(request, session, user, now, Asked(), 422, NO_RECEIPT, typed)
    if not sending.note_uploaded(session, user, month, receipt, at, now):
        return list_page(request, session, user, now, Asked(), 409, NOTHING, typed)
    return RedirectResponse("/complaints", status_code=303)


def _received(session: Session, user: User, month: str) -> Iterator[tuple[Complaint, Station]]:
    first, end = sheet.span_of(month)
    return islice(reading.received(session, user, first, end), sending.MOST)
