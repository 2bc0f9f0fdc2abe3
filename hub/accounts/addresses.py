"""Where a browser may be sent after signing in. Pure."""

from urllib.parse import urlsplit


def safe_next(address: str) -> str:
    """The address where it is a path of this hub, else the front page: no link leads to another host."""
    parts = urlsplit(address)
    foreign = parts.scheme or parts.netloc or not address.startswith("/") or address[1:2] in ("/", "\\")
    return "/" if foreign or any(ord(letter) < 32 for letter in address) else address
