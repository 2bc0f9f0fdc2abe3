"""Which waiting notices of one road go next, and in how many words. Pure.

A message a second floods nobody's pocket: after ten within ten minutes the others go as one, and then there is rest.
Safety is not counted and not bounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.notices.kinds import Wait
from hub.notices.timing import SAFETY

MOST = 10
WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that is due."""

    id: int
    severity: str
    held: str
    message: str | None = None
    """The message it was part of at its last attempt. None: there was none."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes next."""

    ids: tuple[int, ...]
    message: str | None = None
    """The key it had before. None: it is new."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing goes before that time: there was too much."""

    until: datetime


def next_bundle(due: Sequence[Waiting], sent: Sequence[datetime], now: datetime) -> Bundle | Rest | None:
    """`due`: of one road, the oldest first; `sent`: when its last messages went, the oldest first. None: nothing."""
    if not due:
        return None
    for one in due:
        if one.severity == SAFETY:
            return _with_its_message(one, due)
    for one in due:
        if one.message is not None:
            return _with_its_message(one, due)
    lately = [at for at in sent if at > now - WITHIN]
    if len(lately) > MOST:
        return Rest(lately[-MOST - 1] + WITHIN)
    together = tuple(one.id for one in due if one.held == Wait.DIGEST)
    if len(lately) == MOST:
        return Bundle(tuple(one.id for one in due))
    return Bundle(together) if together else Bundle((due[0].id,))


def _with_its_message(one: Waiting, due: Sequence[Waiting]) -> Bundle:
    """The same notices as before, under the same key."""
    if one.message is None:
        return Bundle((one.id,))
    return Bundle(tuple(other.id for other in due if other.message == one.message), one.message)
