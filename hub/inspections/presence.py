"""Whether somebody was at the station when they began, as far as their device can show. Pure.

By its place, or by the rotating code of the station's kiosk. It never blocks: a phone indoors may be wrong, a register
may be. What was not proven is printed as such. A plaque's code proves nothing, it can be photographed (inspection.md
I09).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from hub.formats import moment
from shared.door_code import CODE_STEP_S
from shared.text import Text

NEAR_M = 150.0
"""Both the distance and the device's own accuracy must be within (inspection.md I09)."""
EARTH_M = 6_371_000.0


class Presence(StrEnum):
    """What is known of it."""

    PROVEN = "proven"
    FAR = "far"
    VAGUE = "vague"
    NO_PLACE = "no_place"
    STALE = "stale"
    UNPROVEN = "unproven"


PRESENCES: dict[Presence, Text] = {
    Presence.PROVEN: Text("已证明在站点", "Shown to be at the station"),
    Presence.FAR: Text("未证明：定位不在站点附近", "Not proven: the position is not at the station"),
    Presence.VAGUE: Text("未证明：定位精度不够", "Not proven: the position is too vague"),
    Presence.NO_PLACE: Text("未证明：登记册没有站点坐标", "Not proven: the register has no position of the station"),
    Presence.STALE: Text(
        "未证明：动态码的时间与手机不符", "Not proven: the code's time is not the phone's",
    ),
    Presence.UNPROVEN: Text("未证明：没有定位", "Not proven: no position was taken"),
}  # fmt: skip


class Proof(StrEnum):
    """What shows it."""

    PLACE = "place"
    CODE = "code"
    """The rotating code on the kiosk's screen."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device says it is: WGS-84, degrees; the radius it is sure of, metres."""

    latitude: float
    longitude: float
    accuracy_m: float


def distance_m(place: Place, latitude: float, longitude: float) -> float:
    """Metres along the ground."""
    north, east = radians(latitude - place.latitude), radians(longitude - place.longitude)
    half = sin(north / 2) ** 2 + cos(radians(place.latitude)) * cos(radians(latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def code_said(at: datetime, steps: int) -> Text:
    """The code that was seen, and how far its time lay from when it was brought."""
    age = abs(steps) * CODE_STEP_S
    zh, en = (f"{age} 秒", f"{age} s") if age < 120 else (f"{age // 60} 分钟", f"{age // 60} min")
    return Text(
        f"驿站屏幕动态码，{moment(at, language='zh')}，码龄 {zh}",
        f"by the code on the station's screen, {moment(at, language='en')}, {en} old",
    )


def judged(place: Place | None, distance: float | None) -> Presence:
    """`distance` None: nobody has said where the station is."""
    if place is None:
        return Presence.UNPROVEN
    if distance is None:
        return Presence.NO_PLACE
    if place.accuracy_m > NEAR_M:
        return Presence.VAGUE
    return Presence.PROVEN if distance <= NEAR_M else Presence.FAR
