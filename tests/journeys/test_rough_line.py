"""A line that garbles is a line that garbles: what hangs on it is unknown meanwhile, never down."""

from tests.journeys.house import HEALTHY, House


def test_a_line_garbles_and_heals_and_nothing_is_called_down(house: House) -> None:
    house.register(HEALTHY)
    house.stage.simulate(HEALTHY)
    house.stage.watch(HEALTHY)
    house.until(lambda: house.state(HEALTHY, "fridge-1") == "ok")
    house.order(HEALTHY, "line", "bus-a", "--fault", "garble", "--for", "100")
    house.until(lambda: house.state(HEALTHY, "fridge-1") == "unknown", seconds=120)
    house.until(lambda: house.state(HEALTHY, "fridge-1") == "ok", seconds=90)
    assert house.alerts() == []
    assert house.rows("SELECT * FROM spell WHERE state IN ('down', 'degraded')") == []
