"""deploy/ as far as it can be read without the programs it is for; what needs one is tested beside this."""

import configparser
import os
import re
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
INSTALL = DEPLOY / "station" / "install.sh"
HARDENED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateTmp": "yes", "ProtectHome": "yes",
    "CapabilityBoundingSet": "", "PrivateDevices": "yes", "SystemCallFilter": "@system-service", "User": "waystation",
}  # fmt: skip


def read(unit: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=True, comment_prefixes=("#",))
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(unit.read_text())
    return found


def install(*words: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)} | more
    return subprocess.run(["sh", INSTALL, *words], env=environment, capture_output=True, text=True, check=False)


def test_the_hub_may_do_little() -> None:
    service = read(DEPLOY / "systemd" / "waystation-hub.service")["Service"]
    assert {key: service.get(key) for key in HARDENED} == HARDENED
    assert service["UMask"] == "0077"


@pytest.mark.parametrize("name", ["waystation-hub.service", "waystation-edge.service"])
def test_a_program_that_hangs_is_started_again(name: str) -> None:
    service = read(DEPLOY / "systemd" / name)["Service"]
    assert service["Type"] == "notify"
    assert service["Restart"] == "always"
    assert int(service["WatchdogSec"]) >= 10


def test_units_start_programs_the_distribution_has() -> None:
    scripts = set(re.findall(r"^(waystation-\w+) =", (DEPLOY.parent / "pyproject.toml").read_text(), re.MULTILINE))
    started = {name for unit in UNITS for name in re.findall(r"/bin/(waystation-\w+)", unit.read_text())}
    assert started == scripts - {"waystation-sim"}


def test_the_install_script_is_a_shell_script() -> None:
    assert os.access(INSTALL, os.X_OK)
    assert subprocess.run(["sh", "-n", INSTALL], check=False).returncode == 0
    text = INSTALL.read_text()
    assert "set -eu" in text
    assert not re.search(r"\bsudo\b|\[\[|\blocal\b|\$\(\(|<<<", text), "POSIX, and never root by itself"


def test_a_dry_run_says_everything_and_does_nothing(tmp_path: Path) -> None:
    said = install("--dry-run", home=tmp_path)
    assert said.returncode == 0, said.stderr
    assert list(tmp_path.iterdir()) == []
    for word in ("waystation[edge,kiosk]", "mode 0600", "enable-linger", "dialout", "60-waystation.rules"):
        assert word in said.stdout
    assert "waystation[edge,kiosk]==1.2.3" in install("--dry-run", "--version", "1.2.3", home=tmp_path).stdout


@pytest.mark.parametrize("words", [["--wheel", "no.whl", "--dry-run"], ["--block", "no.toml", "--dry-run"], ["--what"]])
def test_a_mistake_is_said_before_anything_is_done(words: list[str], tmp_path: Path) -> None:
    said = install(*words, home=tmp_path)
    assert said.returncode == 2
    assert said.stderr
    assert list(tmp_path.iterdir()) == []


def test_udev_rules_name_only_serial_adapters() -> None:
    """Keys and operators as udev(7) has them; every jump has its label."""
    lines = (DEPLOY / "udev" / "60-waystation.rules").read_text().splitlines()
    rules = [line.removeprefix("# ") for line in lines if re.match(r"(# )?[A-Z]+(\{\w+\})?[!=+]", line)]
    assert len(rules) >= 6
    part = r'[A-Z]+(\{\w+\})?(==|!=|=|\+=)"[^"]*"'
    for rule in rules:
        assert re.fullmatch(rf"{part}(, {part})*", rule), rule
    text = "\n".join(rules)
    assert set(re.findall(r'GOTO="(\w+)"', text)) == set(re.findall(r'LABEL="(\w+)"', text))
    assert all(name.startswith("waystation/") for name in re.findall(r'SYMLINK\+="([^"]+)"', text))
