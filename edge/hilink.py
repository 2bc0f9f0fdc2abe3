"""What the radars of Hi-Link share: reports cut out of a stream by their start and length, and the restart command."""

from collections.abc import Callable, Mapping

from edge.driver import Reading

ENABLE = bytes.fromhex("FDFCFBFA 0400 FF00 0100 04030201")
RESTART = bytes.fromhex("FDFCFBFA 0200 A300 04030201")
"""Commands are heard only after ENABLE (HLK-LD2410 serial communication protocol V1.02)."""


class Reports:
    """Reports in a stream of bytes that may start anywhere and be broken anywhere. Keeps less than one report.

    `sizes`: how a report may start, all of one length, and how long the whole of it then is. `read`: None for a frame
    that is no report after all.
    """

    def __init__(self, sizes: Mapping[bytes, int], read: Callable[[bytes], Reading | None]) -> None:
        self._sizes = sizes
        self._read = read
        self._start = len(next(iter(sizes)))
        self._kept = b""

    def hear(self, data: bytes) -> list[Reading]:
        """The readings these bytes complete. After noise the next whole report is found."""
        buffer, found, at = self._kept + data, list[Reading](), 0
        while at < len(buffer):
            start = buffer[at : at + self._start]
            size = self._sizes.get(start)
            if size is None:
                if len(start) < self._start and any(whole.startswith(start) for whole in self._sizes):
                    break
                at += 1
            elif len(buffer) < at + size:
                break
            elif (reading := self._read(buffer[at : at + size])) is None:
                at += 1
            else:
                found.append(reading)
                at += size
        self._kept = buffer[at:]
        return found
