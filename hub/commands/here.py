"""What every command needs: the hub's folder, its settings, its database, the time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from hub.database import check_schema, engine_for, migrate
from hub.errors import BadSettings
from hub.settings import FOLDER_VARIABLE, HubSettings, load

FolderOption = Annotated[
    Path, typer.Option("--folder", envvar=FOLDER_VARIABLE, help="The hub's folder: database, keys, settings.")
]
DEFAULT_FOLDER = Path("waystation-hub")


def settings_of(folder: Path) -> HubSettings:
    """The settings; the folder is made if there is none. Raises BadSettings."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    return load(folder)


def time_of(context: typer.Context) -> datetime:
    """The time, from the clock `__main__` put there."""
    clock: Callable[[], datetime] = context.obj
    return clock()


def instant(option: str, text: str) -> datetime:
    """A moment given on the command line, UTC where no zone is named. Raises BadSettings, naming the option."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadSettings(f"{option}: {text!r} is not a time such as 2026-01-31T08:00:00+08:00") from error
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


@contextmanager
def database(settings: HubSettings) -> Iterator[Session]:
    """A session, committed at the end of a command that succeeds; the embedded default has been migrated before.

    Raises WrongSchema.
    """
    engine = engine_for(settings.url)
    try:
        if settings.embedded:
            migrate(engine)
        check_schema(engine)
        with Session(engine, expire_on_commit=False) as session:
            yield session
            session.commit()
    finally:
        engine.dispose()
