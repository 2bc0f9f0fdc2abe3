"""What Textual imports with every app and a kiosk never uses: a tenth of the time until the first frame.

Textual 8.2 brings its command palette, and with that a dozen widgets; asyncio brings TLS.
"""

from collections.abc import MutableMapping
from types import ModuleType
from typing import Any

PALETTE, TLS = "textual.command", "ssl"


class _NoPalette(ModuleType):
    """Whatever is asked of it is a class that does nothing: Textual only names them, and derives one of its own."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {})
        setattr(self, name, made)
        return made


def leave_out(modules: MutableMapping[str, Any]) -> None:
    """From `sys.modules`, before Textual is imported; what is imported already stays.

    None is how Python marks what cannot be imported: asyncio takes it for a Python built without TLS.
    """
    modules.setdefault(PALETTE, _NoPalette(PALETTE))
    modules.setdefault(TLS, None)
