"""S13: what stands on the glass before a kiosk and between two, and how long. Pure; light: no Textual, no pydantic."""

from collections.abc import Sequence

from kiosk.big import big, cells

SIGN, TALL = "请稍候", 20
"""What stands big above the lines, on a glass of at least so many rows."""
RESTARTING = (
    "本机正在重新启动，请稍候……",
    "驿站照常开放。需要帮助请拨 12351",
    "Restarting. The station stays open.",
)
STARTING = (
    "本机正在启动，请稍候……",
    "需要帮助请拨 12351",
    "Starting. A moment, please.",
)
PAUSES_S = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Before the next start, by how often it has failed in a row: the first time at once."""
STEADY_S = 60.0
"""A kiosk that stood this long did not fail in a row."""


def page(width: int, height: int, said: Sequence[str] = RESTARTING) -> str:
    """The lines in the middle of a glass of so many cells."""
    indents = (max(0, (width - cells(line)) // 2) for line in said)
    lines = "\n\n".join(" " * indent + line for indent, line in zip(indents, said, strict=True))
    if height >= TALL and (sign := big(SIGN, width)):
        return "\n" * (height // 8) + "\n".join(sign) + "\n\n\n" + lines
    return "\n" * max(0, height // 3) + lines


def pause_s(failures: int) -> float:
    """Seconds to wait after so many failures in a row (1 is the first)."""
    return PAUSES_S[min(max(failures, 1), len(PAUSES_S)) - 1]
