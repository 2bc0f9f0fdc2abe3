"""What may be changed in an opening calendar: days that have passed are what they were. Pure."""

from datetime import date, timedelta

from msgspec.structs import replace

from hub.register.wrong import MISSING, Wrong
from shared.opening import Closure, Opening
from shared.text import Text

LONGEST = timedelta(days=366)
FURTHEST = timedelta(days=730)
MOST = 200
PAST = Text("过去的日子不能再改。", "Days that have passed stay as they were.")
NOT_THERE = Text("没有这次停开。", "There is no such closure.")


def with_hours(opening: Opening, start: str, end: str, weekdays: list[int]) -> Opening:
    """Other hours; the closures stay. Raises ValueError where they are none."""
    return Opening(start=start, end=end, weekdays=weekdays, closures=opening.closures)


def closed(opening: Opening, first: date | None, last: date | None, reason: str, today: date) -> Opening:
    """One more closure; the same once more changes nothing. Raises Wrong."""
    if first is None or last is None or not reason:
        raise Wrong(MISSING)
    if first < today:
        raise Wrong(PAST)
    if last < first:
        raise Wrong(Text("最后一天早于第一天。", "It ends before it begins."))
    if last - first > LONGEST or last - today > FURTHEST:
        raise Wrong(Text("一次最多一年，且不晚于两年后。", "A year at most, and no later than two years from now."))
    if Closure(first=first, last=last, reason=reason) in opening.closures:
        return opening
    if len(opening.closures) >= MOST:
        raise Wrong(Text(f"最多 {MOST} 次停开。", f"No more than {MOST} closures."))
    closures = sorted([*opening.closures, Closure(first=first, last=last, reason=reason)], key=lambda one: one.first)
    return replace(opening, closures=closures)


def opened_again(opening: Opening, number: int, today: date) -> Opening:
    """Without a closure that has not begun; one that has ends with yesterday. Raises Wrong."""
    if not 0 <= number < len(opening.closures):
        raise Wrong(NOT_THERE)
    closures = list(opening.closures)
    one = closures[number]
    if one.last < today:
        raise Wrong(PAST)
    if one.first < today:
        closures[number] = replace(one, last=today - timedelta(days=1))
    else:
        del closures[number]
    return replace(opening, closures=closures)
