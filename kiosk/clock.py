"""What the machine's clock is worth to a kiosk: as much as to the agent, whose word lies on the board. Pure."""

from dataclasses import replace
from datetime import datetime

from shared.board import Board
from shared.moment import ClockQuality, Stamp, quality
from shared.settings_message import StationSettings


def weighed(stamp: Stamp, board: Board | None, station: StationSettings | None) -> Stamp:
    """A reading of the clock, called wrong where it is earlier than a time that has been. Either may be missing."""
    if stamp.clock is ClockQuality.WRONG:
        return stamp
    synchronised, last_good = stamp.clock is ClockQuality.SYNCED, _last_good(stamp, board, station)
    return replace(stamp, clock=quality(stamp.at, synchronised, last_good))


def _last_good(stamp: Stamp, board: Board | None, station: StationSettings | None) -> datetime | None:
    known = [] if station is None else [station.commissioned_at]
    if board is not None and board.last_good is not None:
        known.append(board.last_good)
    # Of an earlier boot, until the agent of this one has written: that moment has been. One of a wrong clock says less
    # than its last good time and raises nothing. Within a boot a clock may be set back, and the agent's word stands.
    if board is not None and board.boot not in (None, stamp.boot):
        known.append(board.written_at)
    return max(known, default=None)
