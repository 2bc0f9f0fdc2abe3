"""A form that was submitted becomes findings: one a line of the lowest points, and one a line the inspector marked."""

from datetime import datetime

from sqlmodel import Session

from hub.accounts.tables import User
from hub.findings.reading import items_found
from hub.findings.store import Found, make
from hub.findings.tables import Finding
from hub.findings.words import Owner, Severity, Source
from hub.inspections import mark_store
from hub.inspections import store as inspections
from hub.inspections.attachment_store import photos_of
from hub.inspections.log_store import identity
from hub.inspections.tables import Inspection
from hub.rulebook import Item, rulebooks
from hub.stations import store as stations


def make_findings(session: Session, row: Inspection, who: User, now: datetime) -> list[Finding]:
    """What the inspection found, in the order of its lines; also when it is submitted again or corrected. What it found
    once it does not find again: that may have been put right since."""
    rubric, station = rulebooks()[row.rubric].rubric, stations.get(session, row.station)
    if rubric is None or station is None:
        return []
    entries = inspections.entries(session, row, rubric)
    pictures = photos_of(session, identity(row))
    standing: dict[str, list[str]] = {}
    for facility in stations.facilities(session, station.id):
        standing.setdefault(facility.kind, []).append(facility.id)
    found, known, marked = [], items_found(session, identity(row)), mark_store.marks(session, row)
    for item in rubric.items():
        entry = entries.get(item.key)
        if item.key in known or entry is None or not (entry.line.points == min(item.points) or item.key in marked):
            continue
        named = standing.get(item.kind or "", [])
        said = Found(
            text=entry.line.note, severity=severity_of(item, entry.line.points), owner=owner_of(item),
            rubric=row.rubric, item=item.key, facility=named[0] if len(named) == 1 else None,
            inspection=row.id, source=Source.ITEM,
            photos=tuple(one.id for one in pictures.get(item.key, ())),
        )  # fmt: skip
        found.append(make(session, station, said, who, now))
    return found


def severity_of(item: Item, points: int | None) -> Severity:
    """Equipment that does not work keeps a station from its service; the rest is put right in the normal time."""
    return Severity.HIGH if item.kind is not None and points == min(item.points) else Severity.NORMAL


def owner_of(item: Item) -> Owner:
    """Machines are the maintainer's, people and place the station head's."""
    return Owner.STATION_HEAD if item.kind is None or item.kind == "tables" else Owner.MAINTAINER
