"""Points to totals: only the rubric's own values exist. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hub.rulebook import Rubric


class NotInTheRubric(ValueError):
    """A line or a value the rubric does not have. Names line, value and what would be legal."""

    def __init__(self, item: str, value: object, allowed: tuple[int, ...]) -> None:
        super().__init__(f"{item}: {value!r} is not one of {', '.join(map(str, allowed)) or 'its values'}")
        self.item = item
        self.value = value
        self.allowed = allowed
        """Empty: there is no such line."""


def legal(rubric: Rubric, key: str, value: str | int) -> int:
    """The points meant by `value`, which may come from a form as text. Raises NotInTheRubric."""
    item = rubric.item(key)
    if item is None:
        raise NotInTheRubric(key, value, ())
    for points in item.points:
        if str(points) == str(value):
            return points
    raise NotInTheRubric(key, value, item.points)


@dataclass(frozen=True, slots=True)
class SectionTotal:
    key: str
    points: int
    decided: int
    """Lines a person has said something final of."""
    items: int
    highest: int
    """Of the lines that apply."""


@dataclass(frozen=True, slots=True)
class Total:
    """The sum so far. `complete` says whether it is the form's total."""

    points: int
    decided: int
    items: int
    highest: int
    """The most the form can give."""
    possible: int
    """The most the lines that apply can give."""
    sections: tuple[SectionTotal, ...]

    @property
    def complete(self) -> bool:
        return self.decided == self.items

    @property
    def scaled(self) -> float:
        """As if the lines that apply were the whole form; one decimal, cut. Never the official total."""
        return 0.0 if self.possible == 0 else int(self.points * self.highest * 10 / self.possible) / 10


def total(rubric: Rubric, points: Mapping[str, int], not_applicable: Collection[str] = ()) -> Total:
    """The total so far; lines in neither are not decided. Raises NotInTheRubric."""
    for key, value in points.items():
        legal(rubric, key, value)
    sections = tuple(
        SectionTotal(
            key=section.key,
            points=sum(points.get(item.key, 0) for item in section.items),
            decided=sum(item.key in points or item.key in not_applicable for item in section.items),
            items=len(section.items),
            highest=sum(max(item.points) for item in section.items if item.key not in not_applicable),
        )
        for section in rubric.sections
    )
    return Total(
        points=sum(section.points for section in sections),
        decided=sum(section.decided for section in sections),
        items=sum(section.items for section in sections),
        highest=rubric.highest,
        possible=sum(section.highest for section in sections),
        sections=sections,
    )
