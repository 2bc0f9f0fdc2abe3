"""From what a person typed, in a form or a cell, to what is filed. Pure; every reader raises Wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from hub.formats import WEEKDAYS
from hub.register.wrong import MISSING, Wrong
from shared.opening import Opening
from shared.text import Text

Reader = Callable[[str], Any]
"""Any, because every field is of another type."""
Key = TypeVar("Key", bound=str)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
YES = frozenset({"是", "有", "yes", "y", "true", "1", "on", "√"})
NO = frozenset({"", "否", "无", "no", "n", "false", "0", "off"})
_BETWEEN = re.compile(r"[、，,;；/\n]+")
_PHONE = re.compile(r"\+?[0-9][0-9 -]{4,19}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
_HOURS = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})\s*(?:-|—+|–|~|～|至|到)\s*([0-9]{1,2})[:：]([0-9]{2})")
_RANGE = re.compile(r"周([一二三四五六日])\s*(?:至|到|-|—|~)\s*周([一二三四五六日])")


def every(typed: Mapping[str, str], readers: Mapping[str, Reader]) -> tuple[dict[str, Any], dict[str, Text]]:
    """What each reader makes of the field by its name, and why of those it cannot read."""
    values: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for name, read in readers.items():
        try:
            values[name] = read(typed.get(name, ""))
        except Wrong as error:
            wrong[name] = error.why
    return values, wrong


def day_until(today: date) -> Reader:
    """A day that has come; it may not be left out."""

    def read(typed: str) -> date:
        found = day(typed)
        if found is None:
            raise Wrong(MISSING)
        if found > today:
            raise Wrong(Text("日期不能晚于今天。", "The day is not later than today."))
        return found

    return read


def text(most: int, *, required: bool = False) -> Reader:
    """Words on one line, no more than so many characters."""

    def read(typed: str) -> str:
        found = " ".join(typed.split())
        if any(not letter.isprintable() for letter in found):
            raise Wrong(Text("含有无法显示的字符。", "It holds characters that cannot be shown."))
        if required and not found:
            raise Wrong(MISSING)
        if len(found) > most:
            raise Wrong(
                Text(f"最多 {most} 个字，现有 {len(found)} 个。", f"At most {most} characters, not {len(found)}.")
            )
        return found

    return read


def choice(labels: Mapping[Key, Text], *, empty: str | None = None) -> Reader:
    """One of these, by its key or what it is called in either language. `empty`: what nothing means, if it may be."""

    def read(typed: str) -> str:
        found = typed.strip()
        if not found and empty is not None:
            return empty
        for key, label in labels.items():
            if found.casefold() in (str(key), label.zh.casefold(), label.en.casefold()):
                return str(key)
        zh, en = "、".join(label.zh for label in labels.values()), ", ".join(label.en for label in labels.values())
        raise Wrong(Text(f"须为其中之一：{zh}。", f"One of: {en}."))

    return read


def several(labels: Mapping[Key, Text]) -> Reader:
    """Any of these, each once, in their order."""
    one = choice(labels)

    def read(typed: str) -> list[str]:
        found = {one(part) for part in _BETWEEN.split(typed) if part.strip()}
        return [str(key) for key in labels if str(key) in found]

    return read


def measure(low: float, high: float) -> Reader:
    """A number within bounds; None where nothing is typed."""

    def read(typed: str) -> float | None:
        if not typed.strip():
            return None
        try:
            value = float(typed)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise Wrong(Text(f"须为 {low:g} 到 {high:g} 之间的数字。", f"A number from {low:g} to {high:g}."))
        return value

    return read


def flag(typed: str) -> bool:
    """Yes or no; nothing is no."""
    found = typed.strip().casefold()
    if found in YES or found in NO:
        return found in YES
    raise Wrong(Text("须为“是”或“否”。", "Yes or no."))


def day(typed: str) -> date | None:
    """A day such as 2026-01-31; None where nothing is typed."""
    if not typed.strip():
        return None
    match = _DAY.fullmatch(typed.strip())
    try:
        found = None if match is None else date(*(int(part) for part in match.groups()))
    except ValueError:
        found = None
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        raise Wrong(Text("须为日期，如 2026-01-31。", "A day such as 2026-01-31."))
    return found


def union_number(typed: str) -> int | None:
    """The number of a union in a form; none where nothing is chosen. What is no number is one no union has."""
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def phone(typed: str) -> str:
    """A telephone number, or nothing."""
    found = " ".join(typed.split())
    if found and not _PHONE.fullmatch(found):
        raise Wrong(Text("须为电话号码：5 到 20 位数字。", "A telephone number: 5 to 20 digits."))
    return found


def email(typed: str) -> str:
    """An e-mail address, or nothing."""
    found = typed.strip()
    if found and (len(found) > 120 or not _EMAIL.fullmatch(found)):
        raise Wrong(Text("须为电子邮箱。", "An e-mail address."))
    return found


def hours(typed: str) -> Opening:
    """Opening hours such as 9:00-17:00, with weekdays before them where it is not every day; nothing: 9:00–17:00."""
    found = typed.strip()
    if not found:
        return Opening()
    match = _HOURS.search(found)
    if match is None or found[match.end() :].strip():
        raise Wrong(_HOURS_WANTED)
    days = _weekdays(found[: match.start()].strip())
    first_hour, first_minute, last_hour, last_minute = match.groups()
    return opening(f"{first_hour.zfill(2)}:{first_minute}", f"{last_hour.zfill(2)}:{last_minute}", days)


def opening(start: str, end: str, weekdays: list[int]) -> Opening:
    """The hours these are. Raises Wrong where they are none."""
    try:
        return Opening(start=start, end=end, weekdays=weekdays)
    except ValueError as error:
        raise Wrong(_HOURS_WANTED) from error


def said_hours(filed: Opening) -> str:
    """As `hours` reads it."""
    span = f"{filed.start}-{filed.end}"
    if len(set(filed.weekdays)) == 7:
        return span
    return f"{'、'.join(WEEKDAYS['zh'][number] for number in sorted(set(filed.weekdays)))} {span}"


NO_DAY = Text("至少选一天。", "Choose one day at least.")
_HOURS_WANTED = Text(
    "须为开放时间，如 9:00-17:00 或 周一至周五 9:00-17:00；结束须晚于开始，全天写 00:00-24:00。",
    "Opening hours such as 9:00-17:00 or 周一至周五 9:00-17:00, ending after they start; all day is 00:00-24:00.",
)


def _weekdays(typed: str) -> list[int]:
    if typed in ("", "每天", "每日"):
        return list(range(7))
    found: set[int] = set()
    for part in filter(None, (one.strip() for one in _BETWEEN.split(typed))):
        match = _RANGE.fullmatch(part)
        if match is not None:
            first, last = (WEEKDAYS["zh"].index(f"周{one}") for one in match.groups())
            found.update(range(first, last + 1))
        elif part in WEEKDAYS["zh"]:
            found.add(WEEKDAYS["zh"].index(part))
        else:
            raise Wrong(_HOURS_WANTED)
    if not found:
        raise Wrong(_HOURS_WANTED)
    return sorted(found)
