"""Fresh databases for tests: SQLite, or with `--postgres` the same tests on a real PostgreSQL, one server a worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session

from hub.database import engine_for, migrate
from tests.postgres import QUICK, Postgres

TEMPLATE = "every_table"


@contextmanager
def session_at(url: str) -> Iterator[Session]:
    """A look from outside into a hub's database; nothing stays connected."""
    engine = engine_for(url)
    with Session(engine) as session:
        yield session
    engine.dispose()


class Databases:
    """Hands out databases that have every table (PostgreSQL) or none yet (SQLite: making them there takes no time)."""

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
