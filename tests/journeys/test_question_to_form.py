"""A rule that cannot tell asks; a person answers at the hub; the station hears it, and the form says what follows."""

from typing import Any

from shared.board import read_board
from tests.journeys.house import HEALTHY, House

MICROWAVE = "microwave-1"


def test_an_unplugged_microwave_is_asked_about_and_a_no_makes_it_down(house: House) -> None:
    station = house.register(HEALTHY)
    house.tune(HEALTHY, MICROWAVE, standby_doubt=0.05, standby_gone=0.2)
    house.replay(HEALTHY, days=2)
    house.stage.simulate(HEALTHY)
    house.stage.watch(HEALTHY)
    house.until(lambda: house.state(HEALTHY, MICROWAVE) == "ok")
    house.order(HEALTHY, "break", MICROWAVE, "--how", "unplugged")

    question = house.until(lambda: _open(house, station), seconds=120)
    assert (question["facility"], question["rule"]) == (MICROWAVE, "MW5")
    assert house.state(HEALTHY, MICROWAVE) == "unknown"
    house.until(lambda: _on_the_board(house) == [question["id"]])
    assert question["text"]["zh"] in house.visitor.page("/questions")

    house.visitor.submit("/questions", f"/stations/{station}/questions/{question['id']}", answer="no")
    house.until(lambda: house.state(HEALTHY, MICROWAVE) == "down", seconds=60)
    house.until(lambda: not _open(house, station), seconds=60)
    page = house.visitor.page(f"/stations/{station}/facilities/{MICROWAVE}")
    assert "MW5" in page

    house.until(lambda: house.waiting(HEALTHY) < 10)
    form = house.visitor.submit(f"/stations/{station}", f"/stations/{station}/inspections")
    proposal = house.revealed(form, "microwave")
    assert proposal["points"] is None, "two days observed, and down for less than an hour: never ten"


def _on_the_board(house: House) -> list[str]:
    """What the attendant's screen can show."""
    board = read_board(house.folder(HEALTHY))
    return [] if board is None else [one.question for one in board.questions]


def _open(house: House, station: str) -> Any:
    asked = house.visitor.json("/api/questions")["questions"]
    return next((one for one in asked if one["station"] == station and one["closed_at"] is None), None)
