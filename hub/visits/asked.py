"""Which month is asked for, of which stations, and how bursts count."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from hub.exports import months
from hub.exports.months import Span
from hub.sessions import NowDep
from hub.stations.due import month_of
from hub.visits.words import Count

Month = Annotated[str, Query(pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$", examples=["2026-07"])]


@dataclass(frozen=True, slots=True)
class Asked:
    """As an address says it."""

    month: int
    count: Count = Count.FILTERED
    union: int | None = None
    page: int = 1
    newest: int = 0
    """The running month."""

    @property
    def filtered(self) -> bool:
        return self.count is Count.FILTERED

    @property
    def year(self) -> Span:
        """The twelve months that end with this one."""
        return Span(self.month - 11 if self.month % 100 == 12 else self.month - 99, self.month)

    @property
    def earlier(self) -> int:
        """The month before."""
        return self.month - 1 if self.month % 100 > 1 else self.month - 89

    @property
    def later(self) -> int | None:
        """The month after. None: it has not begun."""
        return months.following(self.month) if self.month < self.newest else None

    def query(self, month: int | None = None, count: Count | None = None, page: int = 1) -> str:
        """The query of an address that asks for the same, but for what is named."""
        parts = {"month": months.spelled(month or self.month)}
        chosen = count or self.count
        if chosen is not Count.FILTERED:
            parts["count"] = chosen
        if self.union:
            parts["union"] = str(self.union)
        if page > 1:
            parts["page"] = str(page)
        return urlencode(parts)


def asked_of(
    now: NowDep,
    month: Month = "",
    count: Count = Count.FILTERED,
    union: Annotated[str, Query(pattern=r"^\d{0,9}$")] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Asked:
    """What an address asks for; without a month the running one, and never one that has not begun."""
    newest = month_of(now)
    wanted = min(months.read(month), newest) if month else newest
    return Asked(wanted, count, int(union) if union else None, page, newest)


AskedDep = Annotated[Asked, Depends(asked_of)]


def page_asked(
    now: NowDep,
    month: Month = "",
    union: Annotated[str, Query(pattern=r"^\d{0,9}$")] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Asked:
    """The same for programs, which are told of both ways of counting."""
    return asked_of(now, month, union=union, page=page)


def month_asked(now: NowDep, month: Month = "") -> Asked:
    """The same of one station."""
    return asked_of(now, month)


PageDep = Annotated[Asked, Depends(page_asked)]
MonthDep = Annotated[Asked, Depends(month_asked)]
