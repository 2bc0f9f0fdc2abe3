"""Stations as points on a map: the worst lie on top, and unions name the places. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from hub.overview.summary import RANKS, WORST_FIRST
from shared.states import State
from shared.text import Language

DECIMALS = 5
"""Of a degree: about a metre."""
EDGE = 0.98
"""So many of a union's stations lie below its name."""


class Point(NamedTuple):
    """One station on the map. As JSON a plain list: ten thousand of these travel."""

    id: str
    name: str
    latitude: float
    longitude: float
    state: int
    """Its place in the list of states."""


class Place(NamedTuple):
    """The name of a union, above its stations."""

    name: str
    latitude: float
    longitude: float
    stations: int


class MapData(BaseModel):
    """What the map draws, in the order in which it is drawn."""

    states: list[State]
    """What the numbers of states stand for."""
    points: list[Point]
    """The worst last: they lie on top."""
    places: list[Place]
    """Those with the most stations first."""


Placed = tuple[str, str, str, int | None, float, float]
"""Id, name, English name, union, latitude, longitude."""


def draw(
    placed: Iterable[Placed],
    states: Mapping[str, State],
    wanted: State | None,
    unions: Mapping[int, str],
    language: Language,
) -> MapData:
    """The map of these stations; `wanted`: only those in that state. WGS-84, degrees."""
    points, around = list[Point](), defaultdict[int, list[tuple[float, float]]](list)
    for id_, name, name_en, union, latitude, longitude in placed:
        state = states.get(id_, State.UNKNOWN)
        if wanted is not None and state is not wanted:
            continue
        shown = name_en or name if language == "en" else name
        points.append(Point(id_, shown, round(latitude, DECIMALS), round(longitude, DECIMALS), RANKS[state]))
        if union is not None and union in unions:
            around[union].append((latitude, longitude))
    points.sort(key=lambda point: (-point.state, point.id))
    places = [_place(unions[union], found) for union, found in around.items()]
    places.sort(key=lambda place: (-place.stations, place.name))
    return MapData.model_construct(states=list(WORST_FIRST), points=points, places=places)


def _place(name: str, found: Sequence[tuple[float, float]]) -> Place:
    """At the northern edge of its stations: one far off, by a wrong coordinate perhaps, does not move it."""
    latitudes, longitudes = (sorted(axis) for axis in zip(*found, strict=True))
    last = len(found) - 1
    north, middle = latitudes[int(EDGE * last)], longitudes[last // 2]
    return Place(name, round(north, DECIMALS), round(middle, DECIMALS), len(found))
