"""The four faces, drawn as pixels in half blocks: no emoji, no font. Pure.

A filled disc with two eyes and a mouth cut out; every feature lies on whole pixels, alike on both sides. The smallest
are set pixel by pixel: no curve says anything in so few.
"""

from dataclasses import dataclass
from math import hypot

from kiosk.blocks import half_blocks

VERY_GOOD, GOOD, POOR, BAD = 4, 3, 2, 1
_FINE = 14
"""From this many pixels across on lines are two pixels thick."""


@dataclass(frozen=True, slots=True)
class _Mouth:
    """In radii: how far below the centre its middle lies, and how much lower than its corners."""

    middle: float
    depth: float
    open: bool = False


_SMALL = {
    8: {
        VERY_GOOD: "..####.. .######. ##.##.## ##.##.## ######## ##....## .##..##. ..####..",
        GOOD: "..####.. .######. ##.##.## ##.##.## ######## ##.##.## .##..##. ..####..",
        POOR: "..####.. .######. ##.##.## ##.##.## ######## ######## .#....#. ..####..",
        BAD: "..####.. .######. #.####.# ##.##.## ######## ##....## .#.##.#. ..####..",
    },
    10: {
        VERY_GOOD: "...####... .########. .##.##.##. ###.##.### ########## ##......## ##......## .##....##. "
        ".########. ...####...",
        GOOD: "...####... .########. .##.##.##. ###.##.### ########## ##.####.## ###....### .########. "
        ".########. ...####...",
        POOR: "...####... .########. .##.##.##. ###.##.### ########## ########## ###....### .#.####.#. "
        ".########. ...####...",
        BAD: "...####... .########. .#.####.#. ###.##.### ########## ###....### ##.####.## .#.####.#. "
        ".########. ...####...",
    },
}
"""By size and score: rows from the top, # is lit."""
_MOUTHS = {
    VERY_GOOD: _Mouth(0.58, 0.42, open=True),
    GOOD: _Mouth(0.46, 0.26),
    POOR: _Mouth(0.34, -0.14),
    BAD: _Mouth(0.2, -0.36),
}


def face(score: int, across: int) -> list[str]:
    """One of four faces, `across` columns wide and half as many rows high; an even number."""
    if across in _SMALL:
        return half_blocks([[pixel == "#" for pixel in row] for row in _SMALL[across][score].split()])
    cut = _eyes(across, score == BAD) | _mouth(_MOUTHS[score], across)
    radius = across / 2
    far = [[hypot(x + 0.5 - radius, y + 0.5 - radius) for x in range(across)] for y in range(across)]
    rim = radius - 1
    return half_blocks(
        [
            [away <= radius and (away > rim or (x, y) not in cut) for x, away in enumerate(row)]
            for y, row in enumerate(far)
        ]
    )


def _eyes(across: int, angry: bool) -> set[tuple[int, int]]:
    radius, thick = across // 2, 2 if across >= _FINE else 1
    inner, top, tall = round(0.26 * radius), round(0.5 * radius), max(2, round(0.32 * radius))
    right = {(radius + inner + x, top + y) for x in range(thick) for y in range(tall)}
    if angry:  # brows that fall towards the middle
        right = {(x, y + 1) for x, y in right}
        right |= {(radius + inner - 1 + x, top + 1 - x // 2 + y) for x in range(2 * thick + 1) for y in range(thick)}
    return right | {(across - 1 - x, y) for x, y in right}


def _mouth(mouth: _Mouth, across: int) -> set[tuple[int, int]]:
    radius, thick = across // 2, 2 if across >= _FINE + 4 else 1
    half = max(2, round(0.48 * radius))
    middle, depth = radius + round(mouth.middle * radius), round(mouth.depth * radius)
    depth = depth or (1 if mouth.depth > 0 else -1)
    heights = [middle - round(depth * (x / (half - 1)) ** 2) for x in range(half)]
    right: set[tuple[int, int]] = set()
    for x, low in enumerate(heights):
        before = heights[x - 1] if x else low
        top = heights[-1] if mouth.open else min(low, before + 1 if before < low else low)
        bottom = max(low, before - 1) if before > low and not mouth.open else low
        right |= {(radius + x, y) for y in range(top, bottom + thick)}
    return right | {(across - 1 - x, y) for x, y in right}
