"""How long the hub keeps what (design.md §8), and how gently it forgets. Pure.

Inspections, answers and reports, alerts and the register are kept for ever: they are few, and somebody answers for
them. What somebody wrote freely with an answer is not, nor what tells visitors apart, nor how to reach who complained.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.complaints.words import CONTACT_DAYS
from hub.settings import HubSettings
from shared.opening import whole_hour

SLICE_S = 0.05
"""What one transaction may take: as long another writer may have to wait on SQLite."""
FEWEST, MOST = 50, 5000
REST = 4
"""So many times as long as it worked the job rests: a fifth of the time at most is taken from the others."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is from before these times goes. Whole hours, UTC."""

    now: datetime
    evidence: datetime
    quarters: datetime
    states: datetime
    check_ins: datetime
    visitors: datetime
    words: datetime
    contacts: datetime
    """Of closed complaints: how to reach who wrote them."""
    notices: datetime


def limits(settings: HubSettings, now: datetime) -> Limits:
    """As the hub is set."""

    def before(days: int) -> datetime:
        return whole_hour(now) - timedelta(days=days)

    return Limits(
        now=now,
        evidence=before(settings.keep_evidence_days),
        quarters=before(settings.keep_quarters_days),
        states=before(settings.keep_states_days),
        check_ins=before(settings.keep_check_ins_days),
        visitors=before(settings.keep_visitors_days),
        words=before(settings.keep_words_days),
        contacts=before(CONTACT_DAYS),
        notices=before(settings.keep_notices_days),
    )


@dataclass(slots=True)
class Pace:
    """How many rows a transaction takes: as many as fit into its time."""

    rows: int = 500

    def after(self, took_s: float) -> float:
        """A transaction took so long. Returns how long to rest, in seconds."""
        if took_s > SLICE_S:
            self.rows = max(FEWEST, self.rows // 2)
        elif took_s < SLICE_S / 3:
            self.rows = min(MOST, self.rows * 2)
        return REST * took_s
