"""One station down the real road: recorder, recording, judgement, outbox, envelopes, ingest, rows, proposals.

Nothing of it is replaced. Only MQTT is not between: the envelopes are handed to the hub's ingest as the broker would
bring them, and forgotten at the station when the hub says it has committed them.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from sqlalchemy import Engine
from sqlmodel import Session

from edge.inventory import station_facts
from edge.recording import open_recording
from edge.replay import replay
from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.database import engine_for, migrate
from hub.health import store as health
from hub.ingest import take_in
from hub.inspections import evidence_store
from hub.inspections import store as inspections
from hub.inspections.deeds import Deed
from hub.inspections.prefill import Proposal, propose
from hub.inspections.windows import policy_of
from hub.line import Arrived
from hub.rulebook import form_for, rulebooks
from hub.stations import store as stations
from hub.stations.roster import Filing
from shared import topics
from shared.envelope import Envelope
from shared.ids import record_id
from shared.moment import ClockQuality, Stamp
from shared.opening import Opening
from shared.outbox import Lane, Outbox
from simulators.recorder import record
from tests.evaluation.heard import add_events, happened, heard
from tests.evaluation.plans import Plan
from tests.evaluation.truth import Minutes, witness

RULEBOOK = "shanghai_2018"
"""The edition with the rubric 10/6/2."""
RECORDED = 0.25
"""Of the work on a station, living and recording it is about a quarter."""

Told = Callable[[float], None]
"""Hears the share done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Said:
    """A spell as the hub keeps it; epoch seconds."""

    state: str
    rule: str
    cause: str
    since: float
    confirmed: float
    until: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hub says of one facility at the visit."""

    points: int | None
    rule: str
    confidence: str | None
    coverage: float
    available: float | None
    spells: tuple[Said, ...]


def travel(plan: Plan, room: Path, told: Told) -> tuple[dict[str, Answer], Mapping[str, Minutes]]:
    """Record a station, judge it, bring it to a hub and ask for proposals; and what was true of the life recorded.

    `room`: a folder to work in.
    """
    story, first, visit = plan.story(), plan.first, plan.visit
    now = datetime.fromtimestamp(visit, UTC)
    seen = witness(plan)
    record(story, room / "recording", first, visit, lambda share: told(share * RECORDED), look=seen.look)
    add_events(room / "recording", happened(plan, seen.minutes))
    recording = heard(open_recording(room / "recording"), plan)
    outbox = Outbox(room / "outbox.db")
    stamp = Stamp(now, "evaluation", 1.0, ClockQuality.PLAUSIBLE)
    outbox.put(station_facts(recording.facilities), stamp)
    rest = 1 - RECORDED
    replay(recording, outbox, stamp, None, False, lambda at: told(RECORDED + rest * (at - first) / (visit - first)))
    engine = engine_for(f"sqlite:///{room / 'hub.db'}")
    migrate(engine)
    station = register(engine, plan)
    deliver(outbox, engine, station, stamp)
    told(1.0)
    answers = _ask(engine, station, now)
    outbox.close()
    engine.dispose()
    return answers, seen.minutes


def deliver(outbox: Outbox, engine: Engine, station: str, stamp: Stamp) -> int:
    """Empty the outbox into the hub; returns how many records it committed."""
    committed = 0
    for lane in get_args(Lane):
        topic = topics.up_now(station) if lane == "now" else topics.up_later(station)
        while records := outbox.take(lane, stamp):
            envelope = Envelope(
                id=record_id(stamp.at, os.urandom(10)),
                station=station,
                boot=stamp.boot,
                connection=1,
                clock=stamp.clock,
                sent_at=stamp.at,
                records=records,
            )
            replies, _ = take_in(engine, [Arrived(topic, envelope.model_dump_json().encode(), stamp.at)], stamp.at)
            if replies[0].quarantined:
                raise AssertionError(f"the hub would not take {len(replies[0].quarantined)} records")
            outbox.forget(replies[0].committed)
            committed += len(replies[0].committed)
    return committed


def register(engine: Engine, plan: Plan) -> str:
    """The station at the hub, its last inspection concluded where the window begins."""
    commissioned, concluded = (datetime.fromtimestamp(at, UTC) for at in (plan.first, plan.start))
    opening = Opening.of(plan.opening())
    filing = Filing(plan.seed, plan.seed, RULEBOOK, commissioned, opening=opening)
    form = form_for(RULEBOOK, None)
    assert form is not None
    with Session(engine) as session:
        registered = stations.add(session, filing, lambda key: key, os.urandom).station
        session.flush()
        whoever = User(name="evaluation", role=Role.ADMINISTRATOR, password_hash="-", created_at=concluded)
        row = inspections.begin(session, registered, form, Deed(whoever, concluded, concluded), None)
        row.submitted_at, row.submitted_by, row.total = concluded, whoever.name, 0
        session.add(row)
        session.commit()
        return registered.id


def _ask(engine: Engine, station: str, now: datetime) -> dict[str, Answer]:
    book = rulebooks()[RULEBOOK]
    policy = policy_of(book)
    with Session(engine) as session:
        registered = stations.get(session, station)
        assert registered is not None
        evidence = evidence_store.evidence(session, registered, book, now)
        spells = health.windows(session, station, registered.commissioned_at, now)
        answers: dict[str, Answer] = {}
        for one in [one for of_kind in evidence.values() for one in of_kind]:
            stored = spells[one.facility].spells if one.facility in spells else []
            said = [
                Said(
                    row.state,
                    row.rule,
                    row.cause,
                    row.since.timestamp(),
                    row.confirmed_at.timestamp(),
                    None if row.until is None else row.until.timestamp(),
                )
                for row in stored
            ]
            answers[one.facility] = _answer(propose(one, policy, now), said)
        return answers


def _answer(proposal: Proposal, said: Sequence[Said]) -> Answer:
    figures = proposal.figures
    return Answer(
        proposal.points,
        proposal.rule,
        proposal.confidence,
        figures.coverage,
        figures.available,
        tuple(sorted(said, key=lambda spell: spell.confirmed)),
    )
