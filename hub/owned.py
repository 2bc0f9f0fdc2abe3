"""Files that only the hub's own user may read, and processes told that they changed."""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.errors import BadSettings


def write(path: Path, text: str) -> None:
    """Whole or not at all, with mode 0600; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else who asks for this folder is in it meanwhile; a process that dies lets go. The folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder / ".lock", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def hang_up(pid_file: Path, program: str) -> bool:
    """Send SIGHUP to the program whose number this file holds. False: it does not run.

    Raises BadSettings where it runs as another user.
    """
    try:
        pid = int(pid_file.read_text())
        # The number may have gone to another program since.
        if Path(Path(f"/proc/{pid}/cmdline").read_text().partition("\0")[0]).name != program:
            return False
        os.kill(pid, signal.SIGHUP)
    except PermissionError as error:
        raise BadSettings(f"{pid_file}: {program} runs as another user, and was not told of the change") from error
    except (OSError, ValueError):
        return False
    return True
