"""A kiosk is used while broker, hub and agent die behind it: it goes on, says what is so, and all arrives once."""

import os
import signal

import pytest

from kiosk.words import KEPT_OFFLINE, KEPT_ONLINE, OFFLINE, ONLINE
from shared.board import outbox_path, read_board
from shared.outbox import Outbox
from tests.journeys.house import HEALTHY, House
from tests.kiosk.glass import Terminal, in_terminal, terminal
from tests.kiosk.test_rough import ATTRACT, CHECK_IN, HOME, NAME, THANKS, TILE

SLOW_S = 30.0


def to_check_in(glass: Terminal) -> None:
    """From the attract screen to the occupations."""
    for at, seen in ((NAME, HOME), (TILE, CHECK_IN)):
        glass.settle()
        glass.tap(*at)
        assert glass.shows(seen, SLOW_S), seen
    glass.settle()


def thanked(glass: Terminal, how: str, number: int) -> None:
    """The tap that counts, what thanks say of it, and back to the attract screen."""
    glass.output = b""
    glass.tap(*TILE)
    assert glass.shows(THANKS, SLOW_S)
    page = glass.output.decode(errors="replace")
    assert how in page
    assert f"今天您是第 {number} 位" in page
    glass.settle()
    glass.send(b"\x1b")
    assert glass.shows(ATTRACT, SLOW_S)


@pytest.mark.timeout(400)
def test_a_worker_is_served_whatever_dies_and_what_was_thanked_for_arrives_once(house: House) -> None:
    folder = house.folder(HEALTHY)
    house.register(HEALTHY)
    agent = house.stage.watch(HEALTHY)
    house.until(lambda: (board := read_board(folder)) is not None and board.online)
    with terminal(in_terminal(folder)) as glass:
        assert glass.shows(ATTRACT, SLOW_S)
        to_check_in(glass)
        thanked(glass, KEPT_ONLINE.zh, 1)
        house.until(lambda: len(house.check_ins()) == 1)

        to_check_in(glass)
        os.kill(house.broker(), signal.SIGKILL)
        glass.tap(*TILE)
        assert glass.shows("今天您是第 2 位", SLOW_S)
        glass.settle()
        glass.send(b"\x1b")
        assert glass.shows(ATTRACT, SLOW_S)
        house.until(lambda: len(house.check_ins()) == 2, seconds=90)
        house.until(lambda: (board := read_board(folder)) is not None and board.online)
        assert glass.shows(ONLINE.zh, SLOW_S) or ONLINE.zh.encode() in glass.output

        to_check_in(glass)
        house.gone(house.program("hub"))
        assert glass.shows(OFFLINE.zh, SLOW_S)
        thanked(glass, KEPT_OFFLINE.zh, 3)

        to_check_in(glass)
        house.gone(agent)
        thanked(glass, KEPT_OFFLINE.zh, 4)

        house.stage.open_hub()
        house.stage.watch(HEALTHY)
        assert glass.shows(ONLINE.zh, 90)
    house.until(lambda: len(house.check_ins()) >= 4)
    outbox = Outbox(outbox_path(folder))
    try:
        house.until(lambda: not [r for r in outbox.take("now", house.stamp()) if r.fact.type == "checkin"])
    finally:
        outbox.close()
    assert len(house.check_ins()) == len(set(house.check_ins())) == 4
