"""Summaries of inspections: the page, and the same as a file."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from hub.cells import csv_lines
from hub.exports import months, summary_sheets
from hub.exports.listing import STATE_WORDS, State
from hub.exports.months import Span
from hub.exports.sent import attached
from hub.exports.statistics import RANKED_FROM
from hub.exports.summary_store import Asked, summary
from hub.exports.workbook import MEDIA_TYPE, written
from hub.inspections.workflow import REASONS
from hub.pages import render, visitor_of
from hub.rulebook import rulebooks
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SeesSummaries
from hub.unions import store as unions

router = APIRouter()


class Sheet(StrEnum):
    """Of a file."""

    XLSX = "xlsx"
    CSV = "csv"


def asked_of(
    now: NowDep,
    first: Annotated[str, Query(alias="from", pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$", examples=["2026-01"])] = "",
    last: Annotated[str, Query(alias="to", pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$", examples=["2026-07"])] = "",
    union: Annotated[str, Query(pattern=r"^\d{0,9}$")] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Asked:
    """The summary an address asks for; without months the last twelve, and never more than sixty."""
    usual = months.year_up_to(now)
    until = months.read(last) if last else usual.last
    since = months.read(first) if first else until - 99 if until % 100 < 12 else until - 11
    return Asked(Span(max(since, until - 500), until), int(union) if union else None, page)


AskedDep = Annotated[Asked, Depends(asked_of)]


@router.get("/summaries")
def summaries_page(
    request: Request, session: SessionDep, user: SeesSummaries, now: NowDep, asked: AskedDep
) -> HTMLResponse:
    """What was inspected, how it stands, who decides otherwise than proposed."""
    every = unions.all_unions(session)
    items = {item.key: item.text for book in rulebooks().values() if book.rubric for item in book.rubric.items()}
    return render(
        request, "exports/summaries.html", summary=summary(session, user, asked, now), asked=asked, unions=every,
        items=items, REASONS=REASONS, spelled=months.spelled, RANKED_FROM=RANKED_FROM, STATES_OF=list(State),
        STATE_WORDS=STATE_WORDS,
        rubrics=[book for book in rulebooks().values() if book.rubric],
    )  # fmt: skip


@router.get("/summaries/export.{kind}")
def summaries_file(
    request: Request, session: SessionDep, user: SeesSummaries, now: NowDep, asked: AskedDep,
    kind: Annotated[Sheet, Path()],
) -> Response:  # fmt: skip
    """The same as a file; a CSV holds the months."""
    tables = summary_sheets.tables_of(summary(session, user, asked, now), visitor_of(request).language)
    name = f"waystation-summary-{months.spelled(asked.span.first)}-{months.spelled(asked.span.last)}.{kind}"
    if kind is Sheet.XLSX:
        return attached(written(tables), MEDIA_TYPE, name)
    first = tables[0]
    return attached(b"".join(csv_lines(first.head, first.rows)), "text/csv; charset=utf-8", name)
