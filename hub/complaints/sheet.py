"""Complaints as rows of a sheet for the 12351 platform, and which month is meant.

The seeds describe no interface of that platform: a file goes there by hand, and what it gave for it is noted here.
Nobody's contact is in the file.
"""

from datetime import UTC, datetime

from hub.cells import Cell
from hub.complaints.tables import Complaint
from hub.complaints.words import CATEGORIES, KINDS, STAGES, Category, Kind, Stage
from hub.formats import SHANGHAI, local
from hub.stations.tables import Station
from shared.text import Language, Text

HEAD: tuple[Text, ...] = (
    Text("编号", "Number"),
    Text("站点", "Station"),
    Text("站点编号", "Station number"),
    Text("所属工会", "Union"),
    Text("类型", "Kind"),
    Text("类别", "About"),
    Text("内容", "What was said"),
    Text("留有联系方式", "Left a contact"),
    Text("收到时间", "Received"),
    Text("答复期限", "Due"),
    Text("进度", "Stage"),
    Text("承办人", "Owner"),
    Text("答复", "Answer"),
    Text("答复时间", "Answered"),
    Text("告知时间", "Told"),
    Text("办结时间", "Closed"),
    Text("整改编号", "Finding"),
    Text("上传时间", "Uploaded at"),
    Text("上传回执", "Upload receipt"),
)
YES, NO = Text("是", "yes"), Text("否", "no")


def row(one: Complaint, station: Station, language: Language) -> list[Cell]:
    """In the order of `HEAD`."""
    contact = YES if one.contact is not None else NO
    words = (KINDS[Kind(one.kind)], CATEGORIES[Category(one.category)], STAGES[Stage(one.stage)], contact)
    kind, category, stage, reachable = (word.say(language) for word in words)
    return [
        one.number, station.name, station.code or station.plaque_number, station.union_name, kind, category, one.text,
        reachable, one.received_at, one.due_at, stage, one.owner, one.answer, one.answered_at, one.replied_at,
        one.closed_at, one.finding, one.uploaded_at, one.upload_receipt,
    ]  # fmt: skip


def span_of(month: str) -> tuple[datetime, datetime]:
    """From its first midnight in Shanghai to the next month's. `month`: 2026-07."""
    year, number = int(month[:4]), int(month[5:])
    first = datetime(year, number, 1, tzinfo=SHANGHAI)
    end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=SHANGHAI)
    return first.astimezone(UTC), end.astimezone(UTC)


def month_of(now: datetime) -> str:
    """The present one."""
    return f"{local(now):%Y-%m}"
