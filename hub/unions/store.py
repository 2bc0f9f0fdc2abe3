"""The union trees: adding, finding, what lies below."""

from collections.abc import Collection, Sequence

import sqlalchemy
from sqlalchemy import Select
from sqlmodel import Session, col, select

from hub.unions.tables import Union
from hub.unions.trees import LEVEL_LABELS, Level, Tree, may_hang, tree_of
from shared.text import Text

LONGEST_PATH = 200
DEEPEST = LONGEST_PATH - 11
"""How long the path of a union may be that another is hung under: its number takes ten digits and a slash."""
NAME_TAKEN = Text("这里已有同名的工会", "there is one of this name here already")
TOO_DEEP = Text("层级太深", "the tree would be too deep")


class BadUnion(ValueError):
    """A union that cannot be as asked, with the field it is about and the reason."""

    def __init__(self, field: str, why: Text) -> None:
        super().__init__(why.en)
        self.field = field
        self.why = why


def add(session: Session, name: str, level: Level, parent: int | None = None, name_en: str = "") -> Union:
    """Add a node. Raises BadUnion: no name, a sibling's name, no such parent, or a level that cannot hang there."""
    name = _named(name)
    above = _above(session, level, parent)
    if above is not None and len(above.path) > DEEPEST:
        raise BadUnion("parent", TOO_DEEP)
    _free(session, name, tree_of(level), parent, None)
    row = Union(tree=tree_of(level), level=level, name=name, name_en=name_en.strip(), parent=parent)
    session.add(row)
    session.flush()
    row.path = _path(row, above)
    session.add(row)
    session.flush()
    return row


def rename(session: Session, union: Union, name: str, name_en: str) -> None:
    """Another name. Raises BadUnion: none, or a sibling's."""
    name = _named(name)
    _free(session, name, Tree(union.tree), union.parent, union.id)
    union.name, union.name_en = name, name_en.strip()
    session.add(union)
    session.flush()


def move(session: Session, union: Union, parent: int | None) -> None:
    """Hang it, with all below it, under another; None: make it a root.

    Raises BadUnion: there is no such parent, its level cannot hang there, or it would hang below itself.
    """
    # All of both trees, locked: of two moves at once the second sees where the first one left everything.
    every = session.exec(select(Union).with_for_update().execution_options(populate_existing=True)).all()
    above = _above(session, Level(union.level), parent)
    if above is not None and above.path.startswith(union.path):
        raise BadUnion("parent", Text("不能挂到自己或自己的下级下面", "it cannot hang below itself"))
    before, after = union.path, _path(union, above)
    moved = [row for row in every if row.path.startswith(before)]
    if any(len(after) + len(row.path) - len(before) > LONGEST_PATH for row in moved):
        raise BadUnion("parent", TOO_DEEP)
    union.parent = parent
    for row in moved:
        row.path = after + row.path[len(before) :]
        session.add(row)
    session.flush()


def _free(session: Session, name: str, tree: Tree, parent: int | None, but: int | None) -> None:
    """A name that stands twice in one place was sent twice."""
    query = select(Union.id).where(
        Union.name == name, Union.tree == tree, col(Union.parent).is_not_distinct_from(parent)
    )
    if any(one != but for one in session.exec(query)):
        raise BadUnion("name", NAME_TAKEN)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= 120:
        raise BadUnion("name", Text("名称为 1 至 120 个字", "a union has a name of 1 to 120 characters"))
    return name


def _above(session: Session, level: Level, parent: int | None) -> Union | None:
    above = None if parent is None else get(session, parent)
    if parent is not None and above is None:
        raise BadUnion("parent", Text("没有这个上级工会", f"there is no union {parent}"))
    if not may_hang(level, None if above is None else Level(above.level)):
        there = None if above is None else LEVEL_LABELS[Level(above.level)]
        said = LEVEL_LABELS[level]
        zh = f"{said.zh}不能挂在{'最上层' if there is None else there.zh}下面"
        en = f"{level} cannot hang under {'the root' if above is None else above.level}"
        raise BadUnion("parent", Text(zh, en))
    return above


def _path(union: Union, above: Union | None) -> str:
    return f"{'' if above is None else above.path}{identity(union)}/"


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
