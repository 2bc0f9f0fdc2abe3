"""The colours of charts, light and dark: solid, because a translucent fill under a hatch prints opaque. Pure data."""

from dataclasses import dataclass

from shared.states import State


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme."""

    ground: str
    ink: str
    muted: str
    grid: str
    limit: str
    band: str
    lines: tuple[str, ...]
    shades: dict[State, tuple[str, str]]
    """Fill and hatch."""


LIGHT = Colours(
    ground="#ffffff",
    ink="#1b2220",
    muted="#525c58",
    grid="#e1e2dc",
    limit="#ab221a",
    band="#d3e7e4",
    lines=("#0b6b62", "#6a4fa3", "#824d00", "#2a5fa8"),
    shades={
        State.OK: ("#e3f2e8", "#bfe0ca"),
        State.DEGRADED: ("#fcefd3", "#eccd8b"),
        State.DOWN: ("#fce6e3", "#f0b9b3"),
        State.UNKNOWN: ("#eef1f4", "#c3ccd4"),
        State.EXCLUDED: ("#edebf4", "#c9c4dc"),
    },
)

DARK = Colours(
    ground="#1a201f",
    ink="#e9edeb",
    muted="#a9b4b0",
    grid="#323b38",
    limit="#ff9f95",
    band="#1f403b",
    lines=("#66cdbe", "#c3a9f2", "#f2bd62", "#8fbcf5"),
    shades={
        State.OK: ("#163122", "#24503a"),
        State.DEGRADED: ("#37280b", "#624a18"),
        State.DOWN: ("#421815", "#743029"),
        State.UNKNOWN: ("#272f36", "#45525e"),
        State.EXCLUDED: ("#2b2838", "#4b4663"),
    },
)
