"""Where live stations are found by name: one entry a station under a base folder, a run folder or a link to one."""

from pathlib import Path

from simulators.control import NAME as SOCKET


class UnknownStation(Exception):
    """No station of that name runs; the message lists those that do."""


class NameTaken(Exception):
    """Another folder stands under the name of the run folder."""


def enter(base: Path, folder: Path) -> Path | None:
    """Make a run folder findable under its name; returns the link to remove later, None where none was needed.

    Raises NameTaken.
    """
    entry = base / folder.name
    if entry.exists() and entry.resolve() == folder.resolve():
        return None
    base.mkdir(parents=True, exist_ok=True)
    if entry.is_symlink():
        entry.unlink()
    elif entry.exists():
        raise NameTaken(f"{entry} is another folder: choose another --run or --base")
    entry.symlink_to(folder.resolve())
    return entry


def running(base: Path) -> dict[str, Path]:
    """The run folders of the live stations by name."""
    if not base.is_dir():
        return {}
    return {entry.name: entry for entry in sorted(base.iterdir()) if (entry / SOCKET).exists()}


def find(base: Path, station: str) -> Path:
    """The run folder of a live station. Raises UnknownStation."""
    found = running(base)
    if station not in found:
        names = ", ".join(found) or "none at all"
        raise UnknownStation(f"no simulated station {station!r} runs under {base}; running: {names}")
    return found[station]
