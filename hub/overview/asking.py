"""What a list or a map of stations is asked for in an address, and the choices its form offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BeforeValidator, Field
from sqlmodel import Session

from hub.accounts.tables import User
from hub.overview.asked import Asked
from hub.stations import search_store
from hub.stations.words import KIND_LABELS, STANDING_LABELS, Standing
from hub.unions import store as unions
from hub.unions.trees import Tree
from shared.states import State
from shared.station_code import StationKind
from shared.text import Text

LAST_PAGE = 10**6
LAST_UNION = 2**31 - 1
Number = Annotated[int, Field(ge=1, le=LAST_UNION)]
# A form sends what was not chosen as an empty text.
Empty = BeforeValidator(lambda given: None if given == "" else given)


@dataclass(frozen=True, slots=True)
class UnionChoice:
    """A union in which stations hang, or one above it."""

    id: int
    name: Text
    depth: int
    """0: a root."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form offers."""

    territory: Sequence[UnionChoice]
    industry: Sequence[UnionChoice]
    kinds = KIND_LABELS
    standings = STANDING_LABELS


def asked_for(
    q: Annotated[str, Query(max_length=100)] = "",
    union: Annotated[Number | None, Empty] = None,
    kind: Annotated[StationKind | None, Empty] = None,
    standing: Annotated[Standing | None, Empty] = None,
    state: Annotated[State | None, Empty] = None,
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> Asked:
    """Which part of the list an address names."""
    # A database knows no NUL in a text; no station has one in its name.
    return Asked(" ".join(q.replace("\x00", " ").split()), union, kind, standing, state, page)


AskedFor = Annotated[Asked, Depends(asked_for)]


def choices(session: Session, user: User) -> Choices:
    """Only unions with stations this user may see, and those above them."""
    lines = unions.lineages(session, sorted(search_store.unions_of(session, user)))
    nodes = {unions.identity(node): node for line in lines for node in line}
    ordered = sorted(nodes.values(), key=lambda node: [int(one) for one in node.path.split("/") if one])
    trees: dict[str, list[UnionChoice]] = {tree: [] for tree in Tree}
    for node in ordered:
        name = Text(node.name, node.name_en or node.name)
        trees[node.tree].append(UnionChoice(unions.identity(node), name, node.path.count("/") - 1))
    return Choices(trees[Tree.TERRITORY], trees[Tree.INDUSTRY])
