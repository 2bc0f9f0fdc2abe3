"""After a hub's outage silence means nothing until the hub has listened: no wave of alerts, and none is missed."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from hub import clock
from hub.alerts.tables import Alert
from hub.database import all_tables, engine_for
from hub.ingest import take_in
from hub.listening import Listener
from shared.records import CheckIn
from tests.hub.conftest import register
from tests.hub.said import NOW, arrived, record

STATIONS = 60
OUTAGE = timedelta(hours=2)
STEP = timedelta(seconds=30)


def test_stations_that_come_back_after_an_outage_were_never_silent() -> None:
    engine = engine_for("sqlite://")
    all_tables().create_all(engine)
    stations = [register(engine, f"站{number}") for number in range(STATIONS)]
    gone = stations[-3:]
    listener = Listener(engine)

    def alerts() -> list[str]:
        with Session(engine) as session:
            return sorted(row.station for row in session.exec(select(Alert)))

    def pass_time(since: datetime, until: datetime, speaking: dict[str, int]) -> None:
        at, step = since, 0
        while at < until:
            listener.note(1, at)
            said = [name for name, first in speaking.items() if step >= first and (step - first) % 2 == 0]
            take_in(engine, [arrived(name, record(CheckIn(occupation="courier"), at), at=at) for name in said], at)
            clock.tick(engine, "me", lambda _topic, _payload: None, everything=False, at=at)
            at, step = at + STEP, step + 1

    pass_time(NOW, NOW + timedelta(minutes=5), dict.fromkeys(stations, 0))
    listener.note(None, NOW + timedelta(minutes=5))
    back = NOW + timedelta(minutes=5) + OUTAGE
    listener = Listener(engine)
    # They come back one after the other over five minutes; three never do.
    returning = {name: number % 10 for number, name in enumerate(stations) if name not in gone}
    pass_time(back, back + timedelta(minutes=8), returning)
    assert alerts() == []
    pass_time(back + timedelta(minutes=8), back + timedelta(minutes=14), dict.fromkeys(returning, 0))
    assert alerts() == sorted(gone)
    engine.dispose()
