"""A device is known by what it answers."""

import pytest

from edge.commissioning.models import Heard, address_read, guesses, questions
from edge.driver import Driver, HoldingRegisters, InputRegisters, Read
from edge.drivers import drivers

METER = [2300, 348, 0, 800, 0, 0, 0, 500, 100, 0]
ASKED = [driver for driver in drivers().values() if driver.reads]


def heard(*answers: tuple[Read, list[int]]) -> Heard:
    return dict(answers)


def own(model: str, value: int) -> tuple[Read, list[int]]:
    read = address_read(drivers()[model])
    assert read is not None
    return read, [value]


def names(address: int, said: Heard) -> list[tuple[str, bool]]:
    return [(guess.driver.model, guess.certain) for guess in guesses(ASKED, address, said)]


def test_a_reading_and_the_address_register_make_it_certain() -> None:
    assert names(7, heard((InputRegisters(0, 10), METER), own("pzem016", 7))) == [("pzem016", True)]


def test_a_reading_alone_is_plausible_only() -> None:
    assert names(7, heard((InputRegisters(0, 10), METER))) == [("pzem016", False)]
    assert names(7, heard((InputRegisters(0, 10), METER), own("pzem016", 8))) == [("pzem016", False)]


def test_sister_boards_differ_by_their_address_register() -> None:
    both = (HoldingRegisters(0, 8), [45] * 8), (InputRegisters(0, 8), [45] * 8)
    assert names(3, heard(*both)) == [("n4dsc08", False), ("r4dcb08", False)]
    assert names(3, heard(*both, own("n4dsc08", 3), own("r4dcb08", 0))) == [("n4dsc08", True)]
    assert names(3, heard(*both, own("n4dsc08", 0), own("r4dcb08", 3))) == [("r4dcb08", True)]


def test_what_decodes_to_nonsense_is_no_guess() -> None:
    assert names(7, heard((InputRegisters(0, 10), [9] * 10), own("pzem016", 7))) == []


def test_an_air_sensor_in_hundredths_is_known_with_its_option() -> None:
    (guess,) = guesses(ASKED, 1, heard((InputRegisters(1, 2), [2150, 5000]), own("xy_md02", 1)))
    assert (guess.driver.model, guess.options) == ("xy_md02", {"scale": 100})
    assert guess.reading == {"temperature": 21.5, "humidity": 50.0}


def test_each_question_is_asked_once() -> None:
    assert len(questions(ASKED)) == len(set(questions(ASKED))) == 5


@pytest.mark.parametrize("driver", ASKED, ids=lambda driver: driver.model)
def test_every_model_on_a_line_says_where_its_address_stands(driver: Driver) -> None:
    assert driver.address is not None
    registers = [other.address.register for other in ASKED if other.address is not None]
    assert registers.count(driver.address.register) == 1
