"""What an evaluation writes: report.md for people, windows.csv for whoever asks on, summary.json for programs."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.evaluation import figures
from tests.evaluation.catalogue import DAY_S, KINDS
from tests.evaluation.figures import POINTS, Share
from tests.evaluation.outcome import Window
from tests.evaluation.plans import DAYS, LEARNING_DAYS

NOT_MEASURED = {
    "invisible": "the simulators have no fault that the signals cannot see (a weak magnetron with normal input)",
    "recordings": "recordings of real appliances are judged in tests/edge/health, not here",
}
MONTHS = (DAYS + LEARNING_DAYS) / 30
"""Facility-months a window was watched, learning included."""


def write(windows: Sequence[Window], seed: str, folder: Path) -> str:
    """Write all three; returns the report's text."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(_report(windows, seed)) + "\n"
    (folder / "report.md").write_text(text, "utf-8")
    (folder / "summary.json").write_text(json.dumps(summary(windows, seed), indent=2) + "\n", "utf-8")
    with (folder / "windows.csv").open("w", newline="", encoding="utf-8") as file:
        rows = [_row(window) for window in windows]
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return text


def shares(windows: Sequence[Window]) -> dict[str, Share]:
    """The headline shares by name."""
    return {
        "agreement": figures.agreement(windows),
        "agreement_off_edge": figures.agreement(figures.off_edge(windows)),
        "false_high": figures.false_high(windows),
        "critical_false_high": figures.critical(windows),
        "false_low": figures.false_low(windows),
        "none_rate": figures.none(windows),
        "none_rate_covered": figures.none(figures.covered(windows)),
        "faults_found": figures.found(windows),
        "cause_accuracy": figures.cause_right(windows),
    }


def summary(windows: Sequence[Window], seed: str) -> dict[str, object]:
    """The figures by name; shares are fractions, null of nothing."""
    named = shares(windows)
    alarms = figures.healthy_false_alarms(windows, MONTHS)
    return {
        "seed": seed,
        "days": DAYS,
        "windows": len(windows),
        "truth_2_windows": sum(window.truth.points == 2 for window in windows),
        **{name: share.value for name, share in named.items()},
        "weighted_kappa": figures.kappa(windows),
        "healthy_false_alarms_per_facility_month": alarms.value,
        "none_by_rule": dict(sorted(figures.none_by_rule(windows).items())),
        "detection_delay_minutes": {one.rule: one.median for one in figures.delays(windows)},
        "intervals": {name: share.interval for name, share in named.items()},
        "counts": {name: [share.part, share.whole] for name, share in named.items()},
        "not_measured": NOT_MEASURED,
    }


SAID = {
    "agreement": "proposal equals truth, of the decided",
    "agreement_off_edge": "the same, more than one point of availability off a band's edge",
    "false_high": "proposal above truth, of the decided",
    "critical_false_high": "10 proposed, of the windows that are 2",
    "false_low": "proposal below truth, of the decided",
    "none_rate": "no proposal",
    "none_rate_covered": "no proposal, of the windows seen for 90 % and more",
    "faults_found": "said at all, of the faults true for an hour",
    "cause_accuracy": "cause right, of the faults found",
}


def _report(windows: Sequence[Window], seed: str) -> Iterator[str]:
    truths = ", ".join(f"{sum(one.truth.points == points for one in windows)} × {points}" for points in POINTS)
    yield f"# Evaluation: {len(windows)} windows of {DAYS:g} days, seed {seed}\n"
    yield f"Truth by the physics: {truths}.\n"
    yield "| figure | share | of | 95 % (Wilson) | |\n|---|---|---|---|---|"
    for name, share in shares(windows).items():
        low, high = share.interval
        yield f"| {name} | {_percent(share)} | {share.part}/{share.whole} | {low:.1%} – {high:.1%} | {SAID[name]} |"
    agreed = figures.kappa(windows)
    alarms = figures.healthy_false_alarms(windows, MONTHS)
    rate = "–" if alarms.value is None else f"{alarms.value:.2f}"
    yield f"\nWeighted kappa: {'–' if agreed is None else f'{agreed:.2f}'}."
    yield f"False alarms in healthy windows: {alarms.events} in {alarms.months:.1f} facility-months ({rate} a month).\n"
    yield from _confusions(windows)
    reasons = ", ".join(f"{rule} {count}" for rule, count in sorted(figures.none_by_rule(windows).items()))
    yield f"\nNo proposal by rule: {reasons or 'none'}.\n"
    yield "## Time to detect\n\nFrom the first minute it was physically true to the confirmation; minutes.\n"
    yield "| first said by | faults | median | longest |\n|---|---|---|---|"
    for one in figures.delays(windows):
        yield f"| {one.rule} | {one.n} | {one.median:.0f} | {one.longest:.0f} |"
    yield "\n## Fault by fault\n\n| kind | fault | windows | found | truth → proposal (rule) |\n|---|---|---|---|---|"
    for fate in figures.fates(windows):
        said = ", ".join(f"{truth} → {_points(points)} ({rule}) × {n}" for truth, points, rule, n in fate.answers)
        yield f"| {fate.kind} | {fate.how or '–'} | {fate.n} | {fate.found.part}/{fate.found.whole} | {said} |"
    yield from _wrong(windows)
    yield "\n## Not measured\n"
    for name, why in NOT_MEASURED.items():
        yield f"- {name}: {why}."


def _confusions(windows: Sequence[Window]) -> Iterator[str]:
    yield "## Truth against proposal\n\n| kind | truth | 10 | 6 | 2 | none |\n|---|---|---|---|---|---|"
    for kind in (*KINDS, "all"):
        those = [one for one in windows if kind in ("all", one.case.kind)]
        for truth, row in figures.confusion(those).items():
            yield f"| {kind} | {truth} | {' | '.join(str(count) for count in row.values())} |"


def _wrong(windows: Sequence[Window]) -> Iterator[str]:
    yield "\n## Decided otherwise than true\n"
    for one in figures.wrong(windows):
        truth, answer = one.truth, one.answer
        yield (
            f"- window {one.case.number} ({one.case.kind}, {one.how or 'healthy'}; visit {_time(one.plan.visit)}): "
            f"truth {truth.points} ({truth.availability:.1%}, {('fails', 'partly', 'works')[truth.at_visit]} at the "
            f"visit), proposed {answer.points} by {answer.rule}; fault from {_time(one.case.onset)} to "
            f"{'the visit' if one.case.until is None else _time(one.case.until)}; "
            f"{'never said' if one.found is None else f'said by {one.found.rule} after {one.found.delay_min:.0f} min'}"
        )


def _row(window: Window) -> dict[str, object]:
    plan, case, truth, answer, said = window.plan, window.case, window.truth, window.answer, window.found
    return {
        "window": case.number,
        "station": plan.seed,
        "visit": _time(plan.visit),
        "visits_per_day": plan.visits_per_day,
        "power_cut_minutes": round((plan.cut[1] - plan.cut[0]) / 60) if plan.cut else 0,
        "kind": case.kind,
        "aim": case.aim,
        "fault": window.how,
        "onset": _time(case.onset) if case.fault else "",
        "until": _time(case.until) if case.fault and case.until else "",
        "silent_share": round(sum(until - since for since, until in case.silences) / (DAYS * DAY_S), 4),
        "truth": truth.points,
        "true_availability": round(truth.availability, 4),
        "true_at_visit": ("fails", "partly", "works", "excluded")[truth.at_visit],
        "service_minutes": truth.service,
        "failing_minutes": truth.fails,
        "partly_minutes": truth.partly,
        "excluded_minutes": truth.excluded,
        "proposed": _points(answer.points),
        "rule": answer.rule,
        "confidence": answer.confidence or "",
        "coverage": round(answer.coverage / 100, 4),
        "availability": "" if answer.available is None else round(answer.available / 100, 4),
        "found_by": said.rule if said else "",
        "found_cause": said.cause if said else "",
        "delay_minutes": round(said.delay_min, 1) if said else "",
        "false_alarms": " ".join(f"{one.rule}@{_time(one.since)}" for one in window.false_alarms),
        "spells": " ".join(
            f"{one.rule}:{one.state}@{_time(one.since)}/{_time(one.until) if one.until else ''}"
            for one in answer.spells
            if one.state in ("degraded", "down")
        ),
    }


def _percent(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.1%}"


def _points(points: int | None) -> str:
    return "none" if points is None else str(points)


def _time(at: float) -> str:
    """UTC, to the minute."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%MZ")
