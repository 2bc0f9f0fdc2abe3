"""How an example object is made for every parameter an address may have: once for each station.

The examples themselves are in `tests.hub.examples`, one function each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hub.accounts import store as accounts
from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.formats import local
from hub.inspections import assignment_store as assignments
from hub.inspections import store as inspections
from hub.inspections.deeds import Deed
from hub.inspections.purposes import Purpose
from hub.inspections.tables import Assignment, Inspection
from hub.keys import HubKeys
from hub.rulebook import form_for
from hub.stations.tables import Station
from tests.hub.pages.conftest import Furnisher


class Each(dict[Role, object]):
    """What stands in the address is another thing for whoever asks."""


@dataclass
class Site:
    """A station being furnished."""

    hub: Furnisher
    station: Station
    people: Mapping[Role, User]
    """Who asks: one of each role."""
    other: User
    """Somebody else, an administrator."""
    sealed: Callable[[bytes], bytes]
    """Under the hub's key."""
    keys: HubKeys
    ours: bool
    """Whether the people are at work here."""
    made: dict[str, Any] = field(default_factory=dict)
    """Examples so far, by the name of their function."""

    def owners(self) -> dict[Role, User]:
        """Whose the things are that belong to a person: the asker's own, and at the other station somebody else's."""
        return dict(self.people) if self.ours else dict.fromkeys(self.people, self.other)

    @property
    def due(self) -> date:
        return local(self.hub.now).date() + timedelta(days=7)

    def assign(self, *people: User, purpose: Purpose = Purpose.SPOT) -> Assignment:
        row = assignments.assign(
            self.hub.session, self.station, people, purpose, self.due, self.other, self.hub.now
        )  # fmt: skip
        self.hub.session.commit()
        return row

    def begin(self, assignment: Assignment | None, who: User) -> Inspection:
        form = form_for(self.station.rulebook, self.station.rubric)
        assert form
        deed = Deed(who, self.hub.now, self.hub.now)
        row = inspections.begin(self.hub.session, self.station, form, deed, assignment)
        row.nonce = ""  # no line is blind
        self.hub.session.commit()
        return row

    def number(self, role: Role) -> int:
        return accounts.identity(self.people[role])


@dataclass(frozen=True)
class Example:
    """How one is made."""

    parameter: str
    under: str
    """Beginning of the addresses in which the parameter means this."""
    of_station: bool
    """False: it belongs to no station and nobody, and its address answers 404 for nobody's jurisdiction."""
    make: Callable[[Site], object]


EXAMPLES: list[Example] = []


def example(
    parameter: str, under: str = "/", of_station: bool = True
) -> Callable[[Callable[[Site], object]], Callable[[Site], object]]:
    """The function makes one of a station, and returns what stands in the address."""

    def kept(make: Callable[[Site], object]) -> Callable[[Site], object]:
        EXAMPLES.append(Example(parameter, under, of_station, make))
        return make

    return kept


def example_of(parameter: str, path: str) -> Example | None:
    """The one with the longest beginning. None: nobody gave one."""
    fitting = [one for one in EXAMPLES if one.parameter == parameter and path.startswith(one.under)]
    return max(fitting, key=lambda one: len(one.under), default=None)


def furnish(site: Site) -> dict[tuple[str, str], object]:
    """Every example of a station, by parameter and beginning."""
    found: dict[tuple[str, str], object] = {}
    for one in EXAMPLES:
        name = one.make.__name__
        if name not in site.made:
            site.made[name] = one.make(site)
        found[one.parameter, one.under] = site.made[name]
    return found
