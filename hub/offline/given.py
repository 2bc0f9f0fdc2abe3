"""The download, as the API says it."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from hub.inspections.workflow import Look, Reason
from hub.offline.content import Digest
from shared.text import Language


class GivenStation(BaseModel):
    """Where."""

    id: str
    name: str
    address: str


class GivenFigure(BaseModel):
    """One number of a 3-minute test."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    usual: float | None


class GivenFacility(BaseModel):
    """One machine the test may be of."""

    id: str
    label: str


class GivenProposal(BaseModel):
    """A proposal, to be shown after the own look."""

    seal: Digest
    points: int | None
    """None: no proposal; the reason is in `html`."""
    html: str
    """What the form shows of it, made and escaped by the hub."""


class GivenPhoto(BaseModel):
    """A photo the hub has."""

    id: str


class GivenLine(BaseModel):
    """One line of a form as it stands."""

    key: str
    text: str
    points: list[int]
    by_hand: bool
    blind: bool
    """Its proposal is not in the download."""
    may_skip: bool
    """It may be marked as not applicable."""
    version: int
    look: Look | None
    looked_at: datetime | None
    revealed_at: datetime | None
    proposal: GivenProposal | None
    """None: there is none to show, or the line is blind."""
    decided: bool
    given: int | None
    """The points. None: not decided, or not applicable."""
    decided_at: datetime | None
    reason: Reason | None
    note: str
    marked: bool
    """The note is to become a finding when the form is submitted."""
    after_look: list[str]
    """What was found before, to be shown after the own look."""
    tested_at: datetime | None
    test_how: str | None
    """None: its kind has no 3-minute test."""
    test_fields: list[GivenFigure]
    facilities: list[GivenFacility]
    photos: list[GivenPhoto]


class GivenSection(BaseModel):
    """A part of the form."""

    key: str
    text: str
    lines: list[GivenLine]


class GivenInspection(BaseModel):
    """One form to fill in."""

    id: int
    station: GivenStation
    title: str
    clause: str
    head: list[tuple[str, str]]
    """The form's head, label and value."""
    total_text: str
    due: date | None
    """None: nobody set a day."""
    submitted: bool
    presence: str | None
    """What is known of who was there. None: nothing."""
    remark: str
    signatures: dict[str, str]
    """By signer, as they are shown."""
    sections: list[GivenSection]
    charts: list[str]
    """Addresses of the drawings the proposals show, for a light and a dark screen."""
    second_answers: list[UUID]
    """Entries that are kept beside the answers that stand, and of which nobody has chosen yet."""


class Package(BaseModel):
    """Everything to work without a network."""

    user: int
    """Whose it is."""
    made_at: datetime
    language: Language
    inspections: list[GivenInspection]
