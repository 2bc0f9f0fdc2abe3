"""What a list of complaints is asked for, and its addresses. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from hub.complaints.words import Kind

A_PAGE = 50


class Shown(StrEnum):
    """Which of them."""

    OPEN = "open"
    LATE = "late"
    ANSWERED = "answered"
    """Those whose person is to be told, or that are to be closed."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Asked:
    """The list somebody asks for."""

    shown: Shown = Shown.OPEN
    kind: Kind | None = None
    """None: both."""
    mine: bool = False
    union: int | None = None
    """None: of every union."""
    station: str = ""
    """Id; empty: of every station."""
    words: str = ""
    """Part of a station's name, of the text, or of the number."""
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """By more than how far they are."""
        return bool(self.kind or self.mine or self.union is not None or self.station or self.words)

    def address(self, **other: object) -> str:
        """The list with something changed; a page is the first unless it is named."""
        asked = replace(self, **{"page": 1} | other)  # type: ignore[arg-type]
        said = {
            "show": "" if asked.shown is Shown.OPEN else str(asked.shown),
            "kind": asked.kind or "",
            "mine": "1" if asked.mine else "",
            "union": "" if asked.union is None else str(asked.union),
            "station": asked.station,
            "q": asked.words,
            "page": "" if asked.page == 1 else str(asked.page),
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/complaints?{query}" if query else "/complaints"
