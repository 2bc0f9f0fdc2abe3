"""Where screens get what they show and leave what people say: the outbox, the board and the hub's settings, on disk.

What screens know of the station's folder, and leave in it, goes through here.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from secrets import token_bytes
from typing import TYPE_CHECKING

from kiosk import words
from kiosk.attendant import words as attendant
from kiosk.attendant.condition import Condition
from kiosk.attendant.lock import Lock
from kiosk.cards import is_card, is_goods, visitor_of
from kiosk.clock import weighed
from kiosk.danger import Stage, stages, told_at
from kiosk.lately import Lately
from kiosk.phone_code import DoorCode, code_at
from kiosk.settings import KioskSettings
from kiosk.sight import Sight
from shared.board import BOARD, KEYS, SETTINGS, Board, BoardQuestion, KioskKeys, Reader, outbox_path
from shared.door_code import is_attendant_code
from shared.ids import record_id
from shared.moment import Clock, ClockQuality, Stamp
from shared.opening import SHANGHAI
from shared.outbox import FOR_PEOPLE_S, Outbox, OutboxBroken, OutboxBusy, OutboxFull
from shared.settings_message import StationSettings
from shared.text import Language, Text

if TYPE_CHECKING:
    from shared.records import CheckIn, Fact


class NotKept(Exception):
    """What a person said is not on disk. The message is for the person."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class NotACard(Exception):
    """A scan is no check-in. The message is for the person; it never has the code in it."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person said at one moment, and the ids it has however often keeping it is tried."""

    facts: "Sequence[Fact]"
    at: Stamp
    ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scan:
    """A card that was held to the scanner."""

    visitor: str
    age_s: float | None
    """How long ago it was counted here; None: it is not yet."""


class Desk:
    """One kiosk's view of its station. `language` is the one on the glass, `large` whether letters are large there."""

    language: Language = "zh"
    large: bool = False
    reads_cards = False
    """Whether a scanner stands at this kiosk, for the glass to say so."""

    def __init__(
        self, settings: KioskSettings, clock: Clock, open_outbox: Callable[[KioskSettings], Outbox] | None = None
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._open = open_outbox or (lambda settings: Outbox(outbox_path(settings.folder), patience_s=FOR_PEOPLE_S))
        self._boards = Reader(settings.folder / BOARD, Board)
        self._stations = Reader(settings.folder / SETTINGS, StationSettings)
        self._key_files = Reader(settings.folder / KEYS, KioskKeys)
        self._outbox: Outbox | None = None
        self._mended: int | None = None
        """How often the outbox had been damaged when this kiosk first opened it."""
        self._lately = Lately()
        self._keys: KioskKeys | None = None
        self._looked = self._remembers = False
        """Whether it has looked once, and found in the outbox what was reported before it started: reading that takes
        the models of facts, which the first frame has no time for."""
        self._answered: dict[str, str] = {}
        """Questions answered here that the board still asks, with the statement's record."""
        self.attendants = Lock()
        self.sight = Sight(clock().at)
        self.look()

    def now(self) -> Stamp:
        """Read the clock. What it is worth, board and settings say."""
        return weighed(self._clock(), self.sight.board, self.sight.station)

    def time(self) -> str:
        """The time for the top of the glass; a wrong clock shows none."""
        stamp = self.now()
        return "--:--" if stamp.clock is ClockQuality.WRONG else f"{stamp.at.astimezone(SHANGHAI):%m-%d %H:%M}"

    def say(self, text: Text, **facts: object) -> str:
        """A text in the language on the glass, with its facts filled in."""
        return text.say(self.language).format(**facts) if facts else text.say(self.language)

    def look(self) -> None:
        """Read board, settings and keys again. What cannot be read is missing, and is shown so."""
        board, station = self._boards.read(), self._stations.read()
        now = weighed(self._clock(), board, station)
        if self._looked and not self._remembers:
            self._remember(now)
        self._looked = True
        self._keys = self._key_files.read()
        self.sight = Sight(
            now.at.astimezone(UTC),
            board,
            station,
            dated=now.clock is not ClockQuality.WRONG,
            checked_in=self._checked_in(now),
            here=self._lately.reports.open(now, self._delivered),
        )

    def door_code(self) -> DoorCode | None:
        """What a phone may scan now; None where that would lead nowhere."""
        station = self.sight.station
        return code_at(self._keys, station.public_url if station else "", self.now())

    def put(self, fact: "Fact") -> str:
        """Keep what a person said; its record id. On disk when this returns. Raises NotKept."""
        return self.keep(self.saying(fact))

    def saying(self, fact: "Fact") -> Saying:
        """What is said now, to be kept."""
        now = self.now()
        facts = self._lately.as_said(fact, now.uptime)
        return Saying(facts, now, [record_id(now.at, token_bytes(10)) for _ in facts])

    def keep(self, saying: Saying, patience_s: float = FOR_PEOPLE_S) -> str:
        """As `put`. Where that failed it may be tried again: it is kept once."""
        fact, said_at, record = saying.facts[-1], saying.at.uptime, saying.ids[-1]
        try:
            self._store().put_all([(one, saying.at) for one in saying.facts], saying.ids, patience_s)
        except OutboxFull as error:
            raise NotKept(words.FULL) from error
        except OutboxBusy as error:
            raise NotKept(words.BUSY) from error
        except OutboxBroken as error:
            self._outbox = None
            raise NotKept(words.BROKEN) from error
        self._lately.note(fact, record, said_at)
        if fact.type == "statement":
            self._answered[fact.question] = record
        elif fact.type == "retraction":
            self._answered = {asked: said for asked, said in self._answered.items() if said != fact.of}
        self.look()
        return record

    def pause_s(self, fact: "Fact") -> int:
        """How many seconds this cannot be said yet, because something was said just now."""
        return self._lately.pause_s(fact, self.now().uptime)

    def check_in(self, occupation: str) -> "CheckIn":
        """A check-in, marked when it is one of many at this kiosk."""
        return self._lately.check_in(occupation, self.now().uptime)

    def scan(self, code: str) -> Scan:
        """What a scanned code means. The code is not kept. Raises NotACard."""
        if self._keys is None:
            raise NotACard(words.CARD_NO_KEYS)
        if not is_card(code, self._keys.station):
            raise NotACard(words.NOT_A_CARD)
        if is_goods(code):
            raise NotACard(words.GOODS)
        visitor = visitor_of(bytes.fromhex(self._keys.card), code)
        return Scan(visitor, self._lately.cards.age(visitor, self.now().uptime))

    def danger_stages(self, record: str, subject: str, reported: float) -> list[Stage]:
        """How far a report of danger has got that was made so many seconds after the machine was started."""
        sight, now = self.sight, self.now()
        told = told_at(sight.station.alerts if sight.station else [], subject)
        # By the clock as it is now: it may have been set since.
        reported_at = now.at - timedelta(seconds=now.uptime - reported) if sight.dated else None
        return stages(sight.online, self._delivered(record), told, reported_at)

    def _delivered(self, record: str) -> bool:
        """Whether the hub has said it has it. False where the outbox cannot be asked, or was damaged and mended."""
        try:
            store = self._store()
            return not store.holds(record) and len(store.salvages()) == self._mended
        except (OutboxBusy, OutboxFull):
            return False
        except OutboxBroken:
            self._outbox = None
            return False

    @property
    def questions(self) -> list[BoardQuestion]:
        """What rules ask the attendant, without what was answered here."""
        asked = self.sight.board.questions if self.sight.board is not None else []
        still = {question.question for question in asked}
        self._answered = {question: said for question, said in self._answered.items() if question in still}
        return [question for question in asked if question.question not in self._answered]

    def why_no_code(self) -> Text | None:
        """Why no attendant's code can be checked here; None: it can."""
        if self.now().clock is ClockQuality.WRONG:
            return attendant.CODE_NO_CLOCK
        return attendant.CODE_NO_KEYS if self._keys is None else None

    def opens(self, code: str) -> bool:
        """Whether these four digits are the attendant's now; wrong ones are counted."""
        keys, now = self._keys, self.now()
        if keys is not None and is_attendant_code(bytes.fromhex(keys.qr), keys.station, code, now.at):
            self.attendants.right()
            return True
        self.attendants.wrong(now.uptime)
        return False

    def condition(self) -> Condition:
        """How the station fares."""
        from importlib.metadata import version

        now, waiting = self.now(), None
        try:
            waiting = self._store().waiting(now)
        except (OutboxBusy, OutboxFull):
            pass  # nobody knows how many wait
        except OutboxBroken:
            self._outbox = None
        free = shutil.disk_usage(self._settings.folder).free
        return Condition(self.sight, waiting, now.clock, version("waystation"), free)

    def _remember(self, now: Stamp) -> None:
        try:
            reports = self._store().reports()
        except (OutboxBusy, OutboxFull):
            return
        except OutboxBroken:
            self._outbox = None
            return
        self._remembers = True
        for record in reversed(reports):
            self._lately.reports.found(record, now)

    def _store(self) -> Outbox:
        """The outbox, opened when first needed and again after it failed: a kiosk outlives its disk's bad hour."""
        if self._outbox is None:
            self._outbox = self._open(self._settings)
        if self._mended is None:
            self._mended = len(self._outbox.salvages())
        return self._outbox

    def _checked_in(self, now: Stamp) -> int | None:
        if now.clock is ClockQuality.WRONG:
            return None
        try:
            return self._store().said_on("checkin", now.at.astimezone(SHANGHAI).date())
        except (OutboxBusy, OutboxFull):
            return None
        except OutboxBroken:
            self._outbox = None
            return None
