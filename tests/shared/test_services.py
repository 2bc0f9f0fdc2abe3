"""What a station offers, from the states of what stands in it."""

import itertools
from collections.abc import Collection

import pytest

from shared.facility import kinds
from shared.services import (
    AVAILABILITY_LABELS,
    AVAILABILITY_SHAPES,
    SERVICES,
    Availability,
    Toilet,
    services,
)
from shared.states import State

EACH = [
    (State.OK, "available"),
    (State.DEGRADED, "limited"),
    (State.DOWN, "unavailable"),
    (State.UNKNOWN, "unknown"),
    (State.EXCLUDED, "unavailable"),
]


def now(
    *standing: tuple[str, State | None], toilet: Toilet | None = None, filed: Collection[str] = ()
) -> dict[str, str]:
    return {one.key: one.availability.value for one in services(standing, toilet, filed)}


def test_the_five_services_are_the_regulations_in_its_order() -> None:
    assert [one.label.zh for one in SERVICES] == ["饮水供给", "避暑取暖", "餐食加热", "手机充电", "休息如厕"]
    assert all(kind in kinds() for one in SERVICES for kind in one.kinds)


@pytest.mark.parametrize(("state", "word"), EACH)
@pytest.mark.parametrize(
    ("key", "kind"),
    [("water", "drinking_water"), ("climate", "air_conditioner"), ("meals", "microwave"), ("charging", "outlets")],
)
def test_one_facility_is_its_service(key: str, kind: str, state: State, word: str) -> None:
    assert now((kind, state))[key] == word


@pytest.mark.parametrize("order", list(itertools.permutations(("ok", "degraded", "unknown", "down"))))
def test_of_several_the_best_counts_whatever_the_order(order: tuple[str, ...]) -> None:
    states = [("microwave", State(one)) for one in order]
    assert now(*states)["meals"] == "available"
    assert now(*[one for one in states if one[1] is not State.OK])["meals"] == "limited"
    # The one nobody knows of may work: "not available" would be a guess.
    assert now(("microwave", State.DOWN), ("microwave", State.UNKNOWN))["meals"] == "unknown"


def test_a_fridge_is_no_service_and_what_is_not_there_is_not_offered() -> None:
    assert set(now(("fridge", State.OK)).values()) == {"not_offered"}


def test_what_is_filed_and_stands_nowhere_is_not_known() -> None:
    found = now(("fridge", State.OK), filed=["meals", "rest", "other"])
    assert found == dict.fromkeys(("water", "climate", "charging"), "not_offered") | {
        "meals": "unknown",
        "rest": "unknown",
    }
    assert now(("microwave", State.DOWN), filed=["meals"])["meals"] == "unavailable"
    assert now(filed=["water"])["meals"] == "not_offered"


def test_what_nothing_is_wired_to_is_here_and_no_more() -> None:
    assert now(("microwave", None))["meals"] == "provided"
    assert now(("microwave", None), ("microwave", State.OK))["meals"] == "available"
    assert now(("microwave", None), ("microwave", State.UNKNOWN))["meals"] == "unknown"


def test_of_a_station_that_named_nothing_nothing_is_known() -> None:
    assert set(now().values()) == {"unknown"}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", ["tables", "room"])
def test_a_seat_is_here_and_never_said_to_work(kind: str, state: State) -> None:
    assert now((kind, state))["rest"] == "provided"


def test_the_toilet_is_said_as_it_was_filed() -> None:
    assert services([("tables", State.UNKNOWN)])[-1].note is None
    notes = {toilet: services([("tables", State.UNKNOWN)], toilet)[-1].note for toilet in Toilet}
    assert [note.zh for note in notes.values() if note] == ["有卫生间", "卫生间暂缺"]
    assert now(("fridge", State.OK), toilet=Toilet.OPEN)["rest"] == "provided"
    assert now(("fridge", State.OK), toilet=Toilet.MISSING)["rest"] == "not_offered"


def test_every_availability_has_a_word_and_a_shape_of_its_own() -> None:
    assert set(AVAILABILITY_LABELS) == set(AVAILABILITY_SHAPES) == set(Availability)
    assert len(set(AVAILABILITY_SHAPES.values())) == len(Availability)
