"""A station's whole file, read and packed: register, facilities and units, inspections, findings, alerts of a year, and
where the reader may see it the trail. No phone numbers, no secrets. It is written to disk, one member at a time.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.alerts.tables import Alert
from hub.cells import Cell, csv_lines
from hub.exports import pdf
from hub.exports.appendix import paper_of
from hub.exports.models import inspection_file
from hub.exports.sheets import FINDING_HEAD, finding_row
from hub.exports.whole import pictures_of, whole_of
from hub.exports.workbook import IN_MEMORY
from hub.findings import reading
from hub.inspections import store as inspections
from hub.inspections.log_store import identity, trail
from hub.inspections.tables import Inspection
from hub.stations import store as stations
from hub.stations.tables import Station, UnitRow
from hub.trail.tables import TrailRow
from shared.text import Language, Text

INSPECTIONS, AS_PDF = 12, 3
"""The newest, as JSON and as PDF."""
ALERTS = timedelta(days=365)
MOST_ROWS = 20_000
REGISTER = (
    "id", "name", "name_en", "code", "kind", "rulebook", "rubric", "union_name", "address", "plaque_number", "staffing",
    "access", "standing", "latitude", "longitude", "commissioned_at",
)  # fmt: skip
"""What is filed, by name: what is not in this list stays inside, people's phones and the station's secrets among it."""


def dossier_of(
    session: Session, user: User, station: Station, now: datetime, language: Language, font: str, *, with_trail: bool
) -> IO[bytes]:
    """The zip, at its beginning; whoever takes it closes it."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — whoever takes it closes it
    said: list[str] = []
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        _table(zipped, "station.csv", ("field", "value"), [(name, getattr(station, name)) for name in REGISTER])
        facilities = [
            (one.id, one.kind, one.label_zh, one.label_en, " ".join(one.quantities))
            for one in stations.facilities(session, station.id)
        ]
        _table(zipped, "facilities.csv", ("id", "kind", "label_zh", "label_en", "measured"), facilities)
        units = session.exec(select(UnitRow).where(UnitRow.station == station.id).order_by(col(UnitRow.id)))
        _table(zipped, "units.csv", UNIT_HEAD, (_row(one, UNIT_HEAD) for one in units))
        said += _inspections(zipped, session, user, station, now, language, font)
        _findings(zipped, session, user, station)
        recent = select(Alert).where(Alert.station == station.id, col(Alert.opened_at) > now - ALERTS)
        alerts = session.exec(recent.order_by(col(Alert.id)).limit(MOST_ROWS))
        _table(zipped, "alerts.csv", ALERT_HEAD, (_row(one, ALERT_HEAD) for one in alerts))
        if with_trail:
            rows = session.exec(
                select(TrailRow).where(TrailRow.station == station.id).order_by(col(TrailRow.id)).limit(MOST_ROWS)
            )
            _table(zipped, "trail.csv", TRAIL_HEAD, (_row(one, TRAIL_HEAD) for one in rows))
        else:
            said.append(NO_TRAIL.say(language))
        zipped.writestr("README.txt", "\n".join([f"{station.name} · {station.id}", *said]) + "\n")
    file.seek(0)
    return file


UNIT_HEAD = ("facility", "name", "since", "by")
ALERT_HEAD = (
    "id", "facility", "cause", "severity", "rule", "why_zh", "first_symptom_at", "opened_at", "acknowledged_at",
    "acknowledged_by", "closed_at", "closed_why_zh",
)  # fmt: skip
TRAIL_HEAD = ("id", "at", "who", "role", "what", "subject", "old", "new", "reason", "hash")
STEP_HEAD = ("finding", "at", "who", "what", "note", "photo", "inspection")
NO_TRAIL = Text("不含操作日志：您的角色不能查看。", "Without the trail: your role may not see it.")
NO_PDF = Text("不含 PDF：中心没有中文字体。", "Without PDFs: the hub has no Chinese font.")


def _inspections(
    zipped: ZipFile, session: Session, user: User, station: Station, now: datetime, language: Language, font: str
) -> list[str]:
    """The newest ones; returns what is missing and why."""
    closed = (col(Inspection.submitted_at).is_not(None), col(Inspection.station) == station.id)
    newest = inspections.visible_to(session, user, *closed, limit=INSPECTIONS)
    said: list[str] = []
    for number, row in enumerate(newest):
        whole = whole_of(session, row)
        file = inspection_file(whole, list(trail(session, row)), now)
        zipped.writestr(f"inspections/{identity(row)}.json", file.model_dump_json(indent=1))
        if number < AS_PDF and not said:
            paper = paper_of(whole, language)
            try:
                content = pdf.pdf_of(paper, pictures_of(session, paper), f"{station.name} · {identity(row)}", font)
                zipped.writestr(f"inspections/{identity(row)}.pdf", content)
            except pdf.NoFont:
                said.append(NO_PDF.say(language))
    return said


def _findings(zipped: ZipFile, session: Session, user: User, station: Station) -> None:
    rows = reading.at_station(session, user, station.id, MOST_ROWS)
    _table(zipped, "findings.csv", FINDING_HEAD, [finding_row(one) for one in rows])
    steps = reading.steps_of(session, [one.id for one in rows if one.id is not None])
    _table(zipped, "finding_steps.csv", STEP_HEAD, (_row(one, STEP_HEAD) for one in steps))


def _table(zipped: ZipFile, name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with zipped.open(name, "w") as member:
        for piece in csv_lines(head, rows):
            member.write(piece)


def _row(one: object, head: Sequence[str]) -> Sequence[Cell]:
    return [getattr(one, name) for name in head]
