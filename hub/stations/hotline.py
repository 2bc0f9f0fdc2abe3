"""The number people call about a station."""

from hub.rulebook import rulebooks
from shared.settings_message import HOTLINE


def hotline_of(rulebook: str) -> str:
    """As its edition says; 12351, around the clock, where it names none."""
    book = rulebooks().get(rulebook)
    return (book.hotline if book is not None else None) or HOTLINE
