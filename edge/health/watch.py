"""One facility being judged: what it remembers, its latches, and the verdict they amount to."""

from collections.abc import Mapping
from typing import Any

from edge.health.channel import Channel
from edge.health.decision import Judged, decide, reread, restated
from edge.health.doubts import Doubts
from edge.health.holes import doubted, found, lost
from edge.health.latches import Latches
from edge.health.limits import Value, limits_of
from edge.health.memory import Plain, remember, written
from edge.health.proofs import Proofs
from edge.health.rule import RuleSet
from edge.health.sight import Sight
from edge.health.station import Station
from edge.health.verdict import Change, Happened, Standing
from edge.health.words import unheard
from shared.states import Grade, State

LATE_S = 300.0
"""A sample older than the last one by more than this means that the clock was set back."""
EVERYTHING = -1
"""The bits of all quantities."""


class Watch:
    """Judges one facility. Samples in time order; `happened` collects what there is to say."""

    def __init__(
        self,
        facility: str,
        rules: RuleSet[Any, Any],
        decisive: frozenset[str],
        wired: frozenset[str],
        options: Mapping[str, Value],
        station: Station,
    ) -> None:
        self.facility = facility
        self.happened: list[Happened] = []
        self._rules = rules
        self._station = station
        self._limits = limits_of(rules.limits, options)
        self._sense = rules.sense()
        self.sight = Sight(rules, self._limits, wired, decisive, facility)
        station.join(facility, self.sight.channels.values())
        self._latches = Latches(rules.rules, self._limits, self.sight)
        self.judged = Judged(rules, self._limits, self._sense, self.sight, self._latches, station.mains)
        self._doubts = Doubts(facility)
        self._proofs = Proofs(facility, self.judged)
        self._seen: dict[str, float] = {}
        self.steps = 0
        self._at = 0.0
        self._cut: float | None = None
        self._doubtful = False
        """A power cut is suspected."""
        self._verdict = unheard([])
        self._since = 0.0
        self._regained = False
        """A channel speaks again: a rule that held before may decide again."""

    def hear(self, at: float, quantity: str, value: float, quality: int) -> None:
        """One sample."""
        channel = self.sight.channels.get(quantity)
        if channel is None:
            return
        if at != self._at:
            if at < self._at:
                if self._at - at < LATE_S:
                    self._join(channel, at, value, quality)
                    return
                self._set_back(at)
            if self._seen:
                self.step()
            self._at = at
        fault = channel.fault
        if at - channel.at > channel.patience and not channel.silent:
            self._lose(channel, channel.at)
        if channel.accept(at, value, quality):
            if channel.silent:
                self._found(channel, at)
            self._seen[quantity] = value
        if channel.fault is not fault:
            self._doubted(at, channel)

    def _join(self, channel: Channel, at: float, value: float, quality: int) -> None:
        """A sample of another line came a little late: it joins this instant, unless its channel knows better."""
        if at > channel.at:
            self.hear(self._at, channel.name, value, quality)

    def step(self) -> None:
        """Judge the samples of the last instant heard."""
        seen = self._seen
        if not seen:
            return
        self._seen = {}
        self.steps += 1
        at, sense, limits, sight = self._at, self._sense, self._limits, self.sight
        sense.step(at, seen, limits, self._station)
        for channel in sight.validate(at, sense, self._station):
            self._doubted(at, channel)
        if self._cut is not None:
            return
        blind = sight.blind
        flipped = self._latches.tick(at, sense, blind)
        state = self._verdict.state
        regained, self._regained = self._regained, False
        if flipped:
            self.happened.extend(self._doubts.update(self._latches, limits, at))
        if (
            flipped
            or regained
            or state is State.UNKNOWN
            or (state is State.OK and self._rules.grade(sense, limits) is Grade.E0)
        ):
            self._settle(at)
        self.happened.extend(self._proofs.shown(self.judged, at))

    def pass_time(self, now: float) -> None:
        """No sample came up to `now`: who has fallen silent, and is there a power cut?"""
        if self._seen and self._at < now:
            self.step()
        mains = self._station.mains
        cut, doubtful = mains.cut_since(now), mains.silent_since is not None
        if (cut is None) is not (self._cut is None):
            self._power(now, cut)
        if now >= self.sight.due:
            for channel in self.sight.fallen_silent(now):
                self._lose(channel, channel.at)
            if self.sight.blind & self.sight.decisive:
                self._settle(now)
        if doubtful is not self._doubtful:
            self._doubtful = doubtful
            self._settle(now)

    def state(self, answer: str, at: float, now: float) -> None:
        """A person said whether it works; known `now`."""
        if self._doubts.hear(answer, at):
            self.happened.extend(self._doubts.update(self._latches, self._limits, now))
            self._settle(now)

    def renew(self, now: float) -> None:
        """Another unit stands there: what was learned and proved of the old one is forgotten."""
        self._sense = self._rules.sense()
        self.judged = self.judged._replace(sense=self._sense)
        self._latches.renew()
        self.sight.renew()
        self._proofs.at, self._seen = {}, {}
        self.happened.extend(self._doubts.update(self._latches, self._limits, now))
        self._settle(now)

    def listen(self, now: float) -> None:
        """Somebody listens from `now` on; nobody did for a while before."""
        self.sight.awaited = now
        self.sight.due = 0.0

    def settled(self, now: float) -> float:
        """Until when its state is sure."""
        verdict = self._verdict
        if verdict.state is State.EXCLUDED:
            return now
        needs = self.sight.mask(verdict.needs & self.sight.bits.keys()) if verdict.rule else self.sight.decisive
        return self.sight.sure_until(needs, now)

    def standing(self) -> Standing:
        """How it stands, with the figures of this moment."""
        verdict, values = restated(self.judged, self._verdict), self.sight.values()
        told = verdict.state, self._since, verdict.why, verdict.grade, verdict.cause, verdict.rule
        return Standing(*told, values, self.busy(), verdict.reasons)

    def busy(self) -> bool:
        """Whether somebody is using it, as far as it is seen."""
        return not self.sight.blind & self.sight.decisive and self._rules.busy(self._sense, self._limits)

    def written(self) -> Plain:
        """What must survive a restart."""
        return {
            "sight": self.sight.written(),
            "sense": written(self._sense),
            "latches": self._latches.written(),
            "doubts": self._doubts.written(),
            "proved": self._proofs.at,
            "seen": self._seen,
            "at": self._at,
            "cut": self._cut,
            "doubtful": self._doubtful,
            "since": self._since,
            "regained": self._regained,
            "state": self._verdict.state,
            "rule": self._verdict.rule,
        }

    def remember(self, kept: Plain) -> None:
        """Go on from there."""
        self.sight.remember(kept["sight"])
        remember(self._sense, kept["sense"])
        self._latches.remember(kept["latches"])
        self._doubts.remember(kept["doubts"])
        self._proofs.at, self._seen, self._at = kept["proved"], kept["seen"], kept["at"]
        self._cut, self._since, self._regained = kept["cut"], kept["since"], kept["regained"]
        self._doubtful = kept["doubtful"]
        self._verdict = reread(self.judged, State(kept["state"]), kept["rule"])

    def _found(self, channel: Channel, at: float) -> None:
        self._regained = True
        found(self.judged, channel, at)

    def _lose(self, channel: Channel, last: float) -> None:
        lost(self.judged, channel, last)
        self._settle(last)

    def _doubted(self, at: float, channel: Channel) -> None:
        doubted(self.judged, channel, at)
        self._settle(at)

    def _power(self, now: float, cut: float | None) -> None:
        self._cut = cut
        if cut is not None:
            self._latches.interrupt(EVERYTHING, cut)
        else:
            self._latches.resume(EVERYTHING, now)
        self._settle(now)

    def _set_back(self, at: float) -> None:
        """The clock was set back: what was in progress has no measurable duration."""
        self._seen = {}
        for channel in self.sight.channels.values():
            if not channel.silent:
                self._lose(channel, at)
            channel.at = min(channel.at, at)
        self.sight.set_back(at)

    def _settle(self, at: float) -> None:
        """Say so if another verdict holds than before."""
        old = self._verdict
        verdict, since, latch = decide(self.judged, at, self._cut, old.state, self._since)
        if verdict.state is old.state and verdict.rule == old.rule:
            return
        stands = min(since, self._since) if verdict.state is old.state and self._since else since
        if latch is not None and latch.memory.confirmed == at:
            for first, until in latch.memory.pieces:
                self.happened.append(Change(self.facility, first, at, verdict, until))
            latch.memory.pieces = []
        self._verdict, self._since = verdict, stands
        self.happened.append(Change(self.facility, since, at, verdict))
