"""An example object for every parameter an address may have: one function each, called once for each station.

A new parameter gets a function here; `test_matrix.py` names the ones that have none. A parameter that means different
things at different addresses gets one for each beginning.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hub.accounts import store as accounts
from hub.accounts import token_store
from hub.accounts.roles import Role
from hub.accounts.scopes import Scope
from hub.inspections import store as inspections
from hub.photos import store as photos
from hub.rulebook import form_for
from hub.stations.tables import Station
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.hub.pages.conftest import Furnisher
from tests.photos import jpeg


@dataclass
class Site:
    """A station being furnished."""

    hub: Furnisher
    station: Station
    user: str
    """Whose jurisdiction is asked about, by name."""
    made: dict[str, Any] = field(default_factory=dict)
    """Examples so far, by the name of their function."""


@dataclass(frozen=True)
class Example:
    """How one is made."""

    parameter: str
    under: str
    """Beginning of the addresses in which the parameter means this."""
    of_station: bool
    """False: it belongs to no station, and its address answers 404 for nobody's jurisdiction."""
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
    for one in EXAMPLES:
        site.made[one.make.__name__] = one.make(site)
    return {(one.parameter, one.under): site.made[one.make.__name__] for one in EXAMPLES}


@example("station")
def station(site: Site) -> object:
    return site.station.id


@example("facility")
def facility(site: Site) -> object:
    options = {"legal_limit": 8.0}
    site.hub.facility(
        "fridge-1", site.station.id, quantities=["cabinet_temperature", "power"], options=options,
    )  # fmt: skip
    return "fridge-1"


@example("alert")
def alert(site: Site) -> object:
    return site.hub.alert(station=site.station.id).id


@example("question")
def question(site: Site) -> object:
    id_ = f"asked-at-{site.station.id}"
    return site.hub.question("fridge-1", id_, station=site.station.id).id


@example("number", under="/inspections")
def inspection(site: Site) -> object:
    form = form_for(site.station.rulebook, site.station.rubric)
    assert form
    row = inspections.begin(site.hub.session, site.station, form, site.user, site.hub.now)
    site.hub.session.commit()
    return inspections.identity(row)


@example("number", under="/api/inspections")
def inspection_again(site: Site) -> object:
    return site.made["inspection"]


@example("key", under="/inspections", of_station=False)
def item(_site: Site) -> object:
    return "fridge"


@example("photo")
def photo(site: Site) -> object:
    row = photos.keep(site.hub.session, site.station.id, jpeg(), "王芳", site.hub.now)
    site.hub.session.commit()
    return row.id


@example("user", of_station=False)
def user(site: Site) -> object:
    return site.hub.user(f"同事{site.station.id}", Role.INSPECTOR).id


@example("union", of_station=False)
def union(site: Site) -> object:
    row = unions.add(site.hub.session, f"区工会{site.station.id}", Level.DISTRICT)
    site.hub.session.commit()
    return row.id


@example("token", under="/account", of_station=False)
def token(site: Site) -> object:
    asker = accounts.find_user(site.hub.session, site.user)
    assert asker
    row, _ = token_store.make(
        site.hub.session, asker, "账单", [Scope.READ], site.hub.now, timedelta(days=1),
    )  # fmt: skip
    site.hub.session.commit()
    return row.id
