"""Shares of the minutes of a window (health.md B2). Pure. Percentages are of 100."""

from dataclasses import dataclass

from hub.inspections.evidence import Minutes


@dataclass(frozen=True, slots=True)
class Figures:
    counted: int
    """S' = service − excluded."""
    coverage: float
    """C = (ok + degraded + down) / S'; 0 where nothing is counted."""
    available: float | None
    """A = (ok + degraded) / (ok + degraded + down); None: nothing was observed."""
    at_worst: float
    """A as if every unknown minute had been down; 0 where nothing is counted."""
    at_best: float
    """A as if every unknown minute had been good; 100 where nothing is counted: anything is possible."""
    if_doubts_hold: float
    """A as if every doubted minute had been down; 100 where nothing was observed or doubted."""
    degraded_share: float
    """degraded / (ok + degraded), a fraction; 0 where both are 0."""


def figures_of(minutes: Minutes) -> Figures:
    """The shares the rules compare."""
    counted = minutes.service - minutes.excluded
    good = minutes.ok + minutes.degraded
    seen = good + minutes.down
    return Figures(
        counted=counted,
        coverage=100 * seen / counted if counted else 0.0,
        available=100 * good / seen if seen else None,
        at_worst=100 * good / counted if counted else 0.0,
        at_best=100 * (good + minutes.unknown) / counted if counted else 100.0,
        if_doubts_hold=100 * good / (seen + minutes.doubted) if seen + minutes.doubted else 100.0,
        degraded_share=minutes.degraded / good if good else 0.0,
    )
