"""Versions of a form in the database: what was submitted, and each correction since. The old ones stay."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from hub.inspections.attachment_store import signatures_of
from hub.inspections.deeds import Deed
from hub.inspections.log_store import identity
from hub.inspections.sealing import digest
from hub.inspections.sheet import Sheet
from hub.inspections.tables import Inspection, InspectionVersion


def keep(session: Session, row: Inspection, sheet: Sheet, number: int, why: str, deed: Deed) -> str:
    """The form as it is now, under this number. Returns its digest."""
    content = content_of(sheet) | {
        "signatures": [
            {"signer": one.signer, "name": one.name, "refused": one.refused, "at": one.at.isoformat()}
            for one in signatures_of(session, identity(row))
        ]
    }
    found = digest(content)
    session.add(
        InspectionVersion(
            inspection=identity(row), number=number, at=deed.now, by=deed.who.name, why=why, content=content,
            digest=found,
        )
    )  # fmt: skip
    session.flush()
    return found


def content_of(sheet: Sheet) -> dict[str, Any]:
    """What a version keeps of a form."""
    return {
        "total": sheet.total.points,
        "possible": sheet.total.possible,
        "remark": sheet.head.remark,
        "lines": {
            shown.item.key: {
                "points": shown.line.points,
                "not_applicable": shown.line.not_applicable,
                "look": shown.line.look,
                "reason": shown.line.reason,
                "note": shown.line.note,
                "by": shown.line.decided_by,
                "seals": [seal for seal in (shown.entry.seal, shown.entry.second_seal) if seal],
                "photos": [one.sha256 for one in shown.entry.photos],
            }
            for shown in sheet.lines()
        },
    }


def versions(session: Session, row: Inspection) -> Sequence[InspectionVersion]:
    """Oldest first."""
    query = select(InspectionVersion).where(InspectionVersion.inspection == identity(row))
    return session.exec(query.order_by(col(InspectionVersion.number))).all()
