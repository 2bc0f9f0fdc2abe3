"""How values are written on pages: times in Asia/Shanghai, spans, numbers with their unit. Pure."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shared.quantities import UnknownQuantity, split
from shared.text import Language

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def local(at: datetime) -> datetime:
    """The wall clock of the stations."""
    return at.astimezone(SHANGHAI)


def read_local(text: str) -> datetime | None:
    """What a field of type datetime-local sends, on the wall clock of the stations. None: it is no time."""
    try:
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo is not None else at.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def field(at: datetime) -> str:
    """For the value of such a field: 2026-11-20T14:05"""
    return f"{local(at):%Y-%m-%dT%H:%M}"


def plain(text: str, lines: bool = False) -> str:
    """What somebody typed, without what no keyboard sends: NUL and its like, spaces around and doubled. `lines`: line
    breaks stay.
    """
    shown = "".join(one if one.isprintable() or one == "\n" else " " for one in text.replace("\r\n", "\n"))
    parts = (" ".join(part.split()) for part in shown.split("\n"))
    return "\n".join(parts).strip() if lines else " ".join(" ".join(parts).split())


def iso(at: datetime) -> str:
    """For `<time datetime>`: UTC, whole seconds, with Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clock(at: datetime) -> str:
    """14:05"""
    return f"{local(at):%H:%M}"


def day(at: datetime, *, language: Language) -> str:
    """11月20日; 20 Nov"""
    here = local(at)
    return f"{here.month}月{here.day}日" if language == "zh" else f"{here.day} {MONTHS[here.month - 1]}"


def weekday(at: datetime, *, language: Language) -> str:
    """周五; Fri"""
    return WEEKDAYS[language][local(at).weekday()]


def moment(at: datetime, *, language: Language) -> str:
    """11月20日 14:05; 20 Nov 14:05"""
    return f"{day(at, language=language)} {clock(at)}"


def span(minutes: float, *, language: Language) -> str:
    """A duration by its two largest parts: 3 小时 12 分; 3 h 12 min."""
    whole = max(0, int(minutes))
    days, rest = divmod(whole, 1440)
    hours, left = divmod(rest, 60)
    d, h, m = (" 天", " 小时", " 分钟") if language == "zh" else (" d", " h", " min")
    parts = [f"{count}{unit}" for count, unit in ((days, d), (hours, h), (left, m)) if count]
    return " ".join(parts[:2]) or f"0{m}"


def ago(at: datetime, now: datetime, *, language: Language) -> str:
    """How long since, in words; what lies in the future by a clock's error is just now."""
    return age((now - at).total_seconds(), language=language)


def age(seconds: float, *, language: Language) -> str:
    """How long ago, in words."""
    if seconds < 10:
        return "刚刚" if language == "zh" else "just now"
    if seconds < 60:
        whole = int(seconds // 10 * 10)
        return f"{whole} 秒前" if language == "zh" else f"{whole} s ago"
    past = span(seconds / 60, language=language)
    return f"{past}前" if language == "zh" else f"{past} ago"


def number(value: float, decimals: int = 0) -> str:
    """14 400 with a thin space; a minus sign that is one."""
    return f"{value:,.{decimals}f}".replace(",", "\u2009").replace("-", "\u2212")


def measured(value: float, quantity: str) -> str:
    """13.4 ℃; the plain number where the name is not in the catalogue."""
    try:
        known, _ = split(quantity)
    except UnknownQuantity:
        return f"{value:g}"
    return f"{number(value, known.decimals)} {known.unit}".strip()


def quantity_label(name: str, *, language: Language) -> str:
    """箱内温度; 电压 2 for socket 2; the name itself where the catalogue has none."""
    try:
        known, socket = split(name)
    except UnknownQuantity:
        return name
    label = known.label.say(language)
    return label if socket is None else f"{label} {socket}"
