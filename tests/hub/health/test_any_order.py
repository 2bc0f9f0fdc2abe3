"""design.md §4: every order, duplicates, re-dating and re-judgement give the same minutes, and they add up."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from hub.database import engine_for
from hub.health import store
from hub.health.facts import HourKey, fold_minute
from hub.health.hours import Hour, Minutes, SpellSpan, availability, lay
from hub.ingest import take_in
from shared.opening import Opening
from shared.records import Fact, Minute, Spell
from shared.states import SEVERITY, State
from tests.databases import Databases, make_tables
from tests.hub.conftest import register
from tests.hub.said import arrived, new_id, record, spell

START = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)
"""08:30 in Shanghai: half an hour before opening."""
LENGTH = 150
END = START + timedelta(minutes=LENGTH)
OPENING = Opening()
PLACE = "fridge-1"
IDS = [new_id() for _ in range(4)]

minute_facts = st.builds(
    lambda offset, state: Minute(minute=START + timedelta(minutes=offset), states={PLACE: state}),
    st.integers(0, LENGTH - 1),
    st.sampled_from(State),
)


@st.composite
def spell_facts(draw: st.DrawFn) -> Spell:
    """A revision says one thing, so the rest of it follows from id and revision."""
    since = draw(st.integers(-600, LENGTH * 60))
    length = draw(st.none() | st.integers(1, 5000))
    return spell(
        state=draw(st.sampled_from(State)),
        since=START + timedelta(seconds=since),
        until=None if length is None else START + timedelta(seconds=since + length),
        confirmed_at=START + timedelta(seconds=since + draw(st.integers(0, 900))),
        revision=draw(st.integers(1, 4)),
        spell=draw(st.sampled_from(IDS)),
    )


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Fact], list[Fact]]:
    """What was said, and the same as it may arrive: in another order, with repetitions."""
    spells = {(one.spell, one.revision): one for one in draw(st.lists(spell_facts(), max_size=8))}
    said: list[Fact] = [*draw(st.lists(minute_facts, max_size=40)), *spells.values()]
    again = draw(st.lists(st.sampled_from(said), max_size=10)) if said else []
    return said, draw(st.permutations(said + again))


def reference(said: Sequence[Fact]) -> list[State]:
    """The definition itself, minute by minute, without masks."""
    newest: dict[str, Spell] = {}
    for fact in said:
        if isinstance(fact, Spell) and (fact.spell not in newest or newest[fact.spell].revision < fact.revision):
            newest[fact.spell] = fact
    minutes = [fact for fact in said if isinstance(fact, Minute) and fact.states[PLACE] is not State.UNKNOWN]
    spoken = max((fact.minute + timedelta(minutes=1) for fact in minutes), default=None)
    states = []
    for index in range(LENGTH):
        begin = START + timedelta(minutes=index)
        reported = [fact.states[PLACE] for fact in minutes if fact.minute == begin]
        state = max(reported, key=SEVERITY.index) if reported else State.UNKNOWN
        over = [one for one in newest.values() if _covers(one, begin, spoken)]
        if over:
            rank = (State.UNKNOWN, *SEVERITY)
            state = max(over, key=lambda one: (one.confirmed_at, one.revision, rank.index(one.state))).state
        states.append(state)
    return states


def _covers(one: Spell, begin: datetime, spoken: datetime | None) -> bool:
    until = one.until
    if until is None:
        until = (
            END + timedelta(hours=1)
            if one.state is State.UNKNOWN
            else max(spoken or one.confirmed_at, one.confirmed_at)
        )
    middle = begin + timedelta(seconds=30)
    return until - one.since >= timedelta(seconds=30) and one.since <= middle <= until


def states_of(minutes: Minutes) -> list[State | None]:
    """Minute by minute; None outside service. Fails where a minute is in no or in two masks."""
    found: list[State | None] = []
    for index in range(LENGTH):
        offset = START + timedelta(minutes=index) - minutes.start
        hour, bit = offset // timedelta(hours=1), 1 << (offset % timedelta(hours=1) // timedelta(minutes=1))
        marked = [state for state in State if getattr(minutes, state.value)[hour] & bit]
        assert len(marked) == bool(minutes.service[hour] & bit)
        found.append(marked[0] if marked else None)
    return found


def expected(said: Sequence[Fact]) -> list[State | None]:
    opens = [OPENING.is_open(START + timedelta(minutes=index)) for index in range(LENGTH)]
    return [state if open_ else None for state, open_ in zip(reference(said), opens, strict=True)]


@settings(max_examples=200, deadline=None)
@given(stories())
def test_the_pure_minutes_are_those_of_the_definition_in_every_order(story: tuple[list[Fact], list[Fact]]) -> None:
    said, came = story
    folded: dict[HourKey, list[int]] = {}
    spans: list[SpellSpan] = []
    for fact in came:
        if isinstance(fact, Minute):
            fold_minute(folded, "s", fact)
        elif isinstance(fact, Spell):
            spans.append(SpellSpan(fact.state, fact.since, fact.until, fact.revision, fact.confirmed_at, fact.spell))
    hours = [Hour(hour, *masks) for (hour, _, _), masks in folded.items()]
    minutes = lay(hours, spans, START, END, OPENING)
    assert states_of(minutes) == expected(said)
    found = availability(minutes)
    assert found.service == found.excluded + found.ok + found.degraded + found.down + found.unknown == 120


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories(), st.integers(1, 7), st.integers(0, 3))
def test_the_stored_minutes_are_the_same_however_they_came(
    store_of_hub: tuple[Engine, list[str]], story: tuple[list[Fact], list[Fact]], batch: int, redated: int
) -> None:
    """Through the real ingest and the real store; a fact may come again under another record id and another date."""
    engine, stations = store_of_hub
    station = register(engine, f"站{len(stations)}")
    stations.append(station)
    said, came = story
    own = {one: new_id() for one in IDS}
    told = [fact.model_copy(update={"spell": own[fact.spell]}) if isinstance(fact, Spell) else fact for fact in came]
    now = END + timedelta(hours=2)
    messages = [
        arrived(station, record(fact, now - timedelta(minutes=redated * index))) for index, fact in enumerate(told)
    ]
    messages += [arrived(station, record(fact, now)) for fact in told[:redated]]
    for index in range(0, len(messages), batch):
        replies, _ = take_in(engine, messages[index : index + batch], now)
        assert not any(reply.quarantined for reply in replies)
    with Session(engine) as session:
        window = store.window(session, station, PLACE, START, END)
        assert states_of(lay(window.hours, window.spans, START, END, OPENING)) == expected(said)


@pytest.fixture(scope="module")
def store_of_hub(databases: Databases) -> Iterator[tuple[Engine, list[str]]]:
    with databases.fresh() as url:
        engine = engine_for(url)
        make_tables(engine)
        yield engine, []
        engine.dispose()
