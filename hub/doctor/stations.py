"""What the facts mean, in words: the stations, as the hub knows them and as they are overheard. Pure."""

from collections.abc import Iterator, Sequence

from hub.doctor.facts import Facts, Register
from hub.doctor.findings import Finding
from shared.span import span

SKEW_S = 120.0
"""A record so far ahead counts as undated (design.md §3)."""
FEW = 5
MANY_SHARE = 0.2
"""Where more than this share is silent, it is seldom the stations."""


def stations(facts: Facts) -> Iterator[Finding]:
    """Those that are heard, silent, unheard, revoked, unknown; what they sent and the hub could not read."""
    if facts.register is not None:
        yield from _heard(facts.register, facts)
        yield from _settings(facts.register)
        yield from _clocks(facts.register)
        yield from _quarantine(facts.register, facts)
    yield from _overheard(facts)


def _heard(register: Register, facts: Facts) -> Iterator[Finding]:
    if register.revoked_heard:
        names = _few(register.revoked_heard, len(register.revoked_heard))
        words = f"{names}: revoked, and connected after that: does the broker read the file the hub writes?"
        yield Finding(False, "revoked", words)
    found = register.heard
    if not found.heard + found.silent + found.never:
        yield Finding(True, "stations", "none is registered yet: waystation-hub station add")
        return
    if found.silent:
        ages = [f"{id_} for {span((facts.at - at).total_seconds())}" for id_, at in register.silent]
        words = f"{found.silent} of {found.heard + found.silent} are silent: {_few(ages, found.silent)}"
        many = found.silent > MANY_SHARE * (found.heard + found.silent)
        remedy = (
            "look at the broker and the network first" if many and found.silent > FEW else "look at each one's doctor"
        )
        yield Finding(False, "stations", f"{words}; {remedy}")
    else:
        yield Finding(True, "stations", f"{found.heard} heard within 3 min, none silent")
    if found.never:
        words = f"{found.never} were never heard: {_few(register.never, found.never)}"
        yield Finding(False, "stations", f"{words}; not installed yet, or `waystation-edge doctor` there says why")


def _settings(register: Register) -> Iterator[Finding]:
    found = register.heard
    if found.heard > FEW and found.outdated == found.heard:
        words = "none of the heard ones has its newest settings: may the hub's user publish at the broker?"
        yield Finding(False, "stations", words)


def _clocks(register: Register) -> Iterator[Finding]:
    wrong = register.clocks.get("wrong", 0)
    if wrong:
        words = f"{wrong} say that their clock is wrong: nothing is judged there until it is right (time service?)"
        yield Finding(False, "clocks", words)


def _quarantine(register: Register, facts: Facts) -> Iterator[Finding]:
    if not register.kept:
        yield Finding(True, "quarantine", "empty")
    for kept in register.kept:
        ago = span((facts.at - kept.newest).total_seconds())
        words = f"{kept.rows} of {kept.stations} stations, the newest {ago} ago: {kept.why}"
        yield Finding(False, "quarantine", f"{words} ({_remedy(kept.why)})")


def _remedy(why: str) -> str:
    """What to do about a reason. The reasons are those of `hub/ingest.py`."""
    if why.startswith("unknown station"):
        return "a station this hub does not know: another hub's, or one that was never added"
    if why.startswith("revoked station"):
        return "what a revoked station still sent"
    if why.startswith("undated"):
        return "told before its time was known, or this machine's clock was wrong: waystation-hub quarantine retry"
    if why.startswith("refused by the database"):
        return "report it with the log's line"
    return "of a newer version? upgrade the hub, then waystation-hub quarantine retry"


def _overheard(facts: Facts) -> Iterator[Finding]:
    if facts.strangers:
        words = f"{_few(facts.strangers, len(facts.strangers))}: heard now, and not registered here"
        yield Finding(False, "unknown", f"{words}: take them out of the broker's users, or waystation-hub station add")
    if facts.revoked:
        words = f"{_few(facts.revoked, len(facts.revoked))}: heard now, and revoked: the broker still lets them in"
        yield Finding(False, "revoked", f"{words}; take them out of its users and reload it")
    heard = None if facts.broker is None else facts.broker.heard
    if heard is None or not heard.ahead_s:
        return
    off = {id_: ahead for id_, ahead in heard.ahead_s.items() if abs(ahead) > SKEW_S}
    if len(off) > 1 and len(off) == len(heard.ahead_s):
        middle = sorted(off.values())[len(off) // 2]
        side = "behind" if middle > 0 else "ahead of"
        words = (
            f"this machine's is {span(abs(middle))} {side} that of every station heard: look at its own time service"
        )
        yield Finding(False, "clocks", words)
    elif off:
        told = [f"{id_} {span(abs(ahead))} {'ahead' if ahead > 0 else 'behind'}" for id_, ahead in sorted(off.items())]
        yield Finding(False, "clocks", f"{_few(told, len(told))}: a wrong clock, or envelopes that waited on the way")
    else:
        most = max(abs(ahead) for ahead in heard.ahead_s.values())
        yield Finding(
            True, "clocks", f"{len(heard.ahead_s)} stations heard agree with this machine within {span(most)}"
        )


def _few(names: Sequence[str], of: int) -> str:
    shown = list(names[:FEW])
    return ", ".join(shown) + (f" and {of - len(shown)} more" if of > len(shown) else "")
