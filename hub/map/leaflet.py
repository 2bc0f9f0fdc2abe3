"""Where Leaflet lies in the installation: its files are served from there, none is copied."""

from pathlib import Path

from xstatic.pkg import leaflet  # type: ignore[import-untyped]

FOLDER = Path(leaflet.BASE_DIR)


def address(name: str) -> str:
    """Of one of its files; another version has another address, so browsers may keep it."""
    return f"/static/leaflet/{name}?v={leaflet.PACKAGE_VERSION}"
