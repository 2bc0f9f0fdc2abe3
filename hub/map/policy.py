"""What the map's page may load: itself alone, and tiles where a hub names somebody who has them. Pure."""

from urllib.parse import urlsplit

from hub.security import HEADERS

OURS = HEADERS["Content-Security-Policy"]


def policy(tiles: str) -> str:
    """The Content-Security-Policy of the map's page; `tiles` is the address of tiles, empty for none."""
    if not tiles:
        return OURS
    parts = urlsplit(tiles)
    # Leaflet puts an empty picture, a data: address, in the place of a tile it no longer wants.
    return f"{OURS}; img-src 'self' data: {parts.scheme}://{parts.netloc}"
