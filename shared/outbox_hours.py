"""How long a station's outbox lasts when nothing leaves it. Pure."""

RECORD_BYTES = 700.0
"""What a record takes on disk with its indexes, where too few are held to tell: minutes and quarter-hours are most."""
ENOUGH = 200
"""Records held from which their own size is taken."""


def record_bytes(used: int, held: int) -> float:
    """What one record takes: of those held, or the usual where they are few."""
    return max(1.0, used / held) if held >= ENOUGH else RECORD_BYTES


def hours_left(used: int, held: int, bound: int, records_per_hour: float) -> float | None:
    """Until the file is full up to `bound` bytes at this rate; None where nothing is put into it."""
    if records_per_hour <= 0:
        return None
    return max(0.0, bound - used) / (records_per_hour * record_bytes(used, held))
