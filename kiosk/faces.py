"""The four faces, drawn as pixels in half blocks: no emoji, no font. Pure."""

from math import hypot

GLYPHS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

_MOUTHS: dict[int, tuple[float, float]] = {4: (0.12, 0.58), 3: (0.28, 0.46), 2: (0.46, 0.36), 1: (0.62, 0.28)}
"""By score: how far below the centre the corners of the mouth lie, and its middle (radii)."""
_HALF_MOUTH = 0.5


def face(score: int, across: int) -> list[str]:
    """A filled disc with two eyes and a mouth cut out, `across` columns wide and half as many rows high."""
    lit = [[_lit(score, x, y, across) for x in range(across)] for y in range(across)]
    return ["".join(GLYPHS[top, low] for top, low in zip(*lit[y : y + 2], strict=True)) for y in range(0, across, 2)]


def _lit(score: int, column: int, row: int, across: int) -> bool:
    radius = across / 2
    x, y = (column + 0.5 - radius) / radius, (row + 0.5 - radius) / radius
    if hypot(x, y) > 1:
        return False
    pixel = 1 / radius
    if abs(abs(x) - 0.36) <= 0.75 * pixel and -0.45 <= y <= -0.45 + 2.2 * pixel:
        return False
    return not _on_mouth(score, x, y, pixel)


def _on_mouth(score: int, x: float, y: float, pixel: float) -> bool:
    corner, middle = _MOUTHS[score]
    if abs(x) > _HALF_MOUTH:
        return False
    curve = middle + (corner - middle) * (x / _HALF_MOUTH) ** 2
    return abs(y - curve) <= 0.8 * pixel
