"""One statement a table: insert many rows, with a rule for those that are there, on SQLite and PostgreSQL alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Row = Mapping[str, Any]
"""Values of one row by column. Any, because a column may hold anything a database can."""
Columns = Any
"""Columns by attribute, of the row that is there or of the one that comes."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of a row that is there already."""

    values: Callable[[Columns, Columns], dict[str, ColumnElement[Any]]]
    """(there, coming) → columns to set."""
    where: Callable[[Columns, Columns], ColumnElement[bool]] | None = None
    """(there, coming) → whether to. None: always."""


def table_of(model: type[SQLModel]) -> Table:
    """The Core table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def replace(model: type[SQLModel]) -> Callable[[Columns, Columns], dict[str, ColumnElement[Any]]]:
    """All columns but the key, as they come."""
    names = [column.name for column in table_of(model).columns if not column.primary_key]
    return lambda _there, coming: {name: coming[name] for name in names}


def insert_new(session: Session, model: type[SQLModel], row: Row) -> bool:
    """Insert a row unless any unique index says it is there. Returns whether it was not."""
    connection = session.connection()
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table_of(model))
    return connection.execute(insert.values(**row).on_conflict_do_nothing()).rowcount == 1


def upsert(session: Session, model: type[SQLModel], rows: Iterable[Row], merge: Merge | None = None) -> int:
    """Insert the rows; one that is there is merged, or left alone without a merge. Returns how many rows changed.

    Rows go in the order of their key, so that two writers on PostgreSQL never wait for each other in a circle.
    """
    table = table_of(model)
    key = [column.name for column in table.primary_key.columns]
    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in key))
    if not ordered:
        return 0
    connection = session.connection()
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    if merge is None:
        statement = insert.on_conflict_do_nothing(index_elements=key)
    else:
        there, coming = table.c, insert.excluded
        statement = insert.on_conflict_do_update(
            index_elements=key,
            set_=merge.values(there, coming),
            where=None if merge.where is None else merge.where(there, coming),
        )
    return max(0, connection.execute(statement, [dict(row) for row in ordered]).rowcount)
