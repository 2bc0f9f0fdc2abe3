"""Questions and profiles become facts: ids, revisions, what is said again and what is not."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from edge.asking import Questions
from edge.health.judge import FacilitySettings, Judge
from edge.health.rule import Ask
from edge.health.verdict import Asked, Settled
from edge.observer import Observer
from edge.profile import Profiles
from shared.ids import record_id
from shared.records import Profile, Question
from shared.text import Text
from tests.edge.play import START, played

ASK = Ask(Text("坏了吗？", "Broken?"), Text("没有", "No"), Text("坏了", "Yes"), "due")
ASKED = Asked("fridge-1", "FR0", ASK, START, START + 60)


def utc(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def ids() -> Callable[[float], str]:
    numbers = count()
    return lambda at: record_id(utc(at), next(numbers).to_bytes(10, "big"))


def test_a_question_has_one_id_until_it_is_closed() -> None:
    questions = Questions(ids())
    (put,) = questions.put(ASKED)
    assert questions.put(ASKED) == []
    again = Questions(ids())
    again.remember(questions.written())
    assert again.open == [put]
    (closed,) = again.close(Settled("fridge-1", "FR0", START + 30))
    assert (closed.question, closed.revision, closed.closed_at) == (put.question, 2, utc(START + 30))
    assert again.open == []
    assert again.close(Settled("fridge-1", "FR0", START + 31)) == []


def test_what_nobody_goes_on_with_is_closed() -> None:
    questions = Questions(ids())
    questions.put(ASKED)
    assert [one.closed_at for one in questions.end(START + 9)] == [utc(START + 9)]


def judge() -> Judge:
    return Judge([FacilitySettings("fridge-1", "fridge", {"legal_limit": 6.0}, frozenset({"cabinet_temperature"}))])


def test_a_profile_names_every_threshold_with_its_source_and_is_said_once() -> None:
    one, profiles = judge(), Profiles()
    judged = {name: one.yardstick(name) for name in one.judged}
    (said,) = profiles.take(judged, START)
    limit = next(row for row in said.thresholds if row.name == "legal_limit")
    assert (limit.value, limit.default, limit.unit) == (6.0, 8.0, "℃")
    assert all(row.source for row in said.thresholds)
    assert profiles.take(judged, START + 600) == []
    again = Profiles()
    again.remember(profiles.written())
    assert again.take(judged, START + 1200) == []


def test_a_unit_named_before_anything_was_judged_stood_there_another_takes_its_place() -> None:
    one, profiles = judge(), Profiles()
    judged = {name: one.yardstick(name) for name in one.judged}
    assert not profiles.unit("fridge-1", "SN-1", START + 1)
    profiles.take(judged, START + 1)
    assert not profiles.unit("fridge-1", "SN-1", START + 2)
    assert profiles.unit("fridge-1", "SN-2", START + 3)
    (said,) = profiles.take(judged, START + 4)
    assert (said.unit, said.replaced_at, said.learning_since) == ("SN-2", utc(START + 3), utc(START + 3))


def test_an_observer_learns_anew_when_another_unit_stands_there() -> None:
    settings = [FacilitySettings("fridge-1", "fridge", {}, frozenset({"cabinet_temperature", "power"}))]
    observer = Observer(settings, None, ids(), 3.0, {})
    said: list[object] = []
    for sample in played("fridge-1", START, 3600, {"cabinet_temperature": 4.0, "power": 90.0}):
        observer.hear(sample)
        said += [one.fact for one in observer.advance(sample.at)]
    before = observer.judge.yardstick("fridge-1").sense
    observer.stands("fridge-1", "SN-2", START + 3601)
    assert observer.judge.yardstick("fridge-1").sense is not before
    assert [one for one in said if isinstance(one, Profile)]
    assert not [one for one in said if isinstance(one, Question)]
