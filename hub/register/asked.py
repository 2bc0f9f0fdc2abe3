"""Which part of the register an address names."""

from typing import Annotated

from fastapi import Depends, Query

from hub.register.store import Asked
from hub.stations.words import KIND_LABELS, Standing

LAST_PAGE = 10**6


def asked_for(
    q: Annotated[str, Query(max_length=100)] = "",
    union: Annotated[str, Query(max_length=9, pattern=r"^[0-9]*$")] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    standing: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> Asked:
    """A kind or standing there is not counts as none."""
    return Asked(
        " ".join(q.split()),
        int(union) if union else None,
        kind if kind in KIND_LABELS else "",
        standing if standing in (*Standing, "revoked") else "",
        page,
    )


AskedFor = Annotated[Asked, Depends(asked_for)]
