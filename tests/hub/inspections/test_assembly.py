"""From masks, spells and proofs to evidence."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.health.hours import Hour, SpellSpan
from hub.inspections.assembly import Fitted, Present, Recorded, gather
from hub.inspections.evidence import Evidence, OpenSpell, Proven, Window
from shared.facility import kinds
from shared.opening import Opening
from shared.states import Cause, Grade, State
from shared.text import Text

END = datetime(2026, 7, 20, 9, 0, tzinfo=UTC)
"""17:00 in Shanghai."""
DAY = Window(END - timedelta(hours=24), END)
FULL = (1 << 60) - 1
WELL = Present(State.OK, END - timedelta(hours=8), 30.0)


def fitted(kind: str = "fridge", *quantities: str) -> Fitted:
    wired = frozenset(quantities or ("power", "cabinet_temperature"))
    return Fitted(f"{kind}-1", kinds()[kind], Text("冰箱", "Fridge"), wired)


def hours(**masks: int) -> list[Hour]:
    return [Hour(END - timedelta(hours=back), **masks) for back in range(1, 25)]


def evidence(recorded: Recorded, present: Present = WELL, **more: object) -> Evidence:
    return gather(more.pop("fitted", fitted()), DAY, Opening(), recorded, present, **more)  # type: ignore[arg-type]


def spell(state: State, since: datetime, until: datetime | None = None, cause: Cause = Cause.DEVICE_FAULT) -> OpenSpell:
    return OpenSpell(state, since, until, "FR2", cause, Text("热", "warm"))


def test_only_opening_minutes_count_and_they_add_up() -> None:
    minutes = evidence(Recorded(hours=hours(ok=FULL))).minutes
    assert (minutes.service, minutes.ok) == (480, 480)
    assert sum(count for _, count in minutes.by_state()) == minutes.service


def test_nothing_recorded_is_unknown_not_down() -> None:
    minutes = evidence(Recorded()).minutes
    assert (minutes.service, minutes.unknown, minutes.down) == (480, 480, 0)


def test_a_back_dated_fault_counts_from_its_first_symptom() -> None:
    since = END - timedelta(hours=2)
    recorded = Recorded(hours=hours(ok=FULL), spans=[SpellSpan(State.DOWN, since, None)])
    found = evidence(recorded, Present(State.DOWN, since, 20.0))
    assert (found.minutes.down, found.minutes.longest_down, found.minutes.down_events) == (120, 120, 1)
    assert found.now_minutes == 120


def test_the_present_state_is_as_old_as_its_opening_minutes() -> None:
    yesterday = END - timedelta(hours=20)
    assert evidence(Recorded(), Present(State.DOWN, yesterday, 20.0)).now_minutes == 480


def test_what_nobody_dated_is_as_old_as_the_window() -> None:
    assert evidence(Recorded(), Present(State.UNKNOWN, None, None)).now_minutes == 480


def test_a_fault_nobody_dated_is_not_yet_confirmed() -> None:
    """Its minutes came, its spell did not."""
    assert evidence(Recorded(hours=hours(ok=FULL)), Present(State.DOWN, None, 20.0)).now_minutes == 0


@pytest.mark.parametrize("said", [FULL, 0], ids=["dated back", "said at the time"])
@pytest.mark.parametrize(("doubt", "doubted"), [(True, 120), (False, 0)])
def test_minutes_a_rule_suspected_are_told_from_those_nobody_saw(doubt: bool, doubted: int, said: int) -> None:
    """While a rule doubts, the station's minutes say nothing of the facility."""
    since = END - timedelta(hours=3)
    spans = [SpellSpan(State.UNKNOWN, since, since + timedelta(hours=2), doubt=doubt)]
    silent = [Hour(one.hour, ok=said if since <= one.hour < END - timedelta(hours=1) else FULL) for one in hours()]
    minutes = evidence(Recorded(hours=silent, spans=spans)).minutes
    assert (minutes.unknown, minutes.doubted) == (120, doubted)


def test_what_a_rule_came_to_be_sure_of_is_no_doubt_any_more() -> None:
    since = END - timedelta(hours=3)
    spans = [
        SpellSpan(State.UNKNOWN, since, None, confirmed_at=since, doubt=True),
        SpellSpan(State.DOWN, since, None, confirmed_at=since + timedelta(hours=1), spell="sure"),
    ]
    minutes = evidence(Recorded(hours=hours(ok=FULL), spans=spans)).minutes
    assert (minutes.down, minutes.unknown, minutes.doubted) == (180, 0, 0)


def test_only_an_open_sensor_fault_blinds() -> None:
    began = END - timedelta(hours=3)
    over = spell(State.UNKNOWN, began, END - timedelta(hours=1), Cause.SENSOR_FAULT)
    assert evidence(Recorded(spells=[over])).sensor_fault_since is None
    open_one = spell(State.UNKNOWN, began, None, Cause.SENSOR_FAULT)
    assert evidence(Recorded(spells=[open_one])).sensor_fault_since == began


def test_faults_are_listed_open_ones_first() -> None:
    old, newer = END - timedelta(hours=9), END - timedelta(hours=4)
    ended = spell(State.DOWN, newer, END - timedelta(hours=3))
    lasting, fine = spell(State.DEGRADED, old), spell(State.OK, newer)
    assert evidence(Recorded(spells=[ended, fine, lasting])).spells == (lasting, ended)


@pytest.mark.parametrize(
    ("kind", "quantities", "bound"),
    [
        ("fridge", ("power",), True),
        ("fridge", ("voltage", "door_open"), False),
        ("outlets", ("voltage.3",), True),
        ("drinking_water", ("leak",), False),
    ],
)
def test_a_facility_is_bound_where_a_deciding_quantity_is_wired(
    kind: str, quantities: tuple[str, ...], bound: bool
) -> None:
    assert evidence(Recorded(), fitted=fitted(kind, *quantities)).bound is bound


def test_tables_can_never_be_proven_and_a_microwave_needs_use() -> None:
    assert not evidence(Recorded(), fitted=fitted("tables", "power")).observable
    assert evidence(Recorded(), fitted=fitted("microwave", "power")).proof_grade is Grade.E3
    assert evidence(Recorded()).proof_grade is Grade.E2


def test_only_kinds_with_modes_ask_for_the_mode_of_the_season() -> None:
    heated = Proven("AC2", Grade.E3, "heating", END - timedelta(hours=1))
    cooling = frozenset({"cooling"})
    air = evidence(Recorded(proofs=[heated]), fitted=fitted("air_conditioner", "power"), modes=cooling)
    assert not air.proven
    assert evidence(Recorded(proofs=[heated]), modes=cooling).proven
