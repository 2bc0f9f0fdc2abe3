"""What may hang where in the two trees. Pure."""

from enum import StrEnum

from shared.text import Text


class Tree(StrEnum):
    """Every station hangs in the first; it may hang in the second, too, and is counted once."""

    TERRITORY = "territory"
    INDUSTRY = "industry"


class Level(StrEnum):
    """How high a union stands."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    INDUSTRY = "industry"
    CO_BUILDER = "co_builder"


LEVEL_LABELS: dict[Level, Text] = {
    Level.PROVINCE: Text("省总工会", "Provincial union"),
    Level.CITY: Text("市总工会", "City union"),
    Level.DISTRICT: Text("区县总工会", "County or district union"),
    Level.INDUSTRY: Text("产业工会", "Industry union"),
    Level.CO_BUILDER: Text("共建单位", "Co-builder"),
}
BELOW: dict[Level, frozenset[Level]] = {
    Level.PROVINCE: frozenset({Level.CITY, Level.DISTRICT}),
    Level.CITY: frozenset({Level.DISTRICT}),
    Level.DISTRICT: frozenset(),
    Level.INDUSTRY: frozenset({Level.INDUSTRY, Level.CO_BUILDER}),
    Level.CO_BUILDER: frozenset({Level.CO_BUILDER}),
}
ROOTS: dict[Tree, frozenset[Level]] = {
    Tree.TERRITORY: frozenset({Level.PROVINCE, Level.CITY, Level.DISTRICT}),
    Tree.INDUSTRY: frozenset({Level.INDUSTRY, Level.CO_BUILDER}),
}


def tree_of(level: Level) -> Tree:
    """Which tree a level belongs to."""
    return Tree.INDUSTRY if level in ROOTS[Tree.INDUSTRY] else Tree.TERRITORY


def may_hang(level: Level, under: Level | None) -> bool:
    """Whether a union of this level may hang there; None: at the root."""
    return level in (ROOTS[tree_of(level)] if under is None else BELOW[under])
