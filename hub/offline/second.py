"""Two answers to one line: the one that stands, and the one a device brought later. Pure.

Whoever chooses sees both, with who gave them and when.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from hub.inspections.workflow import Look, Reason
from hub.offline import content


@dataclass(frozen=True, slots=True)
class Given:
    """What one entry that is kept beside the form says."""

    user: int
    who: str
    done_at: datetime
    """By the device's clock."""
    text: str
    """Of the entry."""


@dataclass(frozen=True, slots=True)
class Second:
    """One person's answer to one line, kept beside the one that stands."""

    key: str
    user: int
    who: str
    look: Look | None = None
    """None: the look is not in question."""
    looked_at: datetime | None = None
    decided: content.Decided | None = None
    """None: no points are in question."""
    decided_at: datetime | None = None
    figures: content.Measurements | None = None
    """The 3-minute test. None: none is in question."""
    marked: bool | None = None
    """Whether the note is to become a finding. None: that is not in question."""

    @property
    def reason(self) -> Reason | None:
        return None if self.decided is None else self.decided.reason


def gathered(entries: Iterable[Given]) -> list[Second]:
    """By line and person, in the order they were done; the last of each kind counts."""
    found: dict[tuple[str, int], Second] = {}
    for one in entries:
        said = content.read(one.text)
        if said is None or said.key is None:
            continue
        place = (said.key, one.user)
        found[place] = _with(found.get(place, Second(said.key, one.user, one.who)), said, one.done_at)
    return list(found.values())


def _with(second: Second, said: content.Content, at: datetime) -> Second:
    deed = said.deed
    if isinstance(deed, content.Looked):
        return replace(second, look=deed.look, looked_at=at)
    if isinstance(deed, content.Decided):
        return replace(second, decided=deed, decided_at=at)
    if isinstance(deed, content.Measurements):
        return replace(second, figures=deed)
    if isinstance(deed, content.Marked):
        return replace(second, marked=deed.wanted)
    return second
