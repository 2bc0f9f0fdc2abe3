"""Writing a memory down and reading it back: slots dataclasses of plain values, as JSON."""

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Plain = dict[str, Any]
"""JSON."""


def written(memory: "DataclassInstance") -> Plain:
    """The values of a memory by field, nested memories included."""
    return {declared.name: _plain(getattr(memory, declared.name)) for declared in fields(memory)}


def remember(memory: "DataclassInstance", kept: Plain) -> None:
    """Take kept values over, field by field; what was not kept stays as it is, what is no longer known is left."""
    for declared in fields(memory):
        if declared.name not in kept:
            continue
        old, value = getattr(memory, declared.name), kept[declared.name]
        if is_dataclass(old):
            remember(cast("DataclassInstance", old), value)
        else:
            setattr(memory, declared.name, value)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return written(value)
    return list(value) if isinstance(value, list) else value
