"""A province in the register: thousands of stations of six facilities, entered with one statement a table.

They differ from what `waystation-hub station add` makes only in their passwords: nobody connects as one of these.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from hub.database import engine_for, migrate
from hub.stations.tables import Facility, Station
from hub.upsert import Row, upsert
from shared.ids import station_id

COMMISSIONED = datetime(2026, 1, 1, tzinfo=UTC)
QUANTITIES = {
    "fridge-1": ["power", "voltage", "cabinet_temperature", "room_temperature", "door_open"],
    "microwave-1": ["power", "voltage"],
    "air_conditioner-1": ["power", "voltage", "room_temperature", "supply_temperature"],
    "drinking_water-1": ["power", "voltage", "hot_water_temperature"],
    "outlets-1": ["voltage.1", "current.1", "voltage.2", "current.2"],
    "room-1": ["room_temperature", "presence"],
}
"""Six facilities, twenty quantities."""
LABELS = {
    "fridge-1": ("冰箱", "Fridge"),
    "microwave-1": ("微波炉", "Microwave"),
    "air_conditioner-1": ("空调", "Air conditioner"),
    "drinking_water-1": ("饮水机", "Water dispenser"),
    "outlets-1": ("充电插座", "Charging outlets"),
    "room-1": ("室内环境", "Room"),
}
AT_ONCE = 20_000


def open_database(path: Path) -> Engine:
    """A hub's SQLite file with this hub's schema, as a hub opens it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = engine_for(f"sqlite:///{path}")
    migrate(engine)
    return engine


def register(engine: Engine, number: int, chance: random.Random) -> list[str]:
    """Enter so many stations with what stands in them; their ids."""
    ids = [station_id(chance.randbytes(10)) for _ in range(number)]
    for some in _portions(ids):
        with Session(engine) as session:
            upsert(session, Station, [_station(id_, chance) for id_ in some])
            upsert(session, Facility, [row for id_ in some for row in _facilities(id_)])
            session.commit()
    return ids


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _station(id_: str, chance: random.Random) -> Row:
    number = chance.randrange(10**6)
    return Station(
        id=id_,
        name=f"户外劳动者驿站 {number:06d}",
        name_en=f"Rest station {number:06d}",
        address=f"环城路 {number} 号",
        opening={"start": "09:00", "end": "17:00", "weekdays": [0, 1, 2, 3, 4, 5, 6], "closures": []},
        rulebook="anhui_2024",
        rubric="shanghai_2018",
        union_name=f"第{number % 16}区总工会",
        commissioned_at=COMMISSIONED,
        mqtt_hash="",
        mosquitto_hash="",
        sealed_qr_key=b"",
    ).model_dump()


def _facilities(station: str) -> Iterator[Row]:
    for id_, quantities in QUANTITIES.items():
        zh, en = LABELS[id_]
        kind = id_.rpartition("-")[0]
        yield Facility(station=station, id=id_, kind=kind, label_zh=zh, label_en=en, quantities=quantities).model_dump()
