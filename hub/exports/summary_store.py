"""A summary, read from the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from hub.accounts.tables import User
from hub.exports import sums_store
from hub.exports.months import Span
from hub.exports.summary import Summary, branches, inspectors, lowest_lines, override_reasons
from hub.exports.sums import Sums, added, hung
from hub.stations import store as stations
from hub.unions import store as unions
from hub.unions.trees import Tree

A_PAGE = 50
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which summary."""

    span: Span
    union: int | None = None
    page: int = 1
    """Of the stations."""


def summary(session: Session, user: User, asked: Asked, now: datetime) -> Summary:
    """Of the stations this user may see; each inspection counts once, also of a station that hangs in both trees."""
    to_come = sums_store.catch_up(session)
    of = (session, user, asked.span, asked.union)
    cells, places, lines = sums_store.by_month_and_inspector(*of), sums_store.by_union(*of), sums_store.lines(*of)
    every = unions.all_unions(session)
    territory = branches([one for one in every if one.tree == Tree.TERRITORY], hung(places, lambda one: one.territory))
    industry = branches([one for one in every if one.tree == Tree.INDUSTRY], hung(places, lambda one: one.industry))
    months = _together((month, sums) for month, _, sums in cells)
    by_name = _together((name, sums) for _, name, sums in cells)
    page = sums_store.lowest(*of, (asked.page - 1) * A_PAGE, A_PAGE)
    named = stations.of_ids(session, [station for station, _ in page])
    opened, late = sums_store.findings(session, user, asked.union, now)
    return Summary(
        span=asked.span, all=added(sums for _, _, sums in cells), stations=sum(one.stations for one in places),
        months=[(month, months.get(month, Sums())) for month in asked.span.months()],
        territory=territory, industry=industry, inspectors=inspectors(by_name),
        lowest=lowest_lines(lines), reasons=override_reasons(lines),
        places=[(named[station], sums) for station, sums in page],
        open_findings=opened, late_findings=late, to_come=to_come,
    )  # fmt: skip


def _together(parts: Iterable[tuple[Key, Sums]]) -> dict[Key, Sums]:
    found: dict[Key, list[Sums]] = {}
    for key, sums in parts:
        found.setdefault(key, []).append(sums)
    return {key: added(some) for key, some in found.items()}
