"""What an evaluation writes: report.md with its charts for people, windows.csv and summary.json for programs."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.evaluation import charts, figures, tables
from tests.evaluation.catalogue import KINDS
from tests.evaluation.figures import POINTS
from tests.evaluation.outcome import Window
from tests.evaluation.parallel import Judged, Real
from tests.evaluation.shares import Share
from tests.evaluation.tables import moment, points
from tests.evaluation.truth import STATES

SAID = {
    "agreement": ("proposal equals truth, of the decided", "≥ 93 %"),
    "agreement_off_edge": ("the same, more than one point of availability off a band's edge", "≥ 97 %"),
    "false_high": ("proposal above truth, of the decided", "≤ 1 %"),
    "critical_false_high": ("10 proposed, of the windows that are 2", "0"),
    "false_low": ("proposal below truth, of the decided", ""),
    "none_rate": ("no proposal, of those heard for 90 % and more of the opening hours", "≤ 12 %"),
    "none_rate_all": ("no proposal, of all", ""),
    "faults_found": ("said at all, of the faults true for an hour", ""),
    "cause_accuracy": ("cause right, of the faults found", "≥ 90 %"),
}
ALARMS_TARGET = 0.05


def write(judged: Judged, seed: str, elapsed_s: float, folder: Path) -> str:
    """Write all of it; returns the report's text."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = charts.draw(judged.windows, folder)
    text = "\n".join(_report(judged, seed, elapsed_s, drawn)) + "\n"
    (folder / "report.md").write_text(text, "utf-8")
    said = json.dumps(tables.summary(judged, seed, elapsed_s), indent=2)
    (folder / "summary.json").write_text(said + "\n", "utf-8")
    tables.rows(judged.windows, folder / "windows.csv")
    return text


def _report(judged: Judged, seed: str, elapsed_s: float, drawn: Sequence[tuple[str, str]]) -> Iterator[str]:
    windows = judged.windows
    truths = ", ".join(f"{sum(one.truth.points == points for one in windows)} × {points}" for points in POINTS)
    scenarios = sum(bool(one.case.scenario) for one in windows)
    days = sorted({one.plan.days for one in windows})
    yield f"# Evaluation: {len(windows)} windows of {days[0]:g} to {days[-1]:g} days, seed {seed}\n"
    yield f"Truth by the physics: {truths}. {scenarios} windows are scenarios of health.md B5. {elapsed_s:.0f} s.\n"
    yield from _headline(windows)
    yield from (f"\n![{text}]({name})" for name, text in drawn)
    yield from _confusions(windows)
    yield from _nones(windows)
    yield from _times(windows)
    yield from _fates(windows)
    yield from _scenarios(windows)
    yield from _wrong(windows)
    yield from _recordings(judged.real)
    if judged.failures:
        yield "\n## Failed\n"
        yield from (f"- {failure}" for failure in judged.failures)


def _headline(windows: Sequence[Window]) -> Iterator[str]:
    seen, hidden = figures.visible(windows), figures.invisible(windows)
    everything, unseen = figures.headline(windows), figures.headline(hidden)
    yield f"The headline is of the {len(seen)} windows whose faults some signal shows; {len(hidden)} are invisible.\n"
    yield "| figure | visible | of | 95 % (Wilson) | to reach | invisible | all | |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, share in figures.headline(seen).items():
        low, high = share.interval
        text, target = SAID[name]
        beside = f"{_percent(unseen[name])} ({unseen[name].part}/{unseen[name].whole}) | {_percent(everything[name])}"
        interval = f"{low:.1%} – {high:.1%}"
        yield f"| {name} | {_percent(share)} | {share.part}/{share.whole} | {interval} | {target} | {beside} | {text} |"
    agreed, alarms = figures.kappa(seen), figures.healthy_false_alarms(windows)
    rate = "–" if alarms.value is None else f"{alarms.value:.3f}"
    yield f"\nWeighted kappa: {'–' if agreed is None else f'{agreed:.3f}'}."
    yield (
        f"False alarms in windows without any fault: {alarms.events} in {alarms.months:.1f} facility-months, "
        f"{rate} a month (≤ {ALARMS_TARGET})."
    )
    for one in windows:
        if one.healthy and one.false_alarms:
            said = ", ".join(f"{spell.rule} {spell.state} {moment(spell.since)}" for spell in one.false_alarms)
            yield f"- window {one.case.number} ({one.case.kind}, {one.case.variant or 'plain'}): {said}"


def _confusions(windows: Sequence[Window]) -> Iterator[str]:
    yield "\n## Truth against proposal\n\n| kind | truth | 10 | 6 | 2 | none |\n|---|---|---|---|---|---|"
    for kind in (*KINDS, "all"):
        those = [one for one in windows if kind in ("all", one.case.kind)]
        for truth, row in figures.confusion(those).items():
            yield f"| {kind} | {truth} | {' | '.join(str(count) for count in row.values())} |"


def _nones(windows: Sequence[Window]) -> Iterator[str]:
    reasons = ", ".join(f"{rule} {count}" for rule, count in sorted(figures.none_by_rule(windows).items()))
    untrue = figures.none_untrue(windows)
    yield f"\n## No proposal\n\nBy rule: {reasons or 'never'}. Reasons that are not so: {len(untrue)}.\n"
    for one in untrue:
        yield f"- {_named(one)}: {one.answer.rule}, truth {one.truth.points}, heard {one.heard:.0%}{_spells(one)}"


def _times(windows: Sequence[Window]) -> Iterator[str]:
    yield "\n## Time to detect, and to clear\n"
    yield "Minutes from the first minute a fault was physically true to its confirmation, and from the first minute it"
    yield "was well again to the end of the spell. *Own* is without what no rule can help (silence, closed hours, uses"
    yield "that did not come); it is to be within what is stated and 5 min.\n"
    columns = "faults | median | p95 | own median | own p95 | stated | within | clear median | clear p95"
    yield f"| first said by | {columns} |\n|{'---|' * 10}"
    for one in figures.times(figures.visible(windows)):
        within = "–" if one.within is None else "yes" if one.within else "**no**"
        cells = [
            one.rule,
            str(len(one.delays)),
            *(_minutes(value) for value in (one.median, one.p95(one.delays), one.charged_median, one.p95(one.charged))),
            _minutes(one.stated),
            within,
            _minutes(one.clear_median),
            _minutes(one.p95(one.cleared)),
        ]
        yield f"| {' | '.join(cells)} |"


def _fates(windows: Sequence[Window]) -> Iterator[str]:
    yield "\n## Fault by fault\n\n| kind | fault | windows | found | truth → proposal (rule) |\n|---|---|---|---|---|"
    for fate in figures.fates(windows):
        said = ", ".join(f"{truth} → {points(given)} ({rule}) × {n}" for truth, given, rule, n in fate.answers)
        yield f"| {fate.kind} | {fate.how or '–'} | {fate.n} | {fate.found.part}/{fate.found.whole} | {said} |"


def _scenarios(windows: Sequence[Window]) -> Iterator[str]:
    staged = sorted((one for one in windows if one.case.scenario), key=lambda one: one.case.scenario)
    as_expected = sum(one.answer.points in one.case.expected for one in staged)
    yield f"\n## Scenarios of health.md B5: {as_expected} of {len(staged)} as it expects\n"
    yield "| | kind | fault | expected | truth | proposed | |\n|---|---|---|---|---|---|---|"
    for one in staged:
        expected = " or ".join(points(value) for value in one.case.expected)
        mark = "" if one.answer.points in one.case.expected else "**differs**"
        given = f"{points(one.answer.points)} ({one.answer.rule})"
        cells = [one.case.scenario, one.case.kind, one.case.how or "–", expected, str(one.truth.points), given, mark]
        yield f"| {' | '.join(cells)} |"


def _wrong(windows: Sequence[Window]) -> Iterator[str]:
    missed = figures.wrong(windows)
    yield f"\n## Decided otherwise than true: {len(missed)}\n"
    for one in missed:
        trouble = one.case.trouble
        lasted = ""
        if trouble is not None:
            until = "the visit" if trouble.until is None else moment(trouble.until)
            lasted = f"; from {moment(trouble.onset)} to {until}"
        how = "never said" if one.found is None else f"said by {one.found.rule} after {one.found.delay:.0f} min"
        yield (
            f"- {_named(one)}: truth {one.truth.points} ({one.truth.availability:.1%}, {STATES[one.truth.at_visit]} at "
            f"the visit), proposed {one.answer.points} by {one.answer.rule} (judged {_judged(one)}); visit "
            f"{moment(one.plan.visit)}{lasted}; {how}{f', doubted by {one.doubted}' if one.doubted else ''}"
            f"{', invisible' if one.case.invisible else ''}{_spells(one)}"
        )


def _recordings(real: Real) -> Iterator[str]:
    yield "\n## Real recordings\n"
    if not real.appliances and real.door is None and not real.store:
        yield "None were given (`--recordings` or WAYSTATION_RECORDINGS)."
        return
    yield "| recording | kind | hours | minutes by state | false alarms | anomalies found | to find |"
    yield "|---|---|---|---|---|---|---|"
    for one in sorted(real.appliances, key=lambda one: one.name):
        states = ", ".join(f"{state} {count}" for state, count in sorted(one.minutes.items()))
        expected = str(one.expected) if one.expected else "–"
        yield f"| {one.name} | {one.kind} | {one.hours:g} | {states} | {one.false_alarms} | {one.found} | {expected} |"
    for one in real.appliances:
        for spell in one.anomalies:
            yield f"- {one.name}: {spell.rule} {spell.state} from {spell.since} to {spell.until or 'its end'}"
    if real.door is not None:
        door = real.door
        yield (
            f"\nFootfall of {door.name} through two beams: {door.counted_in} of {door.entered} in, "
            f"{door.counted_out} of {door.left} out; no half hour is off by more than {door.worst_half_hour}."
        )
    for row in real.store:
        yield (
            f"\nCold store {row.name}, {row.side} of {row.limit:g} ℃: {row.logged.part} of {row.logged.whole} logged "
            f"alarms seen; {row.said.part} of {row.said.whole} of our episodes had an alarm in its log."
        )


def _named(one: Window) -> str:
    case = one.case
    size = "" if case.trouble is None or case.trouble.size is None else f" {case.trouble.size:g}"
    parts = [case.scenario, case.kind, f"{case.how or 'healthy'}{size}", case.variant]
    return f"window {case.number} ({', '.join(part for part in parts if part)})"


def _spells(one: Window) -> str:
    bad = [spell for spell in one.answer.spells if spell.state != "ok"][-4:]
    said = ", ".join(
        f"{spell.rule} {spell.state} {moment(spell.since)[5:]}–{'' if spell.until is None else moment(spell.until)[5:]}"
        for spell in bad
    )
    return f"; spells: {said}" if said else ""


def _judged(one: Window) -> str:
    return "–" if one.answer.available is None else f"{one.answer.available:.1f} %"


def _percent(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.1%}"


def _minutes(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
