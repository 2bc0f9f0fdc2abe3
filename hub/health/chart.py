"""Quantities over time as an SVG file. Pure: values in, bytes out.

Gaps stay gaps, states are shaded with a hatch and a word, light and dark are drawn apart: an image cannot ask
the page. Letters become outlines, so the file looks the same where the font is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from hub.formats import SHANGHAI
from hub.health.chart_colours import DARK, LIGHT, Colours
from shared.states import STATE_LABELS, State
from shared.text import Language, Text

FONT = "Noto Sans CJK SC"
HATCHES = {State.DEGRADED: "//", State.DOWN: "xx", State.UNKNOWN: "\\\\", State.EXCLUDED: "--"}
STYLES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), "-.")
DRAWING = Lock()
"""matplotlib's font and text caches are not made for threads: whoever draws holds it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One quantity. A point without value is a gap."""

    label: Text
    unit: str
    points: Sequence[tuple[datetime, float | None]]
    band: Sequence[tuple[datetime, float, float]] = ()
    """Lowest and highest around the points, where the hub has only quarter-hours."""
    step: timedelta = timedelta(minutes=15)
    """Between neighbours of the band."""
    steps: bool = False
    """Drawn as steps: switches and contacts."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A state from then to then."""

    state: State
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold a rule went by."""

    label: Text
    unit: str
    value: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment worth a line: first symptom, confirmed."""

    label: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class Chart:
    """All of one drawing; lines of one unit share a panel."""

    start: datetime
    end: datetime
    lines: Sequence[Line]
    shades: Sequence[Shade] = field(default=())
    limits: Sequence[Limit] = field(default=())
    marks: Sequence[Mark] = field(default=())


def draw(chart: Chart, language: Language, *, wide: bool, dark: bool = False) -> bytes:
    """The SVG. `wide` is for desktop and print (960 px), else for a phone (400 px)."""
    colours = DARK if dark else LIGHT
    units = list(dict.fromkeys(line.unit for line in chart.lines))
    spoken: Language = language if has_font() else "en"
    with DRAWING, mpl.rc_context(letters(wide)):
        figure = Figure(figsize=_size(len(units), wide), facecolor=colours.ground)
        FigureCanvasSVG(figure)
        panels: list[Axes] = list(figure.subplots(max(1, len(units)), 1, sharex=True, squeeze=False)[:, 0])
        _place(figure, len(units), wide)
        for panel, unit in zip(panels, units or [""], strict=True):
            _panel(panel, unit, chart, colours, spoken)
        if not chart.lines:
            _nothing(panels[0], colours, spoken)
        _time_axis(panels[-1], chart, colours, wide)
        _marks(panels, chart, colours, spoken)
        _legend(figure, chart, colours, spoken)
        out = BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def _size(panels: int, wide: bool) -> tuple[float, float]:
    """Inches."""
    return (9.6 if wide else 4.4), 0.62 + (1.75 if wide else 1.65) * max(1, panels)


def _place(figure: Figure, panels: int, wide: bool) -> None:
    """Room for titles above, times and legend below. By hand: measuring every text would double the time."""
    width, height = _size(panels, wide)
    figure.subplots_adjust(
        left=0.52 / width, right=1 - 0.1 / width, top=1 - 0.33 / height, bottom=0.64 / height, hspace=0.3
    )


@cache
def has_font() -> bool:
    """Whether the machine can write Chinese; without it labels are English."""
    return any(font.name == FONT for font in font_manager.fontManager.ttflist)


def letters(wide: bool) -> dict[Any, Any]:
    """matplotlib's settings of every chart."""
    return {
        "font.family": [FONT, "DejaVu Sans"] if has_font() else ["DejaVu Sans"],
        "font.size": 10.5 if wide else 11,
        "svg.fonttype": "path",
        "svg.hashsalt": "waystation",
        "hatch.linewidth": 0.7,
        "axes.unicode_minus": False,
    }


def _panel(panel: Axes, unit: str, chart: Chart, colours: Colours, language: Language) -> None:
    panel.set_facecolor(colours.ground)
    for shade in chart.shades:
        fill, hatch = colours.shades[shade.state]
        panel.axvspan(
            _x(max(shade.start, chart.start)), _x(min(shade.end, chart.end)),
            facecolor=fill, edgecolor=hatch, linewidth=0, hatch=HATCHES.get(shade.state), zorder=0,
        )  # fmt: skip
    lines = [line for line in chart.lines if line.unit == unit]
    for index, line in enumerate(lines):
        colour = colours.lines[index % len(colours.lines)]
        if line.band and len(lines) == 1:
            for run in _runs(line.band, line.step):
                x, low, high = zip(*[(_x(at), a, b) for at, a, b in run], strict=True)
                panel.fill_between(x, low, high, facecolor=colours.band, linewidth=0, zorder=1)
        panel.plot(
            [_x(at) for at, _ in line.points],
            [float("nan") if value is None else value for _, value in line.points],
            color=colour, linestyle=STYLES[index % len(STYLES)], linewidth=1.7, zorder=3,
            drawstyle="steps-post" if line.steps else "default", label=line.label.say(language),
        )  # fmt: skip
    _limits(panel, [limit for limit in chart.limits if limit.unit == unit], colours, language)
    title = " · ".join(line.label.say(language) for line in lines) if len(lines) == 1 else ""
    panel.set_title(f"{title}  {unit}".strip(), loc="left", color=colours.ink, fontsize="medium", pad=5)
    if len(lines) > 1:
        panel.legend(
            loc="lower right", bbox_to_anchor=(1, 1), ncols=min(4, len(lines)), frameon=False, fontsize="small",
            labelcolor=colours.ink, borderaxespad=0.2, handlelength=2.2, columnspacing=1.2,
        )  # fmt: skip
    panel.margins(y=0.14)
    panel.grid(axis="y", color=colours.grid, linewidth=0.7)
    panel.tick_params(colors=colours.muted, length=0, labelsize="small")
    for side, spine in panel.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(colours.grid)


def _limits(panel: Axes, limits: Sequence[Limit], colours: Colours, language: Language) -> None:
    """Thresholds, highest first; neighbours are named at opposite ends, so that no two names lie on each other."""
    for index, limit in enumerate(sorted(limits, key=lambda limit: limit.value, reverse=True)):
        right = index % 2 == 1
        panel.axhline(limit.value, color=colours.limit, linewidth=1.3, linestyle=(0, (6, 3)), zorder=2)
        panel.annotate(
            f"{limit.label.say(language)} {limit.value:g} {limit.unit}".strip(), (1 if right else 0, limit.value),
            xycoords=("axes fraction", "data"), xytext=(-4 if right else 4, 2.5), textcoords="offset points",
            ha="right" if right else "left", color=colours.limit, fontsize="small", zorder=4,
            bbox={"facecolor": colours.ground, "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip


def _nothing(panel: Axes, colours: Colours, language: Language) -> None:
    """An empty chart says that it is empty."""
    text = Text("这段时间没有数据", "No data in this time").say(language)
    panel.text(0.5, 0.5, text, transform=panel.transAxes, ha="center", va="center", color=colours.muted)
    panel.set_yticks([])


def _time_axis(panel: Axes, chart: Chart, colours: Colours, wide: bool) -> None:
    panel.set_xlim(_x(chart.start), _x(chart.end))
    hours = (chart.end - chart.start) / timedelta(hours=1)
    ticks = AutoDateLocator(tz=SHANGHAI, minticks=3, maxticks=9 if wide else 5)  # type: ignore[no-untyped-call]
    shown = "%H:%M" if hours <= 26 else "%m-%d\n%H:%M" if hours <= 100 else "%m-%d"
    panel.xaxis.set_major_locator(ticks)
    panel.xaxis.set_major_formatter(DateFormatter(shown, tz=SHANGHAI))  # type: ignore[no-untyped-call]
    panel.tick_params(axis="x", colors=colours.muted, pad=6)


def _marks(panels: Sequence[Axes], chart: Chart, colours: Colours, language: Language) -> None:
    for mark in chart.marks:
        late = (mark.at - chart.start) / (chart.end - chart.start) > 0.7
        for panel in panels:
            panel.axvline(_x(mark.at), color=colours.ink, linewidth=1, linestyle=(0, (2, 2)), zorder=2)
        panels[0].annotate(
            mark.label.say(language), (_x(mark.at), 1), xycoords=("data", "axes fraction"),
            xytext=(-4 if late else 4, -3), textcoords="offset points", ha="right" if late else "left", va="top",
            color=colours.ink, fontsize="small", zorder=5,
        )  # fmt: skip


def _legend(figure: Figure, chart: Chart, colours: Colours, language: Language) -> None:
    """What the shades mean, in words."""
    shown = [state for state in State if any(shade.state is state for shade in chart.shades)]
    if not shown:
        return
    handles = [
        Patch(
            facecolor=colours.shades[state][0], edgecolor=colours.shades[state][1], linewidth=0.6,
            hatch=(HATCHES.get(state) or "") * 2 or None, label=STATE_LABELS[state].say(language),
        )
        for state in shown
    ]  # fmt: skip
    figure.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 0), ncols=len(handles), frameon=False, fontsize="small",
        labelcolor=colours.ink, handlelength=1.8, handleheight=1.1, columnspacing=1.4,
    )  # fmt: skip


def _runs(band: Sequence[tuple[datetime, float, float]], step: timedelta) -> list[list[tuple[datetime, float, float]]]:
    """Split where a step is missing between neighbours: a band does not bridge a gap."""
    runs: list[list[tuple[datetime, float, float]]] = []
    for entry in band:
        if runs and entry[0] - runs[-1][-1][0] <= step + timedelta(minutes=1):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _x(at: datetime) -> float:
    return float(date2num(at))  # type: ignore[no-untyped-call]
