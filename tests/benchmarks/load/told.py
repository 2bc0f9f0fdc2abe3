"""What a station of the load says: real envelopes, encoded once by `shared` and told anew with other ids and times.

A station says one minute record of six facilities every minute (lane `now`) and, after every fifteenth, one quarter
record of twenty quantities (lane `later`). Its time is virtual: a minute lasts as long as it takes. An envelope of the
backlog holds what a real outbox would put in one: at most 500 records and 124 KiB.
"""

import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from shared.bounds import ENVELOPE_LIMIT, ENVELOPE_RECORDS
from shared.envelope import Envelope
from shared.ids import record_id
from shared.moment import ClockQuality
from shared.records import Fact, Figure, Minute, Quarter, Record
from shared.states import State

FACILITIES = {
    "fridge-1": ("power", "voltage", "current", "cabinet_temperature"),
    "microwave-1": ("power", "voltage", "current"),
    "air_conditioner-1": ("power", "voltage", "room_temperature", "supply_temperature"),
    "drinking_water-1": ("power", "voltage", "water_temperature"),
    "outlets-1": ("voltage.1", "current.1", "voltage.2", "current.2"),
    "room-1": ("room_temperature", "room_humidity"),
}
"""The six, with twenty quantities between them."""
QUARTER_MINUTES = 15
ENVELOPE_BYTES, RECORD_EXTRA = ENVELOPE_LIMIT - 4096, 256
"""As `shared.outbox.Outbox.take` fills an envelope: its bound, and what it adds for what wraps a fact."""

_ID = "00000000-0000-7000-8000-000000000000"
_TIMES = [datetime(2001, 1, 1, tzinfo=UTC) + timedelta(days=day, microseconds=111111) for day in (0, 1)]
_AT, _SENT = _TIMES
_ABOUT = datetime(2002, 1, 1, tzinfo=UTC)
_UPTIME = 98765.4321
_ENVELOPE = "e" * 32
_HELD = 7777777


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute of virtual time as it is spelled in a record."""

    about: bytes
    """The minute, or the quarter-hour's start."""
    at: bytes
    """When its record was made."""
    uptime: bytes
    sent: bytes
    """When its envelope left."""
    id_time: bytes
    """The part of a record id (UUIDv7) that is time."""


class Calendar:
    """Virtual time: minute 0 is `start`."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self.moment = lru_cache(maxsize=100_000)(self._spell)

    def at(self, minute: int) -> datetime:
        """When a minute begins."""
        return self._start + timedelta(minutes=minute)

    def _spell(self, minute: int) -> Moment:
        about = self.at(minute)
        made = about + timedelta(seconds=60.4)
        return Moment(
            _spelled(about),
            _spelled(made),
            f"{1000 + minute * 60}.25".encode(),
            _spelled(made + timedelta(milliseconds=120)),
            record_id(about, bytes(10))[:13].encode(),
        )


@dataclass(frozen=True, slots=True)
class Said:
    """One envelope, as it was published."""

    id: str
    records: tuple[str, ...]
    payload: bytes
    minutes: int
    quarters: int


class Speech:
    """One station's words. `number` makes its ids, states and figures other than those of the others."""

    def __init__(self, station: str, number: int, calendar: Calendar) -> None:
        chance = random.Random(number)
        self._calendar = calendar
        self._nonce = f"{chance.getrandbits(64):016x}"
        tails = [f"-7{kind:03x}-8{chance.getrandbits(12):03x}-{chance.getrandbits(48):012x}" for kind in (0, 1)]
        self._minute_tail, self._quarter_tail = tails
        boot = f"{chance.getrandbits(128):032x}"
        self._minute, self._minute_size = _template(_minute_fact(chance), boot, self._minute_tail)
        self._quarter, self._quarter_size = _template(_quarter_fact(chance), boot, self._quarter_tail)
        head = Envelope(
            id=_ENVELOPE,
            station=station,
            boot=boot,
            connection=7,
            clock=ClockQuality.SYNCED,
            sent_at=_SENT,
            settings=1,
            lowest=1,
            held=_HELD,
            records=[],
        ).model_dump_json()
        self._head, self._end = _pattern(head, _ENVELOPE, _spelled(_SENT).decode(), str(_HELD)).split(b"[]")
        self._count = 0

    def minute(self, minute: int) -> Said:
        """An envelope of one minute record."""
        moment = self._calendar.moment(minute)
        return self._wrapped([self._minute_record(moment)], (self._minute_id(moment),), moment, 1, 0)

    def quarter(self, start: int) -> Said:
        """An envelope of one quarter record, of the quarter-hour from minute `start` on."""
        moment = self._calendar.moment(start)
        sent = self._calendar.moment(start + QUARTER_MINUTES - 1)
        return self._wrapped([self._quarter_record(moment, sent)], (self._quarter_id(moment),), sent, 0, 1)

    def backlog(self, start: int, limit: int) -> Said:
        """An envelope as full as an outbox fills it: minutes from `start` on, at most `limit`, and their quarters."""
        records: list[bytes] = []
        ids: list[str] = []
        minutes = size = 0
        moment = self._calendar.moment(start)
        while minutes < limit:
            minute = start + minutes
            last = minute % QUARTER_MINUTES == QUARTER_MINUTES - 1
            size += self._minute_size + (self._quarter_size if last else 0)
            if records and (size > ENVELOPE_BYTES or len(records) + 1 + last > ENVELOPE_RECORDS):
                break
            moment = self._calendar.moment(minute)
            records.append(self._minute_record(moment))
            ids.append(self._minute_id(moment))
            minutes += 1
            if last:
                began = self._calendar.moment(minute - QUARTER_MINUTES + 1)
                records.append(self._quarter_record(began, moment))
                ids.append(self._quarter_id(began))
        held = limit * (QUARTER_MINUTES + 1) // QUARTER_MINUTES
        return self._wrapped(records, tuple(ids), moment, minutes, len(records) - minutes, held)

    def _minute_record(self, moment: Moment) -> bytes:
        return self._minute % (moment.id_time, moment.at, moment.uptime, moment.about)

    def _quarter_record(self, began: Moment, made: Moment) -> bytes:
        return self._quarter % (began.id_time, made.at, made.uptime, began.about)

    def _minute_id(self, moment: Moment) -> str:
        return moment.id_time.decode() + self._minute_tail

    def _quarter_id(self, moment: Moment) -> str:
        return moment.id_time.decode() + self._quarter_tail

    def _wrapped(
        self, records: list[bytes], ids: tuple[str, ...], sent: Moment, minutes: int, quarters: int, held: int = 1
    ) -> Said:
        self._count += 1
        name = f"{self._nonce}{self._count:016x}"
        head = self._head % (name.encode(), sent.sent, str(max(held, len(records))).encode())
        return Said(name, ids, b"%b[%b]%b" % (head, b",".join(records), self._end), minutes, quarters)


def _minute_fact(chance: random.Random) -> Minute:
    """Most things work."""
    often = [State.OK] * 12 + [State.DEGRADED, State.DOWN, State.EXCLUDED]
    return Minute(minute=_ABOUT, states={facility: chance.choice(often) for facility in FACILITIES})


def _quarter_fact(chance: random.Random) -> Quarter:
    figures = []
    for facility, quantities in FACILITIES.items():
        for quantity in quantities:
            low, wide = round(chance.uniform(0, 240), 2), round(chance.uniform(0.1, 4), 2)
            mean = round(low + wide / 3, 4)
            n = chance.randrange(100, 900)
            high = round(low + wide, 2)
            figures.append(Figure(facility=facility, quantity=quantity, n=n, low=low, mean=mean, high=high))
    return Quarter(start=_ABOUT, figures=figures)


def _template(fact: Fact, boot: str, tail: str) -> tuple[bytes, int]:
    """A record with holes for id time, time, uptime and what it is about; and its size as an outbox counts it."""
    record = Record(id=_ID, at=_AT, boot=boot, uptime=_UPTIME, clock=ClockQuality.SYNCED, fact=fact).model_dump_json()
    pattern = _pattern(record, _ID, _spelled(_AT).decode(), str(_UPTIME), _spelled(_ABOUT).decode())
    id_, rest = pattern.split(b"%b", 1)
    return id_ + b"%b" + tail.encode() + rest, len(fact.model_dump_json().encode()) + RECORD_EXTRA


def _pattern(text: str, *holes: str) -> bytes:
    """The text with `%b` where the holes are, which come once each and in this order."""
    found = re.findall("|".join(map(re.escape, holes)), text)
    if tuple(found) != holes:
        raise ValueError(f"{text[:200]} does not have {holes} in this order")
    text = text.replace("%", "%%")
    for hole in holes:
        text = text.replace(hole, "%b", 1)
    return text.encode()


def _spelled(at: datetime) -> bytes:
    """As pydantic spells it."""
    return at.isoformat().replace("+00:00", "Z").encode()
