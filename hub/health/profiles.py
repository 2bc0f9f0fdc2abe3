"""How a facility is judged, as its page shows it: thresholds with their source, what was learned of the unit. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub.formats import number
from hub.health.measures import measure
from shared.records import Baseline, Threshold
from shared.text import Text

YES, NO = Text("是", "yes"), Text("否", "no")
FINEST = 3
"""Decimals of a threshold at most."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One threshold as people read it."""

    name: str
    label: Text
    value: Text
    default: Text | None
    """None: the facility goes by the default."""
    source: str
    deciding: bool
    """Whether the rule that decides now goes by it."""


@dataclass(frozen=True, slots=True)
class Learned:
    """One baseline as people read it."""

    label: Text
    value: Text | None
    """None: still being learned."""
    takes: Text


@dataclass(frozen=True, slots=True)
class Judging:
    """A facility's profile."""

    limits: list[Limit]
    """Those of the deciding rule first, then as the station names them."""
    learned: list[Learned]
    unit: str | None
    """The machine the station believes stands there. None: it was never told."""
    learning_since: datetime
    at: datetime
    """When the station said so."""

    @property
    def changed(self) -> int:
        """How many thresholds differ from their default."""
        return sum(limit.default is not None for limit in self.limits)


def judging(
    thresholds: Sequence[Mapping[str, Any]],
    baselines: Sequence[Mapping[str, Any]],
    unit: str | None,
    learning_since: datetime,
    at: datetime,
    deciding: Collection[str] = (),
) -> Judging:
    """From the stored models. `deciding` are the names the judgement that holds now went by."""
    limits = [_limit(Threshold.model_validate(one), deciding) for one in thresholds]
    learned = [_learned(Baseline.model_validate(one)) for one in baselines]
    return Judging(sorted(limits, key=lambda limit: not limit.deciding), learned, unit, learning_since, at)


def values(thresholds: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The thresholds that are numbers, by name: what a chart may draw."""
    read = [Threshold.model_validate(one) for one in thresholds]
    return {one.name: float(one.value) for one in read if not isinstance(one.value, bool)}


def said(name: str, value: float | bool, unit: str) -> Text:
    """8 ℃, 95 %, yes."""
    if isinstance(value, bool):
        return YES if value else NO
    share = measure(name).share and not unit
    shown = 100 * value if share else value
    text = number(shown, next((n for n in range(FINEST) if round(shown, n) == round(shown, FINEST)), FINEST))
    whole = f"{text} {'%' if share else unit}".strip()
    return Text(whole, whole)


def _limit(one: Threshold, deciding: Collection[str]) -> Limit:
    return Limit(
        name=one.name,
        label=measure(one.name).label,
        value=said(one.name, one.value, one.unit),
        default=None if one.value == one.default else said(one.name, one.default, one.unit),
        source=one.source,
        deciding=one.name in deciding,
    )


def _learned(one: Baseline) -> Learned:
    value = None if one.value is None else said(one.name, one.value, one.unit)
    return Learned(one.label, value, one.takes)
