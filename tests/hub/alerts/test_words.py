"""What to bring, what will prove it, what people reported: for every rule, kind and problem there is."""

import pytest

from hub.alerts import bring, proving
from hub.alerts.events import LABELS, What
from hub.alerts.inhibition import REASONS, Reason
from hub.alerts.reported import key_of, problem_label, why
from hub.health.words import RULES
from shared.facility import kinds
from shared.quantities import QUANTITIES
from shared.states import Cause

NAMES = {quantity.name for quantity in QUANTITIES.values()}


@pytest.mark.parametrize("rule", sorted(proving.EXITS))
def test_every_exit_is_of_a_known_rule_and_watches_known_quantities(rule: str) -> None:
    assert rule in RULES
    assert set(proving.EXITS[rule].watch) <= NAMES


def test_the_limit_is_the_facilitys_own() -> None:
    assert proving.in_words("FR2", {"legal_limit": 10.0}).zh == "箱内温度低于 9 ℃ 并保持 60 分钟"
    assert proving.in_words("FR2Q", {}).en == "Below 7 ℃ inside for 60 minutes"
    assert proving.in_words("SV3", {}) == proving.SENSOR.text
    assert proving.in_words("ZZ9", {}) == proving.WORKS.text


def test_what_is_watched_is_what_shows_it_by_socket_too() -> None:
    assert proving.watched("OUT2", ["power.1", "voltage.1", "voltage.2"]) == ["voltage.1", "voltage.2"]
    assert proving.watched("ZZ9", ["power"]) == ["power"]


@pytest.mark.parametrize("rule", sorted(bring.BY_RULE))
def test_what_to_bring_is_of_a_known_rule(rule: str) -> None:
    assert rule in RULES


def test_something_to_bring_is_known_of_every_kind_and_cause() -> None:
    for cause in Cause:
        for kind in (*kinds(), None):
            assert len(bring.to_bring("ZZ9", cause, kind)) >= len(bring.ALWAYS)
    assert bring.to_bring("FR2H", "device_fault", "fridge") == bring.to_bring("FR2", "device_fault", "fridge")


def test_every_event_and_reason_has_a_name() -> None:
    assert LABELS.keys() == set(What)
    assert REASONS.keys() == set(Reason)


def test_every_problem_people_may_report_has_its_words() -> None:
    for kind in kinds().values():
        for problem in kind.problems:
            assert problem_label(f"{kind.name}-1", problem.id) == problem.label
    assert problem_label(*key_of("door", "danger", stands=False)).zh == "门：冒烟 漏电 有危险"
    assert problem_label(*key_of("network", "slow", stands=False)).en == "Network: Slow"
    assert problem_label(*key_of("<b>", "<i>", stands=False)).zh == "<b>：<i>"
    assert why("fridge-1", "danger", 3).zh == "有 3 人次报告：冒烟 漏电 有危险"
