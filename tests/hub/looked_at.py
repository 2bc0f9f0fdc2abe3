"""What a printed page looks like: the grid its lines make, the boxes in it, and how far it is from a picture of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageFilter

DPI, MM = 150, 150 / 25.4
Grey = NDArray[np.uint8]
REFERENCE_DPI = 60
BLOCK_MM = 4.0
"""A reference is held beside the page in squares of this side."""
MAY_DIFFER = 10.0
"""Of 255, the mean of a square: room for another rasteriser or edition of the font. Another word is 14 away, a missing
box 22, a column wider by a millimetre 35."""


@dataclass(frozen=True)
class Area:
    """A white region with ink all around, in pixels."""

    left: int
    top: int
    right: int
    bottom: int
    size: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def holds(self, other: "Area") -> bool:
        """Whether the other lies within."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True)
class Cell:
    """One field of a form as the lines on the page make it."""

    area: Area
    text: str
    boxes: int
    """Squares to tick."""


def first_page(content: bytes) -> pdfium.PdfPage:
    return pdfium.PdfDocument(content)[0]


def picture(page: pdfium.PdfPage, dpi: int = DPI) -> Image.Image:
    """The page in grey, black ink on white."""
    found: Image.Image = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    return found


def rows(page: pdfium.PdfPage) -> list[list[Cell]]:
    """The grid, found in the picture alone: rows from top to bottom, fields from left to right, with their words."""
    grey = np.asarray(picture(page))
    areas = [one for one in _areas(grey > 140) if one.left > 0 and one.right < grey.shape[1]]
    cells = [one for one in areas if one.width > 6 * MM and one.height > 4.5 * MM]
    squares = [one for one in areas if _is_box(one)]
    found: list[list[Cell]] = []
    for area in sorted(cells, key=lambda one: (one.top, one.left)):
        cell = Cell(area, _text(page, area), sum(area.holds(square) for square in squares))
        if found and abs(found[-1][0].area.top - area.top) < 2 * MM:
            found[-1].append(cell)
        else:
            found.append([cell])
    return [sorted(row, key=lambda cell: cell.area.left) for row in found]


def far(page: pdfium.PdfPage, reference: Path) -> float:
    """How far the worst square of the page is from its picture: 0 to 255."""
    kept = Image.open(reference).convert("L")
    shown = picture(page).resize(kept.size, Image.Resampling.BOX)
    # Half a pixel to either side is the rasteriser's.
    ours, theirs = (np.asarray(one.filter(ImageFilter.GaussianBlur(0.8)), dtype=float) for one in (shown, kept))
    side = round(BLOCK_MM * REFERENCE_DPI / 25.4)
    differs = np.abs(ours - theirs)
    tall, wide = (length // side * side for length in differs.shape)
    blocks = differs[:tall, :wide].reshape(tall // side, side, wide // side, side).mean(axis=(1, 3))
    return float(blocks.max())


def keep(page: pdfium.PdfPage, reference: Path) -> None:
    """Make the picture anew; look at it before it is committed."""
    picture(page).resize(
        [round(length * REFERENCE_DPI / 72) for length in page.get_size()], Image.Resampling.BOX
    ).save(reference, optimize=True)  # fmt: skip


def _is_box(one: Area) -> bool:
    """A square to tick: as large as a letter, straight, and empty to its corners."""
    sides = 1.8 * MM < one.width < 4 * MM and 1.8 * MM < one.height < 4 * MM
    return sides and abs(one.width - one.height) <= 2 and one.size > 0.93 * one.width * one.height


def _text(page: pdfium.PdfPage, area: Area) -> str:
    tall, unit = page.get_size()[1], 72 / DPI
    said = page.get_textpage().get_text_bounded(
        left=area.left * unit, right=area.right * unit, top=tall - area.top * unit, bottom=tall - area.bottom * unit
    )
    return "".join(said.split())


def _areas(white: NDArray[np.bool_]) -> Iterator[Area]:
    """Regions of white that touch along an edge: runs of each row, joined to those they touch in the row above."""
    parent: list[int] = []
    runs: list[tuple[int, int, int]] = []

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    above: list[int] = []
    for y, row in enumerate(white):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
        here: list[int] = []
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            number = len(runs)
            runs.append((y, int(left), int(right)))
            parent.append(number)
            for other in above:
                if runs[other][1] < right and left < runs[other][2]:
                    parent[root(other)] = root(number)
            here.append(number)
        above = here
    together: dict[int, list[tuple[int, int, int]]] = {}
    for number, run in enumerate(runs):
        together.setdefault(root(number), []).append(run)
    for some in together.values():
        yield Area(
            min(run[1] for run in some), some[0][0], max(run[2] for run in some), some[-1][0] + 1,
            sum(run[2] - run[1] for run in some),
        )  # fmt: skip
