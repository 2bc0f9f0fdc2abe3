"""What a scanned card leads to: a check-in by card, the word that it is counted already, or why it is none."""

from collections.abc import Callable
from typing import Protocol

from textual.screen import Screen

from kiosk import words
from kiosk.answers import by_card
from kiosk.cards import STILL_HELD_S
from kiosk.desk import Desk, NotACard, NotKept, Scan
from kiosk.messages import Receipt
from kiosk.screen import KioskScreen
from kiosk.screens.check_in import checked_in
from kiosk.screens.feedback import FeedbackScreen
from kiosk.screens.not_kept import NotKeptScreen
from kiosk.screens.thanks import ThanksScreen


class Scanner(Protocol):
    """Something that hears codes."""

    def start(self, hear: Callable[[str], object]) -> None:
        """Call `hear` with each code, from any thread."""

    def stop(self) -> None:
        """Cease."""


def answer_to(desk: Desk, code: str, up: Screen[object]) -> KioskScreen | None:
    """The screen that says what became of a scan, once that is kept. None: what is up stands, and has said enough.

    A warning of danger stands whatever is scanned; its top row says what became of it. So does a screen that is deaf,
    and the card does not count.
    """
    if isinstance(up, KioskScreen) and up.DEAF:
        up.top.remark(desk.say(words.NOT_COUNTED))
        return None
    answer = _answer(desk, code, up)
    if answer is not None and isinstance(up, ThanksScreen | NotKeptScreen) and up.alarming:
        said = words.CARD_ASIDE if isinstance(answer, ThanksScreen) else words.NOT_COUNTED
        up.top.remark(desk.say(said))
        return None
    return answer


def _answer(desk: Desk, code: str, up: Screen[object]) -> KioskScreen | None:
    try:
        scan = desk.scan(code)
    except NotACard as error:
        return NotKeptScreen(desk, error.why, words.NOT_COUNTED)
    return _check_in(desk, scan) if scan.age_s is None else _again(desk, scan, scan.age_s, up)


def _check_in(desk: Desk, scan: Scan) -> KioskScreen:
    try:
        record = desk.put(by_card(scan.visitor))
    except NotKept as error:
        return NotKeptScreen(desk, error.why)
    said = checked_in(desk, desk.say(words.BY_CARD))
    return ThanksScreen(desk, Receipt(record, said, then=FeedbackScreen, visitor=scan.visitor))


def _again(desk: Desk, scan: Scan, age_s: float, up: Screen[object]) -> KioskScreen | None:
    """A card that is still held before the scanner is read again and again."""
    if age_s < STILL_HELD_S and isinstance(up, ThanksScreen) and up.visitor == scan.visitor:
        return None
    said = [desk.say(words.CARD_AGAIN)]
    return ThanksScreen(desk, Receipt(None, said, then=FeedbackScreen, title=words.CARD_AGAIN_TITLE))
