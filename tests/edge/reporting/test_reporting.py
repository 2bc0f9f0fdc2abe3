"""What is said of a judgement: minutes that add up, spells with revisions, figures, proofs, over restarts too."""

import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from edge.counting import Counted
from edge.health.judge import FacilitySettings, Judge
from edge.reporting import Dated, Reporter
from edge.sampling import Sample
from shared.bounds import RECORD_LIMIT
from shared.ids import record_id
from shared.records import FACTS, Minute, Proof, Quarter, Spell
from shared.states import State
from tests.edge.play import HOUR, START, Signal, played, wave

COLD: dict[str, Signal] = {
    "power": wave(110, 2, 900, 1800),
    "cabinet_temperature": lambda second: 4 + second % 2700 / 2700,
}
WARM: dict[str, Signal] = {**COLD, "cabinet_temperature": lambda second: 10 + second % 2700 / 2700}
STATION = [
    FacilitySettings("fridge-1", "fridge", {}, frozenset({"power", "cabinet_temperature"})),
    FacilitySettings("outlets-1", "outlets", {}, frozenset({"voltage.1", "breaker_tripped"})),
    FacilitySettings("room-1", "room", {}, frozenset({"room_temperature"})),
    FacilitySettings("entrance-1", "entrance", {}, frozenset({"beam_a", "beam_b"})),
]
LIVE: dict[str, Signal] = {"voltage.1": 225.0, "breaker_tripped": 0.0}


class Told:
    """A judge and a reporter, fed together; `facts` is all they said."""

    def __init__(self) -> None:
        self.judge = Judge(STATION)
        self.reporter = Reporter(STATION, self._id)
        self.now = START
        self.facts: list[Dated] = []
        self.ids = 0

    def _id(self, at: float) -> str:
        self.ids += 1
        return record_id(datetime.fromtimestamp(at, UTC), self.ids.to_bytes(10, "big"))

    def run(self, lasting_s: float, fridge: dict[str, Signal], outlets: dict[str, Signal] | None = None) -> "Told":
        samples = [
            *played("fridge-1", self.now, lasting_s, fridge),
            *played("outlets-1", self.now, lasting_s, LIVE if outlets is None else outlets),
            *played("room-1", self.now, lasting_s, {"room_temperature": 26.0}, 300),
        ]
        for sample in sorted(samples, key=lambda one: one.at):
            self.hear(sample)
        self.now += lasting_s
        self.judge.advance(self.now)
        self.facts += self.reporter.advance(self.now, self.judge)
        return self

    def hear(self, sample: Sample) -> None:
        self.judge.advance(sample.at)
        self.facts += self.reporter.advance(sample.at, self.judge)
        self.judge.hear(sample)
        self.reporter.hear(sample)

    def quiet(self, lasting_s: float) -> "Told":
        end = self.now + lasting_s
        while self.now < end:
            self.now += 10
            self.judge.advance(self.now)
            self.facts += self.reporter.advance(self.now, self.judge)
        return self

    def restart(self) -> "Told":
        self.judge = Judge(STATION, None, self.judge.memory())
        self.reporter = Reporter(STATION, self._id, self.reporter.memory())
        return self

    def minutes(self, facility: str) -> Counter[State]:
        return Counter(
            said.fact.states[facility]
            for said in self.facts
            if isinstance(said.fact, Minute) and facility in said.fact.states
        )

    @property
    def spells(self) -> list[Spell]:
        return [said.fact for said in self.facts if isinstance(said.fact, Spell)]

    @property
    def quarters(self) -> list[Quarter]:
        return [said.fact for said in self.facts if isinstance(said.fact, Quarter)]


def test_minutes_add_up_and_name_only_what_is_judged() -> None:
    told = Told().run(3 * HOUR, COLD)
    assert told.minutes("fridge-1") == {State.OK: 179}, "the last one is not sure before its next sample"
    said = [dated.fact for dated in told.facts if isinstance(dated.fact, Minute)]
    assert len({minute.minute for minute in said}) == len(said)
    assert all(set(minute.states) == {"fridge-1", "outlets-1"} for minute in said)


def test_a_minute_of_silence_is_not_said() -> None:
    told = Told().run(HOUR, COLD).quiet(900).run(HOUR, COLD)
    assert told.minutes("fridge-1")[State.OK] == pytest.approx(119, abs=1)
    silent = START + HOUR
    for said in told.facts:
        if isinstance(said.fact, Minute):
            assert not silent <= said.fact.minute.timestamp() < silent + 840


def test_the_state_that_held_longest_is_the_minutes() -> None:
    told = Told().run(HOUR, COLD)
    told.run(600, COLD, {"breaker_tripped": 1.0, "voltage.1": 225.0}).run(HOUR, COLD)
    down = told.minutes("outlets-1")[State.DOWN]
    assert down == pytest.approx(11, abs=1)
    assert sum(told.minutes("outlets-1").values()) == 129


def test_a_slow_failure_is_one_spell_after_another_back_dated_and_with_evidence() -> None:
    told = Told().run(6 * HOUR, COLD).run(6 * HOUR, WARM)
    states = [(spell.state, spell.rule) for spell in told.spells if spell.until is None]
    assert states[0] == (State.UNKNOWN, "FR1"), "first a doubt"
    assert (State.DEGRADED, "FR1") in states
    down = told.spells[-1]
    assert (down.rule, down.revision, down.state) == ("FR2", 1, State.DOWN)
    before = told.spells[-2]
    assert before.until is not None
    assert max(before.since, down.since) == before.until, "one ends where the next begins"
    assert down.confirmed_at - down.since > timedelta(hours=2), "dated back to the first symptom"
    temperature = next(trace for trace in down.traces if trace.quantity == "cabinet_temperature")
    assert temperature.start < down.since
    assert len(temperature.values) <= 200
    assert temperature.values[-1] is not None
    assert temperature.values[-1] > 9
    assert all(len(FACTS.dump_json(spell)) < RECORD_LIMIT for spell in told.spells)


def test_a_spell_is_said_again_when_it_lasts_and_when_it_ends() -> None:
    told = Told().run(6 * HOUR, COLD).run(24 * HOUR, WARM).run(3 * HOUR, COLD)
    spells = [spell for spell in told.spells if (spell.rule, spell.state) == ("FR2", State.DOWN)]
    assert len({spell.spell for spell in spells}) == 1
    assert [spell.revision for spell in spells] == list(range(1, len(spells) + 1))
    assert len(spells) >= 4
    assert [spell.until is None for spell in spells] == [True] * (len(spells) - 1) + [False]
    assert told.minutes("fridge-1")[State.DOWN] > 19 * 60


def test_a_spell_ends_where_silence_begins() -> None:
    told = Told().run(6 * HOUR, COLD).run(6 * HOUR, WARM).quiet(300).run(HOUR, WARM)
    first = [spell for spell in told.spells if (spell.rule, spell.state) == ("FR2", State.DOWN)]
    assert len({spell.spell for spell in first}) == 2
    assert first[1].until is not None
    assert first[1].until.timestamp() == START + 12 * HOUR - 30
    assert first[2].since.timestamp() == START + 12 * HOUR + 300


def test_a_sensor_at_fault_is_a_spell_of_unknown() -> None:
    told = Told().run(HOUR, COLD).run(HOUR, {"power": 2.0})
    spell = told.spells[-1]
    assert (spell.state, spell.rule) == (State.UNKNOWN, "SV1")


def test_figures_of_a_quarter_are_those_of_its_samples() -> None:
    told = Told().run(HOUR, COLD)
    quarters = told.quarters
    assert [quarter.start.timestamp() - START for quarter in quarters] == [0, 900, 1800]
    figures = {(one.facility, one.quantity): one for one in quarters[0].figures}
    temperature = figures["fridge-1", "cabinet_temperature"]
    assert (temperature.n, temperature.low) == (30, 4.0)
    assert temperature.low < temperature.mean < temperature.high < 5
    assert figures["room-1", "room_temperature"].n == 3
    assert [(count.entered, count.left) for count in quarters[0].counts] == [(0, 0)] if quarters[0].counts else True


def test_people_are_counted_by_the_quarter() -> None:
    told = Told().run(600, COLD)
    told.reporter.count(Counted("entrance-1", told.now, entered=1, left=1))
    told.reporter.count(Counted("entrance-1", told.now, entered=1))
    told.reporter.note_inside(3)
    told.run(1800, COLD)
    first, second = (quarter.counts[0] for quarter in told.quarters[:2])
    assert (first.entered, first.left, first.occupancy, first.quality) == (2, 1, 3, "good")
    assert second.entered == 0, "nobody is a count too"


@pytest.mark.parametrize(
    ("seen", "quality"),
    [
        (Counted("entrance-1", START, suspect=True), "suspect"),
        (Counted("entrance-1", START, entered=10, left=9, doubts=1), "good"),
        (Counted("entrance-1", START, entered=5, left=4, doubts=1), "suspect"),
        (Counted("entrance-1", START, doubts=1), "suspect"),
        (Counted("entrance-1", START, entered=50, undirected=1), "suspect"),
    ],
    ids=["a beam is blocked", "one of twenty", "one of nine", "one of none", "no direction"],
)
def test_a_quarter_whose_counts_may_be_wrong_by_more_than_a_tenth_is_suspect(seen: Counted, quality: str) -> None:
    told = Told()
    told.reporter.count(seen)
    told.run(1800, COLD)
    (count,) = told.quarters[0].counts
    assert (count.entered, count.left, count.undirected) == (seen.entered, seen.left, seen.undirected)
    assert count.quality == quality


def test_counts_outlive_a_restart_and_older_memory_is_read() -> None:
    told = Told()
    told.reporter.count(Counted("entrance-1", START, entered=2, undirected=1))
    kept = json.loads(told.run(60, COLD).reporter.memory())
    assert kept["quarters"]["counts"] == {"entrance-1": [2, 0, 1, 0, 0]}
    kept["quarters"]["counts"] = {"entrance-1": [2, 1, 1]}
    told.reporter = Reporter(STATION, told._id, json.dumps(kept).encode())
    told.run(1800, COLD)
    assert (told.quarters[0].counts[0].entered, told.quarters[0].counts[0].left) == (2, 1)


def test_proofs_are_said_with_their_figures() -> None:
    told = Told().run(4 * HOUR, COLD)
    proofs = [said.fact for said in told.facts if isinstance(said.fact, Proof)]
    assert {proof.rule for proof in proofs} == {"FR0", "OUT1"}
    assert all(proof.values for proof in proofs)


@pytest.mark.parametrize("seed", range(8))
def test_a_restart_anywhere_says_the_same_with_the_same_ids(seed: int) -> None:
    chance = random.Random(seed)
    passages = [(chance.choice([HOUR / 4, 3 * HOUR, 6 * HOUR]), chance.choice([COLD, WARM])) for _ in range(4)]
    plain, restarted = Told(), Told()
    for lasting, signals in passages:
        plain.run(lasting, signals)
        cut = lasting * chance.random() // 300 * 300
        restarted.run(cut, signals)
        restarted.restart()
        restarted.run(lasting - cut, {name: _later(signal, cut) for name, signal in signals.items()})
    assert [said.fact for said in plain.facts] == [said.fact for said in restarted.facts]


def _later(signal: Signal, by: float) -> Signal:
    return (lambda second: signal(second + by)) if callable(signal) else signal


def test_a_facility_that_is_wired_no_longer_is_forgotten_and_the_others_go_on() -> None:
    told = Told().run(2 * HOUR, WARM)
    judge, reporter = told.judge.memory(), told.reporter.memory()
    told.judge = Judge(STATION[1:], memory=judge)
    told.reporter = Reporter(STATION[1:], told._id, reporter)
    (open_spell,) = {one.fact.spell for one in told.facts if isinstance(one.fact, Spell)}
    told.facts.clear()
    told.run(HOUR, WARM)
    ended = [one.fact for one in told.facts if isinstance(one.fact, Spell)]
    assert [(spell.spell, spell.until is not None) for spell in ended] == [(open_spell, True)]
    minutes = [one.fact for one in told.facts if isinstance(one.fact, Minute)]
    assert minutes
    assert all(minute.states.keys() == {"outlets-1"} for minute in minutes[2:])
