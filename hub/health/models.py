"""The answers of the API about facilities."""

from datetime import datetime

from pydantic import BaseModel

from hub.health.availability import Availability
from hub.health.said import Report
from hub.health.standing import FacilityStanding
from hub.health.tables import ProfileRow, ProofRow, SpellRow
from hub.questions.models import QuestionSaid
from hub.stations.tables import UnitRow
from shared.records import Baseline, Threshold
from shared.states import Cause, Grade, State
from shared.text import Text


class FacilityNow(BaseModel):
    """What one facility is now. `unknown` means nobody has said."""

    id: str
    kind: str
    label: Text
    state: State
    since: datetime | None
    """The first symptom. None: nobody has said since when."""
    why: Text | None
    cause: Cause | None
    rule: str | None
    rule_version: int | None
    grade: Grade | None
    """How much it rests on: 0 nothing to 3 function proven. None: no rule spoke."""
    data_age_s: float | None
    """Seconds since the last minute anybody spoke of. None: nothing lately."""


class WindowMinutes(BaseModel):
    """Opening minutes of a window by state; the five add up to `service`."""

    days: int
    service: int
    ok: int
    degraded: int
    down: int
    excluded: int
    unknown: int
    availability: float | None
    """(ok + degraded) / (ok + degraded + down). None: nothing observed."""
    coverage: float | None
    """Observed share of the minutes that count. None: no minute counts."""
    longest_down: int
    down_events: int


class SpellSaid(BaseModel):
    """A state from then to then, back-dated to its first symptom."""

    id: str
    revision: int
    state: State
    since: datetime
    until: datetime | None
    """None: it still holds."""
    confirmed_at: datetime
    rule: str
    rule_version: int
    cause: Cause
    grade: Grade
    why: Text
    values: dict[str, float]
    limits: dict[str, float]


class ProofSaid(BaseModel):
    """Function shown."""

    rule: str
    mode: str | None
    grade: Grade
    proved_at: datetime
    values: dict[str, float]
    by: str | None
    """The inspector who tested it by hand. None: the station said so."""


class UnitSaid(BaseModel):
    """The machine standing at a facility, as a person said."""

    name: str
    since: datetime
    by: str


class ProfileSaid(BaseModel):
    """How a facility is judged, as its station said last."""

    at: datetime
    unit: str | None
    """The machine the station believes stands there. None: it was never told."""
    learning_since: datetime
    thresholds: list[Threshold]
    baselines: list[Baseline]


class ReportSaid(BaseModel):
    """A person said that something is wrong with it."""

    at: datetime
    problem: Text
    danger: bool
    undated: bool
    """`at` is when it was received."""
    method: str
    """tap at the kiosk, phone by its rotating code, static by the code on the wall, which works from anywhere."""


class FacilityReport(BaseModel):
    """One facility: what it is, and the last 30 days of it."""

    now: FacilityNow
    windows: list[WindowMinutes]
    spells: list[SpellSaid]
    proofs: list[ProofSaid]
    reports: list[ReportSaid]
    questions: list[QuestionSaid]
    """What its rules ask: what waits for an answer first."""
    unit: UnitSaid | None
    """None: nobody has said what stands there."""
    profile: ProfileSaid | None
    """None: the station has not said."""


def facility_now(standing: FacilityStanding) -> FacilityNow:
    """For the API."""
    return FacilityNow(
        id=standing.facility,
        kind=standing.kind,
        label=standing.label,
        state=standing.state,
        since=standing.since,
        why=standing.why,
        cause=standing.cause,
        rule=standing.rule,
        rule_version=standing.rule_version,
        grade=standing.grade,
        data_age_s=standing.data_age_s,
    )


def window_minutes(days: int, counted: Availability) -> WindowMinutes:
    """For the API."""
    return WindowMinutes(
        days=days,
        service=counted.service,
        ok=counted.ok,
        degraded=counted.degraded,
        down=counted.down,
        excluded=counted.excluded,
        unknown=counted.unknown,
        availability=counted.availability,
        coverage=counted.coverage,
        longest_down=counted.longest_down,
        down_events=counted.down_events,
    )


def spell_said(row: SpellRow) -> SpellSaid:
    """For the API."""
    return SpellSaid(
        id=row.id,
        revision=row.revision,
        state=State(row.state),
        since=row.since,
        until=row.until,
        confirmed_at=row.confirmed_at,
        rule=row.rule,
        rule_version=row.rule_version,
        cause=Cause(row.cause),
        grade=Grade(row.grade),
        why=Text(row.why_zh, row.why_en),
        values=row.values,
        limits=row.limits,
    )


def proof_said(row: ProofRow) -> ProofSaid:
    """For the API."""
    return ProofSaid(
        rule=row.rule, mode=row.mode, grade=Grade(row.grade), proved_at=row.proved_at, values=row.values, by=row.by
    )


def report_said(one: Report) -> ReportSaid:
    """For the API."""
    return ReportSaid(at=one.at, problem=one.problem, danger=one.danger, undated=one.undated, method=one.method)


def unit_said(row: UnitRow) -> UnitSaid:
    """For the API."""
    return UnitSaid(name=row.name, since=row.since, by=row.by)


def profile_said(row: ProfileRow) -> ProfileSaid:
    """For the API."""
    return ProfileSaid(
        at=row.at,
        unit=row.unit,
        learning_since=row.learning_since,
        thresholds=[Threshold.model_validate(one) for one in row.thresholds],
        baselines=[Baseline.model_validate(one) for one in row.baselines],
    )
