"""The shape of a regional rule set: rubric, duties, survey, sanctions, codes, and what was settled where it is silent.

An edition is one module in `hub/rulebooks/` with the constant `RULEBOOK`. Editions are added, never edited: an
inspection keeps the edition it was made with. Beside every number stands the clause it comes from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import Literal, TypeAlias

from shared.discovery import collect
from shared.text import Text

Modal = Literal["must", "should", "may"]
"""应/须 · 宜/一般/原则上 · 可/鼓励."""

Period = Literal["month", "quarter", "half_year", "year"]

Chosen: TypeAlias = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Source:
    """The document an edition was taken from."""

    document: str
    issuer: str
    number: str | None
    """None: the text we have names no number."""
    issued: date


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the form."""

    key: str
    text: Text
    """`text.zh` is the regulation's own wording, to the letter; `text.en` is ours."""
    points: tuple[int, int, int]
    """The only legal values, best first."""
    clause: str
    kind: str | None = None
    """The kind of facility this line is about; None: no equipment stands behind it."""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    text: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The inspection form in its printed order."""

    title: Text
    clause: str
    head: tuple[Text, ...]
    sections: tuple[Section, ...]
    columns: tuple[Text, Text, Text]
    total: Text

    def items(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.items

    def item(self, key: str) -> Item | None:
        """The line with this key, or None when the form has no such line."""
        return next((item for item in self.items() if item.key == key), None)

    @property
    def highest(self) -> int:
        return sum(max(item.points) for item in self.items())

    @property
    def lowest(self) -> int:
        return sum(min(item.points) for item in self.items())


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must happen again and again."""

    key: str
    text: Text
    owner: str
    """Who owes it: station, county, city, district, industry, province, centre."""
    every: Period
    times: int
    modal: Modal
    clause: str
    share: tuple[int, int] | None = None
    """At least this fraction of the stations each time (numerator, denominator); None: the clause names no share."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The public satisfaction survey. Both rates are strict: exactly the limit does not pass."""

    times_a_year: int
    issued_at_least: int
    returned_above_percent: int
    satisfied_above_percent: int
    clause: str


@dataclass(frozen=True, slots=True)
class CodeRule:
    """How official station codes are built."""

    prefix: str
    area_digits: int
    sequence_digits: int
    suffixes: Mapping[str, str]
    """Kind of station -> suffix."""
    exempt: frozenset[str]
    """Kinds of station that need no code."""
    example: str
    clause: str


@dataclass(frozen=True, slots=True)
class Sanction:
    """One rung: what is found, and what follows."""

    key: str
    text: Text
    follows: str
    """The finding or the earlier rung this one answers."""
    ends: bool
    """True: the station is revoked and its plaque taken back."""
    clause: str


@dataclass(frozen=True, slots=True)
class Award:
    key: str
    text: Text
    share_percent: tuple[int, int] | None
    """From, to; None: the clause names no quota."""
    clause: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A decision where the regulation is silent or ambiguous; printed as the system's reading, not as the rule."""

    number: int
    """Of the list of ambiguities, for cross-reference."""
    name: str
    value: Chosen
    clause: str
    """The clause that leaves it open; "–" where the regulation says nothing at all."""
    text: Text


@dataclass(frozen=True, slots=True)
class Rulebook:
    name: str
    title: Text
    valid_from: date
    region: str
    source: Source
    rubric: Rubric | None
    """None: this edition holds no inspection form; a station may adopt another edition's."""
    duties: tuple[Duty, ...]
    survey: Survey | None
    codes: CodeRule | None
    sanctions: tuple[Sanction, ...]
    awards: tuple[Award, ...]
    settings: tuple[Setting, ...]
    hotline: str | None = None

    def in_force(self, day: date) -> bool:
        """Whether an inspection of this (local) day may be made by it."""
        return day >= self.valid_from

    def setting(self, name: str) -> Chosen:
        """The value decided for an open point. Raises KeyError where there is none."""
        for setting in self.settings:
            if setting.name == name:
                return setting.value
        raise KeyError(f"{self.name} has no setting {name!r}")


@cache
def rulebooks() -> Mapping[str, Rulebook]:
    """Every edition in `hub/rulebooks/`, by name."""
    # Imported by name: the entries know the shape, the shape does not know the entries.
    return collect(import_module("hub.rulebooks"), "RULEBOOK", Rulebook)


@dataclass(frozen=True, slots=True)
class Form:
    """The rubric a station is inspected by, and whose it is."""

    rulebook: str
    rubric: Rubric
    owner: Rulebook
    adopted: bool
    """True: the station's own rulebook has no rubric, its union took over another edition's."""


def form_for(rulebook: str, adopted: str | None) -> Form | None:
    """The form of a station bound to `rulebook`, whose union may have `adopted` another edition's rubric.

    The station's own rubric goes before an adopted one. None: neither has a rubric.
    """
    editions = rulebooks()
    own = editions.get(rulebook)
    if own is not None and own.rubric is not None:
        return Form(rulebook, own.rubric, own, adopted=False)
    other = editions.get(adopted) if adopted else None
    if other is not None and other.rubric is not None:
        return Form(rulebook, other.rubric, other, adopted=True)
    return None
