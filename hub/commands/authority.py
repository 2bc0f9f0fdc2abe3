"""`waystation-hub ca`: what a station needs to know its broker."""

import typer

from hub import brokers
from hub.commands.here import DEFAULT_FOLDER, FolderOption, settings_of, time_of
from hub.errors import BadSettings


def ca(context: typer.Context, folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Print the certificate by whose authority stations know the broker: `ca` in station.toml. It is no secret."""
    settings = settings_of(folder)
    path = brokers.station_authority(settings)
    if path is None:
        raise BadSettings("stations need none: their broker is on loopback, or their system knows its authority")
    brokers.certificate(settings, time_of(context))
    typer.echo(path.read_text(), nl=False)
