"""What became of what a person said: a screen tells it, and the app shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from shared.text import Text

if TYPE_CHECKING:
    from kiosk.desk import Desk
    from kiosk.screen import KioskScreen


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person said, as it was kept."""

    record: str | None
    """The record's id; None where nothing new was kept."""
    lines: Sequence[str]
    danger: str | None = None
    """What is dangerous, where danger was reported."""
    then: "Callable[[Desk], KioskScreen] | None" = None
    """What may follow."""
    title: Text | None = None
    """None: thanks."""
    visitor: str | None = None
    """Whose card it was, hashed."""


class Kept(Message):
    """What a person said is on disk."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


class Refused(Message):
    """What a person said could not be kept; `why` is for the person.

    `again` is there where it was of danger: it keeps the same report, said when it was said, or raises NotKept.
    """

    def __init__(self, why: Text, again: "Callable[[], Receipt] | None" = None) -> None:
        super().__init__()
        self.why, self.again = why, again
