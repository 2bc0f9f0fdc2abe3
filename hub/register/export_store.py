"""The register read out as rows of a sheet."""

from collections.abc import Iterator

from sqlmodel import Session

from hub.accounts.tables import User
from hub.register import store
from hub.register.reach import reach
from hub.register.rows import FILLED, row_of
from hub.register.sheet import LARGEST_SHEET
from hub.stations import heads

AT_ONCE = 500


def header() -> list[str]:
    """What the columns are called."""
    return [column.label.zh for column in FILLED]


def rows(session: Session, user: User, asked: store.Asked, most: int = LARGEST_SHEET) -> Iterator[list[str]]:
    """The stations asked for that this user may see, by name."""
    found, known = store.every(session, user, asked, most), reach(session, user)
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        serving = heads.heads(session, [station.id for station in some])
        for number, station in enumerate(some, start + 1):
            yield row_of(station, serving.get(station.id), known, number)
