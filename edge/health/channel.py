"""One wired quantity of one facility: which samples count, and can its sensor be believed (health.md A1)?

SV1 missing, SV3 stuck, SV4 range and start codes, SV5 spike; what takes more than one sample or one channel is in
`validation`. A sensor at fault makes nothing ok and nothing down.
"""

from typing import Any

from edge.health.limits import Limits, seconds
from shared.quantities import Quantity

POWER_ON_CODE = 85.0
"""A DS18B20 says exactly this before its first conversion (health.md SV4)."""
SUSPECT = 3
FAIL = 4
"""QARTOD qualities of samples that were measured and do not count (health.md A1, flags); above: not measured."""
SHARE_S = 900.0
"""Time over which the share of rejected samples is taken (health.md SV4)."""
USUAL_S = 30.0
CONTACT_S = 600.0
"""Contacts are recorded on change and at least this often."""
STUCK_MOVES = 2
STILL_S = 4 * 3600.0
"""So long without cooling a closed fridge cannot keep one exact temperature either."""

KEPT = (
    "value",
    "at",
    "interval",
    "patience",
    "share",
    "candidate",
    "anchor",
    "anchor_at",
    "anchor_moves",
    "silent",
    "fault",
    "fault_since",
    "suspicion",
    "changes",
)


class Channel:
    """Validates the samples of one quantity, in time order."""

    __slots__ = (
        *KEPT,
        "_clear",
        "_high",
        "_least_s",
        "_low",
        "_range",
        "_recover",
        "_reject",
        "_spike",
        "_stuck_s",
        "bit",
        "name",
        "plain",
        "tempered",
    )

    def __init__(
        self,
        name: str,
        quantity: Quantity,
        bit: int,
        limits: Limits,
        spike: float | None,
        sticks: bool,
        alone: bool = False,
    ) -> None:
        self.name = name
        self.plain = quantity.name
        self.bit = bit
        self.tempered = sticks
        """Whether it must move while the appliance works."""
        self._low, self._high = quantity.low, quantity.high
        self._spike = spike
        self._reject, self._recover = limits.reject_share, limits.recover_share
        self._stuck_s = seconds(limits, "stuck_alone" if alone else "stuck_after")
        self._range, self._clear = limits.stuck_range, limits.stuck_clear
        self._least_s = seconds(limits, "silent_after")
        self.value: float | None = None
        self.at = 0.0
        """When it last gave a valid sample."""
        self.interval = CONTACT_S if quantity.two_state else USUAL_S
        self.patience = max(self._least_s, 3 * self.interval)
        """Seconds after which it is silent (SV1)."""
        self.share = 0.0
        self.candidate: float | None = None
        self.anchor: float | None = None
        self.anchor_at = 0.0
        self.anchor_moves = 0
        self.silent = True
        self.fault: str | None = None
        self.fault_since = 0.0
        self.changes = 0
        """How often it said something else than before."""
        self.suspicion: str | None = None
        """A test that doubts it without finding it at fault: what rests on it is worth a grade less (SV6, SV7)."""

    def accept(self, at: float, value: float, quality: int) -> bool:
        """Whether this sample counts; if so it is the last value now."""
        if quality > FAIL:
            return False
        last = self.value
        if (
            not self._low <= value <= self._high
            or quality == FAIL
            or (value == POWER_ON_CODE and "temperature" in self.plain and (last is None or abs(last - value) > 5))
        ):
            self._rejected(at)
            return False
        if self._spike is not None and last is not None and not self.silent and abs(value - last) > self._spike:
            candidate, self.candidate = self.candidate, value
            if candidate is None or abs(value - candidate) > self._spike:
                return False
        self.candidate = None
        if last is not None:
            gap = at - self.at
            drift = (gap if gap < 3 * self.interval else 3 * self.interval) - self.interval
            if drift > 1 or drift < -1:
                self.interval = max(1.0, self.interval + 0.1 * drift)
                self.patience = max(self._least_s, 3 * self.interval)
            if self.share:
                self._good(gap)
        if value != last:
            self.changes += 1
            self.value = value
        self.at = at
        return True

    def watch_stuck(self, must_move: bool, moves: int, still_s: float) -> None:
        """SV3: an exact temperature for hours, while the appliance worked or failed to, is no temperature."""
        value = self.value
        if value is None:
            return
        anchor = self.anchor
        if anchor is None:
            self._hold(value, moves)
        elif self.fault == "SV3":
            if abs(value - anchor) > self._clear:
                self.fault = None
                self._hold(value, moves)
        elif not must_move or abs(value - anchor) > self._range:
            self._hold(value, moves)
        elif self.at - self.anchor_at >= self._stuck_s and (
            moves - self.anchor_moves >= STUCK_MOVES or still_s >= STILL_S
        ):
            self.fault, self.fault_since = "SV3", self.anchor_at

    def blame(self, code: str, since: float) -> bool:
        """A test finds it at fault; the first one that does stays the reason. Whether that is news."""
        if self.fault is not None:
            return False
        self.fault, self.fault_since = code, since
        return True

    def absolve(self, code: str) -> bool:
        """This test finds it at fault no longer; whether that is news."""
        if self.fault != code:
            return False
        self.fault = None
        return True

    def suspect(self, code: str) -> "tuple[Channel, ...]":
        """A test doubts it; itself if that is news."""
        if self.suspicion is not None:
            return ()
        self.suspicion = code
        return (self,)

    def trust(self, code: str) -> "tuple[Channel, ...]":
        """This test doubts it no longer; itself if that is news."""
        if self.suspicion != code:
            return ()
        self.suspicion = None
        return (self,)

    def written(self) -> dict[str, Any]:
        """What must survive a restart."""
        return {name: getattr(self, name) for name in KEPT}

    def remember(self, kept: dict[str, Any]) -> None:
        """Go on from there."""
        for name in KEPT:
            setattr(self, name, kept[name])

    def _hold(self, value: float, moves: int) -> None:
        self.anchor, self.anchor_at, self.anchor_moves = value, self.at, moves

    def _rejected(self, at: float) -> None:
        self.share += (1 - self.share) * min(1.0, self.interval / SHARE_S)
        if self.share > self._reject and self.fault is None:
            self.fault, self.fault_since = "SV4", self.at or at

    def _good(self, gap: float) -> None:
        self.share -= self.share * min(1.0, gap / SHARE_S)
        if self.share < self._recover:
            self.share = 0.0
            if self.fault == "SV4":
                self.fault = None
