"""A summary as tables. Pure."""

from collections.abc import Sequence

from hub.cells import Cell
from hub.exports.months import spelled
from hub.exports.statistics import Rate
from hub.exports.summary import Summary
from hub.exports.sums import NUMBERS, Sums
from hub.exports.workbook import Table
from shared.text import Language, Text

_SUMS = ("inspections", "mean_total", "lowest_total", *NUMBERS)


def tables_of(summary: Summary, language: Language) -> list[Table]:
    """One sheet for each part of the page."""

    def name(zh: str, en: str) -> str:
        return Text(zh, en).say(language)

    return [
        Table(name("按月", "Months"), ("month", *_SUMS), [
            (spelled(month), *_cells(one)) for month, one in summary.months
        ]),
        Table(name("按工会", "Unions"), ("tree", "union", "depth", *_SUMS), [
            (one.union.tree, one.union.name, one.depth, *_cells(one.sums))
            for one in (*summary.territory, *summary.industry)
        ]),
        Table(name("按站点", "Stations"), ("station", "name", *_SUMS), [
            (place.id, place.name, *_cells(one)) for place, one in summary.places
        ]),
        Table(name("按检查员", "Inspectors"), (
            "inspector", *_SUMS, "up_rate", "up_from", "up_to", "down_rate", "down_from", "down_to", "apart",
        ), [(one.name, *_cells(one.sums), *_rate(one.up), *_rate(one.down), one.apart) for one in summary.inspectors]),
        Table(name("最低分项目", "Lowest lines"), ("key", "lowest"), summary.lowest),
        Table(name("改分理由", "Reasons"), ("direction", "reason", "n"), summary.reasons),
    ]  # fmt: skip


def _cells(sums: Sums) -> Sequence[Cell]:
    return [sums.inspections, sums.mean, sums.lowest_total, *(sums[name] for name in NUMBERS)]


def _rate(rate: Rate) -> Sequence[Cell]:
    low, high = rate.interval or (None, None)
    return [rate.value, low, high]
