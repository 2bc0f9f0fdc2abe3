"""A station observed: what it says, and what it makes of memory it cannot read."""

from datetime import UTC, datetime

import pytest

from edge.health.judge import FacilitySettings
from edge.observer import POLLED_STEADY_S, Observer
from edge.sampling import Sample
from shared.ids import record_id
from shared.records import Minute, Quarter, Spell

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC).timestamp()
STATION = [
    FacilitySettings("outlets-1", "outlets", {}, frozenset({"voltage.1", "breaker_tripped"})),
    FacilitySettings("entrance-1", "entrance", {}, frozenset({"beam_a", "beam_b"})),
]


def observer(memory: dict[str, bytes | None]) -> Observer:
    ids = iter(range(1, 10_000))
    return Observer(
        STATION,
        None,
        lambda at: record_id(datetime.fromtimestamp(at, UTC), next(ids).to_bytes(10, "big")),
        POLLED_STEADY_S,
        memory,
    )


def run(watching: Observer, start: float, minutes: int, tripped: float) -> list[object]:
    said: list[object] = []
    for second in range(0, minutes * 60, 5):
        at = start + second
        watching.hear(Sample(at, "outlets-1", "voltage.1", 0.0 if tripped else 230.0))
        watching.hear(Sample(at, "outlets-1", "breaker_tripped", tripped))
        said += [dated.fact for dated in watching.advance(at + 1)]
    return said


def test_an_evening_is_minutes_quarters_and_one_spell() -> None:
    watching = observer({})
    said = run(watching, NOON, 20, 0.0) + run(watching, NOON + 1200, 20, 1.0)
    assert {type(fact) for fact in said} >= {Minute, Quarter, Spell}
    assert {fact.rule for fact in said if isinstance(fact, Spell)} == {"OUT5"}


@pytest.mark.parametrize(
    "damage", [b"", b"null", b"[]", b'{"version": 1}', b'{"version": 0}', b"{not json", b'{"version": 1, "now": "x"}']
)
@pytest.mark.parametrize("part", ["judge", "reporter", "footfall"])
def test_memory_that_cannot_be_read_starts_anew_and_says_so(part: str, damage: bytes) -> None:
    first = observer({})
    run(first, NOON, 5, 0.0)
    watching = observer({**first.memory(), part: damage})
    assert watching.forgotten == [part]
    assert run(watching, NOON + 300, 5, 0.0)


def test_a_reporter_that_remembers_ends_the_spell_of_a_judge_that_does_not() -> None:
    first = observer({})
    (begun, *_) = [fact for fact in run(first, NOON, 10, 1.0) if isinstance(fact, Spell)]
    watching = observer({**first.memory(), "judge": b"{}"})
    said = [fact for fact in run(watching, NOON + 700, 10, 0.0) if isinstance(fact, Spell)]
    assert [(fact.spell, fact.until is None) for fact in said] == [(begun.spell, False)]


def test_an_entrance_that_says_nothing_is_suspect_in_every_quarter_and_todays_count_outlives_a_restart() -> None:
    first = observer({})
    for number, (a, b) in enumerate(((0, 0), (1, 0), (1, 1), (0, 1), (0, 0), (0, 0))):
        first.hear(Sample(NOON + number / 5, "entrance-1", "beam_a", a))
        first.hear(Sample(NOON + number / 5, "entrance-1", "beam_b", b))
    first.advance(NOON + 2)
    watching = observer(first.memory())
    assert watching.footfall.entered == 1
    said = run(watching, NOON + 10, 40, 0.0)
    counts = [count for fact in said if isinstance(fact, Quarter) for count in fact.counts]
    assert [(count.entered, count.quality) for count in counts] == [(1, "suspect"), (0, "suspect")]
