"""What one facility can be seen by: its channels, which of them are blind now, and since when."""

from collections.abc import Iterable, Mapping
from typing import Any

from edge.health.channel import Channel
from edge.health.limits import Limits, seconds
from edge.health.rule import RuleSet
from edge.health.station import Station
from edge.health.validation.checks import BESIDE, METERED, Checks
from edge.health.verdict import Verdict
from edge.health.words import less, sensor_fault, unheard
from shared.quantities import split
from shared.states import Grade


class Sight:
    """The channels of one facility. A quantity is blind while any channel of it is silent or at fault.

    A quantity that no rule reads has no bit: it is heard for the tests of its neighbours, and nothing rests on it.
    """

    __slots__ = (
        "_checks", "_fault_s", "awaited", "bits", "blind", "channels", "decisive", "doubted", "due", "suspects",
        "tempered",
    )  # fmt: skip

    def __init__(
        self,
        rules: RuleSet[Any, Any],
        limits: Limits,
        wired: frozenset[str],
        decisive: frozenset[str],
        facility: str = "",
    ) -> None:
        heard = sorted(name for name in wired if split(name)[0].name in rules.reads | BESIDE)
        plains = sorted({split(name)[0].name for name in heard} & rules.reads)
        self.bits = {plain: 1 << place for place, plain in enumerate(plains)}
        self.channels: dict[str, Channel] = {}
        for name in heard:
            quantity = split(name)[0]
            self.channels[name] = Channel(
                name,
                quantity,
                self.bits.get(quantity.name, 0),
                limits,
                rules.spikes.get(quantity.name),
                quantity.name in rules.stuck,
                alone="power" not in wired,
            )
        self.decisive = self.mask(decisive & self.bits.keys())
        self.tempered = [channel for channel in self.channels.values() if channel.tempered]
        self.suspects: tuple[Channel, ...] = ()
        """Channels that a test doubts, of those a rule reads."""
        self._checks = Checks(facility, self.channels, limits)
        self.blind = self.mask(frozenset(self.bits))
        self.awaited = 0.0
        """Since when somebody has been listening."""
        self.doubted: float | None = None
        """Since when silence counts as a fault of the sensor (SV1); until a channel speaks again."""
        self.due = 0.0
        """Before this moment no channel can have fallen silent, nor its silence become a fault."""
        self._fault_s = seconds(limits, "silent_fault")

    def mask(self, quantities: frozenset[str]) -> int:
        """The bits of these quantities."""
        return sum(self.bits[name] for name in quantities)

    def look(self) -> None:
        """Which quantities are blind now."""
        self.blind = 0
        for channel in self.channels.values():
            if channel.silent or channel.fault is not None:
                self.blind |= channel.bit
        self.suspects = tuple(one for one in self.channels.values() if one.suspicion is not None and one.bit)

    def validate(self, at: float, sense: Any, station: Station) -> Iterable[Channel]:
        """After each instant: the channels that are believed less, or again, since the last one."""
        checks = self._checks
        checks.count()
        changed = [] if at < checks.due else list(checks.look(at, sense, station))
        for channel in self.tempered:
            fault = channel.fault
            channel.watch_stuck(sense.must_move, sense.moves, sense.still_s)
            if channel.fault is not fault:
                changed.append(channel)
        return changed

    def set_back(self, at: float) -> None:
        """The clock was set back to `at`: look again at once."""
        self.awaited = min(self.awaited, at)
        self._checks.due = 0.0

    def renew(self) -> None:
        """Another unit stands there."""
        self._checks.renew()

    def doubting(self, needs: frozenset[str]) -> list[Channel]:
        """The suspects among these quantities."""
        return [channel for channel in self.suspects if channel.plain in needs]

    def graded(self, grade: Grade, needs: frozenset[str]) -> Grade:
        """What evidence of this grade is worth that rests on these quantities."""
        return less(grade) if self.suspects and self.doubting(needs) else grade

    def values(self) -> dict[str, float]:
        """The last valid value of every quantity heard that a rule reads."""
        return {
            name: channel.value
            for name, channel in self.channels.items()
            if channel.value is not None and not channel.silent and channel.bit
        }

    def fallen_silent(self, now: float) -> list[Channel]:
        """Channels silent for longer than they ever are (SV1), not yet marked so."""
        lost: list[Channel] = []
        due = now + 3600.0
        for channel in self.channels.values():
            if channel.silent:
                doubt = max(channel.at, self.awaited) + self._fault_s
                if channel.bit & self.decisive and now < doubt < due:
                    due = doubt
                continue
            end = channel.at + channel.patience
            if now > end:
                lost.append(channel)
                due = now
            elif end < due:
                due = end
        self.due = due
        return lost

    def hidden(self, now: float) -> tuple[Verdict, float] | None:
        """The verdict and since when, while a deciding quantity is blind; None: all that decides is seen."""
        if not self.blind & self.decisive:
            return None
        deciding = [channel for channel in self.channels.values() if channel.bit & self.decisive]
        faulty = [channel for channel in deciding if channel.fault is not None]
        if faulty:
            worst = min(faulty, key=lambda channel: channel.fault_since)
            return sensor_fault(worst.fault or "SV4", worst), worst.fault_since
        silent = [channel for channel in deciding if channel.silent]
        first = min(silent, key=lambda channel: channel.at)
        since = max(first.at, self.awaited) if not first.at else first.at
        listened = max(first.at, self.awaited)
        if self.doubted is None and now - listened >= self._fault_s:
            self.doubted = listened
        if self.doubted is not None:
            return sensor_fault("SV1", first), self.doubted
        return unheard(silent), since

    def unfed(self, since: float) -> bool:
        """Whether what meters it has said nothing since then."""
        meters = [channel for channel in self.channels.values() if channel.plain in METERED]
        return bool(meters) and all(channel.at <= since for channel in meters)

    def sure_until(self, needs: int, now: float) -> float:
        """Until when what these quantities say is settled: the last sample of the slowest, or now if silent."""
        seen = [channel for channel in self.channels.values() if channel.bit & needs]
        if not seen or any(channel.silent for channel in seen):
            return now
        return min(channel.at for channel in seen)

    def written(self) -> dict[str, Any]:
        """What must survive a restart."""
        return {
            "awaited": self.awaited,
            "doubted": self.doubted,
            "channels": {name: channel.written() for name, channel in self.channels.items()},
            "checks": self._checks.written(),
        }

    def remember(self, kept: Mapping[str, Any]) -> None:
        """Go on from there."""
        self.awaited, self.doubted = kept["awaited"], kept["doubted"]
        for name, channel in self.channels.items():
            if name in kept["channels"]:
                channel.remember(kept["channels"][name])
        self._checks.remember(kept["checks"])
        self.look()
