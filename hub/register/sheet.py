"""The register as a sheet: annex 2's columns in its order, then the further fields; one row read, or every fault named.

Pure. A cell is text: what it would compute is never asked.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.cells import STARTS_A_FORMULA
from hub.register import fields, reading
from hub.register.reading import Reader
from hub.register.wrong import Wrong
from hub.rulebook import rulebooks
from hub.stations.words import KIND_LABELS
from shared.text import Text

LARGEST_SHEET = 10_000
"""Rows, without the header."""
LONGEST_CELL = 1000
REASON = Text("原因", "Reason")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, what it is called, how a cell is read. No reader: shown, and not read back."""

    key: str
    label: Text
    read: Reader | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be filed."""

    column: Text
    value: str
    why: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read."""

    number: int
    """In the sheet, the header counted, as a spreadsheet shows it."""
    values: Mapping[str, Any]
    """By column; only of the columns the sheet has."""
    faults: tuple[Fault, ...]


def _filed(field: fields.Field) -> Column:
    return Column(field.name, field.label, field.read)


COLUMNS: tuple[Column, ...] = (
    Column("number", Text("序号", "No."), None),
    _filed(fields.NAME),
    Column("address", fields.ADDRESS.label, reading.text(200, required=True)),
    Column("head", Text("站点负责人", "Head"), reading.text(60)),
    Column("phone", Text("负责人手机", "Head's phone"), reading.phone),
    Column("opening", Text("开放时间", "Opening hours"), reading.hours),
    _filed(fields.AREA),
    _filed(fields.SERVICES),
    _filed(fields.PLANNED),
    Column("id", Text("站点标识", "Station id"), reading.text(10)),
    Column("code", Text("编号", "Code"), lambda typed: reading.text(40)(typed) or None),
    Column("kind", Text("类型", "Kind"), reading.choice(KIND_LABELS, empty="normal")),
    Column(
        "rulebook", Text("规则", "Rulebook"),
        reading.choice({name: book.title for name, book in rulebooks().items()}, empty=""),
    ),
    Column("union", Text("所属工会", "Union"), reading.text(120)),
    Column("industry", Text("产业或共建单位", "Industry or co-builder"), reading.text(120)),
    *(_filed(field) for field in fields.FILED if field not in (
        fields.NAME, fields.ADDRESS, fields.AREA, fields.SERVICES, fields.PLANNED)),
    Column("standing", Text("状态", "Standing"), None),
    Column("reason", REASON, None),
)  # fmt: skip
ANNEX = COLUMNS[:9]
"""The nine columns of annex 2 (SH-48)."""
NEEDED = ("name", "address")


def layout(header: Sequence[str]) -> list[Column | None]:
    """Which column each place of a header is; None: an empty one. Raises Wrong, naming every header that is none, is
    there twice, or is missing.
    """
    known = {_plain(said): column for column in COLUMNS for said in (column.label.zh, column.label.en)}
    found = [known.get(_plain(cell)) if cell.strip() else None for cell in header]
    strange = [cell.strip()[:40] for cell, column in zip(header, found, strict=True) if cell.strip() and column is None]
    keys = [column.key for column in found if column is not None]
    twice = sorted({column.label.zh for column in found if column is not None and keys.count(column.key) > 1})
    missing = [column.label.zh for column in COLUMNS if column.key in NEEDED and column.key not in keys]
    parts = [
        Text(f"{zh}：{'、'.join(names)}", f"{en}: {', '.join(names)}")
        for zh, en, names in (
            ("不认识的表头", "Unknown headers", strange),
            ("重复的表头", "Headers there twice", twice),
            ("缺少的表头", "Missing headers", missing),
        )
        if names
    ]
    if parts:
        raise Wrong(Text("；".join(part.zh for part in parts) + "。", "; ".join(part.en for part in parts) + "."))
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Whether this row names the columns: a title may stand above it."""
    return any(_plain(cell) in (_plain(fields.NAME.label.zh), _plain(fields.NAME.label.en)) for cell in cells)


def read_row(number: int, columns: Sequence[Column | None], cells: Sequence[str]) -> Row:
    """Every cell read; what cannot be is named, and the others still are."""
    values: dict[str, Any] = {}
    faults = []
    for column, cell in zip(columns, cells, strict=False):
        if column is None or column.read is None:
            continue
        literal = cell[:1] == "'" and cell[1:2] in STARTS_A_FORMULA
        typed = cell[1:] if literal else cell
        try:
            if not literal and typed.lstrip().startswith("="):
                raise Wrong(Text("是公式，不会计算；请填写值。", "A formula, which is not computed: put its value."))
            values[column.key] = column.read(typed)
        except Wrong as error:
            faults.append(Fault(column.label, cell[:80], error.why))
    for column in columns[len(cells) :]:
        if column is not None and column.read is not None:
            values[column.key] = _empty(column.read)
    for name, why in fields.across(values).items():
        faults.append(Fault(fields.BY_NAME[name].label, fields.BY_NAME[name].shown(values.get(name)), why))
    return Row(number, values, tuple(faults))


def _empty(read: Callable[[str], Any]) -> Any:
    try:
        return read("")
    except Wrong:
        return None


def _plain(header: str) -> str:
    return "".join(unicodedata.normalize("NFKC", header).split()).casefold()
