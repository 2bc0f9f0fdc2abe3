"""What a list of findings is asked for, and its addresses. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

A_PAGE = 50


class Shown(StrEnum):
    """Which of them."""

    OPEN = "open"
    LATE = "late"
    FIXED = "fixed"
    """Those that wait to be verified or closed."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Asked:
    """The list somebody asks for."""

    shown: Shown = Shown.OPEN
    mine: bool = False
    union: int | None = None
    """None: of every union."""
    words: str = ""
    """Part of a station's name or of the text."""
    page: int = 1

    def address(self, **other: object) -> str:
        """The list with something changed; a page is the first unless it is named."""
        asked = replace(self, **{"page": 1} | other)  # type: ignore[arg-type]
        said = {
            "show": "" if asked.shown is Shown.OPEN else str(asked.shown),
            "mine": "1" if asked.mine else "",
            "union": "" if asked.union is None else str(asked.union),
            "q": asked.words,
            "page": "" if asked.page == 1 else str(asked.page),
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/findings?{query}" if query else "/findings"
