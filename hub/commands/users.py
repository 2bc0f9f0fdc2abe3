"""`waystation-hub user …`: who may sign in."""

import sys
from typing import Annotated

import typer
from sqlmodel import Session

from hub.accounts import store
from hub.accounts.roles import BY_UNION, Role
from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, instant, settings_of, time_of
from hub.errors import BadSettings
from hub.stations import store as stations
from hub.trail import store as trail
from hub.unions import store as unions
from hub.unions.trees import Tree

app = typer.Typer(no_args_is_help=True, help="Who may sign in.")


@app.callback()
def users() -> None:
    """Who may sign in."""


@app.command()
def add(
    context: typer.Context,
    name: str,
    role: Annotated[Role, typer.Option(help="What the user is for.")],
    everywhere: Annotated[bool, typer.Option("--everywhere", help="All stations are theirs to see.")] = False,
    union: Annotated[str, typer.Option(help="Union whose stations they see, by name.")] = "",
    station: Annotated[list[str] | None, typer.Option(help="Id of a station they see; several times.")] = None,
    until: Annotated[str, typer.Option(help="When the account ends, ISO 8601.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read it from standard input.")] = False,
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    now, end = time_of(context), instant("--until", until) if until else None
    with database(settings_of(folder)) as session:
        try:
            where = store.Jurisdiction(everywhere, _union(session, union), _stations(session, station or []), end)
            store.add_user(session, name, password, role, now, where)
        except store.BadUser as error:
            raise BadSettings(str(error)) from error
        trail.note(session, trail.COMMAND_LINE, "", "user.add", now, subject=f"user {name}", new=role)
    typer.echo(f"{name} added as {role}")
    if role in BY_UNION - {Role.ADMINISTRATOR} and not (everywhere or union or station):
        typer.echo("They see no station yet: give --everywhere, --union or --station", err=True)


def _union(session: Session, name: str) -> int | None:
    if not name:
        return None
    found = unions.find(session, name, Tree.TERRITORY) or unions.find(session, name, Tree.INDUSTRY)
    if found is None:
        raise BadSettings(f"--union: there is no union {name!r}; `waystation-hub union list` names them")
    return unions.identity(found)


def _stations(session: Session, ids: list[str]) -> tuple[str, ...]:
    for id_ in ids:
        if stations.get(session, id_) is None:
            raise BadSettings(f"--station: there is no station {id_!r}")
    return tuple(ids)
