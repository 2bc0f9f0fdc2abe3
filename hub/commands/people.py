"""`waystation-hub people …`: what a person asks to have deleted."""

from typing import Annotated

import typer

from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of, time_of
from hub.errors import BadSettings
from hub.trail import store as trail
from hub.visits import forgetting

app = typer.Typer(no_args_is_help=True, help="What is kept of people who came.")


@app.callback()
def people() -> None:
    """What is kept of people who came."""


@app.command()
def forget(
    context: typer.Context,
    station: Annotated[str, typer.Option("--station", help="Id of the station.")],
    visitor: Annotated[str, typer.Option("--visitor", help="Keyed hash that tells a visitor apart.")] = "",
    feedback: Annotated[str, typer.Option("--feedback", help="Id of an answer whose text and photo are to go.")] = "",
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Delete what tells a visitor apart, or what somebody wrote; the trail says that it was done."""
    if bool(visitor) == bool(feedback):
        raise BadSettings("name either --visitor or --feedback")
    with database(settings_of(folder)) as session:
        if visitor:
            number = forgetting.forget_visitor(session, station, visitor)
        else:
            number = int(forgetting.forget_words(session, station, feedback))
        if not number:
            raise BadSettings(f"station {station} has nothing of that kind")
        subject = feedback or "visitor"
        trail.note(session, trail.COMMAND_LINE, "", "people.forget", time_of(context), station=station, subject=subject)
        session.commit()
    typer.echo(f"{number} forgotten")
