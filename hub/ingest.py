"""THE STORY OF A MESSAGE: a batch of envelopes becomes rows in one transaction, then acknowledgements, then alerts.

Nothing is remembered between batches: whatever was committed may come again, in any order, from a station restored or
cloned, after this process was killed at any point. Only the commit counts; the broker may lose anything.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from hub import metrics
from hub.alerts import store as alerts
from hub.checkins import store as checkins
from hub.database import may_pass
from hub.dating import date_of, worth_keeping
from hub.feedback import store as feedback
from hub.harvest import Harvest
from hub.health import store as health
from hub.health.facts import hour_rows
from hub.line import Arrived, Line
from hub.patience import Patience
from hub.quarantine import kept_envelope, kept_record, rough_ids
from hub.questions import store as questions
from hub.stations import store as stations
from hub.stations.store import Admission
from hub.telemetry import store as telemetry
from hub.telemetry.boots import put_boots
from shared import topics
from shared.envelope import Ack, BadEnvelope, EnvelopeHead, StationState, Unreadable, read_envelope
from shared.records import Minute, Quarter, Record

LARGEST_BATCH = 2000

REFUSALS = (SQLAlchemyError, ValueError, ArithmeticError)
"""What a row may come to that validates and still cannot be stored: a number too large, a time past the last year."""

_log = structlog.get_logger("ingest")


@dataclass(slots=True)
class Reply:
    """What one envelope is answered, once the batch is committed."""

    station: str
    envelope: str
    arrived: Arrived
    more: bool = False
    """Whether the station has more behind it on the lane of the backlog."""
    committed: list[str] = field(default_factory=list)
    quarantined: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Read:
    """One envelope whose head holds."""

    head: EnvelopeHead
    records: list[Record]
    unreadable: list[Unreadable]
    arrived: Arrived


def ingest(line: Line, engine: Engine, now: Callable[[], datetime], go_on: Callable[[], bool]) -> None:
    """Take in what arrives, batch by batch. Raises OperationalError where the database stays locked or is full."""
    patience = Patience()
    while go_on():
        batch = line.take(LARGEST_BATCH)
        metrics.WAITING.set(line.waiting())
        if not batch:
            continue
        began = now()
        replies, judged = take_in(engine, batch, began)
        patience.note({reply.station for reply in replies if reply.more}, (now() - began).total_seconds(), began)
        wait_s = patience.wait_s(line.fullness)
        for reply in replies:
            at = now()
            line.say(topics.ack(reply.station), answer(reply, wait_s, at).model_dump_json())
            metrics.ACK_SECONDS.observe(max(0.0, (at - reply.arrived.at).total_seconds()))
        line.acknowledge(batch)
        if judged:
            react(engine, judged, now())


def take_in(
    engine: Engine, batch: Sequence[Arrived], now: datetime, again: bool = False
) -> tuple[list[Reply], set[tuple[str, str]]]:
    """Commit a batch: the answers to give, and the (station, facility) whose spells changed.

    `again`: it comes out of quarantine, so nobody was heard just now.

    Where the database refuses a row, each message gets a transaction of its own, and the one that is refused again is
    kept as bytes: one bad message never takes the others down.
    """
    metrics.BATCH.observe(len(batch))
    try:
        return _commit(engine, batch, now, again)
    except REFUSALS as error:
        if may_pass(error):
            raise
        metrics.FAILED_COMMITS.inc()
    replies: list[Reply] = []
    judged: set[tuple[str, str]] = set()
    for arrived in batch:
        try:
            more_replies, more_judged = _commit(engine, [arrived], now, again)
        except REFUSALS as error:
            if may_pass(error):
                raise
            _log.error("refused by the database", topic=arrived.topic, why=str(error.__cause__ or error)[:200])
            more_replies, more_judged = _set_aside(engine, arrived, now), set()
        replies += more_replies
        judged |= more_judged
    return replies, judged


def answer(reply: Reply, wait_s: float, now: datetime) -> Ack:
    """The hub's word for one envelope. The backlog, and only the backlog, is asked to wait."""
    return Ack(
        envelope=reply.envelope,
        committed=reply.committed,
        quarantined=reply.quarantined,
        wait_s=wait_s if reply.more else 0,
        time=now,
    )


def react(engine: Engine, judged: set[tuple[str, str]], now: datetime) -> None:
    """Alerts, after the commit: were this lost, the clock finds the same."""
    with Session(engine) as session:
        for reaction in alerts.react_to(session, judged, now):
            metrics.ALERTS.labels(type(reaction).__name__.lower()).inc()
        session.commit()


def _commit(
    engine: Engine, batch: Sequence[Arrived], now: datetime, again: bool
) -> tuple[list[Reply], set[tuple[str, str]]]:
    """One transaction: bytes to envelopes, envelopes to rows, one statement a table."""
    harvest, quarantined = Harvest(), Counter[str]()
    replies: list[Reply] = []
    envelopes: list[Read] = []
    _note_presences(engine, [arrived for arrived in batch if arrived.topic.endswith("/state")], now)
    with Session(engine) as session:
        for arrived in batch:
            if arrived.topic.endswith("/state"):
                continue
            try:
                envelopes.append(_read(arrived))
            except (ValueError, ArithmeticError) as error:
                replies += _keep_envelope(harvest, arrived, str(error), "bad_envelope", now, quarantined)
        admitted = stations.admissions(session, {read.head.station for read in envelopes})
        for read in envelopes:
            admission = admitted.get(read.head.station)
            if admission is None or admission.revoked:
                why = "unknown_station" if admission is None else "revoked_station"
                replies += _keep_envelope(harvest, read.arrived, why.replace("_", " "), why, now, quarantined)
                metrics.UNKNOWN_STATION.inc(admission is None)
            else:
                replies.append(_fold(harvest, read, admission, now, quarantined))
        if again:
            harvest.heard.clear()
            harvest.boots.clear()
        repeated = _write(session, harvest, now)
        session.commit()
    _count(harvest, envelopes, repeated, quarantined)
    return replies, harvest.judged


def _read(arrived: Arrived) -> Read:
    """Raises BadEnvelope, also for an envelope under another station's topic."""
    head, records, unreadable = read_envelope(arrived.payload)
    if head.station != topics.station_of(arrived.topic):
        raise BadEnvelope(f"an envelope of station {head.station} on {arrived.topic}")
    return Read(head, records, unreadable, arrived)


def _fold(harvest: Harvest, read: Read, admission: Admission, now: datetime, quarantined: Counter[str]) -> Reply:
    """One envelope into the harvest, record by record."""
    station = read.head.station
    later = read.arrived.topic == topics.up_later(station)
    reply = Reply(station, read.head.id, read.arrived, more=later and read.head.held > len(read.records))
    harvest.hear(read.head)
    for record in read.records:
        at = date_of(record, admission.commissioned_at, now)
        if at is None:
            harvest.undated[record.fact.type] += 1
        if at is None and worth_keeping(record):
            row = kept_record(station, read.arrived.topic, record.model_dump_json().encode(), "undated", now)
            harvest.quarantine[row["id"],] = row
            quarantined["undated"] += 1
            reply.quarantined.append(record.id)
            continue
        # A minute or quarter-hour of a boot that never knew the time belongs to no time: its minutes stay unknown.
        if at is not None or not isinstance(record.fact, Minute | Quarter):
            harvest.add(station, record, at, now)
        reply.committed.append(record.id)
    for bytes_ in read.unreadable:
        row = kept_record(station, read.arrived.topic, bytes_.raw, bytes_.why, now)
        harvest.quarantine[row["id"],] = row
        quarantined["bad_record"] += 1
        _log.warning("record kept in quarantine", station=station, record=bytes_.id, why=bytes_.why)
        if bytes_.id is not None:
            reply.quarantined.append(bytes_.id)
    return reply


def _write(session: Session, harvest: Harvest, now: datetime) -> int:
    """One statement a table, always in this order. Returns how many records were there already, by id."""
    telemetry.put_heard(session, harvest.heard.values(), now)
    put_boots(session, harvest.boots.values(), now)
    health.fold_minutes(session, hour_rows(harvest.hours))
    telemetry.put_quarters(session, harvest.quarters.values(), harvest.layouts.values())
    telemetry.put_counts(session, harvest.counts.values(), now)
    health.put_spells(session, harvest.spells.values())
    questions.put_questions(session, harvest.questions.values())
    health.put_profiles(session, harvest.profiles.values())
    telemetry.put_gaps(session, harvest.gaps.values())
    by_id = (
        (health.put_proofs, harvest.proofs),
        (checkins.put_check_ins, harvest.check_ins),
        (feedback.put_feedback, harvest.feedback),
        (feedback.put_fault_reports, harvest.fault_reports),
        (feedback.put_statements, harvest.statements),
        (checkins.put_retractions, harvest.retractions),
    )
    repeated = sum(len(rows) - put(session, rows.values()) for put, rows in by_id)
    if harvest.said_by_people:
        undone = checkins.retracted(session, harvest.said_by_people)
        checkins.mark_retracted(session, undone)
        feedback.mark_retracted(session, undone)
    for station, (told_at, facts) in sorted(harvest.facts.items()):
        stations.note_facts(session, station, told_at, facts)
    telemetry.quarantine(session, harvest.quarantine.values())
    return repeated


def _keep_envelope(
    harvest: Harvest, arrived: Arrived, why: str, kind: str, now: datetime, quarantined: Counter[str]
) -> list[Reply]:
    """The whole message as bytes; what names can be made out are acknowledged as quarantined."""
    row = kept_envelope(arrived.topic, arrived.payload, why, now)
    harvest.quarantine[row["id"],] = row
    quarantined[kind] += 1
    _log.warning("envelope kept in quarantine", topic=arrived.topic, bytes=len(arrived.payload), why=why)
    names = rough_ids(arrived.payload)
    if names is None:
        return []
    return [Reply(row["station"], names[0], arrived, quarantined=names[1])]


def _set_aside(engine: Engine, arrived: Arrived, now: datetime) -> list[Reply]:
    harvest, quarantined = Harvest(), Counter[str]()
    replies = _keep_envelope(harvest, arrived, "refused by the database", "refused", now, quarantined)
    with Session(engine) as session:
        telemetry.quarantine(session, harvest.quarantine.values())
        session.commit()
    _count(harvest, [], 0, quarantined)
    return replies


def _note_presences(engine: Engine, states: Sequence[Arrived], now: datetime) -> None:
    """Births and last wills: hints, so what does not hold is passed over. In a transaction of their own: with the
    envelopes' it would take the same rows twice, and two ingest processes wait in a circle.
    """
    told: dict[str, StationState] = {}
    for arrived in states:
        try:
            said, station = StationState.model_validate_json(arrived.payload), topics.station_of(arrived.topic)
        except (ValidationError, ValueError):
            continue
        if station not in told or told[station].connection <= said.connection:
            told[station] = said
    if not told:
        return
    with Session(engine) as session:
        admitted = stations.admissions(session, told)
        telemetry.put_presences(session, {id_: said for id_, said in told.items() if id_ in admitted}, now)
        session.commit()


def _count(harvest: Harvest, envelopes: Sequence[Read], repeated: int, quarantined: Counter[str]) -> None:
    lanes = Counter("later" if read.arrived.topic.endswith("later") else "now" for read in envelopes)
    for lane, number in lanes.items():
        metrics.ENVELOPES.labels(lane).inc(number)
    for type_, number in harvest.types.items():
        metrics.RECORDS.labels(type_).inc(number)
    for type_, number in harvest.undated.items():
        metrics.UNDATED.labels(type_).inc(number)
    for why, number in quarantined.items():
        metrics.QUARANTINED.labels(why).inc(number)
    metrics.REPEATED.inc(repeated)
