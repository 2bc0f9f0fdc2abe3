"""What the kiosk can see of its station at one moment, in the words it shows. Pure: files were read by `desk`.

Old data are not shown as if they held: past FRESH_S a state is unknown, with the last reading beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk import words
from shared.board import Board, BoardFacility
from shared.facility import kinds
from shared.fields import Choice
from shared.opening import SHANGHAI, Opening
from shared.quantities import UnknownQuantity, split
from shared.services import AVAILABILITY_SHAPES, SHORT_LABELS, Availability, ServiceNow, services
from shared.settings_message import OCCUPATIONS, OpenAlert, StationSettings
from shared.states import STATE_LABELS, STATE_SHAPES, State
from shared.text import Text

FRESH_S = 120.0
"""The agent writes the board every few seconds; after this long its word no longer holds."""
AHEAD_S = 60.0
"""A board from further in the future than this has no age anybody could tell."""
BUSY = "busy"
HOTLINE = "12351"

SHOWN_VALUE: dict[str, str] = {
    "fridge": "cabinet_temperature",
    "air_conditioner": "room_temperature",
    "drinking_water": "hot_water_temperature",
    "room": "room_temperature",
}
"""The one quantity a worker cares about, by kind."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One facility as it stands on the glass: a word, a shape and a colour, each enough by itself."""

    id: str
    label: Text
    shape: str
    word: Text
    look: str
    """The colour's name in the style sheet: a state, or `busy`."""
    value: str | None
    note: Text | None
    """What is being done about it, or why it is so."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The board, the hub's settings, and the time: each may be missing."""

    now: datetime
    board: Board | None = None
    station: StationSettings | None = None
    checked_in: int | None = None
    """Check-ins today; None where the outbox cannot be asked."""

    @property
    def name(self) -> Text:
        """What the station is called, as far as the hub has said."""
        return self.station.name if self.station else words.NO_NAME

    @property
    def hotline(self) -> str:
        """Whom to call."""
        return self.station.hotline if self.station else HOTLINE

    @property
    def occupations(self) -> list[Choice]:
        """Who can check in: the hub's list, else the regulation's."""
        return list(self.station.occupations if self.station and self.station.occupations else OCCUPATIONS)

    @property
    def opening(self) -> Opening | None:
        """The filed hours; None before the hub has said."""
        return self.station.opening if self.station else None

    @property
    def age_s(self) -> float | None:
        """How old the board is; None without one, or with one from the future."""
        if self.board is None:
            return None
        age = (self.now - self.board.written_at).total_seconds()
        return None if age < -AHEAD_S else max(age, 0.0)

    @property
    def fresh(self) -> bool:
        """Whether the board's word still holds."""
        return self.age_s is not None and self.age_s <= FRESH_S

    @property
    def online(self) -> bool:
        """Whether the hub hears the station, as far as anybody can tell."""
        return self.board is not None and self.fresh and self.board.online

    @property
    def age(self) -> Text:
        """The board's age in words."""
        if self.age_s is None:
            return words.UNKNOWN_AGE
        minutes = int(self.age_s // 60)
        if minutes < 1:
            return words.JUST_NOW
        ago, n = (words.MINUTES_AGO, minutes) if minutes < 60 else (words.HOURS_AGO, minutes // 60)
        return Text(ago.zh.format(n=n), ago.en.format(n=n))

    @property
    def facilities(self) -> list[Shown]:
        """Everything on the board, as it may be shown now."""
        return [self._shown(facility) for facility in self.board.facilities] if self.board else []

    @property
    def measured(self) -> list[Shown]:
        """What sensors judge: of tables and chairs the board could only ever say "unknown"."""
        known = kinds()
        rows = self.board.facilities if self.board else []
        return [self._shown(row) for row in rows if row.kind in known and known[row.kind].decisive]

    @property
    def services(self) -> Sequence[ServiceNow]:
        """What the station offers, each as good as the best facility behind it.

        The board knows of what is wired alone: of a service that nothing on it gives the kiosk says nothing.
        """
        rows = self.board.facilities if self.board else []
        found = services([(row.kind, row.state if self.fresh else State.UNKNOWN) for row in rows])
        return [one for one in found if rows and one.availability is not Availability.NOT_OFFERED]

    def alert(self, facility: str) -> OpenAlert | None:
        """The fault already known of a facility."""
        alerts = self.station.alerts if self.station else []
        return next((alert for alert in alerts if alert.facility == facility), None)

    def _shown(self, facility: BoardFacility) -> Shown:
        word, shape, look = _standing(facility)
        note = self._note(facility)
        if not self.fresh:
            last = Text(*(words.LAST_KNOWN.say(lang).format(word=word.say(lang)) for lang in ("zh", "en")))
            unknown = STATE_SHAPES[State.UNKNOWN]
            return Shown(facility.id, facility.label, unknown, words.NOT_KNOWN, State.UNKNOWN, None, last)
        return Shown(facility.id, facility.label, shape, word, look, _value(facility), note)

    def _note(self, facility: BoardFacility) -> Text | None:
        alert = self.alert(facility.id)
        if alert is not None and alert.promised_at is not None:
            when = day_time(alert.promised_at)
            return Text(words.PROMISED.zh.format(time=when), words.PROMISED.en.format(time=when))
        if alert is not None:
            return words.TAKEN_UP if alert.acknowledged else words.REPORTED
        return facility.why if facility.state in (State.DEGRADED, State.DOWN) else None


def service_lines(now: ServiceNow) -> Text:
    """One service on the glass: what it is, and below it the shape and the word."""
    shape, word = AVAILABILITY_SHAPES[now.availability], SHORT_LABELS[now.availability]
    short = now.service.short
    return Text(f"{short.zh}\n{shape} {word.zh}", f"{short.en}\n{shape} {word.en}")


def day_time(at: datetime) -> str:
    """A time as it stands on the wall at the station."""
    return f"{at.astimezone(SHANGHAI):%H:%M}"


def _standing(facility: BoardFacility) -> tuple[Text, str, str]:
    if facility.busy and facility.state is State.OK:
        return words.IN_USE, STATE_SHAPES[State.OK], BUSY
    return STATE_LABELS[facility.state], STATE_SHAPES[facility.state], facility.state.value


def _value(facility: BoardFacility) -> str | None:
    name = SHOWN_VALUE.get(facility.kind)
    if name is None or name not in facility.values:
        return None
    try:
        quantity, _ = split(name)
    except UnknownQuantity:
        return None
    return f"{facility.values[name]:.0f}{quantity.unit}"
