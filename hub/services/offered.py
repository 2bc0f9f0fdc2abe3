"""What a station offers a worker, from what its facilities are now and what is filed of it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from hub.health.standing import FacilityStanding
from hub.stations.words import EXTRA_LABELS, Extra, ExtraState
from shared.services import Availability, ServiceNow, Toilet, services
from shared.text import Text

TOILETS = {ExtraState.AVAILABLE: Toilet.OPEN, ExtraState.MISSING: Toilet.MISSING}
EXTRA_STATES: dict[ExtraState, Text] = {
    ExtraState.AVAILABLE: Text("有", "Here"),
    ExtraState.MISSING: Text("暂缺", "Missing at present"),
}


@dataclass(frozen=True, slots=True)
class ExtraNow:
    """One of the X of 6+X (SH-18), as a person said."""

    extra: Extra
    state: ExtraState

    @property
    def label(self) -> Text:
        """What it is called."""
        return EXTRA_LABELS[self.extra]

    @property
    def word(self) -> Text:
        """Whether it is there."""
        return EXTRA_STATES[self.state]


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything a station offers."""

    services: Sequence[ServiceNow] = ()
    extras: Sequence[ExtraNow] = ()
    """Without the toilet, which is said with the seats."""
    other: str = ""
    """By local character (SH-15), in the station's own words."""


def offer(
    standings: Iterable[FacilityStanding],
    extras: Mapping[Extra, ExtraState],
    filed: Sequence[str] = (),
    other: str = "",
) -> Offer:
    """In the regulation's order. `filed` are the services named when the station was filed."""
    toilet = extras.get(Extra.TOILET)
    found = services(
        ((one.kind, one.state if one.measured else None) for one in standings),
        None if toilet is None else TOILETS[toilet],
        frozenset(filed),
    )
    return Offer(found, [ExtraNow(one, extras[one]) for one in Extra if one in extras and one != Extra.TOILET], other)


class ServiceOffered(BaseModel):
    """One service, as the API says it."""

    service: str
    """water, climate, meals, charging or rest."""
    label: Text
    availability: Availability
    note: Text | None


class ExtraOffered(BaseModel):
    """One of the extras, as the API says it."""

    extra: Extra
    label: Text
    state: ExtraState


def services_for_api(offered: Offer) -> list[ServiceOffered]:
    """The services for programs."""
    return [
        ServiceOffered(service=one.key, label=one.label, availability=one.availability, note=one.note)
        for one in offered.services
    ]


def extras_for_api(offered: Offer) -> list[ExtraOffered]:
    """The extras for programs."""
    return [ExtraOffered(extra=one.extra, label=one.label, state=one.state) for one in offered.extras]
