"""How long something lasts or is past, in words."""


def lasting(seconds: float) -> tuple[str, str]:
    """Minutes up to two hours, then hours, then days; Chinese and English."""
    if seconds < 7200:
        return f"{seconds / 60:.0f} 分钟", f"{seconds / 60:.0f} min"
    if seconds < 172800:
        return f"{seconds / 3600:.0f} 小时", f"{seconds / 3600:.0f} h"
    return f"{seconds / 86400:.0f} 天", f"{seconds / 86400:.0f} days"


def ago(seconds: float) -> tuple[str, str]:
    """The same of a moment in the past."""
    if seconds < 60:
        return "刚刚", "just now"
    zh, en = lasting(seconds)
    return f"{zh}前", f"{en} ago"
