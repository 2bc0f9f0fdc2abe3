"""`waystation-edge doctor`: one line for each thing looked at, and 1 as the exit code where something is wrong."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from edge.doctor.ask import ask_all
from edge.doctor.facts import gather
from edge.doctor.findings import findings
from edge.health.options import OPTIONS
from edge.settings import SettingsError, load

FINE, WRONG = "  ", "! "


def doctor(
    folder: Annotated[Path, typer.Argument(help="The station's folder, with station.toml.")],
    ask: Annotated[bool, typer.Option("--ask", help="Without an agent: open the ports and ask each device.")] = False,
) -> None:
    """Say what is wrong with a station, whether its agent runs or not; exit code 1 if something is."""
    try:
        settings = load(folder / "station.toml", {kind: options.keys() for kind, options in OPTIONS.items()})
    except SettingsError as error:
        for problem in error.problems:
            typer.echo(f"{WRONG}station.toml: {problem}")
        raise typer.Exit(1) from error
    facts = gather(folder, settings)
    if ask and facts.holder is not None:
        typer.echo("the agent has the ports open: its own figures are shown instead of asking")
    elif ask:
        facts = replace(facts, asked=asyncio.run(ask_all(settings)))
    found = findings(facts)
    for finding in found:
        typer.echo(f"{FINE if finding.fine else WRONG}{finding.about}: {finding.words}")
    wrong = sum(not finding.fine for finding in found)
    typer.echo(f"{wrong} of {len(found)} need attention" if wrong else "nothing is wrong")
    raise typer.Exit(1 if wrong else 0)
