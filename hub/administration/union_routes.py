"""The union trees: drawn, added to, renamed, moved."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from hub.administration import union_store
from hub.administration.counted import below, totals
from hub.errors import HubError
from hub.pages import render
from hub.sessions import NowDep, SessionDep
from hub.signed_in import EditsUnions
from hub.trail import store as trail
from hub.unions import store as unions
from hub.unions.store import BadUnion
from hub.unions.tables import Union
from hub.unions.trees import BELOW, LEVEL_LABELS, ROOTS, Level, Tree, may_hang
from shared.text import Text

router = APIRouter()
TREES: dict[Tree, Text] = {
    Tree.TERRITORY: Text("属地", "Territory"),
    Tree.INDUSTRY: Text("产业与共建单位", "Industries and co-builders"),
}
Name = Annotated[str, Form(max_length=200)]
Parent = Annotated[int | None, Form(ge=1, le=2**31 - 1)]


def union_in_path(
    _by: EditsUnions, session: SessionDep, union: Annotated[int, Path(ge=1, le=2**31 - 1, examples=[1])]
) -> Union:
    """The union in the address. Raises HubError 404."""
    found = unions.get(session, union)
    if found is None:
        raise HubError(404, Text("没有这个工会。", "There is no such union."))
    return found


FoundUnion = Annotated[Union, Depends(union_in_path)]


@router.get("/unions")
def unions_page(request: Request, session: SessionDep, _by: EditsUnions) -> HTMLResponse:
    """Both trees, with the stations of each union and all below it."""
    return _trees(request, session)


@router.post("/unions")
def add_union(
    request: Request,
    session: SessionDep,
    by: EditsUnions,
    now: NowDep,
    level: Annotated[Level, Form()],
    name: Name = "",
    name_en: Annotated[str, Form(max_length=120)] = "",
    parent: Parent = None,
) -> Response:
    """Add one, as a root or below another."""
    try:
        union = unions.add(session, name, level, parent, name_en)
    except BadUnion as error:
        above = None if parent is None else unions.get(session, parent)
        typed = {"name": name, "name_en": name_en, "level": level}
        return _trees(request, session, error, typed) if above is None else _page(request, session, above, error, typed)
    number = unions.identity(union)
    trail.note(session, by.name, by.role, "union.add", now, subject=f"union {number}", new=union.name)
    return RedirectResponse("/unions" if parent is None else f"/unions/{parent}", status_code=303)


@router.get("/unions/{union}")
def union_page(request: Request, session: SessionDep, union: FoundUnion) -> HTMLResponse:
    """One union: its name, where it hangs, what hangs below."""
    return _page(request, session, union)


@router.post("/unions/{union}")
def rename_union(
    request: Request,
    session: SessionDep,
    by: EditsUnions,
    union: FoundUnion,
    now: NowDep,
    name: Name = "",
    name_en: Annotated[str, Form(max_length=120)] = "",
) -> Response:
    """Another name."""
    before = union.name
    try:
        union_store.rename(session, union, name, name_en)
    except BadUnion as error:
        return _page(request, session, union, error, {"renamed": name, "renamed_en": name_en})
    trail.note(session, by.name, by.role, "union.rename", now, subject=f"union {union.id}", old=before, new=union.name)
    return RedirectResponse(f"/unions/{union.id}", status_code=303)


@router.post("/unions/{union}/move")
def move_union(
    request: Request, session: SessionDep, by: EditsUnions, union: FoundUnion, now: NowDep, parent: Parent = None
) -> Response:
    """Hang it elsewhere in its tree, with all below it: whoever is at work for a union sees what then hangs there."""
    before = union.path
    try:
        unions.move(session, union, parent)
    except BadUnion as error:
        return _page(request, session, union, error, {"parent": parent})
    trail.note(session, by.name, by.role, "union.move", now, subject=f"union {union.id}", old=before, new=union.path)
    return RedirectResponse(f"/unions/{union.id}", status_code=303)


def _trees(
    request: Request, session: Session, error: BadUnion | None = None, typed: dict[str, Any] | None = None
) -> HTMLResponse:
    every = unions.all_unions(session)
    places = union_store.hung(session)
    return render(
        request, "administration/unions.html", 422 if error else 200, TREES=TREES, counts=_counts(session),
        trees={tree: [one for one in every if one.tree == tree] for tree in Tree}, totals=totals(places),
        levels=[level for tree in Tree for level in Level if level in ROOTS[tree]], LEVEL_LABELS=LEVEL_LABELS,
        error=error, typed=typed or {},
    )  # fmt: skip


def _page(
    request: Request,
    session: Session,
    union: Union,
    error: BadUnion | None = None,
    typed: dict[str, Any] | None = None,
) -> HTMLResponse:
    every = [one for one in unions.all_unions(session) if one.tree == union.tree]
    level = Level(union.level)
    above = [one for one in every if may_hang(level, Level(one.level)) and not one.path.startswith(union.path)]
    return render(
        request, "administration/union.html", 422 if error else 200, union=union, counts=_counts(session),
        children=[one for one in every if one.parent == union.id], above=above,
        line=[one for one in every if union.path.startswith(one.path) and one.id != union.id],
        may_be_root=may_hang(level, None), levels=[one for one in Level if one in BELOW[level]],
        LEVEL_LABELS=LEVEL_LABELS, TREES=TREES, error=error, typed=typed or {},
    )  # fmt: skip


def _counts(session: Session) -> dict[int, int]:
    paths = {unions.identity(one): one.path for one in unions.all_unions(session)}
    places = union_store.hung(session)
    territory = below(paths, (union for union, _ in places))
    industry = below(paths, (industry for _, industry in places))
    return {union: territory[union] + industry[union] for union in paths}
