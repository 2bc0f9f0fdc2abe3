"""How long, in words a person says. Pure."""


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
