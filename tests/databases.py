"""Fresh databases for tests: SQLite, or with `--postgres` the same tests on a real PostgreSQL, one server a worker."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from hub.database import all_tables, engine_for, migrate
from tests.postgres import QUICK, Postgres

TEMPLATE = "every_table"


@contextmanager
def session_at(url: str) -> Iterator[Session]:
    """A look from outside into a hub's database; nothing stays connected."""
    engine = engine_for(url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def make_tables(engine: Engine) -> None:
    """Every table, in a database without any. SQLite copies them from one that has them: making 82 takes longer than
    most tests. A PostgreSQL of `Databases` is such a copy already.
    """
    if engine.dialect.name != "sqlite":
        all_tables().create_all(engine)
        return
    with engine.connect() as connection:
        theirs = connection.connection.driver_connection
        assert isinstance(theirs, sqlite3.Connection)
        _every_table().backup(theirs)


@cache
def _every_table() -> sqlite3.Connection:
    engine = engine_for("sqlite://")
    all_tables().create_all(engine)
    made = sqlite3.connect(":memory:", check_same_thread=False)
    with engine.connect() as connection:
        theirs = connection.connection.driver_connection
        assert isinstance(theirs, sqlite3.Connection)
        theirs.backup(made)
    engine.dispose()
    return made


class Databases:
    """Hands out databases that have every table (PostgreSQL) or none yet (SQLite: `make_tables`)."""

    def __init__(self, folder: Path, postgres: bool) -> None:
        self._server = Postgres(folder, QUICK) if postgres else None
        self._made = 0

    def start(self) -> None:
        """The tables are made once, by the migrations; every database is then a copy."""
        if self._server is not None:
            self._server.start()
            engine = engine_for(self._server.create(TEMPLATE))
            migrate(engine)
            engine.dispose()

    def stop(self) -> None:
        """Whatever still is there goes too."""
        if self._server is not None:
            self._server.stop()

    @contextmanager
    def fresh(self, file: Path | None = None, empty: bool = False) -> Iterator[str]:
        """The URL of a database of one's own. `file`: on disk, where SQLite is meant. `empty`: no table anywhere."""
        if self._server is None:
            yield "sqlite://" if file is None else f"sqlite:///{file}"
            return
        self._made += 1
        name = f"test_{self._made}"
        yield self._server.create(name, "template1" if empty else TEMPLATE)
        self._server.drop(name)

    @contextmanager
    def of_a_hub(self, empty: bool = False) -> Iterator[str]:
        """What a hub run as a program is to have as `database_url`: empty for SQLite, which lies in its folder."""
        if self._server is None:
            yield ""
        else:
            with self.fresh(empty=empty) as url:
                yield url
