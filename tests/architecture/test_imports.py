"""What import-linter reads from files, seen again at run time: no program loads another, or a stranger's library."""

import subprocess
import sys

import pytest

PROGRAMS = {"edge", "hub", "kiosk", "simulators"}
STRANGERS = {
    "shared.records": {"serial", "paho", "sqlmodel", "fastapi", "textual", "matplotlib"},
    "shared.outbox": {"serial", "paho", "sqlmodel", "fastapi", "textual"},
    "edge.health.judge": {"serial", "paho", "sqlite3", "pymodbus", "asyncio"},
    "edge.agent": {"sqlmodel", "fastapi", "textual", "matplotlib"},
    "hub.ingest": {"serial", "pymodbus", "textual", "matplotlib", "fastapi"},
    "hub.inspections.prefill": {"sqlmodel", "fastapi", "paho"},
    "kiosk.app": {"paho", "serial", "sqlmodel", "fastapi", "pydantic"},
    "simulators.line": {"serial", "pymodbus", "paho", "pydantic_settings"},
}


@pytest.mark.parametrize("module", STRANGERS)
def test_a_module_loads_no_stranger(module: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    others = PROGRAMS - {module.partition(".")[0]}
    assert not loaded & (others | STRANGERS[module])
