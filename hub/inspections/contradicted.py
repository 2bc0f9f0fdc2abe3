"""People as sensors: whether workers who stood before a facility contradict what its proofs say. Pure.

A proof by power alone shows what goes in, not what comes out: an oven with a weak magnetron draws its power and leaves
the meal cold (health.md B5, S18). A report never raises points; it may withhold the highest ones
(docs/decisions/0034).
"""

from hub.formats import local
from hub.inspections.evidence import Evidence, Proven, Reported
from shared.text import Text

DAYS_THAT_COUNT = 2
"""On so many days somebody else or the same worker again found it not working: nobody then knows that it works."""
ON_POWER_ALONE = frozenset({"MW1", "WD1", "FR0P"})
"""Rules whose proof is power drawn."""
DOES_NOT_WORK: dict[str, frozenset[str]] = {
    "microwave": frozenset({"not_hot", "keys", "door"}),
    "drinking_water": frozenset({"not_hot", "no_water"}),
    "fridge": frozenset({"not_cold", "door"}),
    "air_conditioner": frozenset({"not_cold", "not_warm"}),
    "outlets": frozenset({"dead"}),
}
"""Of a kind's problems, those that say that it does not do its work. Dirt, noise and a full shelf do not."""


def says_it_fails(kind: str, problem: str, danger: bool) -> bool:
    """Whether a report contradicts that a facility works."""
    return danger or problem in DOES_NOT_WORK.get(kind, ())


def unanswered(evidence: Evidence) -> list[Reported]:
    """Reports nothing has answered since: no repair, and no later proof of what comes out; the newest first."""
    return [one for one in evidence.reports if not one.repaired and not any(_answers(p, one) for p in evidence.proofs)]


def contradicted(evidence: Evidence) -> bool:
    """Whether people say on several days that it does not work, against proofs that cannot know better.

    However they came: a station without a kiosk has no other voice, and what it leads to is that somebody looks.
    """
    return len({local(one.at).date() for one in unanswered(evidence)}) >= DAYS_THAT_COUNT


def words(evidence: Evidence) -> Text:
    """What they say."""
    said = unanswered(evidence)
    days, newest = len({local(one.at).date() for one in said}), said[0]
    at = f"{local(newest.at):%m-%d %H:%M}"
    walls = sum(one.by_the_wall for one in said)
    how = Text(f"，{walls} 次用墙上的码", f", {walls} by the code on the wall") if walls else Text("", "")
    return Text(
        f"有人报告“{newest.problem.zh}”（{days} 天 {len(said)} 次{how.zh}，最近 {at}），此后没有实测证明它能用",
        f"Reported: {newest.problem.en} ({len(said)} times on {days} days{how.en}, last {at}), "
        "and no measured proof since",
    )


def _answers(proof: Proven, report: Reported) -> bool:
    return proof.at > report.at and proof.rule not in ON_POWER_ALONE
