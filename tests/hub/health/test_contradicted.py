"""A station that lost its memory does not know its open spell any more; its minutes do."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from hub import clock
from hub.alerts import store as alerts
from hub.health import store as health
from hub.health.tables import HourRow
from hub.ingest import react, take_in
from tests.hub.said import NOW, arrived, spell


def test_an_orphan_of_a_lost_memory_ends_and_its_alert_with_it(engine: Engine, station: str) -> None:
    _, judged = take_in(engine, [arrived(station, spell(since=NOW - timedelta(hours=3)))], NOW)
    react(engine, judged, NOW)
    with Session(engine) as session:
        assert alerts.open_alerts(session, [station])
        for back in (1, 2):
            hour = NOW.replace(minute=0, second=0, microsecond=0) - timedelta(hours=back)
            session.add(HourRow(hour=hour, station=station, facility="fridge-1", ok=(1 << 60) - 1))
        session.commit()
    at = NOW.replace(minute=0, second=30)
    assert clock.tick(engine, "one", lambda *_: None, False, at)
    with Session(engine) as session:
        assert health.current(session, station) == {}
        assert not alerts.open_alerts(session, [station])
