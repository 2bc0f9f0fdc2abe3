"""How long, in words a person says. Pure."""

from shared.text import Text


def span(seconds: float) -> str:
    """The one unit that fits: `40 s`, `12 min`, `5.5 h`, `3 days`."""
    seconds = max(0.0, seconds)
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.1f} h"
    days = seconds / 86_400
    return f"{days:.0f} days" if days < 1000 else "years"


def spoken(seconds: float) -> Text:
    """The same for the people at a station, in both languages: whole minutes, hours, days."""
    minutes = max(0.0, seconds) / 60
    if minutes < 1:
        return Text("不到 1 分钟", "less than a minute")
    if minutes < 90:
        return Text(f"{minutes:.0f} 分钟", f"{minutes:.0f} min")
    if minutes < 48 * 60:
        return Text(f"{minutes / 60:.0f} 小时", f"{minutes / 60:.0f} h")
    days = f"{minutes / 1440:.0f}"
    return Text(f"{days} 天", f"{days} days")
