"""`waystation-hub people …`: what a person asks to have deleted."""

from typing import Annotated

import typer

from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of, time_of
from hub.complaints import forgetting as complaints
from hub.errors import BadSettings
from hub.keys import hub_keys
from hub.phone import visitors
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
    phone: Annotated[str, typer.Option("--phone", help="The phone's own random number, of 32 digits.")] = "",
    complaint: Annotated[str, typer.Option("--complaint", help="Number of a complaint; its text and photo go.")] = "",
    folder: FolderOption = DEFAULT_FOLDER,
) -> None:
    """Delete what tells a visitor apart, or what somebody wrote; the trail says that it was done."""
    if sum(map(bool, (visitor, phone, feedback, complaint))) != 1:
        raise BadSettings("name one of --visitor, --phone, --feedback and --complaint")
    settings, now = settings_of(folder), time_of(context)
    with database(settings) as session:
        if complaint:
            row = complaints.of_number(session, station, complaint)
            number = int(row is not None and complaints.forget(session, row, trail.COMMAND_LINE, "", now))
        elif feedback:
            number = int(forgetting.forget_words(session, station, feedback))
        else:
            # The key of a month that is over lasts a day longer; then nobody can tell which hash was this phone's.
            lately = (now, now - 2 * visitors.KEPT_AFTER)
            known = [visitor] if visitor else visitors.known_as(session, hub_keys(settings.folder), phone, lately)
            number = sum(forgetting.forget_visitor(session, station, one) for one in known)
        if not number:
            raise BadSettings(f"station {station} has nothing of that kind")
        if not complaint:
            subject = feedback or "visitor"
            trail.note(session, trail.COMMAND_LINE, "", "people.forget", now, station=station, subject=subject)
        session.commit()
    typer.echo(f"{number} forgotten")
