"""systemd reads the units, and says how much the hub's may still do."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = sorted((Path(__file__).parents[2] / "deploy" / "systemd").iterdir())
USERS = ("waystation-edge.service", "waystation-kiosk.service")
MOST_EXPOSED = 2.5
"""Of 10, by `systemd-analyze security`."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The units as they are, but for programs that exist here."""
    true = str(shutil.which("true"))
    for unit in UNITS:
        text = re.sub(r"(/opt/waystation|%h/waystation)/bin/waystation-\w+", true, unit.read_text())
        (tmp_path / unit.name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", [unit.name for unit in UNITS])
def test_systemd_finds_nothing_wrong(name: str, folder: Path) -> None:
    whose = ["--user"] if name in USERS else []
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)}
    said = subprocess.run(
        ["systemd-analyze", *whose, "verify", "--man=no", folder / name],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    about_ours = [line for line in said.stderr.splitlines() if "waystation" in line]
    assert about_ours == []
    assert said.returncode == 0, said.stderr


def test_the_hubs_unit_is_hardly_exposed(folder: Path) -> None:
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", folder / "waystation-hub.service"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said.stdout)
    assert level is not None, said.stderr
    assert float(level[1]) <= MOST_EXPOSED
