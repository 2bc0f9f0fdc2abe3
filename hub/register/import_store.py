"""Sheets somebody sent: kept between their preview and the word to import, and the good rows carried out."""

import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete

from hub.accounts.tables import User
from hub.errors import HubError
from hub.register import sheet, workbook
from hub.register.answers import alone
from hub.register.changes import spelled
from hub.register.fields import BY_NAME
from hub.register.plan_store import Plan, plan
from hub.register.reach import Reach, reach
from hub.register.sheet import Fault
from hub.register.tables import ImportBatch
from hub.stations import codes, heads
from hub.stations import store as stations
from hub.stations.due import mark_due
from hub.stations.roster import Filing
from hub.stations.tables import Station, StationHead
from hub.stations.words import Standing
from hub.trail import store as trail
from shared.opening import Opening
from shared.text import Text

KEPT = timedelta(days=1)
"""How long a sheet waits; it holds heads' numbers."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was sent."""

    header_row: int
    header: list[str]
    rows: list[list[str]]
    bad: list[tuple[int, list[Fault]]]
    """Rows that were refused at the last look."""

    def plan(self, session: Session, user: User, rulebook: str) -> Plan:
        """What its rows would do now. Raises Wrong where the header is none."""
        columns = sheet.layout(self.header)
        first = self.header_row + 1
        read = (
            sheet.read_row(number, columns, cells)
            for number, cells in enumerate(self.rows, first)
            if any(cell.strip() for cell in cells)
        )
        return plan(session, user, read, rulebook)


def keep(session: Session, user: User, name: str, content: bytes, rulebook: str, now: datetime) -> ImportBatch:
    """Look at what was sent and keep it for a day. Raises Wrong: not one row can be looked at."""
    sent = Sheet(*workbook.read(content), bad=[])
    found = sent.plan(session, user, rulebook)
    session.exec(delete(ImportBatch).where(col(ImportBatch.at) < now - KEPT))
    batch = ImportBatch(
        id=secrets.token_hex(16), by=user.name, at=now, name="".join(filter(str.isprintable, name))[:200],
        content=_packed(sent, found), summary=_summary(found),
    )  # fmt: skip
    session.add(batch)
    session.flush()
    return batch


def get(session: Session, user: User, batch: str) -> ImportBatch | None:
    """One's own. None: there is none of this id, or it is another user's."""
    found = session.get(ImportBatch, batch)
    return found if found is not None and found.by == user.name else None


def opened(batch: ImportBatch) -> Sheet:
    """The sheet as it was sent."""
    said = json.loads(zlib.decompress(batch.content))
    bad = [
        (number, [Fault(Text(*column), value, Text(*why)) for column, value, why in faults])
        for number, faults in said["bad"]
    ]
    return Sheet(said["header_row"], said["header"], said["rows"], bad)


def finish(
    session: Session, user: User, batch: ImportBatch, rulebook: str, chance: Callable[[int], bytes], now: datetime
) -> Plan:
    """Import the good rows, looked at once more. Raises HubError 409 where it was done before."""
    locked = session.get(ImportBatch, batch.id, with_for_update=True, populate_existing=True)
    if locked is None or locked.done_at is not None:
        raise HubError(409, Text("这个文件已经导入过了。", "This file has been imported already."))
    sent = opened(locked)
    found = sent.plan(session, user, rulebook)
    locked.done_at, locked.content, locked.summary = now, _packed(sent, found), _summary(found)
    session.add(locked)
    carry_out(session, user, found, chance, now, locked.id)
    return found


def refused(batch: ImportBatch) -> tuple[list[str], list[list[str]]]:
    """The bad rows as they were sent, with the reasons in a column behind them: to be corrected and sent again."""
    sent = opened(batch)
    width = len(sent.header)
    rows = []
    for number, faults in sent.bad:
        cells = sent.rows[number - sent.header_row - 1]
        reason = "；".join(f"{fault.column.zh}：{fault.why.zh}" for fault in faults)
        rows.append([*cells, *[""] * (width - len(cells)), f"第 {number} 行 {reason}"])
    return [*sent.header, sheet.REASON.zh], rows


def _packed(sent: Sheet, found: Plan) -> bytes:
    bad = [
        [number, [[[one.column.zh, one.column.en], one.value, [one.why.zh, one.why.en]] for one in faults]]
        for number, faults in found.bad
    ]
    said = {"header_row": sent.header_row, "header": sent.header, "rows": sent.rows, "bad": bad}
    return zlib.compress(json.dumps(said, ensure_ascii=False).encode())


def _summary(found: Plan) -> dict[str, Any]:
    return {"new": len(found.new), "changed": len(found.changed), "same": found.same, "bad": len(found.bad)}


def carry_out(
    session: Session, user: User, found: Plan, chance: Callable[[int], bytes], now: datetime, subject: str
) -> None:
    """The good rows, in the transaction that is open. Raises HubError 409 where the register changed meanwhile."""
    reached = reach(session, user)
    with alone(session):
        added = [(_add(session, reached, values, chance, now), values) for values in found.new]
        session.flush()
        ruled = [(station, values["code"]) for station, values in added if values.get("code") and _ruled(station)]
        codes.take_many(session, ruled, user.name, now)
        for station, values in added:
            if values.get("code") and not _ruled(station):
                station.code = values["code"]
        session.add_all(
            StationHead(
                station=station.id, name=values["head"], phone=values.get("phone") or "", since=now, by=user.name
            )
            for station, values in added
            if values.get("head")
        )
        before, after = {}, {}
        for station, changed in found.changed:
            before[station.id] = {name: old for name, (old, _) in changed.items()}
            after[station.id] = {name: new for name, (_, new) in changed.items()}
            _change(session, user, reached, station, {name: new for name, (_, new) in changed.items()}, now)
    mark_due(session, [station.id for station, _ in added] + [station.id for station, _ in found.changed])
    for id_ in after:
        for told in (before[id_], after[id_]):
            if told.get("phone"):
                told["phone"] = heads.masked(told["phone"])
    trail.note(
        session, user.name, user.role, "register.import", now, subject=subject,
        old=spelled(before) if before else None,
        new=spelled({"new": {station.id: station.name for station, _ in added}, "changed": after}),
    )  # fmt: skip


def _add(
    session: Session, reached: Reach, values: Mapping[str, Any], chance: Callable[[int], bytes], now: datetime
) -> Station:
    filing = Filing(
        values["name"], values.get("name_en") or values["name"], values["rulebook"], now, kind=values["kind"],
        union_name=reached.name(values["union"]), address=values["address"],
        opening=values.get("opening") or Opening(),
    )  # fmt: skip
    station = stations.enrol(session, filing, chance)
    for name in BY_NAME:
        if values.get(name) not in (None, "") and name != "name_en":
            setattr(station, name, values[name])
    station.union, station.industry, station.standing = values["union"], values["industry"], Standing.PLANNED
    return station


def _change(
    session: Session, user: User, reached: Reach, station: Station, new: Mapping[str, Any], now: datetime
) -> None:
    for name, value in new.items():
        if name not in ("kind", "code", "head", "phone"):
            setattr(station, name, value)
    if "union" in new:
        station.union_name = reached.name(station.union) or station.union_name
    if "kind" in new:
        codes.change_kind(session, station, new["kind"], user.name, now)
    if new.get("code") and new["code"] != station.code:
        codes.take(session, station, new["code"], user.name, now)
    if "head" in new:
        before = heads.head(session, station.id)
        account = before.account if before is not None and before.name == new["head"] else None
        heads.appoint(session, station.id, new["head"], new["phone"], account, user.name, now)
    session.add(station)


def _ruled(station: Station) -> bool:
    return codes.ruled(station.rulebook)
