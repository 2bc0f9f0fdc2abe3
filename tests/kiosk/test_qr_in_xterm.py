"""The code on the glass, read from a screenshot of a real xterm under a real X server, in both themes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from tests.kiosk.glass import ROOT
from tests.kiosk.phones import accepted, with_phones

PATIENCE_S = 60.0
FONT = ["-fa", "DejaVu Sans Mono", "-fd", "Noto Sans Mono CJK SC", "-fs", "12", "+sb", "-b", "0"]
"""Latin and blocks first, Chinese second: the other way round a block is two cells wide, and no code is read."""


@contextmanager
def x_server() -> Iterator[str]:
    """An X server without a screen; its display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(writing,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


class Window:
    """A kiosk in an xterm on the X server's screen, on which tiles were pressed."""

    def __init__(self, folder: Path, display: str, tiles: Sequence[str]) -> None:
        self.environment = os.environ | {
            "DISPLAY": display, "LANG": "C.UTF-8", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)
        }  # fmt: skip
        self._picture = folder / "glass.png"
        program = [sys.executable, "-m", "tests.kiosk.pressing", str(folder), *tiles]
        self.process = subprocess.Popen(
            ["xterm", *FONT, "-geometry", "80x24+0+0", "-e", *program],
            env=self.environment, cwd=ROOT, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def codes(self) -> list[str]:
        """What a phone held before the screen now would read."""
        subprocess.run(["import", "-window", "root", str(self._picture)], env=self.environment, check=True)
        with Image.open(self._picture) as picture:
            found = zxingcpp.read_barcodes(np.asarray(picture.convert("L")), try_invert=False)
        return [one.text for one in found]

    def code(self) -> str:
        """The one that is there within PATIENCE_S."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if found := self.codes():
                assert len(found) == 1
                return found[0]
        raise AssertionError("no code could be read")


@pytest.mark.parametrize("contrast", [False, True])
def test_a_phone_can_read_it(tmp_path: Path, contrast: bool) -> None:
    with x_server() as display:
        theme = ["contrast"] if contrast else []
        window = Window(with_phones(tmp_path), display, ["start", *theme, "tile-0"])
        try:
            assert accepted(window.code())
        finally:
            window.process.terminate()
            window.process.wait()
