"""Rows that are added and never changed: whoever tries is refused before the database is asked."""

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Mapper
from sqlmodel import SQLModel


class AppendOnly(Exception):
    """Somebody tried to change or delete a row that only is added."""


def append_only(*models: type[SQLModel]) -> None:
    """From now on rows of these are refused, when they are to be changed or deleted."""
    for model in models:
        for happens in ("before_update", "before_delete"):
            event.listen(model, happens, _refuse)


def _refuse(mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    key = ", ".join(map(str, mapper.primary_key_from_instance(row)))
    raise AppendOnly(f"row {key} of {mapper.local_table} stays as it is")
