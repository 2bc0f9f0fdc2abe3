"""A file as an answer: saved, never shown, in pieces where it is long."""

from collections.abc import Iterator
from typing import IO

from fastapi.responses import Response, StreamingResponse

PIECE = 1 << 16


def attached(content: bytes | IO[bytes], media_type: str, name: str) -> Response:
    """To be saved under this name (ASCII)."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    if isinstance(content, bytes):
        return Response(content, media_type=media_type, headers=headers)
    return StreamingResponse(_pieces(content), media_type=media_type, headers=headers)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
