"""What a device says was done: one entry, as its text is read. Pure.

The device makes the text once, when it is done, and never again: what is read here is what was hashed then, to the
letter.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from hub.inspections.signing import Signer
from hub.inspections.workflow import Look, Reason

LONGEST = 16_000
"""Characters of one entry."""
_STORABLE = r"^[^\x00]*$"
Words = Annotated[str, Field(max_length=2000, pattern=_STORABLE)]
Name = Annotated[str, Field(max_length=60, pattern=_STORABLE)]
Key = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z0-9_]+$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
When = Annotated[AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(2100, 1, 1, tzinfo=UTC))]
"""Also of a phone that forgot the year; what lies beyond it no database takes everywhere."""
Measured = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]


class _Deed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Looked(_Deed):
    """The inspector's own look."""

    what: Literal["look"]
    key: Key
    look: Look


class Revealed(_Deed):
    """The proposal in the download was opened."""

    what: Literal["reveal"]
    key: Key
    seal: Digest


class Decided(_Deed):
    """A person's points; None: not applicable."""

    what: Literal["decide"]
    key: Key
    points: Annotated[int, Field(ge=0, le=100)] | None
    reason: Reason | None = None
    note: Words = ""


class Photographed(_Deed):
    """A photo of a line; its bytes came before."""

    what: Literal["photo"]
    key: Key
    photo: UUID
    sha256: Digest


class Measurements(_Deed):
    """The 3-minute test."""

    what: Literal["test"]
    key: Key
    facility: Annotated[str, Field(max_length=64, pattern=_STORABLE)] | None = None
    figures: Annotated[dict[Key, Measured | None], Field(max_length=12)]


class Marked(_Deed):
    """Whether the line's note is to become a finding when the form is submitted."""

    what: Literal["mark"]
    key: Key
    wanted: bool


class Arrived(_Deed):
    """Where the device was when its person arrived: degrees, metres."""

    what: Literal["arrive"]
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    accuracy_m: Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)]


class CodeSeen(_Deed):
    """The rotating code on the kiosk's screen, as it was typed in."""

    what: Literal["arrive_by_code"]
    code: Annotated[str, Field(min_length=12, max_length=12, pattern=r"^[0-9A-Za-z]+$")]


class Signed(_Deed):
    """A name under the form, typed, and drawn where a photo is named."""

    what: Literal["sign"]
    signer: Signer
    name: Name
    photo: UUID | None = None
    sha256: Digest | None = None


class RefusedToSign(_Deed):
    """The station head does not sign, and why."""

    what: Literal["refuse_to_sign"]
    signer: Literal[Signer.HEAD]
    name: Name = ""
    why: Words


class Remarked(_Deed):
    """What the station head says."""

    what: Literal["remark"]
    text: Words


class Submitted(_Deed):
    """The form is to be closed."""

    what: Literal["submit"]


Deed = Annotated[
    Looked
    | Revealed
    | Decided
    | Photographed
    | Measurements
    | Marked
    | Arrived
    | CodeSeen
    | Signed
    | RefusedToSign
    | Remarked
    | Submitted,
    Field(discriminator="what"),
]


class Content(BaseModel):
    """One entry."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    user: int
    """Account of who did it."""
    inspection: Annotated[int, Field(ge=1, le=2**31 - 1)]
    done_at: When
    """By the device's clock."""
    version: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    """Of the line in the download it was done on. None: of the form as a whole."""
    spent_s: Annotated[int, Field(ge=0, le=86_400)] | None = None
    """Seconds it was worked on. None: the device did not say."""
    after: UUID | None = None
    """The entry before it of the same line on the same device. None: there is none since the download."""
    deed: Deed

    @property
    def key(self) -> str | None:
        """Its line. None: the form as a whole."""
        key: Any = getattr(self.deed, "key", None)
        return key if isinstance(key, str) else None

    @property
    def photo(self) -> UUID | None:
        """The photo it names. None: none."""
        photo: Any = getattr(self.deed, "photo", None)
        return photo if isinstance(photo, UUID) else None


def read(text: str) -> Content | None:
    """The entry. None: it cannot be read."""
    try:
        return Content.model_validate_json(text)
    except ValidationError:
        return None
