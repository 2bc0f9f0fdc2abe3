"""What Textual imports and a kiosk never uses stays out of it; what it does use is whole."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

from kiosk.left_out import PALETTE, TLS, leave_out
from tests.kiosk.glass import in_terminal, terminal
from tests.kiosk.station import furnish

ATTRACT, HOME = "轻 触 屏 幕 开 始", "点一下职业就好"
ANYWHERE = (40, 20)
LOADED = "import sys; from kiosk.left_out import leave_out; {first}; leave_out(sys.modules); import kiosk.app, asyncio"
WIDGETS = {f"textual.widgets._{name}" for name in ("input", "option_list", "select", "directory_tree")}


def loaded(first: str = "") -> set[str]:
    program = f"{LOADED.format(first=first or 'pass')}; print(*(name for name, one in sys.modules.items() if one))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_palette_and_tls_are_not_loaded_and_all_else_is() -> None:
    names = loaded()
    assert {"textual.app", "textual.theme", "asyncio", "kiosk.app"} <= names
    assert not names & {TLS, *WIDGETS}


def test_what_is_loaded_already_stays() -> None:
    names = loaded("import ssl, textual.command")
    assert {TLS, *WIDGETS} <= names


def test_in_place_of_the_palette_stand_classes_to_be_named_and_nothing_that_says_what_a_module_is() -> None:
    modules: dict[str, ModuleType | None] = {}
    leave_out(modules)
    palette = modules[PALETTE]
    assert isinstance(palette.Provider, type)
    assert palette.Provider is palette.Provider
    assert not hasattr(palette, "__path__")


def test_a_kiosk_that_people_use_never_loads_them(tmp_path: Path) -> None:
    with terminal(in_terminal(furnish(tmp_path))) as glass:
        assert glass.shows(ATTRACT)
        glass.settle()
        glass.press(ANYWHERE, HOME)
        glass.read(1.5)  # what is loaded once it stands is loaded by now
        kiosk = Path(f"/proc/{glass.process.pid}/task/{glass.process.pid}/children").read_text().split()[0]
        mapped = Path(f"/proc/{kiosk}/maps").read_text()
    assert "_sqlite3" in mapped
    assert "/_ssl." not in mapped
