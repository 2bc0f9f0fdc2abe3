"""A hub's database with one registered station."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from hub.database import engine_for
from hub.stations import store as stations
from hub.stations.roster import Filing
from shared.opening import Opening
from tests.databases import make_tables
from tests.hub.said import LONG_AGO


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with every table."""
    engine = engine_for(database_url)
    make_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def station(engine: Engine) -> str:
    """The id of a station commissioned long ago, open around the clock."""
    return register(engine)


def register(engine: Engine, name: str = "玄武湖站") -> str:
    filing = Filing(name, "Xuanwu Lake", "anhui_2024", LONG_AGO, opening=Opening(start="00:00", end="24:00"))
    with Session(engine) as session:
        registered = stations.add(session, filing, lambda key: key, os.urandom)
        session.commit()
        return registered.station.id
