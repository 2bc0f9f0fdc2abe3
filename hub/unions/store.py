"""The union trees: adding, finding, what lies below."""

from collections.abc import Collection, Sequence

import sqlalchemy
from sqlalchemy import Select
from sqlmodel import Session, col, select

from hub.unions.tables import Union
from hub.unions.trees import Level, Tree, may_hang, tree_of


class BadUnion(ValueError):
    """A union that cannot be added, with the reason."""


def add(session: Session, name: str, level: Level, parent: int | None = None, name_en: str = "") -> Union:
    """Add a node. Raises BadUnion: no name, no such parent, or a level that cannot hang there."""
    name = name.strip()
    if not name:
        raise BadUnion("a union has a name")
    above = None if parent is None else get(session, parent)
    if parent is not None and above is None:
        raise BadUnion(f"there is no union {parent}")
    if not may_hang(level, None if above is None else Level(above.level)):
        raise BadUnion(f"{level} cannot hang under {'the root' if above is None else above.level}")
    row = Union(tree=tree_of(level), level=level, name=name, name_en=name_en.strip(), parent=parent)
    session.add(row)
    session.flush()
    row.path = f"{'' if above is None else above.path}{identity(row)}/"
    session.add(row)
    session.flush()
    return row


def identity(union: Union) -> int:
    """Its number. Raises LookupError for one that has not been saved."""
    if union.id is None:
        raise LookupError(f"{union.name} has not been saved")
    return union.id


def get(session: Session, union: int) -> Union | None:
    """One union. None: there is none of this number."""
    return session.get(Union, union)


def find(session: Session, name: str, tree: Tree) -> Union | None:
    """By its exact name; the highest where several have it. None: there is none."""
    query = select(Union).where(Union.name == name.strip(), Union.tree == tree)
    return session.exec(query.order_by(col(Union.path))).first()


def all_unions(session: Session) -> Sequence[Union]:
    """Both trees, each parent before its children."""
    return session.exec(select(Union).order_by(col(Union.tree).desc(), col(Union.path))).all()


def named(session: Session, ids: Collection[int | None]) -> dict[int, Union]:
    """Of these, the unions there are, by number."""
    rows = session.exec(select(Union).where(col(Union.id).in_([one for one in ids if one is not None])))
    return {identity(row): row for row in rows}


def lineages(session: Session, ids: Sequence[int]) -> list[list[Union]]:
    """Of each of these unions, in their order, the nodes from its root down to itself; none where there is no such."""
    own = named(session, ids)
    roads = [[int(one) for one in own[id_].path.split("/") if one] if id_ in own else [] for id_ in ids]
    there = named(session, {one for road in roads for one in road})
    return [[there[one] for one in road if one in there] for road in roads]


def below(union: int | None) -> Select[int | None]:
    """The numbers of a union and of all below it, for `IN`; of none where there is no union."""
    path = select(Union.path).where(Union.id == union).scalar_subquery()
    return sqlalchemy.select(col(Union.id)).where(col(Union.path).startswith(path))
