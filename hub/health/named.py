"""What a figure or threshold is called, and how it is shown. Pure."""

from dataclasses import dataclass

from shared.text import Text


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure or threshold people read. A share is shown in percent."""

    label: Text
    unit: str = ""
    decimals: int = 0
    share: bool = False
    drawn: bool = False
    """Whether a chart with its unit shows it as a line."""


def named(zh: str, en: str, unit: str = "", decimals: int = 0, *, share: bool = False, drawn: bool = False) -> Measure:
    """An entry of a table."""
    return Measure(Text(zh, en), unit, decimals, share, drawn)
