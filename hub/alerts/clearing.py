"""What was read when a fault ended, in words, pure: the last values of the evidence its last revision brought."""

from collections.abc import Sequence
from typing import Any

from shared.quantities import UnknownQuantity, split
from shared.text import Text

WORKS = Text("恢复正常", "It works again")
BACK = Text("来电了", "The power is back")
REMOVED = Text("设施已不在站内", "It is wired at this station no more")


def clearing(traces: Sequence[dict[str, Any]]) -> Text:
    """`traces` are `shared.records.Trace` as JSON; without any the fact alone is told."""
    readings = [reading for trace in traces if (reading := _last(trace)) is not None]
    if not readings:
        return WORKS
    zh = "，".join(reading.zh for reading in readings)
    en = ", ".join(reading.en for reading in readings)
    return Text(f"{WORKS.zh}：{zh}", f"{WORKS.en}: {en}")


def _last(trace: dict[str, Any]) -> Text | None:
    value = next((value for value in reversed(trace["values"]) if value is not None), None)
    if value is None:
        return None
    try:
        quantity, socket = split(trace["quantity"])
    except UnknownQuantity:
        return None
    place = "" if socket is None else f" {socket}"
    if quantity.two_state:
        zh, en = ("是", "yes") if value else ("否", "no")
        return Text(f"{quantity.label.zh}{place} {zh}", f"{quantity.label.en}{place} {en}")
    said = f"{value:.{quantity.decimals}f}{' ' + quantity.unit if quantity.unit else ''}"
    return Text(f"{quantity.label.zh}{place} {said}", f"{quantity.label.en}{place} {said}")
