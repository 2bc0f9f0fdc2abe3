"""How the devices answer, in words. Pure."""

from collections.abc import Iterator, Mapping

from edge.doctor.facts import Facts
from edge.driver import Driver
from edge.status import EVERY_S, DeviceStatus
from edge.troubles import FEW, MANY, STOPPED_S
from shared.span import span

KINDS = {
    "silence": "silence",
    "garbled": "CRC errors",
    "exception": "the device says that it cannot",
    "wrong_count": "answers to another question",
    "bad_frame": "values that cannot be",
    "port_gone": "no port",
    "lost": "a lost or silent port",
}

Row = tuple[bool, str, str]


def devices(facts: Facts) -> Iterator[Row]:
    """Whether it is fine, which device, and the words, for each of the wiring."""
    status = facts.status if facts.holder is not None else None
    told = {} if status is None else {device.name: device for device in status.devices}
    began_s = 0.0 if status is None else status.running_s
    where = {device.name: line.name for line in facts.settings.lines for device in line.devices}
    for name, driver in facts.settings.drivers.items():
        about = f"device {name} ({driver.model}{f' on {where[name]}' if name in where else ''})"
        if name in facts.asked:
            why = facts.asked[name]
            yield why is None, about, "answers" if why is None else f"does not answer: {why}"
        elif name in told:
            fine, words = _told(told[name], driver, began_s, facts.since_s)
            yield fine, about, words
        else:
            yield True, about, "not asked: no agent runs (--ask asks it now)" if status is None else "not asked yet"


def _told(device: DeviceStatus, driver: Driver, began_s: float, age_s: float) -> tuple[bool, str]:
    failures = _kinds(device.failures)
    if device.answered_s is None:
        if not failures:
            return True, "not asked yet"
        return began_s < STOPPED_S, f"has never answered since the agent started {span(began_s)} ago ({failures})"
    answered_s = device.answered_s + age_s
    if answered_s > max(driver.fresh_s, STOPPED_S) + EVERY_S:
        recent = _kinds(device.recent_failures) or failures
        return False, f"stopped answering {span(answered_s)} ago ({recent})"
    asked = device.recent_answers + sum(device.recent_failures.values())
    failed = sum(device.recent_failures.values())
    if driver.stream is not None:
        lost = f", lost or silent {failed} times lately" if failed else f", {asked} lately"
        return failed < FEW, f"last report {span(answered_s)} ago{lost}"
    words = f"last answer {span(answered_s)} ago"
    if not failed:
        return True, f"{words}, none of the last {asked} questions failed"
    share = failed / asked
    shares = ", ".join(f"{KINDS.get(kind, kind)} {count / asked:.1%}" for kind, count in _most(device.recent_failures))
    return failed < FEW or share <= MANY, f"{words}; of the last {asked} questions: {shares}"


def _most(failures: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(failures.items(), key=lambda pair: -pair[1])


def _kinds(failures: Mapping[str, int]) -> str:
    return ", ".join(f"{count} x {KINDS.get(kind, kind)}" for kind, count in _most(failures))
