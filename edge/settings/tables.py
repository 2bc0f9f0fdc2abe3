"""The tables of `station.toml` as they are written, each read on its own, so that one mistake does not hide others."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Generic, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from edge.driver import Setting
from shared.text import Text

BAUDRATES = (1200, 2400, 4800, 9600, 14400, 19200, 38400, 57600, 115200, 230400, 256000, 460800)
HEADING = re.compile(r"^\s*\[\[\s*(\w+)\s*\]\]", re.MULTILINE)


def _baudrate(rate: int) -> int:
    if rate not in BAUDRATES:
        raise ValueError(f"{rate} is not a baud rate; there are {', '.join(map(str, BAUDRATES))}")
    return rate


def _dotted(wires: object) -> object:
    """TOML reads an unquoted `voltage.1 = ...` as a table in a table; it means the same as "voltage.1"."""
    if not isinstance(wires, dict):
        return wires
    flat: dict[object, object] = {}
    for name, target in wires.items():
        nested = target if isinstance(target, dict) else {}
        flat.update({f"{name}.{socket}": wire for socket, wire in nested.items()} or {name: target})
    return flat


Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]
Port = Annotated[str, Field(min_length=1)]
Baudrate = Annotated[int, AfterValidator(_baudrate)]
Options = dict[str, Setting]


class Table(BaseModel):
    """A table of the file: unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StationTable(Table):
    """`[station]`, as `waystation-hub station add` prints it."""

    id: str
    secret: str
    hub: str
    ca: str | None = None
    """PEM file of the authority the hub's broker is known by, beside station.toml. None: one of the system's."""


class LineTable(Table):
    """`[[line]]`"""

    name: Name
    port: Port
    baudrate: Baudrate = 9600


class DeviceTable(Table):
    """`[[device]]`: on a line with an address, or on a port of its own."""

    name: Name
    model: str
    line: str | None = None
    address: int | None = None
    port: Port | None = None
    baudrate: Baudrate | None = None
    every_s: Annotated[float, Field(ge=0.05, le=3600)] | None = None
    options: Options = {}


class FacilityTable(Table):
    """`[[facility]]`"""

    id: str
    label: Text | None = None
    wires: Annotated[dict[str, str], BeforeValidator(_dotted)] = {}
    options: Options = {}


AnyTable = TypeVar("AnyTable", bound=Table)


class Placed(NamedTuple, Generic[AnyTable]):
    """A table and where it stands, for sentences about it."""

    table: AnyTable
    place: str


def nearest(word: str, words: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: what was perhaps meant."""
    close = difflib.get_close_matches(word, list(words), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def written_names(content: Mapping[str, object], heading: str) -> set[str]:
    """The names of all `[[heading]]` tables, of those with mistakes too, so that one mistake is told once."""
    written = content.get(heading, [])
    tables = written if isinstance(written, list) else []
    return {str(table.get("name")) for table in tables if isinstance(table, dict)}


def placed_tables(
    content: Mapping[str, object], text: str, heading: str, shape: type[AnyTable], problems: list[str]
) -> list[Placed[AnyTable]]:
    """The `[[heading]]` tables that have the right shape; a sentence for each mistake of the others."""
    written = content.get(heading, [])
    if not isinstance(written, list):
        problems.append(f"[{heading}] is written [[{heading}]], with two brackets: there may be several")
        return []
    lines = [text.count("\n", 0, match.start(1)) + 1 for match in HEADING.finditer(text) if match[1] == heading]
    found = []
    for number, table in enumerate(written):
        name = table.get("name", table.get("id", f"number {number + 1}")) if isinstance(table, dict) else ""
        place = f"[[{heading}]] {name}" + (f" (line {lines[number]})" if number < len(lines) else "")
        read = read_table(table, place, shape, problems)
        if read is not None:
            found.append(Placed(read, place))
    return found


def read_table(table: object, place: str, shape: type[AnyTable], problems: list[str]) -> AnyTable | None:
    """A table of this shape, or None and a sentence for each mistake."""
    try:
        return shape.model_validate(table)
    except ValidationError as error:
        problems.extend(f"{place}: {_sentence(detail, shape)}" for detail in error.errors())
        return None


def _sentence(detail: ErrorDetails, shape: type[Table]) -> str:
    where = [str(part) for part in detail["loc"]]
    key = ".".join(where)
    match detail["type"]:
        case "missing":
            return f"{key} is missing"
        case "extra_forbidden":
            return f"there is no key {key}{nearest(key, shape.model_fields)}"
        case "string_pattern_mismatch":
            return f"{key} {detail['input']!r} may have small letters, digits, - and _"
        case _:
            return f"{key} {detail['input']!r}: {detail['msg'].removeprefix('Value error, ')}"
