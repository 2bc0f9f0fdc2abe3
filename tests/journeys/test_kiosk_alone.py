"""A kiosk is used while broker, hub and agent die behind it: it goes on, says what is so, and all arrives once."""

import os
import signal

import pytest

from kiosk.words import KEPT_OFFLINE, KEPT_ONLINE, OFFLINE, ONLINE
from shared.board import outbox_path, read_board
from shared.outbox import Outbox
from tests.journeys.house import HEALTHY, House
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.painted import painted
from tests.kiosk.test_rough import ATTRACT, CHECK_IN, HOME, NAME, TILE

SLOW_S = 30.0
AGAIN_S = 10.0
OCCUPATION = (10, 8)
"""One of the tiles, with a code for phones beside them and without."""


def touch(glass: Terminal, at: tuple[int, int], seen: str) -> None:
    """What a person does: touch, and touch again where nothing came of it."""
    glass.output = b""
    for _ in range(3):
        glass.settle()
        glass.tap(*at)
        if glass.shows(seen, AGAIN_S):
            return
    raise AssertionError("\n".join([f"{seen} did not come:", *painted(glass.output)]))


def to_check_in(glass: Terminal) -> None:
    """From the attract screen to the occupations."""
    touch(glass, NAME, HOME)
    touch(glass, TILE, CHECK_IN)
    glass.settle()


def thanked(glass: Terminal, number: int) -> str:
    """The tap that counts, what thanks say of it, and back to the attract screen."""
    touch(glass, OCCUPATION, f"今天您是第 {number} 位")
    page = glass.output.decode(errors="replace")
    glass.settle()
    glass.send(b"\x1b")
    assert glass.shows(ATTRACT, SLOW_S)
    return page


def told(glass: Terminal, word: str) -> None:
    """Until the top row says so."""
    glass.output = b""
    assert glass.shows(word, 2 * SLOW_S), "\n".join([f"it does not say {word}:", *painted(glass.output)])


@pytest.mark.timeout(400)
def test_a_worker_is_served_whatever_dies_and_what_was_thanked_for_arrives_once(house: House) -> None:
    folder = house.folder(HEALTHY)
    house.register(HEALTHY)
    agent = house.stage.watch(HEALTHY)
    house.until(lambda: (board := read_board(folder)) is not None and board.online)
    with terminal(in_terminal(folder)) as glass:
        assert glass.shows(ATTRACT, SLOW_S)
        to_check_in(glass)
        assert KEPT_ONLINE.zh in thanked(glass, 1)
        house.until(lambda: len(house.check_ins()) == 1)

        to_check_in(glass)
        os.kill(house.broker(), signal.SIGKILL)
        thanked(glass, 2)
        house.until(lambda: len(house.check_ins()) == 2, seconds=90)
        house.until(lambda: (board := read_board(folder)) is not None and board.online)

        to_check_in(glass)
        house.gone(house.program("hub"))
        told(glass, OFFLINE.zh)
        assert KEPT_OFFLINE.zh in thanked(glass, 3)

        to_check_in(glass)
        house.gone(agent)
        assert KEPT_OFFLINE.zh in thanked(glass, 4)

        house.stage.open_hub()
        house.stage.watch(HEALTHY)
        told(glass, ONLINE.zh)
    house.until(lambda: len(house.check_ins()) >= 4)
    outbox = Outbox(outbox_path(folder))
    try:
        house.until(lambda: not [r for r in outbox.take("now", house.stamp()) if r.fact.type == "checkin"])
    finally:
        outbox.close()
    assert len(house.check_ins()) == len(set(house.check_ins())) == 4
