"""Charts: what is drawn, and the drawing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from hub.health import drawing
from hub.health.chart import Chart, draw
from hub.health.spells import SpellSpan
from shared.states import State

START = datetime(2026, 7, 15, 0, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@dataclass
class Quarter:
    """A quarter-hour."""

    start: datetime
    mean: float
    low: float = 0
    high: float = 10


def quarters(*steps: int) -> list[Quarter]:
    return [Quarter(START + step * QUARTER, 5.0 + step) for step in steps]


@pytest.mark.parametrize(
    ("wired", "shown"),
    [
        (["power", "cabinet_temperature", "door_open", "voltage"], ["cabinet_temperature", "power"]),
        (["power", "voltage", "current"], ["power", "voltage"]),
        (["voltage.1", "voltage.2", "current.1"], ["voltage.1", "voltage.2", "current.1"]),
        (["door_open", "leak"], []),
        (["made_up"], []),
        ([], []),
    ],
)
def test_a_chart_shows_few_lines_that_decide(wired, shown):
    assert drawing.drawn(wired) == shown


def test_a_gap_stays_a_gap():
    points = drawing.line("power", quarters(0, 1, 5, 6)).points
    assert [value for _, value in points] == [5.0, 6.0, None, 10.0, 11.0]


def test_late_quarters_are_not_lost_and_zero_is_not_missing():
    rows = [Quarter(START, 0.0), Quarter(START + QUARTER, 0.0)]
    assert [value for _, value in drawing.line("power", rows).points] == [0.0, 0.0]


def test_inside_the_evidence_the_finer_values_are_drawn():
    trace = drawing.trace_points(
        {
            "quantity": "power",
            "start": (START + QUARTER).isoformat(),
            "step_s": 60.0,
            "values": [1.0, None, *[2.0] * 14],
        }
    )
    points = drawing.line("power", quarters(0, 1, 2), [trace]).points
    assert [at for at, _ in points] == sorted(at for at, _ in points)
    assert (START + QUARTER + QUARTER / 2, 6.0) not in points
    assert (START + QUARTER / 2, 5.0) in points
    assert (START + QUARTER + timedelta(minutes=1), None) in points


def test_only_what_is_not_ok_is_shaded_and_only_inside_the_window():
    spans = [
        SpellSpan(State.OK, START, None),
        SpellSpan(State.DOWN, START - 4 * QUARTER, None),
        SpellSpan(State.DEGRADED, START - 9 * QUARTER, START - 8 * QUARTER),
    ]
    shades = drawing.shades(spans, START, START + QUARTER)
    assert [(shade.state, shade.start, shade.end) for shade in shades] == [(State.DOWN, START, START + QUARTER)]


def test_the_spells_own_limit_wins_over_the_setting():
    limits = drawing.limits(
        "fridge", {"legal_limit": 8.5, "inverter": True}, {"legal_limit": 7.0, "legal_clear": 6.0}, ["℃"]
    )
    assert [(limit.value, limit.unit) for limit in limits] == [(7.0, "℃")]
    assert drawing.limits("fridge", {}, {"legal_limit": 7.0}, ["W"]) == []


@pytest.mark.parametrize(("hours", "shown"), [(1, 6), (6, 9), (48, 60), (24 * 30, 24 * 7)])
def test_an_alerts_chart_begins_before_the_first_symptom(hours, shown):
    until = START + timedelta(hours=hours)
    begin, end = drawing.around(START, until)
    assert end - begin == timedelta(hours=shown)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wide", [True, False])
def test_the_drawing_is_sound_and_needs_no_font_of_the_viewer(language, wide):
    lines = [drawing.line("cabinet_temperature", quarters(*range(96))), drawing.line("power", quarters(*range(96)))]
    spans = [SpellSpan(state, START + i * 8 * QUARTER, START + (i + 1) * 8 * QUARTER) for i, state in enumerate(State)]
    end = START + 96 * QUARTER
    limits = drawing.limits("fridge", {}, {}, ["℃"])
    image = draw(drawing.chart(START, end, lines, spans, limits, START + QUARTER), language, wide=wide)
    root = ET.fromstring(image)  # noqa: S314 - our own drawing
    assert root.tag.endswith("svg")
    assert not root.findall(".//{http://www.w3.org/2000/svg}text")
    assert len(image) < 200_000
    assert image == draw(drawing.chart(START, end, lines, spans, limits, START + QUARTER), language, wide=wide)


def test_an_empty_chart_is_a_chart():
    assert b"<svg" in draw(Chart(START, START + QUARTER, []), "zh", wide=False)


def test_folding_loses_neither_the_extremes_nor_a_gap():
    rows = [Quarter(START + step * QUARTER, float(step), low=step - 1, high=step + 1) for step in (0, 1, 2, 3, 12, 13)]
    hours = drawing.folded(rows, timedelta(hours=1))
    assert [(one.start - START, one.low, one.mean, one.high) for one in hours] == [
        (timedelta(), -1, 1.5, 4),
        (timedelta(hours=3), 11, 12.5, 14),
    ]
    line = drawing.line("power", hours, step=timedelta(hours=1))
    assert [value for _, value in line.points] == [1.5, None, 12.5]
    assert drawing.folded(rows, QUARTER) == [drawing.Stretch(row.start, row.low, row.mean, row.high) for row in rows]


def test_of_a_profile_the_thresholds_people_expect_are_drawn_and_a_judgement_goes_before_it():
    profile = {"legal_limit": 7.0, "hot_limit": 12.0, "warm_after": 60.0}
    assert [(one.label.en, one.value) for one in drawing.limits("fridge", {}, {}, ["℃"], profile)] == [
        ("Food temperature limit", 7.0)
    ]
    judged = {"legal_limit": 6.0, "hot_limit": 11.0}
    assert [one.value for one in drawing.limits("fridge", {}, judged, ["℃"], profile)] == [6.0, 11.0]
