"""What a figure was measured on: without it the figure says little."""

import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path

VERSION = re.compile(r"\d+(\.\d+)+")
ABSENT = "not installed"


@cache
def machine() -> dict[str, str | int]:
    """Processor, cores, and the versions of what does the work."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "memory": _memory(),
        "system": _system(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgres": _version(_postgres(), "--version"),
        "mosquitto": _version(shutil.which("mosquitto", path=_path()), "-h"),
        "nats": _version(str(Path(sys.executable).parent / "nats-server"), "--version"),
    }


def _cpu() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found.group(1) if found else platform.machine()


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.1f} GiB"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def _path() -> str:
    """Debian keeps brokers where an ordinary user's PATH does not look."""
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


def _postgres() -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return str(found[-1]) if found else shutil.which("postgres", path=_path())


def _version(program: str | None, option: str) -> str:
    """The first version number a program says of itself."""
    if program is None or not Path(program).exists():
        return ABSENT
    said = subprocess.run([program, option], capture_output=True, text=True, check=False, timeout=10)
    number = VERSION.search(said.stdout + said.stderr)
    return number.group() if number else ABSENT
