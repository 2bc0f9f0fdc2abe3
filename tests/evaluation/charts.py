"""Charts of an evaluation, as SVG files beside the report."""

from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from tests.evaluation import figures
from tests.evaluation.catalogue import KINDS
from tests.evaluation.figures import POINTS
from tests.evaluation.outcome import Window
from tests.evaluation.truth import HIGH, LOW

COLOURS = {10: "#2a7f3f", 6: "#b07a00", 2: "#b3261e"}
MARKS = {10: "o", 6: "^", 2: "s"}


def draw(windows: Sequence[Window], folder: Path) -> list[tuple[str, str]]:
    """Draw all of them; returns file names with what they show."""
    charts: list[tuple[str, str, Callable[[Sequence[Window]], Figure]]] = [
        ("confusion.svg", "Truth against proposal, by kind", confusion),
        ("shares.svg", "Headline shares of visible windows with Wilson intervals", shares),
        ("delays.svg", "Time to detect by rule, against what is stated", delays),
        ("availability.svg", "Availability: true against judged", availability),
    ]
    with mpl.rc_context({"svg.hashsalt": "evaluation", "font.size": 9}):
        for name, _, chart in charts:
            figure = chart(windows)
            FigureCanvasSVG(figure)
            figure.savefig(folder / name, format="svg", metadata={"Date": None, "Creator": None})
    return [(name, text) for name, text, _ in charts]


def confusion(windows: Sequence[Window]) -> Figure:
    """A heat map a kind: rows are the truth."""
    figure = Figure(figsize=(9, 5.4), layout="constrained")
    panels = figure.subplots(2, 3).ravel()
    for panel, kind in zip(panels, (*KINDS, "all"), strict=True):
        table = figures.confusion([one for one in windows if kind in ("all", one.case.kind)])
        counts = [list(row.values()) for row in table.values()]
        panel.imshow(counts, cmap="Blues", vmin=0, vmax=max(1, *(max(row) for row in counts)))
        panel.set_title(kind.replace("_", " "))
        panel.set_xticks(range(4), ["10", "6", "2", "none"])
        panel.set_yticks(range(3), ["10", "6", "2"])
        panel.set_xlabel("proposed")
        panel.set_ylabel("true")
        top = max(1, *(max(row) for row in counts))
        for row, cells in enumerate(counts):
            for column, n in enumerate(cells):
                colour = "white" if n > top / 2 else "black"
                panel.text(column, row, str(n), ha="center", va="center", color=colour)
    return figure


def shares(windows: Sequence[Window]) -> Figure:
    """Every headline share with its interval."""
    named = figures.headline(figures.visible(windows))
    figure = Figure(figsize=(8, 3.6), layout="constrained")
    panel = figure.subplots()
    for place, share in enumerate(reversed(list(named.values()))):
        low, high = share.interval
        panel.plot([low, high], [place, place], color="#555", linewidth=2)
        if share.value is not None:
            panel.plot(share.value, place, "o", color="#1f4e9e")
    panel.set_yticks(range(len(named)), [f"{name} ({s.part}/{s.whole})" for name, s in reversed(list(named.items()))])
    panel.set_xlim(0, 1)
    panel.set_xlabel("share, 95 % interval")
    panel.grid(axis="x", alpha=0.3)
    return figure


def delays(windows: Sequence[Window]) -> Figure:
    """A dot a fault; the bar is what the rule states."""
    times = list(reversed(figures.times(figures.visible(windows))))
    figure = Figure(figsize=(8, 1.2 + 0.26 * max(1, len(times))), layout="constrained")
    panel = figure.subplots()
    for place, one in enumerate(times):
        panel.plot(one.charged, [place] * len(one.charged), "o", color="#1f4e9e", alpha=0.5, markersize=4)
        if one.stated is not None:
            panel.plot([one.stated], [place], "|", color="#b3261e", markersize=12, markeredgewidth=2)
    panel.set_yticks(range(len(times)), [f"{one.rule} ({len(one.delays)})" for one in times])
    panel.set_xscale("symlog", linthresh=10)
    panel.set_xlabel("minutes from the start of the rule's clock; red: stated")
    panel.grid(axis="x", alpha=0.3)
    return figure


def availability(windows: Sequence[Window]) -> Figure:
    """Judged availability above true availability, of the minutes that could be judged."""
    figure = Figure(figsize=(6, 5.4), layout="constrained")
    panel: Axes = figure.subplots()
    for points in POINTS:
        for decided in (True, False):
            those = [one for one in windows if one.truth.points == points and one.decided is decided]
            seen = [(one.truth.availability, one.answer.available) for one in those]
            panel.plot(
                [true for true, judged in seen if judged is not None],
                [judged / 100 for _, judged in seen if judged is not None],
                MARKS[points],
                color=COLOURS[points],
                fillstyle="full" if decided else "none",
                alpha=0.6,
                label=f"true {points}" if decided else f"true {points}, undecided",
            )
    for edge in (HIGH, LOW):
        panel.axhline(edge, color="#999", linewidth=0.8)
        panel.axvline(edge, color="#999", linewidth=0.8)
    panel.plot([0, 1], [0, 1], color="#999", linewidth=0.8, linestyle=":")
    panel.set_xlabel("true availability")
    panel.set_ylabel("judged availability")
    panel.legend(loc="lower right")
    return figure
