"""What a station offers a worker, from what stands in it: hub and kiosk say the same.

The services are those of 沪工援〔2018〕03号, chapter 2, section 2 (4).
A service is as good as the best facility behind it: one microwave that works heats a meal. Pure.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.states import STATE_SHAPES, State
from shared.text import Text


class Availability(StrEnum):
    """Whether a worker gets the service now. `unknown` is an answer: nobody has said."""

    AVAILABLE = "available"
    LIMITED = "limited"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"
    PROVIDED = "provided"
    """It stands there, and no sensor could ever say more."""
    NOT_OFFERED = "not_offered"
    """Nothing that gives it is registered at this station."""


AVAILABILITY_LABELS: dict[Availability, Text] = {
    Availability.AVAILABLE: Text("可用", "Available"),
    Availability.LIMITED: Text("受限", "Limited"),
    Availability.UNAVAILABLE: Text("不可用", "Not available"),
    Availability.UNKNOWN: Text("未知", "Not known"),
    Availability.PROVIDED: Text("有", "Here"),
    Availability.NOT_OFFERED: Text("未提供", "Not offered"),
}
SHORT_LABELS: dict[Availability, Text] = AVAILABILITY_LABELS | {
    Availability.AVAILABLE: Text("可用", "Yes"),
    Availability.UNAVAILABLE: Text("不可用", "No"),
    Availability.NOT_OFFERED: Text("未提供", "None"),
}
"""The same for the glass."""
AVAILABILITY_SHAPES: dict[Availability, str] = {
    Availability.AVAILABLE: STATE_SHAPES[State.OK],
    Availability.LIMITED: STATE_SHAPES[State.DEGRADED],
    Availability.UNAVAILABLE: STATE_SHAPES[State.DOWN],
    Availability.UNKNOWN: STATE_SHAPES[State.UNKNOWN],
    Availability.PROVIDED: "◆",
    Availability.NOT_OFFERED: STATE_SHAPES[State.EXCLUDED],
}
OF_STATE: dict[State, Availability] = {
    State.OK: Availability.AVAILABLE,
    State.DEGRADED: Availability.LIMITED,
    State.DOWN: Availability.UNAVAILABLE,
    State.UNKNOWN: Availability.UNKNOWN,
    # Without power, switched off or being worked on: nobody's fault, and of no use to a worker.
    State.EXCLUDED: Availability.UNAVAILABLE,
}
BEST_FIRST = (
    Availability.AVAILABLE,
    Availability.LIMITED,
    Availability.UNKNOWN,
    Availability.PROVIDED,
    Availability.UNAVAILABLE,
)
"""What may work goes before what does not: of two the second may be the one that does."""


class Toilet(StrEnum):
    """What is filed of the toilet (SH-19: open where possible)."""

    OPEN = "open"
    MISSING = "missing"
    """It should be there and is not."""


TOILET_NOTES: dict[Toilet, Text] = {
    Toilet.OPEN: Text("有卫生间", "With a toilet"),
    Toilet.MISSING: Text("卫生间暂缺", "Toilet missing at present"),
}


@dataclass(frozen=True, slots=True)
class Service:
    """One of the services every station gives free of charge (SH-14)."""

    key: str
    label: Text
    short: Text
    """For the glass, where eleven columns must do."""
    kinds: frozenset[str]
    """Any facility of these kinds gives it."""
    measured: bool = True
    """False: no sensor can judge what gives it."""


SERVICES: tuple[Service, ...] = (
    Service("water", Text("饮水供给", "Drinking water"), Text("饮水供给", "Water"), frozenset({"drinking_water"})),
    Service(
        "climate", Text("避暑取暖", "Cooling and heating"), Text("避暑取暖", "Climate"), frozenset({"air_conditioner"})
    ),
    Service("meals", Text("餐食加热", "Meal heating"), Text("餐食加热", "Meals"), frozenset({"microwave"})),
    Service("charging", Text("手机充电", "Phone charging"), Text("手机充电", "Charging"), frozenset({"outlets"})),
    Service(
        "rest",
        Text("休息如厕", "Rest and toilet"),
        Text("休息如厕", "Rest"),
        frozenset({"tables", "room"}),
        measured=False,
    ),
)
"""In the regulation's order and words."""


@dataclass(frozen=True, slots=True)
class ServiceNow:
    """One service as it is now."""

    service: Service
    availability: Availability
    note: Text | None = None
    """What else there is to say. None: nothing."""

    @property
    def key(self) -> str:
        """The service's name for programs."""
        return self.service.key

    @property
    def label(self) -> Text:
        """What the service is called."""
        return self.service.label


Standing = tuple[str, State | None]
"""Kind and state of a facility. None: nothing is wired to it, so nobody will ever say."""


def services(
    standing: Iterable[Standing], toilet: Toilet | None = None, filed: Collection[str] = ()
) -> Sequence[ServiceNow]:
    """All services, from the kind and state of everything that stands in a station.

    `toilet` None: nobody has filed one. `filed` are the keys of services the station was filed with: of those nothing
    gives, it is not known whether they work. Of a station that has named nothing at all every service is unknown.
    """
    states = list(standing)
    absent = Availability.NOT_OFFERED if states or filed else Availability.UNKNOWN
    return [_now(one, states, toilet, Availability.UNKNOWN if one.key in filed else absent) for one in SERVICES]


def _now(service: Service, states: Sequence[Standing], toilet: Toilet | None, absent: Availability) -> ServiceNow:
    if service.measured:
        found = [_of(state) for kind, state in states if kind in service.kinds]
        return ServiceNow(service, min(found, key=BEST_FIRST.index, default=absent))
    stands = any(kind in service.kinds for kind, _ in states) or toilet is Toilet.OPEN
    note = None if toilet is None else TOILET_NOTES[toilet]
    return ServiceNow(service, Availability.PROVIDED if stands else absent, note)


def _of(state: State | None) -> Availability:
    return Availability.PROVIDED if state is None else OF_STATE[state]
