"""A way in which something can break. What its size means is said in its text."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `typical` is the size, 0 to 1, that stands where none is given."""

    text: str
    typical: float = 0.5


def sized(faults: Mapping[str, Fault], how: str | None, size: float | None) -> float:
    """The size given, or the typical one of this fault."""
    if size is not None:
        return size
    return PLAIN.typical if how is None or how not in faults else faults[how].typical


PLAIN = Fault("of no size")


def between(span: tuple[float, float], size: float) -> float:
    """The value a size means: the first at 0, the second at 1."""
    return span[0] + (span[1] - span[0]) * size
