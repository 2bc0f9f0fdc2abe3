"""What Hi-Link's radars share: commands in the stream, answered only in configuration mode (devices.md section 4)."""

from collections.abc import Mapping

HEAD, FOOT = bytes.fromhex("FDFCFBFA"), bytes.fromhex("04030201")
ENABLE, END, VERSION, RESTART = 0x00FF, 0x00FE, 0x00A0, 0x00A3
LONGEST = 64

ENABLED = bytes.fromhex("01004000")
"""What follows the status word of an answered ENABLE: the protocol version and the buffer size, as the maker has it."""


class Commands:
    """The commands one radar hears. `answers` is what follows the status word of each it knows."""

    def __init__(self, answers: Mapping[int, bytes]) -> None:
        self._answers = {ENABLE: ENABLED, END: b"", RESTART: b""} | dict(answers)
        self._received = b""
        self.configuring = False
        """In configuration mode reports stop."""
        self.restarts = 0

    def hear(self, received: bytes) -> bytes:
        """What it says to these bytes."""
        self._received = (self._received + received)[-LONGEST:]
        said = b""
        while (start := self._received.find(HEAD)) >= 0:
            rest = self._received[start + len(HEAD) :]
            length = int.from_bytes(rest[:2], "little")
            if len(rest) < 2 + length + len(FOOT):
                break
            said += self._obey(rest[2 : 2 + length])
            self._received = rest[2 + length + len(FOOT) :]
        return said

    def _obey(self, command: bytes) -> bytes:
        word = int.from_bytes(command[:2], "little")
        if word == ENABLE:
            self.configuring = True
        elif not self.configuring:
            return b""
        elif word in (END, RESTART):
            self.configuring = False
            self.restarts += word == RESTART
        status = 0 if word in self._answers else 1
        inner = (word | 0x0100).to_bytes(2, "little") + status.to_bytes(2, "little") + self._answers.get(word, b"")
        return HEAD + len(inner).to_bytes(2, "little") + inner + FOOT
