"""`waystation-kiosk`: the kiosk in this terminal, or in a browser on this machine. The only reader of the clock."""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk import crash
from kiosk.child import Beat, die_with_parent, hide_errors
from kiosk.settings import KioskSettings, NoStation
from kiosk.supervisor import Supervisor
from kiosk.teletype import Teletype
from shared.watchdog import here

if TYPE_CHECKING:
    from kiosk.app import KioskApp

# What keeps a kiosk stays small: each command imports what it needs, Textual only in the process that shows it.

cli = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Station = Annotated[Path, typer.Option("--station", help="The station's folder: outbox, board, settings.")]
Log = Annotated[Path | None, typer.Option("--log", help="Where a crash is written down [default: kiosk.log there].")]
Port = Annotated[str | None, typer.Option("--scanner", help="A code scanner's serial port, or a pattern of names.")]
Baud = Annotated[int, typer.Option("--baud", min=1200, max=921600, help="How fast it speaks.")]
BAUD = 9600
"""What a GM65 speaks as it comes."""


@cli.command()
def run(
    station: Station,
    log: Log = None,
    scanner: Port = None,
    baud: Baud = BAUD,
    once: Annotated[bool, typer.Option("--once", help="Without a keeper: it ends when it fails.")] = False,
    follow_parent: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """The kiosk in this terminal, started again whenever it fails.

    Exit code 0 when asked to stop, 2 when it cannot start, 129 when the terminal is gone; 1 after a failure (--once).
    """
    settings = _settings(station, log)
    hears = (scanner, baud) if scanner else None
    if follow_parent:
        die_with_parent(os.getppid())
        hide_errors()
    if once:
        sys.exit(_kiosk(settings, hears, lambda: None))
    glass, watchdog = Teletype(sys.stdin.fileno()), here(os.getpid())
    keeper = Supervisor(
        lambda beat: _kiosk(settings, hears, beat), glass, watchdog, lambda words: crash.ended(settings.log, words)
    )
    sys.exit(keeper.keep())


@cli.command(name="serve")
def serve_(
    station: Station,
    port: Annotated[int, typer.Option(min=0, max=65535, help="On 127.0.0.1; 0 takes a free one.")] = 8090,
    log: Log = None,
    scanner: Port = None,
    baud: Baud = BAUD,
) -> None:
    """The kiosk for a browser on this machine: each page is a kiosk of its own."""
    from kiosk.serve import serve

    settings = _settings(station, log)
    command = [sys.executable, "-m", "kiosk", "run", "--once", "--follow-parent"]
    command += ["--station", str(settings.folder.resolve()), "--log", str(settings.log.resolve())]
    if scanner is not None:
        command += ["--scanner", scanner, "--baud", str(baud)]
    sys.exit(serve(command, port))


@cli.command()
def picture(
    station: Station,
    out: Annotated[Path, typer.Argument(help="The SVG file to write.")],
    tiles: Annotated[list[str] | None, typer.Argument(help="Tiles to press first, such as: start tile-0")] = None,
    columns: Annotated[int, typer.Option(min=64)] = 80,
    rows: Annotated[int, typer.Option(min=20)] = 23,
) -> None:
    """Draw the glass into a file. What the tiles say is really kept: use a station of your own."""
    import asyncio

    from kiosk.app import KioskApp
    from kiosk.desk import Desk
    from kiosk.snapshot import NoSuchTile, snapshot
    from shared.moment import system_clock

    app = KioskApp(Desk(_settings(station, None), system_clock()))
    try:
        svg = asyncio.run(snapshot(app, (columns, rows), tiles or []))
    except NoSuchTile as error:
        typer.echo(f"waystation-kiosk: {error}", err=True)
        raise typer.Exit(2) from error
    out.write_text(svg, encoding="utf-8")


def _kiosk(settings: KioskSettings, hears: tuple[str, int] | None, beat: Beat) -> int:
    """`hears`: port and baud rate of a scanner."""
    crash.log_to(settings.log)
    try:
        return _stand(settings, hears, beat)
    except Exception as error:  # noqa: BLE001 — whatever it is, a traceback must not be read on the glass
        crash.note(error)
        return 1


def _stand(settings: KioskSettings, hears: tuple[str, int] | None, beat: Beat) -> int:
    gc.disable()  # a tenth of the time until the first frame, for nothing that could be freed
    # Textual reads these when it is imported. An xterm shows every colour, and does not say so to what runs in it.
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "truecolor")
    from kiosk.app import KioskApp
    from kiosk.desk import Desk
    from kiosk.guard import survive_invalid_bytes
    from shared.board import read_settings
    from shared.moment import system_clock

    def stands() -> None:
        """It is painted: what was made until now stays for good, and is not looked through again."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        beat()

    survive_invalid_bytes()
    told = read_settings(settings.folder)
    clock = system_clock(told.commissioned_at if told else None)
    scanner = None
    if hears is not None:
        from kiosk.scanner import SerialScanner

        scanner = SerialScanner(*hears)
    return present(KioskApp(Desk(settings, clock), scanner, beat=stands))


def present(app: "KioskApp") -> int:
    """Run until it ends; the exit code, which Textual leaves to its caller: 1 after a failure."""
    app.run()
    return app.return_code or 0


def _settings(station: Path, log: Path | None) -> KioskSettings:
    try:
        return KioskSettings.of(station, log)
    except NoStation as error:
        typer.echo(f"waystation-kiosk: {error}", err=True)
        raise typer.Exit(2) from error


def main() -> None:
    """Entry point."""
    cli()


if __name__ == "__main__":
    main()
