"""Which windows are evaluated: drawn from a seed alone. Pure.

Half of all windows are drawn to end as 2, a third to be healthy, the rest to end as 6; the scenarios count in. Of the
healthy a part is confusing (`variants.py`), a part has a sensor that fails, a part a fault too small to matter. Of the
drawn breakdowns one in twenty is invisible to every signal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from simulators.appliance import physics
from simulators.chance import chance
from tests.evaluation import variants
from tests.evaluation.catalogue import FAULTS, KINDS, Fault
from tests.evaluation.chances import in_turn, log_uniform, silences
from tests.evaluation.plans import Aim, Case, Plan, Trouble, Word
from tests.evaluation.scenarios import staged
from tests.evaluation.stations import fresh, open_share

SHORTEST_FAULT_S = 600.0
SILENT_SHARE = (0.001, 0.35)
"""Nothing is heard for a log-uniform share of a window within these: in part its agent is away (`stations.py`)."""
VARIANT_SHARE = {"healthy": 0.75, "6": 0.25, "2": 0.25}
"""How often a facility is a confusing one: faults may befall those, too."""
SENSOR_SHARE, MILD_SHARE = 0.2, 0.1
"""Of the healthy windows: a sensor fails; a fault is too small to keep it from its job."""
INVISIBLE_SHARE = 0.05
"""Of the drawn breakdowns."""
HONEST, DISHONEST = 0.6, 0.1
WORD_S = (2 * 3600.0, 24 * 3600.0)
SPOKEN_FOR = frozenset({"air_conditioner", "microwave"})
"""Of these the station head walks by and says whether they work."""
HIGH, LOW = 0.97, 0.85
"""The bands of availability (health.md B2)."""
TRIES = 3000
SCENARIO_SHARE = 28 / 400


@dataclass(slots=True)
class _Slot:
    """A facility of a station that waits for its window."""

    station: int
    kind: str
    aim: Aim = "healthy"
    invisible: bool = False


def available() -> tuple[Fault, ...]:
    """The faults of the catalogue that the physics has."""
    return tuple(fault for fault in FAULTS if fault.how in physics()[(fault.where or fault.kind).split("-")[0]].faults)


def draw(seed: str, windows: int) -> list[Plan]:
    """So many windows in stations. A few hundred hold all scenarios, fewer a fair share of them, by the seed."""
    rng = chance("evaluation", seed)
    scenes = staged(rng, round(windows * SCENARIO_SHARE))
    plans = [scene.plan for scene in scenes]
    slots = [
        _Slot(number, kind)
        for number, scene in enumerate(scenes)
        if not scene.alone
        for kind in KINDS
        if kind != scene.plan.cases[0].kind
    ]
    missing = windows - len(plans)
    while len(slots) < missing:
        slots += [_Slot(len(plans), kind) for kind in KINDS]
        plans.append(fresh(rng))
    slots = slots[:missing]
    _aim(rng, slots, [plan.cases[0].aim for plan in plans if plan.cases], windows)
    faults = available()
    broken = {kind: in_turn(rng, _breakdowns(faults, kind)) for kind in KINDS}
    hidden = {
        kind: in_turn(rng, [one for one in faults if one.kind == kind and one.invisible] or [None]) for kind in KINDS
    }
    for slot in slots:
        plan = plans[slot.station]
        case = _case(rng, plan, slot, hidden[slot.kind] if slot.invisible else broken[slot.kind], faults)
        plans[slot.station] = replace(plan, cases=(*plan.cases, case))
    return _numbered(seed, plans)


def _breakdowns(faults: tuple[Fault, ...], kind: str) -> list[Fault]:
    return [one for one in faults if one.kind == kind and one.effect != "none" and not one.invisible]


def _aim(rng: Random, slots: list[_Slot], settled: list[Aim], windows: int) -> None:
    """Deal out what the scenarios left of the fixed shares, and which breakdowns are invisible."""
    left = {"2": round(windows / 2), "healthy": round(windows / 3)}
    left["6"] = windows - sum(left.values())
    aims: list[Aim] = []
    for aim in ("2", "healthy", "6"):
        aims += [aim] * max(0, left[aim] - settled.count(aim))
    rng.shuffle(aims)
    for slot, aim in zip(slots, aims, strict=False):
        slot.aim = aim
    hideable = {fault.kind for fault in available() if fault.invisible}
    could = [slot for slot in slots if slot.aim != "healthy" and slot.kind in hideable]
    wanted = round(INVISIBLE_SHARE * sum(1 for slot in slots if slot.aim != "healthy"))
    for slot in rng.sample(could, min(wanted, len(could))):
        slot.invisible = True


def _case(
    rng: Random, plan: Plan, slot: _Slot, faults: "Iterator[Fault] | Iterator[Fault | None]", known: tuple[Fault, ...]
) -> Case:
    window = (plan.start, plan.visit)
    away = sum(until - since for since, until in plan.silences) / (plan.visit - plan.start)
    share = max(0.0, log_uniform(rng, *SILENT_SHARE) - away)
    variant = variants.draw(rng, slot.kind) if rng.random() < VARIANT_SHARE[slot.aim] else variants.PLAIN
    case = Case(
        0,
        slot.kind,
        slot.aim,
        (),
        silences(rng, window, share),
        variant.simulated,
        variant.options,
        variant.name,
    )
    if slot.aim == "healthy":
        trouble = _harmless(rng, slot.kind, known, plan)
        return case if trouble is None else replace(case, troubles=(trouble,))
    trouble = _harmful(rng, slot.aim, faults, plan)
    return replace(case, troubles=(trouble,), word=_word(rng, trouble.fault))


def _harmless(rng: Random, kind: str, known: tuple[Fault, ...], plan: Plan) -> Trouble | None:
    """A broken sensor, or a fault that leaves it doing its job; mostly nothing at all."""
    dice = rng.random()
    sensors = [fault for fault in known if fault.kind == kind and fault.of_sensor]
    mild = [fault for fault in known if fault.kind == kind and not fault.of_sensor and _can_be_mild(fault)]
    among = sensors if dice < SENSOR_SHARE else mild if dice < SENSOR_SHARE + MILD_SHARE else []
    if not among:
        return None
    fault = rng.choice(among)
    sizes = (fault.sizes or (0.0, 1.0)) if fault.effect == "none" else (0.0, fault.fails_from * 0.8)
    size = None if fault.sizes is None else round(rng.uniform(*sizes), 3)
    return Trouble(fault, *_span(rng, plan), size)


def _can_be_mild(fault: Fault) -> bool:
    return not fault.invisible and (fault.effect == "none" or fault.fails_from > 0)


def _harmful(rng: Random, aim: Aim, faults: "Iterator[Fault] | Iterator[Fault | None]", plan: Plan) -> Trouble:
    for fault in faults:
        assert fault is not None
        for _ in range(TRIES):
            size = None if fault.sizes is None else round(rng.uniform(*fault.sizes), 3)
            trouble = Trouble(fault, *_span(rng, plan), size)
            if predicted(trouble, plan) == aim:
                return trouble
    raise AssertionError("the faults come round for ever")


def _span(rng: Random, plan: Plan) -> tuple[float, float | None]:
    """Onset within the window, duration log-uniform up to its length; None where it reaches the visit."""
    onset = rng.uniform(plan.start, plan.visit - SHORTEST_FAULT_S)
    until = onset + log_uniform(rng, SHORTEST_FAULT_S, plan.visit - plan.start)
    return onset, until if until < plan.visit else None


def predicted(trouble: Trouble, plan: Plan) -> Aim:
    """The points a window with this fault is about to end as; the physics may say otherwise."""
    effect, since = trouble.fault.does(trouble.size), trouble.onset + trouble.fault.lag_s(trouble.size)
    if effect == "none" or since >= (trouble.until or plan.visit):
        return "healthy"
    share = open_share(plan, (since, trouble.until or plan.visit))
    if effect == "part":
        return "6" if trouble.until is None or share > 0.1 else "healthy"
    if trouble.until is None or share > 1 - LOW:
        return "2"
    return "6" if share > 1 - HIGH else "healthy"


def _word(rng: Random, fault: Fault) -> Word | None:
    if fault.kind not in SPOKEN_FOR or fault.invisible:
        return None
    dice, after = rng.random(), rng.uniform(*WORD_S)
    if dice < DISHONEST:
        return Word("yes", after)
    return Word("no", after) if dice < DISHONEST + HONEST else None


def _numbered(seed: str, plans: list[Plan]) -> list[Plan]:
    """Stations in order, those with most days first: the last to be judged should not be the longest."""
    count, found = 0, []
    for number, plan in enumerate(sorted(plans, key=_work, reverse=True)):
        cases = tuple(replace(case, number=count + place) for place, case in enumerate(plan.cases))
        count += len(cases)
        found.append(replace(plan, number=number, seed=f"evaluation-{seed}-{number}", cases=cases))
    return found


def _work(plan: Plan) -> float:
    return plan.days * len(plan.cases)
