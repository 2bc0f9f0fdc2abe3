"""What a person typed into a duty form, made of it or refused with the reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hub.duty.week import DAY_MINUTES
from shared.text import Text

LEVELS = (1, 2, 3)
LEVEL_LABELS: dict[int, Text] = {
    1: Text("第一联系人", "First"),
    2: Text("第二联系人", "Second"),
    3: Text("负责人", "Lead"),
}
NOT_A_TIME = Text("请写成 08:00 这样的时间。", "Write a time such as 08:00.")
NOT_A_DAY = Text("请写成 2026-10-01 这样的日期。", "Write a day such as 2026-10-01.")
NO_WEEKDAY = Text("请至少选择一天。", "Choose at least one day.")
NO_NAME = Text("请填写名称。", "Give it a name.")
NOBODY = Text("请选择值班人员。", "Choose who is on duty.")
NO_PLACE = Text("请选择工会或站点。", "Choose a union or a station.")


@dataclass(frozen=True, slots=True)
class Mistake(Exception):
    """One field that cannot be used."""

    field: str
    why: Text


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was not accepted: which, what was typed, and what is wrong with it."""

    form: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    wrong: Mapping[str, Text] = field(default_factory=dict)


def minute_of(field: str, typed: str) -> int:
    """Minutes since midnight of `08:30`; `24:00` is 0. Raises Mistake."""
    hours, colon, minutes = typed.strip().replace("：", ":").partition(":")
    digits = hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit()
    if not (colon and digits and 1 <= len(hours) <= 2 and len(minutes) == 2):
        raise Mistake(field, NOT_A_TIME)
    minute = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or minute > DAY_MINUTES:
        raise Mistake(field, NOT_A_TIME)
    return minute % DAY_MINUTES


def day_of(field: str, typed: str) -> date:
    """A day, from 2000 to 2199. Raises Mistake."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError as error:
        raise Mistake(field, NOT_A_DAY) from error
    if not 2000 <= day.year < 2200:
        raise Mistake(field, NOT_A_DAY)
    return day


def name_of(field: str, typed: str) -> str:
    """A name that shows. Raises Mistake."""
    name = " ".join("".join(letter for letter in typed if letter.isprintable() or letter.isspace()).split())
    if not name:
        raise Mistake(field, NO_NAME)
    return name


def told(minute: int) -> str:
    """08:30; the end of a day is 24:00 where it is an end."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def chosen(field: str, typed: str, offered: Mapping[int, object]) -> int:
    """The number of somebody who is offered. Raises Mistake."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18 and int(typed) in offered):
        raise Mistake(field, NOBODY)
    return int(typed)
