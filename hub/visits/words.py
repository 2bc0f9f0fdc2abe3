"""What is counted of visits, in words. Pure data."""

from enum import StrEnum

from shared.records import UNSAID
from shared.settings_message import OCCUPATIONS, REASONS
from shared.text import Text


class Count(StrEnum):
    """Which check-ins are counted."""

    FILTERED = "filtered"
    RAW = "raw"


COUNTS: dict[Count, Text] = {
    Count.FILTERED: Text("去重后", "Bursts filtered"),
    Count.RAW: Text("全部记录", "Everything recorded"),
}
OCCUPATION_LABELS: dict[str, Text] = {choice.id: choice.label for choice in OCCUPATIONS} | {
    UNSAID: Text("未说明（刷卡）", "Not said (card)")
}
"""In the regulation's words and order; an occupation nobody knows counts as other."""
METHOD_LABELS: dict[str, Text] = {
    "tap": Text("本机点按", "Tap at the kiosk"),
    "phone": Text("手机扫码", "Phone, rotating code"),
    "card": Text("刷卡", "Card"),
    "static": Text("墙上固定码", "Phone, code on the wall"),
}
FACE_LABELS: dict[int, Text] = {
    4: Text("非常满意", "Very satisfied"),
    3: Text("满意", "Satisfied"),
    2: Text("不太满意", "Not quite"),
    1: Text("不满意", "Not satisfied"),
}
SATISFIED = 3
"""From this score on."""
TAG_LABELS: dict[str, Text] = {reason.id: reason.label for reason in REASONS}
"""Why somebody is not satisfied, as the kiosk and the phone page offer it; one nobody knows counts as other."""
OCCUPATION_AT = {name: place for place, name in enumerate(OCCUPATION_LABELS)}
METHOD_AT = {name: place for place, name in enumerate(METHOD_LABELS)}
FACE_AT = {score: place for place, score in enumerate(FACE_LABELS)}
TAG_AT = {name: place for place, name in enumerate(TAG_LABELS)}
