"""The 3-minute test: what it asks, what it shows, and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest

from hub.health.tables import ProofRow
from hub.inspections.three_minutes import TESTS, BadFigure, made
from shared.facility import kinds
from shared.states import Grade
from tests.hub.inspections.conftest import VISIT
from tests.hub.inspections.forms import begin, line_of, look_and_reveal, rows, said


@pytest.mark.parametrize(
    ("kind", "figures", "passed", "mode"),
    [
        ("fridge", {"cabinet": 8.0}, True, None),
        ("fridge", {"cabinet": 8.1}, False, None),
        ("microwave", {"before": 20, "after": 45, "seconds": 60, "rated": 700}, True, None),
        ("microwave", {"before": 20, "after": 43, "seconds": 60, "rated": 700}, False, None),
        ("microwave", {"before": 20, "after": 60, "seconds": 120, "rated": 700}, False, None),
        ("air_conditioner", {"room": 28, "supply": 20}, True, "cooling"),
        ("air_conditioner", {"room": 28, "supply": 20.1}, False, "cooling"),
        ("air_conditioner", {"room": 12, "supply": 22}, True, "heating"),
        ("air_conditioner", {"room": 12, "supply": 21}, False, "heating"),
        ("drinking_water", {"outlet": 80}, True, None),
        ("drinking_water", {"outlet": 79}, False, None),
        ("outlets", {"sockets": 6, "live": 6}, True, None),
        ("outlets", {"sockets": 6, "live": 4}, False, None),
    ],
)
def test_each_kind_has_its_line_between_proof_and_none(
    kind: str, figures: dict[str, float], passed: bool, mode: str | None
) -> None:
    done = made(kind, f"{kind}-1", figures, "wang", VISIT)
    assert (done.passed, done.mode) == (passed, mode)
    assert done.rule.startswith("TEST-")


def test_every_kind_that_can_be_proven_has_a_test_of_the_grade_it_needs() -> None:
    provable = {name: kind.proof_grade for name, kind in kinds().items() if kind.proof_grade is not None}
    assert set(TESTS) == set(provable)
    for name, grade in provable.items():
        assert grade is not None
        assert TESTS[name].grade >= grade


@pytest.mark.parametrize("figures", [{}, {"cabinet": None}, {"cabinet": 61}, {"cabinet": -31}, {"outlet": 4}])
def test_a_figure_that_is_missing_or_cannot_be_is_named(figures: dict[str, float | None]) -> None:
    with pytest.raises(BadFigure, match="Cabinet: from -30 to 60 ℃"):
        made("fridge", "fridge-1", figures, "wang", VISIT)


def test_a_test_that_passes_is_a_proof_by_that_inspector_and_the_proposal_is_made_again_once(hub: Any) -> None:
    inspector = hub.browser("inspector", "wang")
    station = hub.station("microwave-1")
    hub.month(station, "microwave-1")
    form = begin(inspector, station)
    assert look_and_reveal(inspector, form, "microwave", "not_tested")["rule"] == "R7"
    first = line_of(inspector, form, "microwave")
    figures = {"before": 20, "after": 50, "seconds": 60, "rated": 700}
    assert inspector.post(f"{form}/items/microwave/test", **figures).status_code == 303
    line = line_of(inspector, form, "microwave")
    assert (line["proposal"], line["seal"]) == (first["proposal"], first["seal"])
    assert (line["second_proposal"]["points"], line["second_proposal"]["rule"]) == (10, "R11")
    assert line["second_seal"] not in (None, line["seal"])
    (proof,) = rows(hub, ProofRow)
    assert (proof.by, proof.rule, proof.grade, proof.facility) == ("wang", "TEST-MW", Grade.E3, "microwave-1")
    page = inspector.get(form).text
    assert page.index("测试前的系统建议") < page.index("测试后的系统建议")
    assert inspector.post(f"{form}/items/microwave/test", **figures).status_code == 303
    assert inspector.post(f"{form}/items/microwave/test", **figures | {"after": 40}).status_code == 409
    assert line_of(inspector, form, "microwave") == line
    assert inspector.post(f"{form}/items/microwave/decide", points=10).status_code == 303
    assert not line_of(inspector, form, "microwave")["overridden"]
    hub.now += timedelta(minutes=1)
    facility = inspector.get(f"/stations/{station}/facilities/microwave-1").text
    for part in ("TEST-MW 手测加热 · wang", "加热后水温 50.0 ℃"):
        assert part in facility


def test_a_test_before_the_reveal_is_in_the_first_proposal(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.station("microwave-1")
    hub.month(station, "microwave-1")
    form = begin(inspector, station)
    address = f"{form}/items/microwave/test"
    assert inspector.post(address, before=20, after=50, seconds=60, rated=700).status_code == 409
    inspector.post(f"{form}/items/microwave/look", look="works")
    assert inspector.post(address, before=20, after=50, seconds=60, rated=700).status_code == 303
    inspector.post(f"{form}/items/microwave/reveal")
    line = line_of(inspector, form, "microwave")
    assert (line["proposal"]["points"], line["second_proposal"]) == (10, None)


def test_a_test_that_fails_is_shown_is_no_proof_and_takes_a_high_proposal_away(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    assert look_and_reveal(inspector, form, "fridge")["points"] == 10
    before = len(rows(hub, ProofRow))
    inspector.post(f"{form}/items/fridge/test", cabinet=14)
    line = line_of(inspector, form, "fridge")
    assert (line["test"]["passed"], line["second_proposal"]["points"], line["second_proposal"]["rule"]) == (
        False,
        None,
        "R5",
    )
    assert "现场测试未通过：箱内 14 ℃" in line["second_proposal"]["why"]["zh"]
    assert len(rows(hub, ProofRow)) == before
    assert "作为依据保留，不是功能验证" in inspector.get(form).text


def test_of_two_of_a_kind_the_form_asks_which_one(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1", "fridge-2"))
    look_and_reveal(inspector, form, "fridge")
    address = f"{form}/items/fridge/test"
    assert inspector.post(address, cabinet=4).status_code == 422
    assert inspector.post(address, cabinet=4, facility="microwave-1").status_code == 422
    assert inspector.post(address, cabinet=4, facility="fridge-2").status_code == 303
    assert line_of(inspector, form, "fridge")["test"]["facility"] == "fridge-2"


def test_a_station_without_telemetry_is_tested_too_and_it_stays_evidence(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.station())
    look_and_reveal(inspector, form, "fridge")
    assert inspector.post(f"{form}/items/fridge/test", cabinet=4).status_code == 303
    line = line_of(inspector, form, "fridge")
    assert (line["test"]["passed"], line["test"]["facility"], line["second_proposal"]) == (True, None, None)
    assert rows(hub, ProofRow) == []


def test_a_proof_by_hand_counts_in_the_next_inspection_too(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.station("microwave-1")
    form = begin(inspector, station)
    look_and_reveal(inspector, form, "microwave")
    inspector.post(f"{form}/items/microwave/test", before=20, after=50, seconds=60, rated=700)
    hub.now += timedelta(days=1)
    hub.month(station, "microwave-1")
    proposals = hub.browser("administrator").get(f"/api/stations/{station}/proposals").json()
    assert proposals["microwave"]["points"] == 10


def test_what_was_typed_is_there_again_where_a_figure_was_wrong(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("microwave-1"))
    look_and_reveal(inspector, form, "microwave")
    answer = inspector.post(f"{form}/items/microwave/test", before=21.5, after=120, seconds=60, rated=700)
    assert answer.status_code == 422
    assert "加热后水温：请填 0 到 90 ℃" in answer.text
    assert 'value="21.5"' in answer.text
    assert [step["what"] for step in said(inspector, form)["trail"]] == ["start", "look", "reveal"]
