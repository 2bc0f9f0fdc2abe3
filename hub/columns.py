"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class UtcTime(TypeDecorator[datetime]):
    """An aware instant in UTC: `timestamptz` on PostgreSQL, whole microseconds since 1970 on SQLite.

    SQLite has no type of its own for times; eight bytes that sort are a third of its text form. A naive time is
    refused.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type the database itself sees."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """On the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; the hub stores instants")
        return value if dialect.name == "postgresql" else (value - EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """On the way out."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            at: datetime = value
            return at.astimezone(UTC)
        return EPOCH + timedelta(microseconds=value)


def whole_times(step: timedelta, start: datetime, end: datetime) -> list[datetime]:
    """The whole multiples of a step in [start, end), for `IN`: where a time comes first in a key and a station second,
    each of them is found at once, and a range would be read over all stations.
    """
    first = -((EPOCH - start) // step)
    last = -((EPOCH - end) // step)
    return [EPOCH + number * step for number in range(first, last)]


class _WholeTime(TypeDecorator[datetime]):
    """An instant that lies on a whole multiple of a step, as the number of steps since 1970: three bytes on SQLite.

    It is the first part of the key of what there is most of. A time that is not whole, or naive, is refused.
    """

    impl = Integer
    cache_ok = True
    step: timedelta

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002 — the interface has it
        """On the way in."""
        if value is None:
            return None
        steps, rest = divmod(value - EPOCH, self.step)
        if rest:
            raise ValueError(f"{value} is not a whole multiple of {self.step}")
        return steps

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 — the interface has it
        """On the way out."""
        return None if value is None else EPOCH + value * self.step


class HourTime(_WholeTime):
    """A whole hour."""

    cache_ok = True
    step = timedelta(hours=1)


class QuarterTime(_WholeTime):
    """A whole quarter-hour."""

    cache_ok = True
    step = timedelta(minutes=15)
