"""TOML out: the few shapes we write (the standard library only reads it)."""

import json
from collections.abc import Mapping, Sequence


def value(item: object) -> str:
    """One value: text, number, truth, list or inline table."""
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, (int, float)):
        return repr(item)
    if isinstance(item, str):
        return json.dumps(item, ensure_ascii=False)
    if isinstance(item, Mapping):
        return "{ " + ", ".join(f"{key(name)} = {value(inner)}" for name, inner in item.items()) + " }"
    if isinstance(item, Sequence):
        return "[" + ", ".join(value(inner) for inner in item) + "]"
    raise TypeError(f"no TOML for {item!r}")


def key(name: str) -> str:
    """A key, quoted where TOML asks for it (`"voltage.1"`)."""
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else json.dumps(name)


def table(name: str, rows: Mapping[str, object], *, many: bool = False) -> str:
    """A table, or one entry of an array of tables."""
    head = f"[[{name}]]" if many else f"[{name}]"
    return "\n".join([head, *(f"{key(row)} = {value(item)}" for row, item in rows.items()), ""])
