"""Visits as rows of a file: every station of a month, or every day and hour of one station."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from hub.accounts.tables import User
from hub.cells import Cell
from hub.exports import months
from hub.formats import local
from hub.stations import store as stations
from hub.visits import store, sums_store
from hub.visits.asked import Asked
from hub.visits.gathering import added_up, bounds
from hub.visits.hours import StationHour, by_hour
from hub.visits.lanes import Tally, added
from hub.visits.sums_store import Wanted
from hub.visits.view import Day, month_view
from hub.visits.words import COUNTS, FACE_LABELS, METHOD_LABELS, OCCUPATION_LABELS
from shared.text import Language, Text

Head = Sequence[str]
Rows = Iterable[Sequence[Cell]]
AT_ONCE = 400
TOTAL = Text("合计", "Total")
HEAD = (
    Text("站点编号", "Station"), Text("站点", "Name"), Text("月份", "Month"), Text("计数方式", "Counted"),
    Text("签到", "Check-ins"),
)  # fmt: skip
TAIL = (
    Text("进站（估计）", "Came in (estimate)"), Text("方向不明", "Direction not known"),
    Text("有进站计数的小时里的签到", "Check-ins of hours with footfall"),
    Text("签到多于进站的小时", "Hours with more check-ins than came in"),
    Text("有数据的天数", "Days with data"), Text("时间不明的签到", "Undated check-ins"),
)  # fmt: skip
OF_ONE = (
    Text("日期", "Day"), Text("小时", "Hour"), Text("签到", "Check-ins"), Text("进站（估计）", "Came in (estimate)"),
    Text("方向不明", "Direction not known"), Text("回答满意度", "Answers"), Text("满意", "Satisfied"),
    *OCCUPATION_LABELS.values(),
)  # fmt: skip


def of_all(session: Session, user: User, asked: Asked, language: Language) -> tuple[Head, Rows]:
    """One row a station, then their sum."""
    labels = [*METHOD_LABELS.values(), *OCCUPATION_LABELS.values(), *FACE_LABELS.values()]
    head = [text.say(language) for text in (*HEAD, *labels, *TAIL)]
    found = list(sums_store.each(session, Wanted(user, asked.filtered, asked.union), asked.month))
    names = {}
    for first in range(0, len(found), AT_ONCE):
        some = stations.of_ids(session, [station for station, _ in found[first : first + AT_ONCE]])
        names.update({one.id: one.name for one in some.values()})
    said = (months.spelled(asked.month), COUNTS[asked.count].say(language))
    rows = [[station, names.get(station, ""), *said, *_figures(tally)] for station, tally in found]
    whole = added(tally.packed for _, tally in found)
    return head, [*rows, ["", TOTAL.say(language), *said, *_figures(whole)]]


def of_one(session: Session, station: str, asked: Asked, now: datetime, language: Language) -> tuple[Head, Rows]:
    """Each day, then each of its hours; of a day or an hour nobody knows of nothing is written."""
    month = store.month_said(session, station, asked.month)
    view = month_view(asked.month, added_up(month, asked.filtered), local(now).date())
    # An hour in which the station spoke and nobody came is a zero.
    quiet = {start: StationHour(start) for start in month.heard if start <= now}
    known = quiet | by_hour(month, asked.filtered)
    start, _ = bounds(asked.month)
    rows: list[Sequence[Cell]] = []
    for place, day in enumerate(view.days):
        times = [start + timedelta(days=place, hours=number) for number in range(24)]
        hours = [(number, known[time]) for number, time in enumerate(times) if time in known]
        rows.append([f"{day.on}", "", *_of_day(day, [hour for _, hour in hours])])
        rows.extend([f"{day.on}", f"{number:02d}", *_of_hour(hour)] for number, hour in hours)
    return [text.say(language) for text in OF_ONE], rows


def _of_day(day: Day, hours: Sequence[StationHour]) -> list[Cell]:
    if not day.heard:
        return [None] * (len(OF_ONE) - 2)
    entered = (day.entered, day.undirected) if day.counted else (None, None)
    occupations = [sum(hour.occupations[name] for hour in hours) for name in OCCUPATION_LABELS]
    return [day.number, *entered, day.satisfied.n, day.satisfied.k, *occupations]


def _of_hour(hour: StationHour) -> list[Cell]:
    occupations = [hour.occupations[name] for name in OCCUPATION_LABELS]
    return [hour.check_ins, hour.entered, hour.undirected, hour.answers, hour.satisfied, *occupations]


def _figures(tally: Tally) -> list[Cell]:
    sums = ("entered", "undirected", "beside", "flagged", "heard", "undated")
    return [
        tally.total("day"), *tally["method"], *tally["occupation"], *tally["face"], *(tally.total(one) for one in sums)
    ]  # fmt: skip
