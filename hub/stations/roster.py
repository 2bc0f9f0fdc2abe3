"""What is filed of a new station, and what the hub tells a station of itself. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from shared.opening import Opening
from shared.settings_message import Answer, MaintenanceWindow, OpenAlert, Repaired, StationSettings
from shared.station_code import StationKind
from shared.text import Text

UNNUMBERED = 1
"""StationSettings starts at 1."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What is known of a station when it is added."""

    name: str
    name_en: str
    rulebook: str
    commissioned_at: datetime
    rubric: str | None = None
    """Rulebook whose rubric the union adopted. None: the station's own, if it has one."""
    kind: StationKind = "normal"
    code: str | None = None
    """The official code. None: not given yet."""
    union_name: str = ""
    address: str = ""
    plaque_number: str | None = None
    staffing: str = "unmanned"
    opening: Opening = Opening()


def pledge(opening: Opening) -> list[Text]:
    """The service pledge (服务公约) shown at the station, with its own hours."""
    return [
        Text("免费：饮水、充电、热饭、冷藏、休息，一律不收费", "Free: water, charging, heating, cooling, a seat"),
        Text(f"开放：{opening.start} 至 {opening.end}", f"Open: {opening.start} to {opening.end}"),
        Text("设施状态如实公示，坏了可当场报修", "What works is shown as it is; report faults here"),
        Text("隐私：签到不记姓名、手机号、人脸", "Private: checking in takes no name, phone or face"),
        Text("监督：不满意请拨打 12351，或点【服务评价】", "Not satisfied? Call 12351, or rate us here"),
    ]


def settings_of(
    number: int,
    name: Text,
    opening: Opening,
    commissioned_at: datetime,
    alerts: Sequence[OpenAlert],
    maintenance: Sequence[MaintenanceWindow] = (),
    units: Mapping[str, str] | None = None,
    answers: Sequence[Answer] = (),
    repaired: Sequence[Repaired] = (),
    public_url: str = "",
) -> StationSettings:
    """The settings of one station, as the hub has them now."""
    return StationSettings(
        number=number,
        name=name,
        opening=opening,
        pledge=pledge(opening),
        alerts=list(alerts),
        maintenance=list(maintenance),
        units=dict(units or {}),
        answers=list(answers),
        repaired=list(repaired),
        public_url=public_url,
        commissioned_at=commissioned_at,
    )


def digest(settings: StationSettings) -> str:
    """Of the content, whatever its number: another digest, another number."""
    return sha256(replace(settings, number=UNNUMBERED).json()).hexdigest()[:16]
