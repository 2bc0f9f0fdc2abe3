"""The register as a file: sent in with a look before anything changes, given out, and annex 2 on paper."""

import os
from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Request, UploadFile
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from hub.accounts.tables import User
from hub.errors import HubError
from hub.formats import local
from hub.pages import render
from hub.register import export_store, import_store, reading, store, workbook
from hub.register.answers import back, note
from hub.register.asked import AskedFor
from hub.register.reach import FOREIGN, reach
from hub.register.sheet import ANNEX, COLUMNS, LARGEST_SHEET
from hub.register.tables import ImportBatch
from hub.register.told import NOTHING, Told
from hub.register.wrong import Wrong
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsStations
from hub.trail import store as trail
from shared.text import Text

router = APIRouter()
PRINTED = 400
"""Stations on one filing."""
SHOWN = 200
"""Bad rows shown on the page; the file has all of them."""
Batch = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


@router.get("/register/import")
def import_page(request: Request, _user: EditsStations) -> HTMLResponse:
    """Send a file; which columns there are."""
    return _page(request)


@router.post("/register/import", max_body_size=workbook.LARGEST_FORM)
def look(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:  # fmt: skip
    """Look at every row; nothing is changed yet."""
    try:
        content = b"" if file is None else file.file.read(workbook.LARGEST_BYTES + 1)
        if file is None or not content:
            raise Wrong(Text("请选择文件。", "Choose a file."))
        batch = import_store.keep(session, user, file.filename or "", content, _rulebook(request), now)
    except Wrong as error:
        return _page(request, Told("import", {}, {"file": error.why}), 422)
    return back(f"/register/import/{batch.id}")


@router.get("/register/import/{batch}")
def preview(request: Request, session: SessionDep, user: EditsStations, batch: Batch) -> HTMLResponse:
    """What would be imported, and every row that would not, with its reason."""
    row = _batch(session, user, batch)
    sent = import_store.opened(row)
    return render(
        request, "register/preview.html", batch=row, bad=sent.bad[:SHOWN], more=max(0, len(sent.bad) - SHOWN)
    )  # fmt: skip


@router.post("/register/import/{batch}")
def confirm(request: Request, session: SessionDep, now: NowDep, user: EditsStations, batch: Batch) -> Response:
    """Import the good rows, all or none; a second time is refused."""
    row = _batch(session, user, batch)
    import_store.finish(session, user, row, _rulebook(request), os.urandom, now)
    return back(f"/register/import/{row.id}")


@router.get("/register/import/{batch}/bad.xlsx")
def bad_rows(session: SessionDep, user: EditsStations, batch: Batch) -> Response:
    """The bad rows as they were sent, with the reasons: corrected, they can be sent again."""
    header, rows = import_store.refused(_batch(session, user, batch))
    return _file(workbook.xlsx(header, rows, "未导入的行"), workbook.XLSX, "bad-rows.xlsx")


@router.get("/register/export.xlsx")
def export_xlsx(session: SessionDep, now: NowDep, user: EditsStations, asked: AskedFor) -> Response:
    """The stations asked for, with the columns the import reads."""
    content = workbook.xlsx(export_store.header(), _rows(session, user, asked, now), "站点登记")
    return _file(content, workbook.XLSX, f"register-{local(now):%Y%m%d}.xlsx")


@router.get("/register/export.csv")
def export_csv(session: SessionDep, now: NowDep, user: EditsStations, asked: AskedFor) -> Response:
    """The same as csv."""
    content = workbook.comma_separated(export_store.header(), _rows(session, user, asked, now))
    return _file(content, "text/csv; charset=utf-8", f"register-{local(now):%Y%m%d}.csv")


@router.get("/register/print")
def print_page(request: Request, session: SessionDep, user: EditsStations, asked: AskedFor) -> HTMLResponse:
    """Annex 2 (备案表) of the stations asked for."""
    return _print(request, session, user, asked, NOTHING)


@router.post("/register/print")
def file_union_head(
    request: Request, session: SessionDep, now: NowDep, user: EditsStations, asked: AskedFor,
    recommending: Annotated[int, Form(ge=1, le=2**31 - 1)],
    name: Annotated[str, Form(max_length=200)] = "",
    email: Annotated[str, Form(max_length=400)] = "",
    phone: Annotated[str, Form(max_length=60)] = "",
) -> Response:  # fmt: skip
    """Who answers for the recommending unit: printed on the filing, shown nowhere else."""
    known = reach(session, user)
    if recommending not in known.every or (known.own is not None and recommending not in known.own):
        raise HubError(404, FOREIGN)
    typed, wrong, values = {"name": name, "email": email, "phone": phone}, dict[str, Text](), dict[str, str]()
    for field, read in {"name": reading.text(60), "email": reading.email, "phone": reading.phone}.items():
        try:
            values[field] = read(typed[field])
        except Wrong as error:
            wrong[field] = error.why
    if wrong:
        return _print(request, session, user, asked, Told("unit", typed, wrong), 422)
    row = store.union_head(session, recommending)
    before: dict[str, object] = {"name": row.name}
    for field, value in values.items():
        setattr(row, field, value)
    session.add(row)
    session.flush()
    note(session, user, "union.head", now, None, before, {"name": row.name}, subject=f"union {recommending}")
    return back(f"/register/print?union={recommending}")


def _print(
    request: Request, session: Session, user: User, asked: store.Asked, told: Told, status: int = 200
) -> HTMLResponse:
    known = reach(session, user)
    unit = asked.union if asked.union in known.every else user.union
    rows = [row[: len(ANNEX)] for row in export_store.rows(session, user, asked, PRINTED + 1)]
    mine = unit is not None and (known.own is None or unit in known.own)
    return render(
        request, "register/print.html", status, rows=rows[:PRINTED], more=len(rows) > PRINTED, told=told, reach=known,
        unit=None if unit is None else known.every.get(unit), asked=asked, may_name=mine,
        head=None if unit is None or not mine else store.union_head(session, unit),
    )  # fmt: skip


def _rows(session: Session, user: User, asked: store.Asked, now: NowDep) -> list[list[str]]:
    """Whoever takes heads' numbers out of the hub is in the trail."""
    found = list(export_store.rows(session, user, asked))
    trail.note(session, user.name, user.role, "register.export", now, new=str(len(found)))
    return found


def _batch(session: Session, user: User, batch: str) -> ImportBatch:
    found = import_store.get(session, user, batch)
    if found is None:
        raise HubError(404, Text("没有这个文件，或已过期。", "There is no such file, or it has expired."))
    return found


def _page(request: Request, told: Told = NOTHING, status: int = 200) -> HTMLResponse:
    read_back = [column for column in COLUMNS if column.read is not None]
    return render(
        request, "register/import.html", status, told=told, columns=read_back, annex=len(ANNEX) - 1, most=LARGEST_SHEET
    )  # fmt: skip


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _rulebook(request: Request) -> str:
    book: str = request.app.state.settings.rulebook
    return book
