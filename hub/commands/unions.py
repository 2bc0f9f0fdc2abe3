"""`waystation-hub union …`: the trees stations hang in."""

from typing import Annotated

import typer
from rich.console import Console
from rich.tree import Tree as Drawn

from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of, time_of
from hub.errors import BadSettings
from hub.trail import store as trail
from hub.unions import store
from hub.unions.trees import LEVEL_LABELS, Level, Tree, tree_of

app = typer.Typer(no_args_is_help=True, help="The union trees.")


@app.command()
def add(
    context: typer.Context,
    name: str,
    level: Annotated[Level, typer.Option(help="How high it stands.")],
    under: Annotated[str, typer.Option(help="Name of the union above; none: a root.")] = "",
    name_en: Annotated[str, typer.Option(help="Name in English.")] = "",
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Add a union; prints its number."""
    with database(settings_of(folder)) as session:
        above = store.find(session, under, tree_of(level)) if under else None
        if under and above is None:
            raise BadSettings(f"--under: there is no union {under!r}")
        try:
            added = store.add(session, name, level, None if above is None else above.id, name_en)
        except store.BadUnion as error:
            raise BadSettings(str(error)) from error
        number = store.identity(added)
        trail.note(session, trail.COMMAND_LINE, "", "union.add", time_of(context), subject=f"union {number}", new=name)
    typer.echo(str(number))


@app.command("list")
def list_(folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Both trees."""
    with database(settings_of(folder)) as session:
        drawn = {tree: Drawn(tree.value) for tree in Tree}
        branches: dict[int, Drawn] = {}
        for union in store.all_unions(session):
            above = drawn[Tree(union.tree)] if union.parent is None else branches[union.parent]
            said = f"{union.id}  {union.name}  {LEVEL_LABELS[Level(union.level)].en}"
            branches[store.identity(union)] = above.add(said)
    for tree in drawn.values():
        Console().print(tree)
