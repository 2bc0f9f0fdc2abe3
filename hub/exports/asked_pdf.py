"""A PDF for whoever asks, or why there is none just now."""

from collections.abc import Callable

import structlog

from hub.errors import HubError
from hub.exports import pdf
from shared.text import Text

log = structlog.get_logger(__name__)
NO_FONT = Text(
    "中心没有安装中文字体，不能生成 PDF；请管理员安装 fonts-noto-cjk，或用打印版。",
    "The hub has no Chinese font, so it makes no PDF: have fonts-noto-cjk installed, or print the page.",
)
BUSY = Text("正在生成其他 PDF，请稍后再试。", "Other PDFs are being made: please try again shortly.")


def made(make: Callable[[], bytes]) -> bytes:
    """What it makes. Raises HubError 503 where there is no font for it, or others are being made."""
    try:
        return make()
    except pdf.NoFont as error:
        log.warning("no PDF", why=str(error))
        raise HubError(503, NO_FONT) from error
    except pdf.Busy as error:
        raise HubError(503, BUSY) from error
