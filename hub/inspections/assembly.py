"""From what the hub stores of a facility to the evidence of a proposal. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.health.hours import Hour, SpellSpan, availability, lay, service_masks
from hub.inspections.evidence import (
    Evidence,
    Minutes,
    OpenQuestion,
    OpenSpell,
    Proven,
    Reported,
    Said,
    TwoBoxes,
    Window,
)
from shared.facility import Kind
from shared.opening import Opening
from shared.quantities import split
from shared.states import Cause, Grade, State
from shared.text import Text

SPELLS_SHOWN = 20
"""Faults of a window that go into a proposal, newest first; the minutes count all of them."""
PROOFS_SHOWN = 50
STATEMENTS_SHOWN = 20
REPORTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Fitted:
    """A facility as it stands in its station."""

    id: str
    kind: Kind
    label: Text
    quantities: frozenset[str]
    removed_since: datetime | None = None
    """A person said that it is not provided, since then. None: nobody did."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is stored of it around the window."""

    hours: Sequence[Hour] = ()
    spans: Sequence[SpellSpan] = ()
    spells: Sequence[OpenSpell] = ()
    proofs: Sequence[Proven] = ()
    last_proven: Sequence[Proven] = ()
    questions: Sequence[OpenQuestion] = ()
    statements: Sequence[Said] = ()
    reports: Sequence[Reported] = ()


@dataclass(frozen=True, slots=True)
class Present:
    """What it is now."""

    state: State
    since: datetime | None
    """First symptom. None: nobody has said since when."""
    data_age_s: float | None
    """None: nothing was said lately."""


def gather(
    fitted: Fitted,
    window: Window,
    opening: Opening,
    recorded: Recorded,
    present: Present,
    modes: frozenset[str] = frozenset(),
    loading_until: datetime | None = None,
    two_boxes: TwoBoxes | None = None,
) -> Evidence:
    """The evidence of one facility over one window. `modes` are those of the season, for kinds that have modes."""
    kind = fitted.kind
    return Evidence(
        facility=fitted.id,
        kind=kind.name,
        label=fitted.label,
        window=window,
        minutes=_minutes(recorded, window, opening),
        observable=kind.proof_grade is not None,
        bound=_bound(fitted),
        removed_since=fitted.removed_since,
        now=present.state,
        now_minutes=_open_minutes(_since(present, window), window.end, opening),
        data_age=None if present.data_age_s is None else present.data_age_s / 60,
        sensor_fault_since=_sensor_fault(recorded.spells),
        proof_grade=kind.proof_grade or Grade.E3,
        modes=modes if kind.seasonal else frozenset(),
        loading_until=loading_until,
        two_boxes=two_boxes,
        spells=tuple(_newest_first(recorded.spells)[:SPELLS_SHOWN]),
        proofs=tuple(sorted(recorded.proofs, key=lambda proof: proof.at, reverse=True)[:PROOFS_SHOWN]),
        last_proven=tuple(recorded.last_proven),
        questions=tuple(recorded.questions),
        statements=tuple(sorted(recorded.statements, key=lambda said: said.at, reverse=True)[:STATEMENTS_SHOWN]),
        reports=tuple(sorted(recorded.reports, key=lambda one: one.at, reverse=True)[:REPORTS_SHOWN]),
    )


def _minutes(recorded: Recorded, window: Window, opening: Opening) -> Minutes:
    laid = lay(recorded.hours, recorded.spans, window.start, window.end, opening)
    counted = availability(laid)
    doubts = [replace(span, state=State.DOWN) for span in recorded.spans if span.doubt]
    doubted = lay((), doubts, window.start, window.end, opening).down if doubts else []
    return Minutes(
        service=counted.service,
        ok=counted.ok,
        degraded=counted.degraded,
        down=counted.down,
        unknown=counted.unknown,
        excluded=counted.excluded,
        longest_down=counted.longest_down,
        down_events=counted.down_events,
        doubted=sum((unknown & doubt).bit_count() for unknown, doubt in zip(laid.unknown, doubted, strict=False)),
    )


def _bound(fitted: Fitted) -> bool:
    """Some quantity the judgement rests on is wired, of any socket."""
    return any(split(name)[0].name in fitted.kind.decisive for name in fitted.quantities)


def _since(present: Present, window: Window) -> datetime:
    """When the present state began. Where nobody has said, what is not known was never known in this window; but that
    it is down has only just been said: a first symptom nobody dated confirms nothing (R2)."""
    if present.since is not None:
        return present.since
    return window.end if present.state is State.DOWN else window.start


def _open_minutes(start: datetime, end: datetime, opening: Opening) -> int:
    return sum(mask.bit_count() for mask in service_masks(start, end, opening)) if start < end else 0


def _sensor_fault(spells: Sequence[OpenSpell]) -> datetime | None:
    blind = [spell.since for spell in spells if spell.until is None and spell.cause is Cause.SENSOR_FAULT]
    return min(blind, default=None)


def _newest_first(spells: Sequence[OpenSpell]) -> list[OpenSpell]:
    """Those that still last before those that ended, each newest first."""
    faults = [spell for spell in spells if spell.state is not State.OK]
    return sorted(faults, key=lambda spell: (spell.until is None, spell.since), reverse=True)
