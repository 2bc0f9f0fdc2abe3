"""The agent's end of a simulated port, for tests: raw bytes with a patience."""

import asyncio
import os
from pathlib import Path


class Client:
    """Whoever has opened a port; reads until the line has been quiet for a moment."""

    def __init__(self, link: Path) -> None:
        self._fd = os.open(link, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)

    def write(self, data: bytes) -> None:
        os.write(self._fd, data)

    def read_now(self) -> bytes:
        try:
            return os.read(self._fd, 4096)
        except BlockingIOError:
            return b""

    async def read(self, first_s: float = 0.8, quiet_s: float = 0.08, size: int | None = None) -> bytes:
        """What arrives, beginning within `first_s`, ending with `quiet_s` of silence or at `size` bytes."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + first_s
        heard = b""
        while loop.time() < deadline and (size is None or len(heard) < size):
            await asyncio.sleep(0.001)
            chunk = self.read_now()
            if chunk:
                heard += chunk
                deadline = loop.time() + quiet_s
        return heard

    async def ask(self, request: bytes, first_s: float = 0.8, quiet_s: float = 0.08, size: int | None = None) -> bytes:
        """Send a request and read what comes back; like a careful master it keeps a pause before."""
        await asyncio.sleep(0.005)
        self.read_now()
        self.write(request)
        return await self.read(first_s, quiet_s, size)

    def close(self) -> None:
        os.close(self._fd)
