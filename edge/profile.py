"""How each facility is judged, as facts: thresholds with their sources, and what was learned of its unit. Pure.

Said when it differs from what was said last; what is learned creeps, so that alone is worth a word once a day.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from edge.health.decision import Judged
from edge.health.limits import options_of
from shared.records import Baseline, Profile, Threshold

LEARNED_EVERY_S = 86_400.0
Learned = list[tuple[str, float | None]]

CREEP = 0.02
"""A learned value that moved by less than this share has not moved."""


class Profiles:
    """What was last said of each facility of one station. Epoch seconds."""

    def __init__(self) -> None:
        self._units: dict[str, str] = {}
        self._since: dict[str, float] = {}
        """Since when the unit that stands there is watched."""
        self._replaced: dict[str, float] = {}
        self._said: dict[str, Profile] = {}
        self._said_at: dict[str, float] = {}
        self._looked: set[str] = set()
        """Facilities whose thresholds were compared since the start: these change with a restart only."""

    def unit(self, facility: str, unit: str, now: float) -> bool:
        """A unit is named; whether it takes the place of another. One named before anything was judged stood there."""
        before = self._units.get(facility)
        if before == unit:
            return False
        self._units[facility] = unit
        self._looked.discard(facility)
        if before is None and facility not in self._said:
            return False
        self._since[facility] = self._replaced[facility] = now
        return True

    def take(self, judged: Mapping[str, Judged], now: float) -> list[Profile]:
        """What there is to say of these facilities."""
        said: list[Profile] = []
        for facility, one in judged.items():
            known = self._said.get(facility)
            learned = [(entry.name, _rounded(value)) for entry, value in one.learned()]
            if known is not None and facility in self._looked:
                before = [(baseline.name, baseline.value) for baseline in known.baselines]
                if not _moved(learned, before, now - self._said_at[facility] >= LEARNED_EVERY_S):
                    continue
            self._looked.add(facility)
            profile = self._profile(facility, one, self._since.setdefault(facility, now))
            if profile != known:
                self._said[facility], self._said_at[facility] = profile, now
                said.append(profile)
        return said

    def written(self) -> dict[str, Any]:
        """What must survive a restart."""
        return {
            "units": self._units,
            "since": self._since,
            "replaced": self._replaced,
            "said": {facility: profile.model_dump(mode="json") for facility, profile in self._said.items()},
            "said_at": self._said_at,
        }

    def remember(self, kept: dict[str, Any]) -> None:
        """Go on from there."""
        self._units, self._since, self._replaced = kept["units"], kept["since"], kept["replaced"]
        self._said = {facility: Profile.model_validate(profile) for facility, profile in kept["said"].items()}
        self._said_at = kept["said_at"]

    def _profile(self, facility: str, judged: Judged, since: float) -> Profile:
        replaced = self._replaced.get(facility)
        return Profile(
            facility=facility,
            unit=self._units.get(facility),
            learning_since=datetime.fromtimestamp(since, UTC),
            replaced_at=None if replaced is None else datetime.fromtimestamp(replaced, UTC),
            thresholds=[
                Threshold(
                    name=name,
                    value=getattr(judged.limits, name),
                    default=option.default,
                    unit=option.unit,
                    source=option.source,
                )
                for name, option in options_of(type(judged.limits)).items()
            ],
            baselines=[
                Baseline(name=entry.name, label=entry.label, unit=entry.unit, value=_rounded(value), takes=entry.takes)
                for entry, value in judged.learned()
            ],
        )


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def _moved(learned: Learned, before: Learned, creep_counts: bool) -> bool:
    """Whether something was learned or forgotten, or moved by a worthwhile share."""
    if [(name, value is None) for name, value in learned] != [(name, value is None) for name, value in before]:
        return True
    return creep_counts and any(
        value is not None and old is not None and abs(value - old) > CREEP * max(abs(old), 1e-9)
        for (_, value), (_, old) in zip(learned, before, strict=True)
    )
