"""What the hub tells a station: numbered, retained, without secrets (design.md §3, Settings)."""

from typing import Annotated

from msgspec import Meta, field

from shared.choice import Choice
from shared.opening import Opening
from shared.shapes import Instant, Name, Shape
from shared.text import Text

OCCUPATIONS: tuple[Choice, ...] = (
    Choice(id="sanitation", label=Text("环卫工", "Sanitation worker")),
    Choice(id="courier", label=Text("快递员", "Courier")),
    Choice(id="warden", label=Text("协管员", "Warden")),
    Choice(id="food_rider", label=Text("送餐员", "Food rider")),
    Choice(id="taxi_driver", label=Text("出租车司机", "Taxi driver")),
    Choice(id="logistics_driver", label=Text("物流驾驶员", "Logistics driver")),
    Choice(id="auxiliary_police", label=Text("交警辅警", "Traffic auxiliary")),
    Choice(id="other", label=Text("其他", "Other")),
)
"""Whom the stations serve, in the regulation's words (沪工援〔2018〕03号, chapter 1), and everybody else."""

REASONS: tuple[Choice, ...] = (
    Choice(id="cleanliness", label=Text("卫生", "Cleanliness")),
    Choice(id="climate", label=Text("空调冷暖", "Too hot or cold")),
    Choice(id="water", label=Text("饮用水", "Water")),
    Choice(id="food", label=Text("微波炉冰箱", "Microwave, fridge")),
    Choice(id="charging", label=Text("充电", "Charging")),
    Choice(id="seats", label=Text("座位不够", "Too few seats")),
    Choice(id="hours", label=Text("开放时间", "Opening hours")),
    Choice(id="noise_light", label=Text("噪音灯光", "Noise, light")),
    Choice(id="other", label=Text("其他", "Other")),
)
"""Why somebody is not satisfied: each names a thing a maintainer can change. At the kiosk and on a phone alike."""


HOTLINE = "12351"
"""上海市总工会职工服务热线 (沪工援〔2018〕03号, chapter 6)."""


class Told(Shape, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A hub is upgraded before its stations: what a later one says besides is passed over, and the rest is heeded."""


class OpenAlert(Told, frozen=True, kw_only=True):
    """What the station may tell a worker of a fault already known."""

    facility: Name | None = None
    subject: Name | None = None
    """What a report named, as it names it: a facility, door, network, other. None: nobody reported it."""
    problem: Name | None = None
    """What people said is wrong, by its id in the catalogue: another report of it is one more voice, of another problem
    another alert. None: nobody had, a rule spoke; or the hub does not say."""
    opened_at: Instant
    acknowledged: bool = False
    promised_at: Instant | None = None
    danger: bool = False
    """Somebody reported danger."""
    notified_at: Instant | None = None
    """When a notice of it first reached somebody on duty. None: none has, as far as the hub knows."""

    @property
    def about(self) -> str | None:
        """What a worker would name: a facility, door, network, other. None: the station itself."""
        return self.subject or self.facility


class MaintenanceWindow(Told, frozen=True, kw_only=True):
    """A time in which a facility (or all of them) is worked on."""

    facility: Name | None = None
    start: Instant
    end: Instant


class Repaired(Told, frozen=True, kw_only=True):
    """A fault that is over: what a worker may be told was done about it."""

    facility: Name
    """What a worker would name: a facility; of what people reported door, network, other, too."""
    problem: Name | None = None
    """What people had said, by its id in the catalogue. None: nobody had, a rule spoke; or the hub does not say."""
    by_person: bool = False
    """Somebody says that it was put right, and has shown it. False: the readings alone say that it is over."""
    opened_at: Instant
    repaired_at: Instant
    reports: Annotated[int, Meta(ge=0)] = 0
    """How many people had said so."""


class Answer(Told, frozen=True, kw_only=True):
    """A person's answer as the hub knows it: the station may not have heard it itself."""

    question: Name
    facility: Name
    answer: Name
    by: Name
    at: Instant


class StationSettings(Told, frozen=True, kw_only=True):
    """The settings of one station, as the hub has them now."""

    number: Annotated[int, Meta(ge=1)]
    name: Text
    opening: Opening = Opening()
    hotline: str = HOTLINE
    pledge: list[Text] = []
    occupations: list[Choice] = field(default_factory=lambda: list(OCCUPATIONS))
    notices: list[Text] = []
    alerts: list[OpenAlert] = []
    maintenance: list[MaintenanceWindow] = []
    repaired: list[Repaired] = []
    """Of the last seven days, the oldest first."""
    units: dict[str, str] = {}
    """The machine standing there, by facility: a change restarts what was learned of the old one."""
    answers: list[Answer] = []
    """Of the last fourteen days, the oldest first."""
    public_url: Annotated[str, Meta(max_length=300)] = ""
    """Where phones reach the hub, without a slash at the end. Empty: they cannot, and the kiosk shows no QR."""
    commissioned_at: Instant
