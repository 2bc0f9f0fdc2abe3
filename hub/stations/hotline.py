"""The number people call about a station."""

from hub.rulebook import rulebooks
from shared.settings_message import StationSettings

HOTLINE = str(StationSettings.model_fields["hotline"].default)
"""12351, around the clock (沪工援〔2018〕03号, chapter 6), where an edition names none."""


def hotline_of(rulebook: str) -> str:
    """As its edition says."""
    book = rulebooks().get(rulebook)
    return (book.hotline if book is not None else None) or HOTLINE
