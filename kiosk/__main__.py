"""`waystation-kiosk`: the kiosk in this terminal, or in a browser on this machine."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import crash
from kiosk.child import Beat, die_with_parent, hide_errors
from kiosk.settings import KioskSettings, NoStation
from kiosk.supervisor import Supervisor
from kiosk.teletype import Teletype
from shared.watchdog import here

if TYPE_CHECKING:
    from kiosk.app import KioskApp

# What keeps a kiosk stays small: each command imports what it needs, Textual only in the process that shows it. The
# glass is dark until then, so the standard library reads the command line, not a library that takes longer to import.
# What time it is comes in here alone; how long something took, each module asks the monotonic clock itself.

BAUD = 9600
"""What a GM65 speaks as it comes."""
MOST_PROCESSES = 2**22
"""The highest number Linux gives one."""
CANNOT_START = 2


def command_line() -> argparse.ArgumentParser:
    """What can be asked for: `run`, `serve`, `picture`."""
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument("--station", type=Path, required=True, help="the station's folder: outbox, board, settings")
    every.add_argument("--log", type=Path, help="where a crash is written down (default: kiosk.log there)")
    shown = argparse.ArgumentParser(add_help=False, parents=[every])
    shown.add_argument("--scanner", metavar="PORT", help="a code scanner's serial port, or a pattern of names")
    shown.add_argument("--baud", type=_number(1200, 921_600), default=BAUD, help="how fast it speaks (%(default)s)")

    parser = argparse.ArgumentParser(prog="waystation-kiosk", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    runs = commands.add_parser("run", parents=[shown], help="the kiosk in this terminal, started again when it fails")
    runs.add_argument("--once", action="store_true", help="without a keeper: it ends when it fails")
    runs.add_argument("--follow", metavar="PID", type=_number(1, MOST_PROCESSES), help=argparse.SUPPRESS)
    runs.set_defaults(act=run)
    serves = commands.add_parser("serve", parents=[shown], help="the kiosk for a browser on this machine")
    serves.add_argument(
        "--port", type=_number(0, 65_535), default=8090, help="on 127.0.0.1; 0: a free one (%(default)s)"
    )
    serves.set_defaults(act=serve_)
    draws = commands.add_parser("picture", parents=[every], help="draw the glass into a file")
    draws.add_argument("out", type=Path, help="the SVG file to write")
    draws.add_argument("tiles", nargs="*", help="tiles to press first, such as: start tile-0")
    draws.add_argument("--columns", type=_number(64, 500), default=80)
    draws.add_argument("--rows", type=_number(20, 200), default=23)
    draws.set_defaults(act=picture)
    return parser


def run(settings: KioskSettings, asked: argparse.Namespace) -> int:
    """The kiosk in this terminal, started again whenever it fails.

    0 when asked to stop, 2 when it cannot start, 129 when the terminal is gone; 1 after a failure (--once).
    """
    hears = (asked.scanner, asked.baud) if asked.scanner else None
    if asked.follow is not None:
        die_with_parent(asked.follow)
        hide_errors()
    else:
        for size in ("COLUMNS", "LINES"):  # a shell's word of once: Textual would believe it, and never hear of another
            os.environ.pop(size, None)
    if asked.once:
        return _kiosk(settings, hears, lambda: None)
    glass, watchdog = Teletype(sys.stdin.fileno()), here(os.getpid())
    keeper = Supervisor(
        lambda beat: _kiosk(settings, hears, beat), glass, watchdog, lambda words: crash.ended(settings.log, words)
    )
    return keeper.keep()


def serve_(settings: KioskSettings, asked: argparse.Namespace) -> int:
    """The kiosk for a browser on this machine: each page is a kiosk of its own."""
    from kiosk.serve import serve

    command = [sys.executable, "-m", "kiosk", "run", "--once", "--follow", str(os.getpid())]
    command += ["--station", str(settings.folder.resolve()), "--log", str(settings.log.resolve())]
    if asked.scanner is not None:
        command += ["--scanner", asked.scanner, "--baud", str(asked.baud)]
    return serve(command, asked.port)


def picture(settings: KioskSettings, asked: argparse.Namespace) -> int:
    """Draw the glass into a file. What the tiles say is really kept: use a station of your own."""
    import asyncio

    from kiosk.app import KioskApp
    from kiosk.desk import Desk
    from kiosk.snapshot import NoSuchTile, snapshot
    from shared.moment import system_clock

    app = KioskApp(Desk(settings, system_clock()))
    try:
        svg = asyncio.run(snapshot(app, (asked.columns, asked.rows), asked.tiles))
    except NoSuchTile as error:
        return _refuse(error)
    asked.out.write_text(svg, encoding="utf-8")
    return 0


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
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # looking for some reads every installed package's list
    from kiosk.left_out import leave_out

    leave_out(sys.modules)
    from kiosk.app import KioskApp
    from kiosk.desk import Desk
    from kiosk.guard import survive_invalid_bytes
    from kiosk.memory import let_go_of_dead_widgets
    from shared.moment import system_clock

    def stands() -> None:
        """It is painted: what was made until now stays for good, and is not looked through again."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        beat()

    survive_invalid_bytes()
    let_go_of_dead_widgets()
    scanner = None
    if hears is not None:
        from kiosk.scanner import SerialScanner

        scanner = SerialScanner(*hears)
    return present(KioskApp(Desk(settings, system_clock()), scanner, beat=stands))


def present(app: "KioskApp") -> int:
    """Run until it ends; the exit code, which Textual leaves to its caller: 1 after a failure."""
    app.run()
    return app.return_code or 0


def _number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between these, both included."""

    def number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return number


def _refuse(error: Exception) -> int:
    print(f"waystation-kiosk: {error}", file=sys.stderr)
    return CANNOT_START


def act(arguments: Sequence[str]) -> int:
    """Do what the command line asks; the exit code. Raises SystemExit where it cannot be read, or asks for help."""
    asked = command_line().parse_args(arguments or ["--help"])
    try:
        settings = KioskSettings.of(asked.station, asked.log)
    except NoStation as error:
        return _refuse(error)
    code: int = asked.act(settings, asked)
    return code


def main() -> None:
    """Entry point."""
    sys.exit(act(sys.argv[1:]))


if __name__ == "__main__":
    main()
