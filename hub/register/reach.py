"""Where in the two trees a user may hang a station: read once, then asked of thousands of rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.stations.jurisdiction import unions_of
from hub.unions import store as unions
from hub.unions.tables import Union
from hub.unions.trees import Tree
from shared.text import Language, Text

FOREIGN = Text("只能登记在您所属工会及其下级之下。", "It must hang under your own union or one below it.")
NO_UNION = Text("没有这个工会。", "There is no such union.")


@dataclass(frozen=True, slots=True)
class Reach:
    """The trees, and which part of them is the user's."""

    every: Mapping[int, Union]
    own: frozenset[int] | None
    """None: all of them."""
    home: Union | None
    """The user's own union."""
    by_name: Mapping[tuple[str, str], list[int]]

    def offered(self, tree: Tree, now: int | None) -> list[Union]:
        """What a form offers: of the user's own tree only what is theirs, and what the station has now."""
        mine = self.own if self.home is not None and self.home.tree == tree else None
        return [row for id_, row in self.every.items() if row.tree == tree and (not mine or id_ in mine or id_ == now)]

    def choices(self, tree: Tree, now: int | None, language: Language) -> list[tuple[int | None, str]]:
        """The same by number and name."""
        return [
            (row.id, row.name_en if language == "en" and row.name_en else row.name) for row in self.offered(tree, now)
        ]

    def wrong(self, union: int | None, industry: int | None) -> dict[str, Text]:
        """Why a station cannot hang there, by field."""
        found = {}
        for name, chosen, tree in (("union", union, Tree.TERRITORY), ("industry", industry, Tree.INDUSTRY)):
            if chosen is not None and (chosen not in self.every or self.every[chosen].tree != tree):
                found[name] = NO_UNION
        if not found and self.own is not None and not {union, industry} & self.own:
            found["industry" if self.home is not None and self.home.tree == Tree.INDUSTRY else "union"] = FOREIGN
        return found

    def named(self, name: str, tree: Tree) -> list[int]:
        """The unions of this name in a tree; the user's own before others, then the highest."""
        return self.by_name.get((tree, name), [])

    def default(self, tree: Tree) -> int | None:
        """Where a new station of this user hangs unless they say otherwise."""
        return self.home.id if self.home is not None and self.home.tree == tree else None

    def name(self, union: int | None) -> str:
        """What a union is called; empty for none."""
        return "" if union is None or union not in self.every else self.every[union].name


def reach(session: Session, user: User) -> Reach:
    """The trees as this user may use them."""
    every = {unions.identity(row): row for row in unions.all_unions(session)}
    home = None if user.union is None else every.get(user.union)
    if user.everywhere or user.role == Role.ADMINISTRATOR:
        return Reach(every, None, home, _by_name(every, None))
    below = unions_of(user)
    own: Iterable[int | None] = [] if below is None else session.connection().execute(below).scalars()
    mine = frozenset(one for one in own if one is not None)
    return Reach(every, mine, home, _by_name(every, mine))


def _by_name(every: Mapping[int, Union], own: frozenset[int] | None) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for id_, row in sorted(every.items(), key=lambda item: own is not None and item[0] not in own):
        for name in {row.name, row.name_en} - {""}:
            found.setdefault((row.tree, name), []).append(id_)
    return found
