"""What JSON files of inspections hold: models with a schema, read back as they were written."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from hub.exports.appendix import Whole
from hub.exports.listing import ListedInspection
from hub.findings.models import FindingSaid, finding_said
from hub.inspections.models import InspectionSaid, Proposed
from hub.inspections.said import inspection_said, proposed
from hub.inspections.sheet import SheetLine
from hub.inspections.tables import AnswerLog
from hub.inspections.three_minutes import Done

INSPECTION: Literal["waystation-inspection-1"] = "waystation-inspection-1"
INSPECTIONS: Literal["waystation-inspections-1"] = "waystation-inspections-1"


class PhotoFile(BaseModel):
    """A photo of a line; its copy without EXIF is at /photos/{id}."""

    id: str
    sha256: str
    """Of the original."""
    taken_by: str
    taken_at: datetime
    matches: bool | None
    """Whether it arrived as the device took it. None: the device made no digest."""


class LineFile(BaseModel):
    """What a line has beside its points and its proposal."""

    key: str
    blind: bool
    not_applicable: bool
    test: Done | None
    second_proposal: Proposed | None
    """Made again with the test."""
    second_seal: str | None
    photos: list[PhotoFile]


class SignatureFile(BaseModel):
    """A name under the form, or the refusal of one."""

    signer: str
    name: str
    at: datetime
    by: str
    drawing: str | None
    """Id of the picture. None: typed only, or refused."""
    refused: str | None


class VersionFile(BaseModel):
    """The form as it was submitted or corrected."""

    number: int
    at: datetime
    by: str
    why: str
    digest: str
    content: dict[str, Any]


class InspectionFile(BaseModel):
    """One inspection with everything that belongs to it."""

    format: Literal["waystation-inspection-1"] = INSPECTION
    made_at: datetime
    inspection: InspectionSaid
    purpose: str
    presence: str
    distance_m: float | None
    accuracy_m: float | None
    possible: int
    """The most the lines that apply could give."""
    scaled: float
    """As if they were the whole form; never the official total."""
    version: int
    confirmed_at: datetime | None
    confirmed_by: str | None
    remark: str
    lines: list[LineFile]
    signatures: list[SignatureFile]
    versions: list[VersionFile]
    findings: list[FindingSaid]


class InspectionsFile(BaseModel):
    """Many inspections, one row each."""

    format: Literal["waystation-inspections-1"] = INSPECTIONS
    made_at: datetime
    inspections: list[ListedInspection]


FORMATS: dict[str, type[BaseModel]] = {"inspection": InspectionFile, "inspections": InspectionsFile}
"""By the name their schema is asked for."""


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema of a file, draft 2020-12."""
    found = TypeAdapter(model).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | found


def inspection_file(whole: Whole, trail: list[AnswerLog], now: datetime) -> InspectionFile:
    """Everything of one inspection."""
    sheet, head = whole.sheet, whole.sheet.head
    return InspectionFile(
        made_at=now, inspection=inspection_said(sheet, trail), purpose=head.purpose, presence=head.presence,
        distance_m=head.distance_m, accuracy_m=head.accuracy_m, possible=sheet.total.possible,
        scaled=sheet.total.scaled, version=head.version, confirmed_at=head.confirmed_at,
        confirmed_by=head.confirmed_by, remark=head.remark, lines=[_line(shown) for shown in sheet.lines()],
        signatures=[
            SignatureFile(
                signer=one.signer, name=one.name, at=one.at, by=one.by, drawing=one.drawing, refused=one.refused
            )
            for one in whole.signatures
        ],
        versions=[
            VersionFile(
                number=one.number, at=one.at, by=one.by, why=one.why, digest=one.digest, content=one.content
            )
            for one in whole.versions
        ],
        findings=[finding_said(one, now) for one in whole.findings],
    )  # fmt: skip


def _line(shown: SheetLine) -> LineFile:
    entry = shown.entry
    second = entry.second
    return LineFile(
        key=shown.item.key,
        blind=shown.line.blind,
        not_applicable=shown.line.not_applicable,
        test=entry.test,
        second_proposal=None if second is None else proposed(second),
        second_seal=None if second is None else entry.second_seal,
        photos=[
            PhotoFile(id=one.id, sha256=one.sha256, taken_by=one.taken_by, taken_at=one.taken_at, matches=one.matches)
            for one in entry.photos
        ],
    )
