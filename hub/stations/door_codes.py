"""A station's rotating codes, checked at the hub: its QR key lies sealed in the register and is opened here alone."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from hub.errors import BadSettings
from hub.keys import HubKeys
from hub.stations.tables import Station
from shared.door_code import (
    ATTENDANT_STEP_S,
    attendant_code,
    attendant_code_until,
    door_code_shown_at,
    door_code_steps,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AttendantCode:
    """The digits that open the attendant's menu of a kiosk now."""

    digits: str
    until: datetime
    """From then on others are shown; these open the menu for one more step."""
    step_s: int = ATTENDANT_STEP_S


def steps_old(
    keys: HubKeys, station: str, sealed: bytes, code: str, now: datetime, lenient: bool = False
) -> int | None:
    """How many steps old the station's code is. None: it is not one that counts now."""
    key = _opened(keys, station, sealed)
    return None if key is None else door_code_steps(key, station, code, now, lenient)


def shown_at(keys: HubKeys, station: Station, code: str, near: datetime) -> datetime | None:
    """When the kiosk began to show this code, by its own clock, however long ago. None: it is not this station's."""
    key = _opened(keys, station.id, station.sealed_qr_key)
    return None if key is None else door_code_shown_at(key, station.id, code, near)


def attendants(keys: HubKeys, station: Station, now: datetime) -> AttendantCode | None:
    """The attendant's code. None: the station has no key, so no kiosk of it knows one."""
    key = _opened(keys, station.id, station.sealed_qr_key)
    return None if key is None else AttendantCode(attendant_code(key, station.id, now), attendant_code_until(now))


def _opened(keys: HubKeys, station: str, sealed: bytes) -> bytes | None:
    if not sealed:
        return None
    try:
        return keys.opened(sealed)
    except BadSettings as error:
        # One key that cannot be opened is that station's loss: its page still takes what the static code allows.
        log.warning("a station's QR key cannot be opened", station=station, why=str(error))
        return None
