"""One station down the real road: recorder, recording, judgement, outbox, envelopes, ingest, rows, proposals.

Nothing of it is replaced. Only MQTT is not between: the envelopes are handed to the hub's ingest as the broker would
bring them, and forgotten at the station when the hub says it has committed them.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from sqlalchemy import Engine
from sqlmodel import Session

from edge.inventory import station_facts
from edge.recording import Recording, open_recording
from edge.replay import replay
from edge.sampling import Sample
from hub.database import engine_for, migrate
from hub.health import store as health
from hub.ingest import take_in
from hub.inspections import store as inspections
from hub.inspections.prefill import Proposal, propose
from hub.inspections.windows import policy_of
from hub.line import Arrived
from hub.rulebook import rulebooks
from hub.stations import store as stations
from hub.stations.roster import Filing
from shared import topics
from shared.envelope import Envelope
from shared.ids import record_id
from shared.moment import ClockQuality, Stamp
from shared.opening import Opening
from shared.outbox import Lane, Outbox
from simulators.recorder import record
from simulators.scenario import Story
from tests.evaluation.plans import Span

RULEBOOK = "shanghai_2018"
"""The edition with the rubric 10/6/2."""

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


@dataclass(frozen=True, slots=True)
class WithSilences(Recording):
    """A recording of a station whose devices now and then said nothing."""

    silences: Mapping[str, Sequence[Span]] | None = None

    def samples(self, end: datetime | None = None) -> Iterator[Sample]:
        """Those that were heard."""
        ahead = {facility: deque(sorted(spans)) for facility, spans in (self.silences or {}).items()}
        for sample in Recording.samples(self, end):
            spans = ahead.get(sample.facility)
            if spans and sample.at >= spans[0][0]:
                while spans and sample.at >= spans[0][1]:
                    spans.popleft()
                if spans and sample.at >= spans[0][0]:
                    continue
            yield sample


def travel(
    story: Story, first: float, visit: float, silences: Mapping[str, Sequence[Span]], room: Path, told: Told
) -> dict[str, Answer]:
    """Record a story from `first` to `visit`, judge it, bring it to a hub and ask for proposals. `room`: a folder."""
    now = datetime.fromtimestamp(visit, UTC)
    record(story, room / "recording", first, visit, lambda share: told(share * 0.4))
    opened = open_recording(room / "recording")
    recording = WithSilences(opened.folder, opened.name, opened.opening, opened.facilities, opened.sources, silences)
    outbox = Outbox(room / "outbox.db")
    stamp = Stamp(now, "evaluation", 1.0, ClockQuality.PLAUSIBLE)
    outbox.put(station_facts(recording.facilities), stamp)
    replay(recording, outbox, stamp, None, False, lambda at: told(0.4 + 0.5 * (at - first) / (visit - first)))
    engine = engine_for(f"sqlite:///{room / 'hub.db'}")
    migrate(engine)
    station = _register(engine, story, first)
    deliver(outbox, engine, station, stamp)
    told(1.0)
    answers = _ask(engine, station, now)
    outbox.close()
    engine.dispose()
    return answers


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


def _register(engine: Engine, story: Story, first: float) -> str:
    commissioned = datetime.fromtimestamp(first, UTC)
    opening = Opening.model_validate(story.scenario.opening)
    filing = Filing(story.seed, story.seed, RULEBOOK, commissioned, opening=opening)
    with Session(engine) as session:
        registered = stations.add(session, filing, lambda key: key, os.urandom)
        session.commit()
        return registered.station.id


def _ask(engine: Engine, station: str, now: datetime) -> dict[str, Answer]:
    book = rulebooks()[RULEBOOK]
    policy = policy_of(book)
    with Session(engine) as session:
        registered = stations.get(session, station)
        assert registered is not None
        evidence = inspections.evidence(session, registered, book, now)
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
