"""A station installed as docs/deploy.md says: a user without root, a wheel of this tree, and a home that was empty."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.keys import spell_secret

ROOT = Path(__file__).parents[2]
BLOCK = f'[station]\nid = "k3v9x2m7qa"\nsecret = "{spell_secret(bytes(16))}"\nhub = "mqtts://hub.example:8883"\n'


@pytest.fixture
def home() -> Iterator[Path]:
    """Outside what pytest keeps, where only this user may look."""
    made = Path(tempfile.mkdtemp(prefix="waystation-home-"))
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(made, nobody.pw_uid, nobody.pw_gid)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def deploy(tmp_path: Path) -> Iterator[Path]:
    """deploy/ and a wheel, where an ordinary user may read them."""
    shared = Path(tempfile.mkdtemp(prefix="waystation-deploy-"))
    shared.chmod(0o755)
    source = tmp_path / "source"
    source.mkdir()
    for name in ("edge", "hub", "kiosk", "shared", "simulators"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "deploy", shared / "deploy")
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(shared), str(source)]
    subprocess.run(wheel, check=True)
    subprocess.run(["chmod", "-R", "a+rX", str(shared)], check=True)
    yield shared
    shutil.rmtree(shared)


def as_a_user(home: Path, *command: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Not as root, whoever runs the tests."""
    drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home)} | kept
    return subprocess.run(
        [*drop, *command], env=environment, cwd=home, input=said, capture_output=True, text=True, check=False
    )


@pytest.mark.timeout(300)
def test_a_station_is_installed_without_root(deploy: Path, home: Path) -> None:
    (wheel,) = deploy.glob("*.whl")
    script = str(deploy / "deploy" / "station" / "install.sh")
    words = ["sh", script, "--wheel", str(wheel), "--block", "-", "--no-start"]
    said = as_a_user(home, *words, said=BLOCK)
    assert said.returncode == 0, said.stderr
    toml = home / "station" / "station.toml"
    assert toml.stat().st_mode & 0o777 == 0o600
    assert toml.read_text() == BLOCK
    assert (home / ".config" / "systemd" / "user" / "waystation-edge.service").exists()
    checked = as_a_user(
        home, str(home / "waystation" / "bin" / "waystation-edge"), "check", "--station", str(toml.parent)
    )
    assert checked.returncode == 0, checked.stderr
    kiosk = as_a_user(home, str(home / "waystation" / "bin" / "waystation-kiosk"), "--help")
    assert kiosk.returncode == 0, kiosk.stderr
    installed = {path.name.lower() for path in home.glob("waystation/lib/python*/site-packages/*")}
    assert not installed & {"fastapi", "sqlmodel", "matplotlib"}, "a station carries only its own roles"
    again = as_a_user(home, *words, said="something else")
    assert again.returncode == 0, again.stderr
    assert toml.read_text() == BLOCK, "a second run leaves the settings alone"


def test_root_is_turned_away(home: Path) -> None:
    """As root everything would belong to root."""
    script = str(ROOT / "deploy" / "station" / "install.sh")
    pretended = home / "bin"
    pretended.mkdir()
    (pretended / "id").write_text("#!/bin/sh\necho 0\n")
    (pretended / "id").chmod(0o755)
    environment = {"PATH": f"{pretended}:{os.environ['PATH']}", "HOME": str(home)}
    said = subprocess.run(["sh", script], env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "not as root" in said.stderr
