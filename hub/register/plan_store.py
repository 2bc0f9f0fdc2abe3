"""A sheet against the register: what each good row would do, and why each bad one is bad."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy
from msgspec.structs import replace
from sqlmodel import Session, col, select

from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.register.fields import BY_NAME
from hub.register.reach import Reach, reach
from hub.register.sheet import COLUMNS, Fault, Row
from hub.stations import codes, heads
from hub.stations.jurisdiction import seen_by
from hub.stations.tables import Station, StationCodeRow
from hub.unions.trees import Tree
from shared.opening import Opening
from shared.station_code import BadCode, StationKind, compact
from shared.text import Text

LABELS: Mapping[str, Text] = {column.key: column.label for column in COLUMNS}
NOT_YOURS = Text("没有这个站点，或不在您的管辖内。", "There is no such station, or it is not yours to see.")
NO_UNION = Text("没有这个名称的工会。", "There is no union of that name.")
IN_SHEET = Text("与第 {0} 行重复。", "The same as in row {0}.")
IN_REGISTER = Text("登记中已有：{0}。", "In the register already: {0}.")
CODES_ELSEWHERE = Text("编码只能由省总工会核发。", "Only the province gives codes.")
CODE_STAYS = Text("站点已有编码，不再变更。", "It has its code, which stays.")


@dataclass
class Plan:
    """What the rows would do."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[Station, dict[str, Any]]] = field(default_factory=list)
    same: int = 0
    """Rows of stations that are as filed."""
    bad: list[tuple[int, list[Fault]]] = field(default_factory=list)


class _Known:
    """What the register holds, read once."""

    def __init__(self, session: Session, user: User, rows: Sequence[Row]) -> None:
        ids = sorted({row.values["id"] for row in rows if row.values.get("id")})
        self.stations: dict[str, Station] = {}
        for start in range(0, len(ids), 500):
            query = select(Station).where(seen_by(user), col(Station.id).in_(ids[start : start + 500]))
            self.stations.update({station.id: station for station in session.exec(query)})
        self.heads = {}
        there = sorted(self.stations)
        for start in range(0, len(there), 500):
            self.heads.update(heads.heads(session, there[start : start + 500]))
        self.taken: dict[tuple[str, ...], tuple[str, str]] = {}
        columns = [
            col(column)
            for column in (
                Station.id, Station.name, Station.address, Station.plaque_number, Station.rulebook, Station.code,
                Station.revoked_at,
            )
        ]  # fmt: skip
        every = session.connection().execute(sqlalchemy.select(*columns))
        for row in every:
            id_, name, address, plaque, rulebook, code, left = tuple(row)
            if left is None:
                self.taken["place", name, address] = (id_, name)
                if plaque is not None:
                    self.taken["plaque", plaque] = (id_, name)
            if code is not None:
                self.taken["code", rulebook, code] = (id_, name)
        for digits, station in session.exec(select(StationCodeRow.digits, StationCodeRow.station)):
            self.taken["digits", digits] = (station, digits)


def plan(session: Session, user: User, rows: Iterable[Row], rulebook: str) -> Plan:
    """Look at every row. `rulebook` is the hub's own, where a row names none."""
    listed = list(rows)
    known, reached = _Known(session, user, listed), reach(session, user)
    found, seen = Plan(), dict[tuple[str, ...], int]()
    for row in listed:
        faults, values = list(row.faults), dict(row.values)
        station = _station(known, values, faults)
        _places(reached, values, station, faults)
        _code(user, values, station, rulebook, faults)
        _twice(known, seen, row.number, values, station, faults)
        if faults:
            found.bad.append((row.number, faults))
        elif station is None:
            found.new.append(values)
        elif changed := _changed(known, station, values):
            found.changed.append((station, changed))
        else:
            found.same += 1
    return found


def _station(known: _Known, values: dict[str, Any], faults: list[Fault]) -> Station | None:
    id_ = values.get("id")
    if not id_:
        return None
    if id_ not in known.stations:
        faults.append(Fault(LABELS["id"], id_, NOT_YOURS))
        return None
    return known.stations[id_]


def _places(reached: Reach, values: dict[str, Any], station: Station | None, faults: list[Fault]) -> None:
    """Names of unions become their numbers."""
    for key, tree in (("union", Tree.TERRITORY), ("industry", Tree.INDUSTRY)):
        name = values.get(key)
        now = None if station is None else getattr(station, key)
        if key not in values or not name:
            values[key] = now if station is not None else reached.default(tree)
            continue
        numbers = reached.named(name, tree)
        if not numbers:
            faults.append(Fault(LABELS[key], name, NO_UNION))
            values[key] = now
        else:
            values[key] = now if now in numbers else numbers[0]
    if station is None or (values["union"], values["industry"]) != (station.union, station.industry):
        for key, why in reached.wrong(values["union"], values["industry"]).items():
            faults.append(Fault(LABELS[key], reached.name(values[key]), why))


def _code(user: User, values: dict[str, Any], station: Station | None, rulebook: str, faults: list[Fault]) -> None:
    """A code by the region's rule is the province's to give; elsewhere it is free text."""
    values["rulebook"] = station.rulebook if station is not None else values.get("rulebook") or rulebook
    code = values.get("code")
    kind: StationKind = values.get("kind") or "normal"
    ruled = codes.ruled(values["rulebook"])
    gives = may(user.role, Action.COMMIT_CODES)
    if station is not None:
        kind = values.setdefault("kind", station.kind)
        if kind != station.kind and station.code and ruled and not gives:
            faults.append(Fault(LABELS["kind"], kind, CODES_ELSEWHERE))
        if code is None or code == station.code:
            values["code"] = station.code
            return
        if station.code and ruled:
            faults.append(Fault(LABELS["code"], code, CODE_STAYS))
            return
    values["kind"] = kind
    if code is None or not ruled:
        return
    if not gives:
        faults.append(Fault(LABELS["code"], code, CODES_ELSEWHERE))
        return
    try:
        values["code"] = compact(code, kind)
    except BadCode as error:
        why = Text("不符合编码规则：12＋四位区号＋五位序号，微站点加 s，流动站点加 d。", str(error))
        faults.append(Fault(LABELS["code"], code, why))


def _twice(
    known: _Known, seen: dict[tuple[str, ...], int], number: int, values: Mapping[str, Any], station: Station | None,
    faults: list[Fault],
) -> None:  # fmt: skip
    """What only one station may have: in the sheet, and in the register."""
    own = None if station is None else station.id
    name = values.get("name", "" if station is None else station.name)
    address = values.get("address", "" if station is None else station.address)
    keys: list[tuple[str, tuple[str, ...], str]] = []
    if name and address:
        keys.append(("name", ("place", name, address), name))
    if values.get("plaque_number"):
        keys.append(("plaque_number", ("plaque", values["plaque_number"]), values["plaque_number"]))
    if code := values.get("code"):
        keys.append(("code", ("code", values["rulebook"], code), code))
        if codes.ruled(values["rulebook"]):
            keys.append(("code", ("digits", code[: codes.DIGITS]), code))
    if own is not None:
        keys.append(("id", ("id", own), own))
    named: set[str] = set()
    for column, key, value in keys:
        holder = known.taken.get(key)
        first = seen.setdefault(key, number)
        why = None
        if first != number:
            why = Text(IN_SHEET.zh.format(first), IN_SHEET.en.format(first))
        elif holder is not None and holder[0] != own:
            why = Text(IN_REGISTER.zh.format(holder[1]), IN_REGISTER.en.format(holder[1]))
        if why is not None and column not in named:
            named.add(column)
            faults.append(Fault(LABELS[column], str(value), why))


def _changed(known: _Known, station: Station, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Old and new of every field this row would change."""
    found: dict[str, tuple[Any, Any]] = {}
    for name in (*BY_NAME, "kind", "code", "union", "industry"):
        if name in values and getattr(station, name) != values[name]:
            found[name] = (getattr(station, name), values[name])
    filed = Opening.of(station.opening)
    if (hours := values.get("opening")) is not None:
        after = replace(hours, closures=filed.closures).filed()
        if after != filed.filed():
            found["opening"] = (station.opening, after)
    standing = known.heads.get(station.id)
    was = ("", "") if standing is None else (standing.name, standing.phone)
    if values.get("head") and (values["head"], values.get("phone") or was[1]) != was:
        found["head"], found["phone"] = (was[0], values["head"]), (was[1], values.get("phone") or "")
    return found
