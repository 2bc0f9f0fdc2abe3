"""One station, one code, for ever (工会驿站运维服务规范 4.5.1, 4.5.5)."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from hub.stations import store
from hub.stations.roster import Filing
from tests.hub.said import LONG_AGO


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def filing(code: str | None, rulebook: str = "anhui_2024") -> Filing:
    return Filing("站", "S", rulebook, LONG_AGO, code=code)


def test_a_code_belongs_to_one_station(session: Session) -> None:
    store.add(session, filing("12055100001"), lambda key: key, os.urandom)
    with pytest.raises(store.CodeTaken, match="12055100001"):
        store.add(session, filing("12055100001"), lambda key: key, os.urandom)


def test_a_station_that_left_keeps_its_code(session: Session) -> None:
    left = store.add(session, filing("12055100001"), lambda key: key, os.urandom)
    store.revoke(session, left.station.id, LONG_AGO)
    with pytest.raises(store.CodeTaken):
        store.add(session, filing("12055100001"), lambda key: key, os.urandom)


def test_stations_without_a_code_do_not_clash_nor_do_regions(session: Session) -> None:
    code = "12055100001"
    for given, rulebook in ((None, "anhui_2024"), (None, "anhui_2024"), (code, "shanghai_2018"), (code, "anhui_2024")):
        store.add(session, filing(given, rulebook), lambda key: key, os.urandom)
    assert len(store.all_stations(session)) == 4
