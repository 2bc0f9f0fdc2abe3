"""Times and shares as paper needs them: with the year, for it is read years later. Pure."""

from datetime import datetime

from hub.formats import local
from shared.text import Language


def stamp(at: datetime | None, *, language: Language) -> str:
    """2026年7月20日 14:30; 2026-07-20 14:30. Nothing known is a dash."""
    if at is None:
        return "–"
    here = local(at)
    if language == "zh":
        return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"
    return f"{here:%Y-%m-%d %H:%M}"


def percent(value: float | None) -> str:
    """One decimal, cut and not rounded up: 96.97 must not read as 97.0."""
    return "–" if value is None else f"{int(value * 10 + 1e-9) / 10:.1f} %"
