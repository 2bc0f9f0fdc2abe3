"""Where a report of danger has got to: only what is so is said. Pure."""

from collections.abc import Sequence
from datetime import datetime

from kiosk import words
from shared.opening import SHANGHAI
from shared.settings_message import OpenAlert
from shared.states import STATE_SHAPES, State
from shared.text import Text

REACHED, WAITING = STATE_SHAPES[State.OK], STATE_SHAPES[State.UNKNOWN]
Stage = tuple[str, Text]
"""A shape and what has been reached, or not yet."""


def stages(online: bool, delivered: bool, told: datetime | None, reported_at: datetime | None) -> list[Stage]:
    """The report's way: on this disk, at the hub, with whoever is on duty (`told`: when, as the hub says).

    `reported_at` None: the clock is wrong, and whether that notice was of this report is not known.
    """
    if delivered:
        second = (REACHED, words.DANGER_AT_HUB)
    else:
        second = (WAITING, words.DANGER_WAY if online else words.DANGER_NOT_SENT)
    if told is None:
        third = (WAITING, words.DANGER_NOT_TOLD)
    elif reported_at is None:
        third = (REACHED, words.DANGER_TOLD_ONCE.filled(time=f"{told.astimezone(SHANGHAI):%m-%d %H:%M}"))
    else:
        template = words.DANGER_TOLD if told >= reported_at else words.DANGER_TOLD_BEFORE
        same_day = told.astimezone(SHANGHAI).date() == reported_at.astimezone(SHANGHAI).date()
        third = (REACHED, template.filled(time=f"{told.astimezone(SHANGHAI):{'%H:%M' if same_day else '%m-%d %H:%M'}}"))
    return [(REACHED, words.DANGER_STORED), second, third]


def told_at(alerts: Sequence[OpenAlert], subject: str) -> datetime | None:
    """When somebody on duty was last told of danger there. None: nobody was, as far as the station knows."""
    told = (one.notified_at for one in alerts if one.danger and one.about == subject)
    return max((at for at in told if at is not None), default=None)
