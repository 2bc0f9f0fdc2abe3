"""What the station's own sensors say of a finding (I21): read from what its facilities are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from hub.findings.lines import item_of
from hub.findings.tables import Finding
from hub.health import store as health
from hub.health.present import standing
from hub.health.standing import FacilityStanding
from shared.states import State

PROVEN_AFTER = timedelta(hours=24)
"""A fault that has been over for so long is shown as evidence that it was put right."""


@dataclass(frozen=True, slots=True)
class Sensed:
    """Of the facilities a finding is about."""

    now: Sequence[FacilityStanding] = ()
    """Empty: nothing is measured of it."""
    cleared_at: datetime | None = None
    """When the last fault of them ended, where all work now. None: one does not, or none ever failed."""
    proven: bool = False
    """It has been over for a day."""

    @property
    def still_down(self) -> bool:
        """None of them works: of two of a kind the better one counts, as on the form."""
        return bool(self.now) and all(one.state is State.DOWN for one in self.now)


def sensed(session: Session, finding: Finding, now: datetime) -> Sensed:
    """What is known of it now; silence says nothing."""
    about = [one for one in standing(session, finding.station, now) if _is_about(finding, one)]
    cleared = None
    if about and all(one.state is State.OK for one in about):
        places = {(finding.station, one.facility) for one in about}
        ended = [row.until for row in health.ended_last(session, places).values() if row.until is not None]
        cleared = max(ended, default=None)
    return Sensed(about, cleared, cleared is not None and now - cleared >= PROVEN_AFTER)


def _is_about(finding: Finding, one: FacilityStanding) -> bool:
    if finding.facility is not None:
        return one.facility == finding.facility
    item = item_of(finding.rubric, finding.item)
    return item is not None and one.kind == item.kind
