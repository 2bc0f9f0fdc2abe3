"""What the people of a station say at its kiosk: check-ins, faces with reasons, and now and then a child at the glass.

Lines of a recording's events.csv: `checkin` ("courier tap", with "burst" behind where the kiosk would mark it) and
`feedback` ("2 food"). A day is the same whenever it is drawn.
"""

from collections.abc import Iterator
from random import Random

from shared.settings_message import OCCUPATIONS
from simulators.chance import chance
from simulators.people import DAY_S, Visit, day_start, draw_visits, local_day

Event = tuple[float, str, str]
"""Instant, event, detail."""
CHECKS_IN, ANSWERS = 0.55, 0.15
"""Share of those who come."""
PLAYS = 0.08
"""On so many days somebody plays with the glass."""
TAPS, MARKED_FROM = 14, 3
WEIGHTS = (30, 22, 6, 25, 6, 5, 2, 4)
"""How often each occupation comes, in the order of the regulation."""
FACES = {4: 55, 3: 30, 2: 9, 1: 6}
REASONS = ("food", "water", "climate", "seats", "cleanliness")


def said(seed: str, start: float, end: float, visits_per_day: float, sockets: int) -> Iterator[Event]:
    """Everything said from `start` to `end`, epoch seconds, in order of time."""
    for day in range(local_day(start), local_day(end) + 1):
        rng = chance(seed, "saying", day)
        events = [event for visit in draw_visits(seed, day, visits_per_day, sockets) for event in _of_visit(visit, rng)]
        if rng.random() < PLAYS:
            events += _plays(day_start(day) + rng.uniform(0.4, 0.7) * DAY_S)
        yield from sorted(event for event in events if start <= event[0] < end)


def _of_visit(visit: Visit, rng: Random) -> Iterator[Event]:
    job = rng.choices([choice.id for choice in OCCUPATIONS], WEIGHTS)[0]
    how = rng.choices(("tap", "phone", "card"), (80, 15, 5))[0]
    checks_in, answers = rng.random() < CHECKS_IN, rng.random() < ANSWERS
    score = rng.choices(list(FACES), list(FACES.values()))[0]
    reason = rng.choice(REASONS)
    if checks_in:
        yield round(visit.arrive + 20, 2), "checkin", f"{job} {how}"
    if answers:
        yield round(visit.leave - 20, 2), "feedback", f"{score} {reason}" if score <= 2 else str(score)


def _plays(at: float) -> list[Event]:
    taps = [(round(at + 2.5 * number, 2), number >= MARKED_FROM) for number in range(TAPS)]
    return [(moment, "checkin", "other tap burst" if marked else "other tap") for moment, marked in taps]
