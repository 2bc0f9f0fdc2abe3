"""What carries records over the wire and back: envelope, acknowledgement, presence, live values (design.md §3)."""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationError

from shared.bounds import ENVELOPE_RECORDS, RECORD_LIMIT
from shared.fields import Instant, Model, Name
from shared.moment import ClockQuality
from shared.records import Record
from shared.states import Cause, Grade, State
from shared.text import Text

LONGEST_NAME = 64
"""Characters of a name that is acknowledged."""


class BadEnvelope(ValueError):
    """Bytes that are no envelope: not JSON, or a head that does not hold."""


class EnvelopeHead(Model):
    """An envelope without its records."""

    id: Name
    station: str = Field(pattern=r"^[a-z0-9]{10}$")
    boot: Name
    connection: int = Field(ge=0)
    """Raised at every connect and kept on disk."""
    clock: ClockQuality
    sent_at: Instant
    settings: int = 0
    """Number of the settings applied."""
    lowest: int = 0
    """Lowest sequence number still held; tells a wiped or restored outbox."""
    held: int = 0
    """Records waiting at the station."""


class Envelope(EnvelopeHead):
    """Records on their way to the hub."""

    records: list[Record] = Field(max_length=ENVELOPE_RECORDS)


class Ack(Model):
    """The hub's word: these are committed, or kept in quarantine. Either way they need not be sent again."""

    envelope: Name
    committed: list[str] = []
    quarantined: list[str] = []
    wait_s: float = Field(default=0, ge=0)
    """How long the station may wait before the next envelope of this lane."""
    time: Instant


class StationState(Model):
    """Birth and last will, retained: a hint, never a judgement."""

    online: bool
    boot: Name
    connection: int
    at: Instant


class HubState(Model):
    """Whether the hub listens, retained."""

    online: bool
    at: Instant


class LiveFacility(Model):
    """What a facility is right now: disposable, for pages and third parties."""

    facility: Name
    state: State
    since: Instant
    why: Text | None = None
    cause: Cause | None = None
    grade: Grade
    values: dict[str, float] = {}
    at: Instant


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that does not validate: its bytes are kept, with its id if it had one."""

    id: str | None
    raw: bytes
    why: str


def read_envelope(payload: bytes) -> tuple[EnvelopeHead, list[Record], list[Unreadable]]:
    """The head, the records that hold and those that do not: one bad record never takes the others down.

    Raises BadEnvelope.
    """
    try:
        # At once, which is what nearly all take; part by part only where something does not hold.
        envelope = Envelope.model_validate_json(payload)
    except (ValidationError, RecursionError):
        try:
            return _part_by_part(payload)
        except RecursionError as error:
            raise BadEnvelope("nested too deep") from error
    return envelope, envelope.records, []


def _part_by_part(payload: bytes) -> tuple[EnvelopeHead, list[Record], list[Unreadable]]:
    try:
        parts = json.loads(payload)
    except ValueError as error:
        raise BadEnvelope(f"not JSON: {error}") from error
    if not isinstance(parts, dict) or not isinstance(parts.get("records"), list):
        raise BadEnvelope("an envelope is an object with a list of records")
    raw_records: list[Any] = parts.pop("records")
    try:
        head = EnvelopeHead.model_validate(parts)
    except ValidationError as error:
        raise BadEnvelope(_first(error)) from error
    records: list[Record] = []
    unreadable: list[Unreadable] = []
    for raw in raw_records:
        try:
            records.append(Record.model_validate(raw))
        except ValidationError as error:
            unreadable.append(_unreadable(raw, error))
    return head, records, unreadable


def _unreadable(raw: Any, error: ValidationError) -> Unreadable:
    name = raw.get("id") if isinstance(raw, dict) else None
    # JSON may hold half a character (a lone surrogate), which an acknowledgement cannot name but bytes can keep.
    text = json.dumps(raw, ensure_ascii=False).encode(errors="surrogatepass")
    named = isinstance(name, str) and len(name) <= LONGEST_NAME and name.isprintable()
    return Unreadable(name if named else None, text[:RECORD_LIMIT], _first(error))


def _first(error: ValidationError) -> str:
    """Where and what, of the first thing wrong."""
    found = error.errors(include_url=False, include_input=False)[0]
    said = f"{'.'.join(str(part) for part in found['loc']) or 'envelope'}: {found['msg']}"
    return said.encode(errors="replace").decode()
