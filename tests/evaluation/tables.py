"""What programs read of an evaluation: summary.json and windows.csv."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.evaluation import figures
from tests.evaluation.outcome import Window
from tests.evaluation.parallel import Judged
from tests.evaluation.shares import Share
from tests.evaluation.truth import STATES


def summary(judged: Judged, seed: str, elapsed_s: float) -> dict[str, object]:
    """The figures by name; shares are fractions, null of nothing. Those of the headline are of visible windows."""
    windows = judged.windows
    seen = figures.visible(windows)
    named = figures.headline(seen)
    return {
        "seed": seed,
        "windows": len(windows),
        "truth_counts": _counts(str(one.truth.points) for one in windows),
        "truth_2_windows": sum(one.truth.points == 2 for one in windows),
        "windows_by_kind": _counts(one.case.kind for one in windows),
        "scenarios": sum(bool(one.case.scenario) for one in windows),
        **{name: share.value for name, share in named.items()},
        "kappa": figures.kappa(seen),
        "healthy_false_alarms_per_facility_month": figures.healthy_false_alarms(windows).value,
        "none_by_rule": dict(sorted(figures.none_by_rule(windows).items())),
        "none_untrue": len(figures.none_untrue(windows)),
        "delays_by_rule": {one.rule: _times(one) for one in figures.times(seen)},
        "intervals": {name: list(share.interval) for name, share in named.items()},
        "counts": {name: [share.part, share.whole] for name, share in named.items()},
        "invisible": _part(figures.invisible(windows)),
        "with_invisible": _part(windows),
        "recordings": [
            {
                "name": one.name,
                "kind": one.kind,
                "hours": one.hours,
                "minutes": dict(one.minutes),
                "false_alarms": one.false_alarms,
                "anomalies": [
                    {"rule": spell.rule, "state": spell.state, "since": spell.since, "until": spell.until}
                    for spell in one.anomalies
                ],
                "anomalies_expected": one.expected,
            }
            for one in judged.real.appliances
        ],
        "elapsed_s": round(elapsed_s, 1),
        "failures": judged.failures,
    }


def rows(windows: Sequence[Window], path: Path) -> None:
    """A line a window."""
    lines = [_row(window) for window in windows]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


def points(said: int | None) -> str:
    """Points as they are shown."""
    return "none" if said is None else str(said)


def moment(at: float) -> str:
    """UTC, to the minute."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%MZ")


def _part(windows: Sequence[Window]) -> Mapping[str, object]:
    shares: Mapping[str, Share] = figures.headline(windows)
    return {
        "windows": len(windows),
        "kappa": figures.kappa(windows),
        **{name: share.value for name, share in shares.items()},
        "counts": {name: [share.part, share.whole] for name, share in shares.items()},
    }


def _times(one: figures.Times) -> dict[str, object]:
    return {
        "faults": len(one.delays),
        "stated_min": one.stated,
        "median_min": round(one.median, 1),
        "p95_min": one.p95(one.delays),
        "own_median_min": round(one.charged_median, 1),
        "own_p95_min": one.p95(one.charged),
        "within_stated": one.within,
        "clear_median_min": one.clear_median,
        "clear_p95_min": one.p95(one.cleared),
    }


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _row(window: Window) -> dict[str, object]:
    plan, case, truth, answer, said = window.plan, window.case, window.truth, window.answer, window.found
    trouble = case.trouble
    return {
        "window": case.number,
        "station": plan.seed,
        "scenario": case.scenario,
        "visit": moment(plan.visit),
        "days": plan.days,
        "visits_per_day": plan.visits_per_day,
        "kind": case.kind,
        "aim": case.aim,
        "variant": case.variant,
        "fault": case.how,
        "size": "" if trouble is None or trouble.size is None else trouble.size,
        "invisible": int(case.invisible),
        "onset": "" if trouble is None else moment(trouble.onset),
        "until": "" if trouble is None or trouble.until is None else moment(trouble.until),
        "word": "" if case.word is None else case.word.answer,
        "befalls": " ".join(f"{turn.how or 'end'}@{moment(turn.at)}" for turn in plan.turns),
        "heard": round(window.heard, 4),
        "truth": truth.points,
        "true_availability": round(truth.availability, 4),
        "true_at_visit": STATES[truth.at_visit],
        "service_minutes": truth.service,
        "failing_minutes": truth.fails,
        "partly_minutes": truth.partly,
        "excluded_minutes": truth.excluded,
        "bad_since": "" if window.bad_since is None else moment(window.bad_since),
        "proposed": points(answer.points),
        "rule": answer.rule,
        "none_true": int(window.none_true),
        "confidence": answer.confidence or "",
        "coverage": round(answer.coverage / 100, 4),
        "availability": "" if answer.available is None else round(answer.available / 100, 4),
        "found_by": said.rule if said else "",
        "found_state": said.state if said else "",
        "found_cause": said.cause if said else "",
        "delay_minutes": round(said.delay, 1) if said else "",
        "own_delay_minutes": round(said.charged, 1) if said else "",
        "clear_minutes": round(said.cleared, 1) if said and said.cleared is not None else "",
        "doubted_by": window.doubted,
        "false_alarms": " ".join(f"{one.rule}@{moment(one.since)}" for one in window.false_alarms),
        "spells": " ".join(
            f"{one.rule}:{one.state}@{moment(one.since)}/{moment(one.until) if one.until else ''}"
            for one in answer.spells
            if one.state != "ok"
        ),
    }
