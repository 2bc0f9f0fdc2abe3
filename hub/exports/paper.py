"""A form on paper, as pieces that HTML and PDF set alike: the annex as it is prescribed, then its evidence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from hub.inspections.sheet import Sheet
from shared.text import Language

TICKED, EMPTY = "☑", "☐"


class Piece:
    """Something of the appendix."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """What HTML and PDF tell it by."""
        return type(self).__name__


@dataclass(frozen=True, slots=True)
class Heading(Piece):
    text: str
    level: int = 3


@dataclass(frozen=True, slots=True)
class Paragraph(Piece):
    text: str


@dataclass(frozen=True, slots=True)
class Facts(Piece):
    """Names and values, side by side."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Items(Piece):
    """A list."""

    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Drawing(Piece):
    """An SVG file without letters."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Picture(Piece):
    """A photo, by its id."""

    photo: str
    caption: str


Block: TypeAlias = Heading | Paragraph | Facts | Items | Drawing | Picture


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the annex."""

    text: str
    boxes: tuple[str, ...]
    """`☐ 10分`, best first."""


@dataclass(frozen=True, slots=True)
class Annex:
    """The form in the regulation's own words, always Chinese."""

    title: str
    head: tuple[tuple[str, str], ...]
    """站点名称, 站点编号, 所属工会 with what is filled in."""
    columns: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    total: tuple[str, str]
    """总分 and the sum; empty until every line is decided."""

    def lines(self) -> list[str]:
        """Every text of the form from top to bottom, as somebody reads it aloud."""
        said = [self.title, *(part for pair in self.head for part in pair if part), *self.columns]
        for name, rows in self.sections:
            said += [name, *(part for row in rows for part in (row.text, *row.boxes))]
        return [*said, *(part for part in self.total if part)]


@dataclass(frozen=True, slots=True)
class Paper:
    annex: Annex
    appendix: Sequence[Block]
    language: Language
    """Of the appendix."""


def annex_of(sheet: Sheet, total: int | None) -> Annex:
    """The annex filled in. `total` None: it is not complete."""
    head, rubric = sheet.head, sheet.rubric
    filled = (head.name.zh, head.number, head.union)
    return Annex(
        title=rubric.title.zh,
        head=tuple((label.zh, value) for label, value in zip(rubric.head, filled, strict=True)),
        columns=tuple(column.zh for column in rubric.columns),
        sections=tuple(
            (
                section.text.zh,
                tuple(
                    Row(
                        shown.item.text.zh,
                        tuple(
                            f"{TICKED if shown.line.points == points else EMPTY} {points}分"
                            for points in shown.item.points
                        ),
                    )
                    for shown in lines
                ),
            )
            for section, lines in sheet.sections
        ),
        total=(rubric.total.zh, "" if total is None else str(total)),
    )
