"""What the app is given and what it brings: the API's own words."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from hub.offline.content import LONGEST, Digest, When
from hub.offline.outcomes import Outcome

MOST_ENTRIES = 50


class Session(BaseModel):
    """Who is signed in."""

    id: int
    name: str
    inspects: bool
    """Whether this role may fill in inspections at all."""
    csrf: str
    """What every request that changes something brings along, in `X-CSRF-Token`."""


class PhoneKey(BaseModel):
    """What this person's phones encrypt with."""

    key: str
    """256 bits, base64."""


class SentEntry(BaseModel):
    """One thing done on a device."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    """Made by the device when it was done: the same id is applied once."""
    sha256: Digest
    """Of `content` as UTF-8."""
    content: Annotated[str, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
    """JSON text of `hub.offline.content.Content`, to the letter as it was made (docs/offline.md)."""


class SentEntries(BaseModel):
    """Some entries of one device, oldest first."""

    model_config = ConfigDict(extra="forbid")

    sent_at: When
    """Now, by the device's clock: how wrong that is follows from it."""
    entries: Annotated[list[SentEntry], Field(min_length=1, max_length=MOST_ENTRIES)]


class EntryBecame(BaseModel):
    """What became of one entry."""

    id: UUID
    outcome: Outcome
    why: str | None
    """In the asker's language. None: it was applied."""


class EntriesBecame(BaseModel):
    """In the order they were sent."""

    outcomes: list[EntryBecame]


class PhotoKept(BaseModel):
    """A photo that arrived whole."""

    id: UUID
    sha256: Digest
