"""One statement a table: insert many rows, with a rule for those that are there, on SQLite and PostgreSQL alike.

The statement is compiled once; a row then costs its own values and no more. SQLite takes the rows one by one through a
prepared statement, PostgreSQL all of them as arrays in one (`unnest`), which saves a round of its protocol a row.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ARRAY, JSON, ColumnElement, Dialect, Table, Text, bindparam, cast, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Session, SQLModel

Row = Mapping[str, Any]
"""Values of one row by column. Any, because a column may hold anything a database can."""
Columns = Any
"""Columns by attribute, of the row that is there or of the one that comes."""
STATEMENTS = 256
"""Kept compiled; there are some thirty."""
_SQLITE: Dialect = sqlite.dialect()
_POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of a row that is there already. One a rule, made where the module is: statements are kept by it."""

    values: Callable[[Columns, Columns], dict[str, ColumnElement[Any]]]
    """(there, coming) → columns to set."""
    where: Callable[[Columns, Columns], ColumnElement[bool]] | None = None
    """(there, coming) → whether to. None: always."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as the driver takes it, and what makes a value fit for its column (None: nothing)."""

    sql: Any
    key: tuple[str, ...]
    names: tuple[str, ...]
    fit: tuple[Callable[[Any], Any] | None, ...]
    constants: Mapping[str, Any] = field(default_factory=dict)
    """What a merge compares with, by the name it has in the statement."""


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
    statement = insert.values(**row).on_conflict_do_nothing()
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1


def upsert(session: Session, model: type[SQLModel], rows: Iterable[Row], merge: Merge | None = None) -> int:
    """Insert the rows; one that is there is merged, or left alone without a merge. Returns how many rows changed.

    All rows name the same columns, and no two have one key. They go in the order of their key, so that two writers on
    PostgreSQL never wait for each other in a circle.
    """
    found = rows if isinstance(rows, Sequence) else list(rows)
    if not found:
        return 0
    connection, names = session.connection(), tuple(found[0])
    if connection.dialect.name == "postgresql":
        arrays = _arrays(model, merge, names)
        columns = dict(zip(arrays.names, zip(*_ordered(arrays, found), strict=True), strict=True))
        values = {name: list(column) for name, column in columns.items()}
        counted = {"preserve_rowcount": True}
        return max(0, connection.execute(arrays.sql, values, execution_options=counted).rowcount)
    one = _one_by_one(model, merge, names)
    return max(0, connection.exec_driver_sql(one.sql, _ordered(one, found)).rowcount)


def _ordered(prepared: _Prepared, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """The rows as the driver takes them, in the order of their key."""
    columns: list[list[Any]] = []
    for name, fit in zip(prepared.names, prepared.fit, strict=True):
        if name in prepared.constants:
            columns.append([prepared.constants[name]] * len(rows))
            continue
        value = itemgetter(name)
        columns.append([value(row) for row in rows] if fit is None else [fit(value(row)) for row in rows])
    return sorted(zip(*columns, strict=True), key=itemgetter(*[prepared.names.index(name) for name in prepared.key]))


def _key_of(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)


@lru_cache(STATEMENTS)
def _one_by_one(model: type[SQLModel], merge: Merge | None, names: tuple[str, ...]) -> _Prepared:
    table = table_of(model)
    compiled = _merged(sqlite.insert(table), table, merge).compile(dialect=_SQLITE, column_keys=list(names))
    order = tuple(compiled.positiontup)
    fit = {name: _processor(bound.type, _SQLITE) for name, bound in compiled.binds.items()}
    constants = {}
    for name, bound in compiled.binds.items():
        make = fit[name]
        if name not in names:
            constants[name] = bound.value if make is None else make(bound.value)
    return _Prepared(str(compiled), _key_of(table), order, tuple(fit[name] for name in order), constants)


@lru_cache(STATEMENTS)
def _arrays(model: type[SQLModel], merge: Merge | None, names: tuple[str, ...]) -> _Prepared:
    table = table_of(model)
    types = {name: table.c[name].type for name in names}
    sent = {name: _sent(type_) for name, type_ in types.items()}
    arrays = [bindparam(name, type_=ARRAY(sent[name])) for name in names]
    unnested = func.unnest(*arrays).table_valued(*[column(name, sent[name]) for name in names], name="coming")
    source = unnested.render_derived()
    chosen = [cast(source.c[name], type_) if _is_json(type_) else source.c[name] for name, type_ in types.items()]
    insert = postgresql.insert(table).from_select(list(names), select(*chosen), include_defaults=False)
    fit = tuple(json.dumps if _is_json(type_) else _processor(type_, _POSTGRESQL) for type_ in types.values())
    return _Prepared(_merged(insert, table, merge), _key_of(table), names, fit)


def _merged(insert: Any, table: Table, merge: Merge | None) -> Any:
    key = _key_of(table)
    if merge is None:
        return insert.on_conflict_do_nothing(index_elements=key)
    there, coming = table.c, insert.excluded
    where = None if merge.where is None else merge.where(there, coming)
    return insert.on_conflict_do_update(index_elements=key, set_=merge.values(there, coming), where=where)


def _processor(type_: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _sent(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type of an array's members. Values were made fit before; JSON travels as text."""
    if _is_json(type_):
        return Text()
    return type_.load_dialect_impl(_POSTGRESQL) if isinstance(type_, TypeDecorator) else type_


def _is_json(type_: TypeEngine[Any]) -> bool:
    return isinstance(type_, JSON)
