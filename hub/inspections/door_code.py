"""Presence by the rotating code of the station's kiosk: whoever reads it stands before it, or speaks with who does.

A code counts while it is fresh, and no longer: the leniency of a check-in has no place here (inspection.md I09).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hub.accounts.store import identity
from hub.accounts.tables import User
from hub.keys import HubKeys
from hub.stations import door_codes
from hub.stations.tables import Station
from shared.door_code import AGED_STEPS, AHEAD_STEPS, CODE_STEP_S

SEEN_LIFE = timedelta(minutes=10)
"""How long the phone's page may take from the scan to the form."""
LONGEST = 200
"""Characters of what the page carries."""
_PURPOSE, _BETWEEN = "presence", "|"


@dataclass(frozen=True, slots=True)
class Seen:
    """A code that was seen."""

    at: datetime
    """When: by the hub's clock; of one typed in without a network, when the kiosk showed it, by the kiosk's."""
    steps: int
    """How old it was then, in steps of the code; below 0: ahead."""

    @property
    def fresh(self) -> bool:
        """Whether it proves anything."""
        return -AHEAD_STEPS <= self.steps <= AGED_STEPS


def seen_now(keys: HubKeys, station: Station, code: str, now: datetime) -> Seen | None:
    """A code as it was just scanned or typed. None: it is not the station's, or no longer fresh."""
    steps = door_codes.steps_old(keys, station.id, station.sealed_qr_key, code, now)
    return None if steps is None else Seen(now, steps)


def seen_then(keys: HubKeys, station: Station, code: str, at: datetime) -> Seen | None:
    """A code typed in at `at`, as far as the device's clock can be trusted. None: it is not the station's."""
    shown = door_codes.shown_at(keys, station, code, at)
    return None if shown is None else Seen(shown, (at - shown) // timedelta(seconds=CODE_STEP_S))


def carried(keys: HubKeys, station: str, user: User, seen: Seen) -> str:
    """For a page to bring back, by this user alone."""
    parts = (station, str(identity(user)), str(int(seen.at.timestamp())), str(seen.steps))
    return keys.signed(_PURPOSE, _BETWEEN.join(parts))


def brought(keys: HubKeys, station: str, user: User, text: str, now: datetime) -> Seen | None:
    """What a page brought back. None: it is another station's or user's, too old, or not from here."""
    said = keys.unsigned(_PURPOSE, text)
    if said is None:
        return None
    where, who, seconds, steps = said.split(_BETWEEN)
    at = datetime.fromtimestamp(int(seconds), UTC)
    if (where, who) != (station, str(identity(user))) or now - at > SEEN_LIFE:
        return None
    return Seen(at, int(steps))


def found(keys: HubKeys, station: Station, user: User, code: str, carried: str, now: datetime) -> Seen | None:
    """The code somebody typed, or what their page carries of one they scanned. None: neither counts."""
    typed = "".join(code.split()).replace("-", "")
    return seen_now(keys, station, typed, now) if typed else brought(keys, station.id, user, carried, now)
