"""The database: how it is opened, what schema it must have, how it gets there."""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import alembic.command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlmodel import SQLModel

import hub
from hub.errors import BadSettings, WrongSchema

BUSY_MS = 10_000


def engine_for(url: str) -> Engine:
    """An engine for SQLite (WAL) or PostgreSQL; `sqlite://` is one database in memory, shared by all threads.

    What is stored stays out of error messages, and so out of logs.

    Raises BadSettings where the driver is not installed.
    """
    if not url.startswith("sqlite"):
        try:
            spelled = url.replace("postgresql://", "postgresql+psycopg://", 1)
            return create_engine(spelled, pool_pre_ping=True, hide_parameters=True)
        except ModuleNotFoundError as error:
            raise BadSettings(f"database_url needs {error.name}: pip install 'waystation[postgres]'") from error
    if url == "sqlite://":
        engine = create_engine(
            url, poolclass=StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True
        )
    else:
        engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "savepoint", _transaction_before_savepoint)
    return engine


def _pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """WAL lets pages read while ingest writes; NORMAL loses nothing when a process dies, a moment when power does.

    A page of the database that many commits change is carried over from the log once: so the log may grow to 32 MB.
    """
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "cache_size=-16384",
        "wal_autocheckpoint=8192",
        "journal_size_limit=67108864",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _transaction_before_savepoint(connection: Connection, _name: str | None) -> None:
    """Python's driver begins a transaction at the first INSERT, UPDATE or DELETE, and at nothing else: a savepoint
    before any of them would be the outermost, and what it kept would be committed when it ends.
    """
    driver = connection.connection.dbapi_connection
    if driver is not None and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def may_pass(error: Exception) -> bool:
    """Whether the database is at fault and not the row: locked, full, away."""
    return type(error).__name__ in ("OperationalError", "InterfaceError", "TimeoutError")


def all_tables() -> MetaData:
    """Every concept's tables, found by their file name."""
    for module in pkgutil.iter_modules(hub.__path__):
        if module.ispkg and (Path(hub.__path__[0]) / module.name / "tables.py").exists():
            importlib.import_module(f"hub.{module.name}.tables")
    return SQLModel.metadata


def migration_config() -> Config:
    """Where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(Path(hub.__path__[0]) / "migrations"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def migrate(engine: Engine) -> None:
    """Bring the database to the schema this hub knows. Raises WrongSchema for one from the future."""
    known = ScriptDirectory.from_config(migration_config())
    found = schema_of(engine)
    if found == known.get_current_head():
        return
    if found is not None and found not in known_schemas():
        raise WrongSchema(
            f"the database has schema {found}; this hub knows up to {known.get_current_head()}: upgrade the hub"
        )
    config = migration_config()
    with engine.connect() as connection, _tables_may_be_made_anew(connection), connection.begin():
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")


@contextmanager
def _tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and must not miss the old one while it does; it is checked after."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    try:
        yield
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise WrongSchema(f"after the migration {len(lost)} rows refer to rows that are not there, as {lost[0]}")
    finally:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.commit()


def check_schema(engine: Engine) -> None:
    """Raises WrongSchema unless the database has exactly the schema this hub knows."""
    head = ScriptDirectory.from_config(migration_config()).get_current_head()
    found = schema_of(engine)
    if found is None:
        raise WrongSchema(f"the database has no schema yet; this hub needs {head}: run `waystation-hub migrate`")
    if found != head:
        raise WrongSchema(f"the database has schema {found}; this hub needs {head}: run `waystation-hub migrate`")


def known_schemas() -> set[str]:
    """Those this hub can read or bring up to date."""
    return {script.revision for script in ScriptDirectory.from_config(migration_config()).walk_revisions()}


def schema_of(engine: Engine) -> str | None:
    """None: none yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
