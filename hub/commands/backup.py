"""`waystation-hub backup` and `restore`: all that makes a hub this hub, in one file."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from hub import archive, dump
from hub.archive import Manifest
from hub.commands.here import DEFAULT_FOLDER, FolderOption, settings_of, time_of
from hub.database import check_schema, engine_for, known_schemas, schema_of
from hub.errors import BadSettings, WrongSchema
from hub.ingest_pages import page_at
from hub.keys import KEY_FILE, hub_keys
from hub.ports import FILE as PORTS_FILE
from hub.ports import kept_ports
from hub.settings import HubSettings, load

SINGLE = ("hub.toml", KEY_FILE, PORTS_FILE)
FOLDERS = ("ca",)
"""Beside the database: without any of these the stations would have to be told something."""
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, one .tar file.")]


def backup(context: typer.Context, file: FileArgument, folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Write database, keys, settings and certificates into one file, while the hub runs. It holds keys: guard it."""
    settings = settings_of(folder)
    hub_keys(settings.folder)
    engine = engine_for(settings.url)
    check_schema(engine)
    manifest = Manifest(
        version("waystation"), schema_of(engine) or "", engine.dialect.name, time_of(context).isoformat()
    )
    engine.dispose()
    with _room(file.absolute().parent) as room, Progress() as bar:
        copied = bar.add_task("Database", total=None)
        database = dump.write(
            settings.url, room, lambda done, pages: bar.update(copied, completed=done, total=pages or 1)
        )
        bar.update(copied, completed=1, total=1)
        files = {database.name: database, **_beside(settings.folder)}
        packed = bar.add_task("Archive", total=sum(path.stat().st_size for path in files.values()))
        archive.write(file, manifest, files, lambda size: bar.advance(packed, size))
    typer.echo(f"{file}: schema {manifest.schema}, {len(files)} files, {file.stat().st_size} bytes")


def restore(
    file: FileArgument,
    replace: Annotated[bool, typer.Option("--replace", help="Also in the place of what is there.")] = False,
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Put a backup back: into an empty folder, or with --replace over a hub that is stopped."""
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    there = [name for name in (*SINGLE, *FOLDERS, dump.SQLITE) if (folder / name).exists()]
    if there and not replace:
        raise BadSettings(f"{folder} is a hub's already ({', '.join(there)}): restore elsewhere, or --replace it")
    ports = kept_ports(folder)
    if ports is not None and any(page_at(port) is not None for port in ports.every_metrics):
        raise BadSettings(f"the hub of {folder} runs: stop it first")
    with _room(folder) as room, Progress() as bar:
        checked = bar.add_task("Checking", total=file.stat().st_size if file.exists() else None)
        manifest = archive.unpack(file, room, lambda size: bar.advance(checked, size))
        if manifest.schema not in known_schemas():
            raise WrongSchema(f"{file} has schema {manifest.schema}, which this hub does not know: upgrade the hub")
        settings = load(room)
        url = settings.url if settings.database_url else f"sqlite:///{folder / dump.SQLITE}"
        if not replace and not dump.empty(url):
            raise BadSettings("the database of database_url holds a hub's tables already: --replace them")
        database = next(room / name for name in (dump.SQLITE, dump.POSTGRESQL) if (room / name).exists())
        dump.read(database, url)
        _put_beside(room, folder)
        bar.update(checked, completed=1, total=1)
    _tell(load(folder), manifest)


def _tell(settings: HubSettings, manifest: Manifest) -> None:
    typer.echo(f"restored as of {manifest.made_at}, schema {manifest.schema}; start it with `waystation-hub serve`")
    engine = engine_for(settings.url)
    try:
        check_schema(engine)
    except WrongSchema as error:
        typer.echo(str(error))
    finally:
        engine.dispose()


def _beside(folder: Path) -> dict[str, Path]:
    """What lies beside the database, by its name in the archive."""
    found = [folder / name for name in SINGLE]
    found += [path for name in FOLDERS for path in sorted((folder / name).rglob("*"))]
    return {str(path.relative_to(folder)): path for path in found if path.is_file() and path.name != ".lock"}


def _put_beside(room: Path, folder: Path) -> None:
    """Each replaces the one of its name; what the backup did not have is gone, too."""
    for name in (*SINGLE, *FOLDERS):
        old = folder / name
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
        if (room / name).exists():
            shutil.move(room / name, old)


@contextmanager
def _room(beside: Path) -> Iterator[Path]:
    """A folder on the same disk, only the owner's, gone in the end."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as name:
        yield Path(name)
