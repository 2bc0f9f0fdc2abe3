"""A backup: one tar of files and a manifest that knows the hash of each. It holds keys: only its owner may read it."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from hub.errors import BadSettings

MANIFEST = "manifest.json"
CHUNK = 1024 * 1024
Progress = Callable[[int], None]
"""So many more bytes are done."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    """Of the program that made it."""
    schema: str
    """Of the database."""
    database: str
    """sqlite or postgresql."""
    made_at: str
    """ISO 8601."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file by its name."""


def write(archive: Path, manifest: Manifest, files: Mapping[str, Path], progress: Progress) -> None:
    """Whole or not at all. `files`: where each lies, by its name in the archive. Raises BadSettings where one is there.

    The manifest's hashes are made here.
    """
    if archive.exists():
        raise BadSettings(f"{archive} is there already")
    draft = archive.with_name(f".{archive.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as raw:
            with tarfile.open(fileobj=raw, mode="w") as tar:
                hashes = {}
                for name, path in files.items():
                    hashes[name] = _digest(path, lambda _done: None)
                    part = tar.gettarinfo(path, name)
                    part.mode &= 0o700
                    with path.open("rb") as file:
                        tar.addfile(part, file)
                    progress(part.size)
                text = json.dumps(asdict(manifest) | {"hashes": hashes}, indent=1).encode()
                part = tarfile.TarInfo(MANIFEST)
                part.size, part.mode = len(text), 0o600
                tar.addfile(part, io.BytesIO(text))
            raw.flush()
            os.fsync(raw.fileno())
        os.link(draft, archive)
    except FileExistsError as error:
        raise BadSettings(f"{archive} is there already") from error
    finally:
        draft.unlink(missing_ok=True)


def unpack(archive: Path, folder: Path, progress: Progress) -> Manifest:
    """All its files into an empty folder. Raises BadSettings unless each is what the manifest says."""
    try:
        with tarfile.open(archive, "r:") as tar:
            for part in _safe(archive, tar):
                tar.extract(part, folder, filter="data")
        parts = json.loads((folder / MANIFEST).read_text())
        manifest = Manifest(**parts)
    except (OSError, tarfile.TarError, ValueError, TypeError) as error:
        raise BadSettings(f"{archive} is no backup of a hub: {error}") from error
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    if there != set(manifest.hashes):
        raise BadSettings(f"{archive} lacks or has too much of: {', '.join(sorted(there ^ set(manifest.hashes)))}")
    for name, expected in manifest.hashes.items():
        if _digest(folder / name, progress) != expected:
            raise BadSettings(f"{archive}: {name} is not what was backed up: another hash")
    (folder / MANIFEST).unlink()
    return manifest


def _safe(archive: Path, tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    for part in tar:
        path = PurePosixPath(part.name)
        if not part.isfile() or path.is_absolute() or ".." in path.parts:
            raise BadSettings(f"{archive} is no backup of a hub: it holds {part.name}")
        yield part


def _digest(path: Path, progress: Progress) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
            progress(len(chunk))
    return found.hexdigest()
