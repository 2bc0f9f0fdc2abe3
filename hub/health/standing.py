"""What a facility is now, pure: its open spell, else its last minutes; silence makes it unknown, and says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from hub.health.hours import MINUTE, Hour
from shared.states import Cause, Grade, State
from shared.text import Text

STALE_AFTER = timedelta(minutes=5)
"""A last minute older than this says nothing of now."""
BETWEEN, BEHIND = "\x1f", "\x1e"
"""Between facilities, and between one and its mark, where a database joins many into one text: no name has them."""
_MARKS = {State.EXCLUDED: "x", State.DOWN: "d", State.DEGRADED: "g"}
"""One that works has no mark."""
_MARKED = {mark: state for state, mark in _MARKS.items()}


class Verdict(Protocol):
    """A spell that holds, as far as this needs one."""

    state: str
    since: datetime
    confirmed_at: datetime
    rule: str
    rule_version: int
    cause: str
    grade: int
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Place:
    """The facility itself."""

    facility: str
    kind: str
    label: Text


@dataclass(frozen=True, slots=True)
class FacilityStanding:
    """What a facility is now, and why."""

    facility: str
    kind: str
    label: Text
    state: State
    since: datetime | None
    """None: nobody has said since when."""
    why: Text | None
    """None: it works, or nobody gave a reason."""
    cause: Cause | None
    grade: Grade | None
    rule: str | None
    data_age_s: float | None
    """Age of the last minute said of it, in seconds. None: nothing said lately."""
    rule_version: int | None = None
    """None: no rule spoke."""
    measured: bool = True
    """False: a person filed it, and nothing at the station has ever been wired to it."""


def stand(
    place: Place, spell: Verdict | None, recent: Sequence[Hour], silent_since: datetime | None, now: datetime
) -> FacilityStanding:
    """What it is now. `recent` are its last hours; `silent_since` is None while the station is heard."""
    spoken_at, spoken = last_minute(recent)
    age = None if spoken_at is None else max(0.0, (now - spoken_at).total_seconds())
    if silent_since is not None:
        minutes = int((now - silent_since) / MINUTE)
        why = Text(
            f"站点 {minutes} 分钟没有消息，状态未知", f"The station has been silent for {minutes} min: not known"
        )
        return _unknown(place, silent_since, why, Cause.NETWORK, age)
    if spell is not None:
        return FacilityStanding(
            place.facility,
            place.kind,
            place.label,
            State(spell.state),
            spell.since,
            Text(spell.why_zh, spell.why_en),
            Cause(spell.cause),
            Grade(spell.grade),
            spell.rule,
            age,
            spell.rule_version,
        )
    if spoken is not None and age is not None and age <= STALE_AFTER.total_seconds():
        return FacilityStanding(place.facility, place.kind, place.label, spoken, None, None, None, None, None, age)
    return _unknown(place, None, Text("没有读数", "No reading"), None, age)


def last_minute(recent: Sequence[Hour]) -> tuple[datetime | None, State | None]:
    """The end of the last minute anybody spoke of, and what was said."""
    said = [hour for hour in recent if hour.said]
    if not said:
        return None, None
    last = max(said, key=lambda hour: hour.hour)
    bits = last.said.bit_length()
    bit = 1 << (bits - 1)
    for state, mask in (
        (State.EXCLUDED, last.excluded),
        (State.DOWN, last.down),
        (State.DEGRADED, last.degraded),
    ):
        if mask & bit:
            return last.hour + bits * MINUTE, state
    return last.hour + bits * MINUTE, State.OK


def marked(state: State) -> str:
    """What stands behind the name of a facility in this state."""
    return BEHIND + _MARKS[state]


@lru_cache(maxsize=4096)
def spoken(names: str, said: tuple[str, ...]) -> Mapping[str, State]:
    """What the last minutes say of each of these facilities, the first of several texts that names it; else unknown.

    Thousands of stations are wired alike and say the same, so each text is read once.
    """
    found = dict.fromkeys(names.split(BETWEEN) if names else (), State.UNKNOWN)
    for text in reversed(said):
        for one in text.split(BETWEEN):
            name, _, mark = one.partition(BEHIND)
            if name in found:
                found[name] = _MARKED.get(mark, State.OK)
    return MappingProxyType(found)


def _unknown(
    place: Place, since: datetime | None, why: Text, cause: Cause | None, age: float | None
) -> FacilityStanding:
    return FacilityStanding(place.facility, place.kind, place.label, State.UNKNOWN, since, why, cause, None, None, age)
