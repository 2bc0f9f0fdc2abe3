"""`waystation-hub user …`: who may sign in."""

import sys
from typing import Annotated

import typer

from hub.accounts import store
from hub.accounts.roles import Role
from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of, time_of
from hub.errors import BadSettings

app = typer.Typer(no_args_is_help=True, help="Who may sign in.")


@app.callback()
def users() -> None:
    """Who may sign in."""


@app.command()
def add(
    context: typer.Context,
    name: str,
    role: Annotated[Role, typer.Option(help="What the user is for.")],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read it from standard input.")] = False,
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    with database(settings_of(folder)) as session:
        try:
            store.add_user(session, name, password, role, time_of(context))
        except store.BadUser as error:
            raise BadSettings(str(error)) from error
    typer.echo(f"{name} added as {role}")
