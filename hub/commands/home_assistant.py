"""`waystation-hub home-assistant`: what its MQTT integration must be told."""

import typer

from hub import brokers
from hub.commands.here import DEFAULT_FOLDER, FolderOption, database, settings_of, time_of
from hub.errors import BadSettings
from hub.keys import hub_keys
from hub.permissions import READER


def home_assistant(context: typer.Context, folder: FolderOption = DEFAULT_FOLDER) -> None:
    """Print where the broker is, and the user and password of Home Assistant there."""
    settings = settings_of(folder)
    if not settings.home_assistant:
        raise BadSettings("home_assistant is not set in hub.toml")
    if settings.mqtt_url is not None and settings.mosquitto is None:
        raise BadSettings("the users of your broker are yours: docs/operations.md says what Home Assistant's may do")
    with database(settings):
        brokers.tell(settings, time_of(context))
    typer.echo(f"broker   {brokers.station_address(settings)}")
    typer.echo(f"user     {READER}")
    typer.echo(f"password {hub_keys(settings.folder).reader_password}")
