"""What the kiosk can see of its station at one moment, in the words it shows. Pure: files were read by `desk`.

Old data are not shown as if they held: past FRESH_S a state is unknown, with the last reading beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk import news, words
from kiosk.news import day_time
from kiosk.shown import DANGER, REPORTED, SAID, Shown, standing, value
from shared.board import Board, BoardFacility
from shared.choice import Choice
from shared.facility import ELSEWHERE, SUBJECTS, kinds
from shared.opening import SHANGHAI, Opening
from shared.services import Availability, ServiceNow, services
from shared.settings_message import HOTLINE, OCCUPATIONS, OpenAlert, StationSettings
from shared.states import STATE_SHAPES, State
from shared.text import Text

FRESH_S = 120.0
"""The agent writes the board every few seconds; after this long its word no longer holds."""
HEARD_S = 20.0
"""The agent writes every five seconds: after this long nobody knows whether anything is being sent."""
AHEAD_S = 60.0
"""A board from further in the future than this has no age anybody could tell."""
AT_LENGTH, SHORTLY = (words.PROMISED, words.OVERDUE), (words.PROMISED_SHORT, words.OVERDUE_SHORT)
"""How a time is told that was promised, ahead and gone by."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The board, the hub's settings, and the time: each may be missing."""

    now: datetime
    board: Board | None = None
    station: StationSettings | None = None
    dated: bool = True
    """False: the clock is wrong, and nothing can be said of what the hour means."""
    checked_in: int | None = None
    """Check-ins today; None where the outbox cannot be asked."""
    here: Sequence[OpenAlert] = ()
    """What was reported at this kiosk, and the hub has not told back yet."""

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
    def notices(self) -> list[Text]:
        """What the hub wants everybody here to read."""
        return list(self.station.notices) if self.station else []

    @property
    def done(self) -> list[Text]:
        """You said, we did: the repairs of seven days, the newest first."""
        return news.done(self.station, self.label, self.now) if self.station and self.dated else []

    @property
    def news(self) -> list[Text]:
        """All that is worth telling: work that is coming, notices, what is being done, what was done."""
        coming = news.coming(self.station, self.label, self.now) if self.station and self.dated else []
        return [*coming, *self.notices, *self.beside, *self.done]

    @property
    def dangers(self) -> list[Text]:
        """Where people have reported danger, each by its name: it goes before all other news."""
        where = dict.fromkeys(one.about for one in self.alerts if one.danger)
        called = [words.SOMEWHERE if one in (None, ELSEWHERE) else self.label(one) for one in where]
        return [words.DANGER_AT.filled(what=what) for what in called]

    @property
    def alerts(self) -> list[OpenAlert]:
        """Every fault known: what the hub tells, and what was reported here."""
        return [*(self.station.alerts if self.station else []), *self.here]

    @property
    def closed(self) -> Text | None:
        """That it is outside the filed hours now, as far as the clock and the hub tell."""
        opening = self.opening
        if opening is None or not self.dated or opening.is_open(self.now):
            return None
        if not opening.open_on(self.now.astimezone(SHANGHAI).date()):
            return words.CLOSED_TODAY
        return words.CLOSED_HOURS.filled(start=opening.start, end=opening.end)

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
    def heard(self) -> bool:
        """Whether the agent, which sends everything, is at work."""
        return self.age_s is not None and self.age_s <= HEARD_S

    @property
    def online(self) -> bool:
        """Whether the hub hears the station, as far as anybody can tell."""
        return self.board is not None and self.heard and self.board.online

    @property
    def age(self) -> Text:
        """The board's age in words."""
        if self.age_s is None:
            return words.UNKNOWN_AGE
        minutes = int(self.age_s // 60)
        if minutes < 1:
            return words.JUST_NOW
        if minutes < 60:
            return words.MINUTES_AGO.filled(n=minutes)
        hours = minutes // 60
        return words.HOURS_AGO.filled(n=hours) if hours < 48 else words.DAYS_AGO.filled(n=hours // 24)

    @property
    def facilities(self) -> list[Shown]:
        """Everything on the board, as it may be shown now."""
        return [self._shown(facility) for facility in self.board.facilities] if self.board else []

    @property
    def measured(self) -> list[Shown]:
        """What sensors judge, danger first: of tables and chairs the board could only ever say "unknown"."""
        return sorted((self._shown(row) for row in self._judged), key=lambda one: one.look != DANGER)

    @property
    def _judged(self) -> list[BoardFacility]:
        known = kinds()
        rows = self.board.facilities if self.board else []
        return [row for row in rows if row.kind in known and known[row.kind].decisive]

    @property
    def services(self) -> Sequence[ServiceNow]:
        """What the station offers, each as good as the best facility behind it. What people contradict is not known.

        The board knows of what is wired alone: of a service that nothing on it gives the kiosk says nothing.
        """
        rows = self.board.facilities if self.board else []
        found = services([(row.kind, self._offers(row)) for row in rows])
        return [one for one in found if rows and one.availability is not Availability.NOT_OFFERED]

    def label(self, facility: str) -> Text:
        """What a facility is called: as the board has it, else its kind; door, network and other by their names."""
        if facility in SUBJECTS:
            return SUBJECTS[facility][0]
        rows = self.board.facilities if self.board else []
        found = next((row.label for row in rows if row.id == facility), None)
        kind = kinds().get(facility.rpartition("-")[0])
        return found or (kind.label if kind else Text(facility, facility))

    def alert(self, facility: str) -> OpenAlert | None:
        """The fault already known of a facility, the door, the network, anything else; danger before all others."""
        found = [alert for alert in self.alerts if alert.about == facility]
        return min(found, key=lambda alert: not alert.danger, default=None)

    def known(self, facility: str, short: bool = False) -> Text | None:
        """What became of the fault known of a facility: promised for, taken up, reported. None: none is known.

        `short`: for a tile, where danger comes first. With a wrong clock no time is told that would be read against it.
        """
        alert = self.alert(facility)
        return None if alert is None else self._became(alert, short)

    def _became(self, alert: OpenAlert, short: bool = False) -> Text:
        if alert.danger and short:
            return words.SAID_DANGER
        if not self.dated:
            known = words.NOTICED if alert.subject is None else words.SAID_BROKEN
            return words.TAKEN_UP if alert.acknowledged or alert.promised_at else known
        if alert.promised_at is not None:
            ahead = self.now < alert.promised_at
            promised, overdue = SHORTLY if short else AT_LENGTH
            return (promised if ahead else overdue).filled(time=self._when(alert.promised_at, with_time=not short))
        if alert.acknowledged:
            return words.TAKEN_UP
        said = words.NOTICED_AT if alert.subject is None else words.REPORTED_AT
        return said.filled(time=self._when(alert.opened_at))

    def reported(self, facility: str) -> set[str]:
        """What people have said is wrong with it, as far as the hub has told: to say so again is one more voice."""
        alerts = self.station.alerts if self.station else []
        return {alert.problem for alert in alerts if alert.subject == facility and alert.problem is not None}

    @property
    def beside(self) -> list[Text]:
        """What became of faults of which no plate tells: of the door, the network, supplies, tables."""
        plates = {row.id for row in self._judged}
        found = [
            news.known_of(one, self.label, self._became(one)) for one in self.alerts if one.about not in (None, *plates)
        ]
        return list(dict.fromkeys(found))

    def _when(self, at: datetime, with_time: bool = False) -> str:
        """The time of day; of another day its date."""
        if at.astimezone(SHANGHAI).date() == self.now.astimezone(SHANGHAI).date():
            return day_time(at)
        return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" if with_time else f"{at.astimezone(SHANGHAI):%m-%d}"

    def _shown(self, facility: BoardFacility) -> Shown:
        word, shape, look = standing(facility)
        brief = self.known(facility.id, short=True)
        shown = Shown(facility.id, facility.label, shape, word, look, value(facility), self._note(facility), brief)
        if not self.fresh:
            shape, look = STATE_SHAPES[State.UNKNOWN], State.UNKNOWN.value
            last = words.LAST_KNOWN.filled(word=word)
            shown = replace(shown, shape=shape, word=words.NOT_KNOWN, look=look, value=None, note=last)
        said = self._said(facility)
        if said is None:
            return shown
        shape, word = SAID[said]
        sensed = words.SENSED.filled(word=shown.word)
        known = self.known(facility.id)
        note = words.SAID_AND_SENSED.filled(said=known, word=shown.word) if known else sensed
        return replace(shown, shape=shape, word=word, look=said, value=None, note=note, brief=sensed)

    def _said(self, facility: BoardFacility) -> str | None:
        """What people say of it that must stand before its state: danger always, a fault where the sensors see none."""
        alert = self.alert(facility.id)
        if alert is not None and alert.danger:
            return DANGER
        works = self.fresh and facility.state is State.OK
        return REPORTED if alert is not None and alert.subject is not None and works else None

    def _offers(self, facility: BoardFacility) -> State:
        return facility.state if self.fresh and self._said(facility) is None else State.UNKNOWN

    def _note(self, facility: BoardFacility) -> Text | None:
        work = news.work_now(self.station, facility.id, self.now) if self.station and self.dated else None
        if work is not None:
            return words.WORKED_ON.filled(time=self._when(work.end, with_time=True))
        return self.known(facility.id) or (facility.why if facility.state in (State.DEGRADED, State.DOWN) else None)
