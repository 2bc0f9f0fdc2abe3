"""`waystation-hub doctor`: one line for each thing looked at, and 1 as the exit code where something is wrong."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from hub.commands.here import DEFAULT_FOLDER, FolderOption
from hub.doctor.findings import programs
from hub.doctor.lasting import lasting
from hub.doctor.look import gather
from hub.doctor.stations import stations
from hub.errors import BadSettings
from hub.logs import set_up
from hub.settings import load

FINE, WRONG = "  ", "! "


def doctor(
    context: typer.Context,
    folder: FolderOption = DEFAULT_FOLDER,
    listen: Annotated[float, typer.Option(help="For so many seconds, listen along at the broker.", min=0)] = 3.0,
) -> None:
    """Say what is wrong with a hub and its stations, whether it runs or not; exit code 1 if something is."""
    set_up("critical")  # what goes wrong is said as a finding
    clock: Callable[[], datetime] = context.obj
    try:
        settings = load(folder)
    except BadSettings as error:
        typer.echo(f"{WRONG}settings: {error}")
        raise typer.Exit(1) from error
    facts = gather(settings, listen, clock)
    found = [*programs(facts), *lasting(facts), *stations(facts)]
    for finding in found:
        typer.echo(f"{FINE if finding.fine else WRONG}{finding.about}: {finding.words}")
    wrong = sum(not finding.fine for finding in found)
    typer.echo(f"{wrong} of {len(found)} need attention" if wrong else "nothing is wrong")
    raise typer.Exit(1 if wrong else 0)
