"""What a year leaves behind in a province: alerts that were closed, inspections that were submitted, as rows."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, insert
from sqlmodel import Session

from hub.alerts.tables import Alert
from hub.exports.tables import InspectionSum, LineSum
from hub.inspections.tables import Inspection

ALERTS, INSPECTIONS_A_STATION = 50_000, 3
INSPECTORS = [f"检查员{number}" for number in range(40)]
PEOPLE = [f"维修员{number}" for number in range(60)]
KEYS = ("fridge", "microwave", "air_conditioner", "drinking_water", "clean")


def fill(engine: Engine, ids: Sequence[str], now: datetime, chance: random.Random) -> None:
    """Fifty thousand alerts of the last ninety days; of the last year three forms a station with their numbers."""
    with Session(engine) as session:
        session.connection().execute(insert(Alert), [_alert(ids, now, chance) for _ in range(ALERTS)])
        first = 1_000_000
        forms, sums, lines = [], [], []
        for number in range(len(ids) * INSPECTIONS_A_STATION):
            station = ids[number % len(ids)]
            at = now - timedelta(days=chance.randrange(1, 360))
            forms.append(_form(first + number, station, at, now))
            sums.append(_sum(first + number, station, at, chance))
            low = chance.sample(KEYS, chance.randrange(0, 3))
            lines += [_line(first + number, station, sums[-1]["month"], key) for key in low]
        for table, rows in ((Inspection, forms), (InspectionSum, sums), (LineSum, lines)):
            session.connection().execute(insert(table), rows)
        session.commit()


def _alert(ids: Sequence[str], now: datetime, chance: random.Random) -> dict[str, object]:
    at = now - timedelta(days=90 * chance.random())
    took = timedelta(hours=24 * chance.random())
    row = Alert(
        station=chance.choice(ids), facility="fridge-1", cause="device_fault", severity="high", opened_at=at,
        first_symptom_at=at, rule="FR2", why_zh="箱内 13.4 ℃", why_en="13.4 ℃ inside", acknowledged_at=at + took / 4,
        acknowledged_by=chance.choice(PEOPLE), resolved_at=at + took, closed_at=at + took,
        closed_why_zh="", closed_why_en="",
    )  # fmt: skip
    return row.model_dump(exclude={"id"})


def _form(number: int, station: str, at: datetime, now: datetime) -> dict[str, object]:
    row = Inspection(
        id=number, station=station, rulebook="shanghai_2018", rubric="shanghai_2018", station_name="驿站",
        station_name_en="", station_number="", union_name="", version=1, started_at=at,
        started_by="检查员", submitted_at=at, submitted_by="检查员", confirmed_at=now, total=80,
    )  # fmt: skip
    return row.model_dump()


def _sum(number: int, station: str, at: datetime, chance: random.Random) -> dict[str, int | str]:
    low, up = chance.randrange(0, 3), chance.randrange(0, 2)
    row = InspectionSum(
        inspection=number, version=1, station=station, month=at.year * 100 + at.month,
        inspector=chance.choice(INSPECTORS),
        total=chance.randrange(50, 101), possible=100, highest=100, lowest_lines=low, observable=5, proposed=4, seen=4,
        up=up, down=1 - up, blind=1, blind_same=1,
    )  # fmt: skip
    return row.model_dump()


def _line(number: int, station: str, month: int | str, key: str) -> dict[str, object]:
    return {"inspection": number, "key": key, "what": "lowest", "station": station, "month": month, "reason": ""}
