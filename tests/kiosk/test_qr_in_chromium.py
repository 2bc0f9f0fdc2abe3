"""The code on the glass, read from a screenshot of the real page in a real browser, in both themes."""

import io
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from tests.kiosk.panel import HEIGHT, WIDTH, Panel, panel
from tests.kiosk.phones import accepted, with_phones

CHECK_IN_TILE = (220, 230)
CONTRAST_TILE = (WIDTH // 2, HEIGHT - 60)


def codes(page: Panel) -> list[str]:
    picture = Image.open(io.BytesIO(page.page.screenshot())).convert("L")
    return [found.text for found in zxingcpp.read_barcodes(np.asarray(picture), try_invert=False)]


@pytest.mark.parametrize("contrast", [False, True])
def test_a_phone_can_read_it(tmp_path: Path, contrast: bool) -> None:
    with panel(with_phones(tmp_path)) as page:
        page.touch((200, 30))
        assert page.shows("点一下职业就好")
        if contrast:
            page.touch(CONTRAST_TILE)
            page.page.wait_for_timeout(500)
        page.forget()
        page.touch(CHECK_IN_TILE)
        assert page.shows("快递员")
        [code] = codes(page)
        assert accepted(code)
