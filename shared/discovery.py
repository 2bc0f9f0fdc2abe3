"""Entries are files in a folder: this finds them.

An entry is a module with one constant; importing it registers nothing.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


class EntryMissing(Exception):
    """A module in an entry folder lacks its constant, or the constant is of another shape."""


def collect(package: ModuleType, constant: str, shape: type[T]) -> Mapping[str, T]:
    """Every entry of a folder by its module's name, sorted.

    Raises EntryMissing, naming the module, where the constant is absent or is not a `shape`.
    """
    found: dict[str, T] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        module = importlib.import_module(f"{package.__name__}.{name}")
        entry = getattr(module, constant, None)
        if not isinstance(entry, shape):
            raise EntryMissing(f"{module.__name__} has no {constant} of type {shape.__name__}")
        found[name] = entry
    return found
