"""Months of a summary. Pure. A month is a number: year × 100 + month."""

from dataclasses import dataclass
from datetime import datetime

from hub.formats import local


@dataclass(frozen=True, slots=True)
class Span:
    """From the first month to the last, both included."""

    first: int
    last: int

    def months(self) -> list[int]:
        """Each of them; none where the last is before the first."""
        found, at = [], self.first
        while at <= self.last:
            found.append(at)
            at = following(at)
        return found


def following(month: int) -> int:
    """The next one."""
    return month + 1 if month % 100 < 12 else month + 89


def spelled(month: int) -> str:
    """2026-07"""
    return f"{month // 100:04d}-{month % 100:02d}"


def read(said: str) -> int:
    """From 2026-07."""
    year, _, month = said.partition("-")
    return int(year) * 100 + int(month)


def year_up_to(now: datetime) -> Span:
    """The last twelve months with the present one, in Shanghai."""
    here = local(now)
    last = here.year * 100 + here.month
    return Span(last - 11 if here.month == 12 else last - 99, last)
