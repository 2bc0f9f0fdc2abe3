"""Chance in the shapes the draws use: log-uniform lengths, and gaps that fill a share of a time. Pure."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from math import exp, log
from random import Random
from typing import TypeVar

from tests.evaluation.plans import Span

SILENCE_S = (300.0, 86_400.0)
"""One gap is log-uniform between these."""

T = TypeVar("T")


def log_uniform(rng: Random, low: float, high: float) -> float:
    """Each factor of two is as likely as any other."""
    return exp(rng.uniform(log(low), log(high)))


def silences(rng: Random, window: Span, share: float) -> tuple[Span, ...]:
    """Gaps that together last this share of a window; where two meet it is a little less."""
    start, end = window
    left = share * (end - start)
    spans: list[Span] = []
    while left > SILENCE_S[0]:
        length = min(left, log_uniform(rng, *SILENCE_S))
        began = rng.uniform(start, end - length)
        spans.append((began, began + length))
        left -= length
    return joined(spans)


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same times in order, those that touch made one."""
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        else:
            found.append((since, until))
    return tuple(found)


def in_turn(rng: Random, members: Sequence[T]) -> Iterator[T]:
    """All of them before any comes again."""
    shuffled = list(members)
    rng.shuffle(shuffled)
    return cycle(shuffled)
