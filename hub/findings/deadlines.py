"""Until when a finding must be put right, and who is told when it is not: as the rulebook's settings say. Pure."""

from datetime import datetime, timedelta

from hub.findings.words import Severity
from hub.rulebook import Rulebook
from hub.unions.trees import Level


def due_at(rulebook: Rulebook, severity: Severity, made_at: datetime) -> datetime:
    """The deadline. Raises KeyError for an edition that settles none."""
    hours = _pairs(str(rulebook.setting("finding_hours")))
    return made_at + timedelta(hours=hours[severity])


def told_to(rulebook: Rulebook, due: datetime, now: datetime) -> Level | None:
    """The highest level of the territory an overdue finding is shown to as its own. None: it is not overdue."""
    after = _pairs(str(rulebook.setting("finding_escalation")))
    reached = [Level(level) for level, hours in after.items() if now > due + timedelta(hours=hours)]
    return reached[-1] if reached else None


def _pairs(said: str) -> dict[str, int]:
    """`safety 24 high 72`, in its order."""
    words = said.split()
    return {name: int(hours) for name, hours in zip(words[::2], words[1::2], strict=True)}
