"""From the serial port to the inspector's form, as the people at its ends see it."""

from tests.journeys.house import FAILING, HEALTHY, House


def test_a_breaker_trips_and_the_maintainer_sees_the_alert_with_its_reason(house: House) -> None:
    station = house.register(HEALTHY)
    house.tune(HEALTHY, "outlets-1", reset_after=5.0)
    house.stage.simulate(HEALTHY)
    house.stage.watch(HEALTHY)
    house.until(lambda: house.state(HEALTHY, "outlets-1") == "ok")
    house.order(HEALTHY, "break", "outlets-1", "--how", "trip")
    alert = house.until(lambda: [row for row in house.alerts() if row["station"] == station], seconds=120)[0]
    assert alert["facility"] == "outlets-1"
    page = house.visitor.page(f"/alerts/{alert['id']}")
    assert "跳闸" in page
    assert house.state(HEALTHY, "outlets-1") == "down"
    house.order(HEALTHY, "heal", "outlets-1")
    house.until(lambda: not house.alerts(), seconds=150)


def test_a_fridge_that_failed_slowly_is_an_alert_and_a_two_on_the_form(house: House) -> None:
    station = house.register(FAILING)
    house.replay(FAILING, days=8)
    house.stage.simulate(FAILING)
    house.stage.watch(FAILING)
    alert = house.until(house.alerts, seconds=120)[0]
    # By night it waits as normal until the station opens.
    assert alert["facility"] == "fridge-1"
    assert alert["severity"] in ("high", "normal")
    chart = house.visitor.page(f"/alerts/{alert['id']}/chart.svg")
    assert "<svg" in chart
    house.until(lambda: house.waiting(FAILING) < 10)
    form = house.visitor.submit(f"/stations/{station}", f"/stations/{station}/inspections")
    lines = {key: house.revealed(form, key) for key in ("fridge", "outlets", "drinking_water")}
    assert lines["fridge"]["points"] == 2
    assert lines["fridge"]["rule"] in ("R2", "R3", "R8")
    for line in lines.values():
        (facility,) = line["facilities"]
        minutes = facility["evidence"]["minutes"]
        states = ("ok", "degraded", "down", "unknown", "excluded")
        assert sum(minutes[state] for state in states) == minutes["service"] > 7 * 8 * 60
        assert minutes["ok"] + minutes["down"] > 0
