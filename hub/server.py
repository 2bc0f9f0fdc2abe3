"""uvicorn that tells open streams to end before it waits for them: stopping takes no time and logs no error."""

from threading import Event
from types import FrameType

import uvicorn


class Server(uvicorn.Server):
    """Sets `closing` on SIGINT and SIGTERM, and in `close`, where a program stops it by itself."""

    def __init__(self, config: uvicorn.Config, closing: Event) -> None:
        super().__init__(config)
        self.closing = closing

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal came."""
        self.closing.set()
        super().handle_exit(sig, frame)

    def close(self) -> None:
        """Stop soon, from any thread."""
        self.closing.set()
        self.should_exit = True
