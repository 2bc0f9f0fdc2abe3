"""One notice instead of many: which alerts are held by which."""

from hub.alerts.inhibition import Node, Reason, held

FRIDGE = Node(1, "fridge-1", "device_fault", "high")
OUTLETS = Node(2, "outlets-1", "device_fault", "high")
OVERLOAD = Node(3, "outlets-1", "user_action", "safety")
SILENT = Node(4, None, "network", "high")
DARK = Node(5, None, "power_cut", "high")
SAID = Node(6, "fridge-1", "unknown", "normal", "dead")
TWINS = Node(7, None, "duplicate", "high")


def test_a_silent_station_is_told_instead_of_its_facilities() -> None:
    assert held([FRIDGE, OUTLETS, SILENT, TWINS]) == {1: (Reason.SILENCE, 4), 2: (Reason.SILENCE, 4)}


def test_a_power_cut_is_told_instead_of_what_has_no_power() -> None:
    assert held([FRIDGE, DARK]) == {1: (Reason.POWER_CUT, 5)}


def test_a_broker_away_is_told_instead_of_silent_stations() -> None:
    assert held([FRIDGE, SILENT], broker_away=9) == {1: (Reason.SILENCE, 4), 4: (Reason.BROKER_AWAY, 9)}
    assert held([FRIDGE], broker_away=9) == {}


def test_safety_is_held_by_nothing() -> None:
    assert held([OVERLOAD, SILENT, DARK], [None], broker_away=9).keys() == {4, 5}


def test_what_a_person_says_is_not_doubted_because_a_sensor_is_away() -> None:
    assert held([SAID, SILENT, DARK]) == {}


def test_a_window_holds_its_facility_or_all_of_the_station() -> None:
    assert held([FRIDGE, OUTLETS, SAID], ["fridge-1"]) == {1: (Reason.MAINTENANCE, None), 6: (Reason.MAINTENANCE, None)}
    assert held([FRIDGE, SILENT], [None]) == {1: (Reason.SILENCE, 4), 4: (Reason.MAINTENANCE, None)}


def test_a_line_is_told_instead_of_what_it_measures() -> None:
    line = Node(8, None, "sensor_fault", "normal", "line:rs485-a", line="rs485-a")
    blind = Node(9, "fridge-1", "sensor_fault", "normal")
    assert held([line, blind], lines={"fridge-1": "rs485-a"}) == {9: (Reason.LINE, 8)}
    assert held([line, blind], lines={"fridge-1": "rs485-b"}) == {}
