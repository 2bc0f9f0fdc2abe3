"""A summary, read from the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col

from hub.accounts.tables import User
from hub.exports import sums_store
from hub.exports.months import Span
from hub.exports.summary import Summary, branches, inspectors, lowest_lines, override_reasons
from hub.exports.sums import Sums
from hub.exports.tables import InspectionSum
from hub.unions import store as unions
from hub.unions.trees import Tree


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
    where = sums_store.within(user, asked.span, asked.union)
    lines = sums_store.lines(session, where)
    leaves: dict[Tree, dict[int, Sums]] = {tree: {} for tree in Tree}
    for territory, industry, sums in sums_store.by_places(session, where):
        for tree, union in ((Tree.TERRITORY, territory), (Tree.INDUSTRY, industry)):
            if union is not None:
                leaves[tree][union] = leaves[tree].get(union, Sums()) + sums
    every = unions.all_unions(session)
    of_tree = {tree: branches([one for one in every if one.tree == tree], leaves[tree]) for tree in Tree}
    months = {int(str(key)): one for key, one in sums_store.grouped(session, where, col(InspectionSum.month)).items()}
    by_name = {str(key): one for key, one in sums_store.grouped(session, where, col(InspectionSum.inspector)).items()}
    opened, late = sums_store.findings(session, user, asked.union, now)
    return Summary(
        span=asked.span, all=sums_store.everything(session, where), stations=sums_store.stations_in(session, where),
        months=[(month, months.get(month, Sums())) for month in asked.span.months()],
        territory=of_tree[Tree.TERRITORY], industry=of_tree[Tree.INDUSTRY], inspectors=inspectors(by_name),
        lowest=lowest_lines(lines), reasons=override_reasons(lines),
        places=sums_store.by_station(session, where, asked.page), open_findings=opened, late_findings=late,
        to_come=to_come,
    )  # fmt: skip
