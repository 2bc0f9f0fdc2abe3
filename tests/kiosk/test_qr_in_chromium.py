"""The code on the glass, read from a screenshot of the real page in a real browser, in both themes."""

import io
import time
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from tests.kiosk.glass import PATIENCE_S
from tests.kiosk.panel import Panel, panel
from tests.kiosk.phones import accepted, with_phones

CHECK_IN_TILE = (220, 230)
CONTRAST_TILE = (780, 730)
HOME = "点一下职业就好"


def code(page: Panel) -> str:
    """The one a phone held before the page would read, once it is painted."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        picture = Image.open(io.BytesIO(page.page.screenshot())).convert("L")
        if found := zxingcpp.read_barcodes(np.asarray(picture), try_invert=False):
            assert len(found) == 1
            return str(found[0].text)
    raise AssertionError("no code could be read")


@pytest.mark.parametrize("contrast", [False, True])
def test_a_phone_can_read_it(tmp_path: Path, contrast: bool) -> None:
    with panel(with_phones(tmp_path)) as page:
        assert page.press((200, 30), HOME)
        if contrast:
            page.forget()
            assert page.press(CONTRAST_TILE, HOME), "the same, in other colours"
        page.forget()
        assert page.press(CHECK_IN_TILE, "快递员")
        assert accepted(code(page))
