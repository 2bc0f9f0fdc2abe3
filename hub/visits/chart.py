"""Visits as SVG files: days, hours of the week, satisfaction by week. Pure: figures in, bytes out.

Days nobody knows of are hatched, not empty; the same figures stand in a table beside each chart.
"""

from collections.abc import Callable
from enum import StrEnum
from io import BytesIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from hub.formats import WEEKDAYS
from hub.health.chart import DRAWING, HATCHES, has_font, letters
from hub.health.chart_colours import DARK, LIGHT, Colours
from hub.visits.view import MonthView
from shared.states import State
from shared.text import Language, Text

NOBODY_KNOWS = Text("没有数据", "No data")
VISITS = Text("签到", "Check-ins")
ENTERED = Text("进站（估计）", "Came in (estimate)")
NOTHING = Text("这个月没有数据", "No data in this month")
ANSWERED = Text("满意的比例，竖线为 95 % 区间", "Share satisfied; the line is the 95 % interval")


class Kind(StrEnum):
    """What is drawn."""

    DAYS = "days"
    HOURS = "hours"
    WEEKS = "weeks"


def draw(view: MonthView, kind: Kind, language: Language, *, wide: bool, dark: bool = False) -> bytes:
    """The SVG: 960 px `wide`, else for a phone."""
    colours = DARK if dark else LIGHT
    spoken: Language = language if has_font() else "en"
    with DRAWING, mpl.rc_context(letters(wide)):
        width, height = (9.6 if wide else 4.4), 2.6
        figure = Figure(figsize=(width, height), facecolor=colours.ground)
        FigureCanvasSVG(figure)
        panel = figure.subplots()
        figure.subplots_adjust(left=0.62 / width, right=1 - 0.12 / width, top=1 - 0.36 / height, bottom=0.34 / height)
        _bare(panel, colours)
        PANELS[kind](panel, view, colours, spoken)
        out = BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def _bare(panel: Axes, colours: Colours) -> None:
    panel.set_facecolor(colours.ground)
    panel.tick_params(colors=colours.muted, length=0, labelsize="small")
    for side, spine in panel.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(colours.grid)


def _days(panel: Axes, view: MonthView, colours: Colours, language: Language) -> None:
    fill, hatch = colours.shades[State.UNKNOWN]
    gaps = [day.on.day for day in view.days if not day.heard]
    for place, number in enumerate(gaps):
        panel.axvspan(
            number - 0.5, number + 0.5, facecolor=fill, edgecolor=hatch, linewidth=0, hatch=HATCHES[State.UNKNOWN],
            label=NOBODY_KNOWS.say(language) if place == 0 else None, zorder=0,
        )  # fmt: skip
    known = [day for day in view.days if day.heard]
    panel.bar(
        [day.on.day for day in known], [day.number for day in known], width=0.7, color=colours.lines[0],
        label=VISITS.say(language), zorder=2,
    )  # fmt: skip
    counted = [day for day in known if day.counted]
    if counted:
        panel.plot(
            [day.on.day for day in counted], [day.entered for day in counted], color=colours.ink, marker="_",
            markersize=9, linestyle="", markeredgewidth=2, label=ENTERED.say(language), zorder=3,
        )  # fmt: skip
    panel.set_xlim(0.4, max(28, len(view.days)) + 0.6)
    panel.set_ylim(bottom=0)
    panel.grid(axis="y", color=colours.grid, linewidth=0.7)
    panel.set_axisbelow(True)
    panel.set_xticks([1, 5, 10, 15, 20, 25, *([30] if len(view.days) >= 30 else [])])
    _named(panel, colours)


def _hours(panel: Axes, view: MonthView, colours: Colours, language: Language) -> None:
    first, last = view.busy
    shades = LinearSegmentedColormap.from_list("visits", [colours.grid, colours.lines[0]])
    rows = [list(row[first:last]) for row in view.heat]
    most = max(max(row) for row in rows)
    if not most:
        _nothing(panel, colours, language)
        return
    panel.pcolormesh(
        range(first, last + 1), range(8), rows, cmap=shades, vmin=0, vmax=most, edgecolors=colours.ground,
        linewidth=1.2,
    )  # fmt: skip
    panel.invert_yaxis()
    panel.set_yticks([day + 0.5 for day in range(7)], WEEKDAYS[language])
    panel.set_xticks([hour for hour in range(first, last + 1) if hour % 3 == 0])
    said = Text(f"最深一格 {most} 次", f"Darkest field: {most}").say(language)
    panel.set_title(said, loc="left", color=colours.ink, fontsize="medium", pad=5)


def _weeks(panel: Axes, view: MonthView, colours: Colours, language: Language) -> None:
    weeks = [week for week in view.weeks if week.satisfied.n]
    if not weeks:
        _nothing(panel, colours, language)
        return
    for place, week in enumerate(view.weeks):
        value, bounds = week.satisfied.value, week.satisfied.interval
        if value is not None and bounds is not None:
            panel.plot([place, place], [100 * bounds[0], 100 * bounds[1]], color=colours.lines[0], linewidth=2.4)
            panel.plot([place], [100 * value], color=colours.ink, marker="o", markersize=7)
    panel.set_ylim(0, 104)
    panel.set_yticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 %"])
    panel.set_xlim(-0.6, len(view.weeks) - 0.4)
    names = [f"{week.first.day}–{week.last.day}\nn = {week.satisfied.n}" for week in view.weeks]
    panel.set_xticks(range(len(view.weeks)), names)
    panel.figure.subplots_adjust(bottom=0.2)
    panel.grid(axis="y", color=colours.grid, linewidth=0.7)
    panel.set_title(ANSWERED.say(language), loc="left", color=colours.ink, fontsize="medium", pad=5)


def _nothing(panel: Axes, colours: Colours, language: Language) -> None:
    text = NOTHING.say(language)
    panel.text(0.5, 0.5, text, transform=panel.transAxes, ha="center", va="center", color=colours.muted)
    panel.set_yticks([])
    panel.set_xticks([])


def _named(panel: Axes, colours: Colours) -> None:
    panel.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize="small", labelcolor=colours.ink,
        borderaxespad=0.2, handlelength=1.6, columnspacing=1.2,
    )  # fmt: skip


PANELS: dict[Kind, Callable[[Axes, MonthView, Colours, Language], None]] = {
    Kind.DAYS: _days,
    Kind.HOURS: _hours,
    Kind.WEEKS: _weeks,
}
