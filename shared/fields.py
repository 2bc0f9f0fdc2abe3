"""What the models of the wire are made of: times, names, ids (design.md §3)."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

Instant = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]


def _whole(minutes: int) -> AfterValidator:
    """A time that must lie on a whole multiple of minutes: it is a key, and two spellings would be two rows."""

    def check(at: datetime) -> datetime:
        if at.second or at.microsecond or at.minute % minutes:
            raise ValueError(f"not a whole multiple of {minutes} min")
        return at

    return AfterValidator(check)


WholeMinute = Annotated[Instant, _whole(1)]
WholeQuarter = Annotated[Instant, _whole(15)]
Name = Annotated[str, Field(min_length=1, max_length=64)]
RecordId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]


class Model(BaseModel):
    """What all wire models share. Each is built when it is first used: a kiosk uses few before it is painted."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)
