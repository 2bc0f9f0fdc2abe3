"""The window of a sealed proposal as a drawing: what it was when, and when it was proven. Pure; no letters, so that it
looks the same where a font is missing. Height says what colour says: down is the tallest.
"""

from datetime import datetime

from hub.inspections.evidence import Evidence, Window
from shared.states import State

WIDTH, HEIGHT = 1000, 64
_BASE = 44
_LOOKS: dict[State, tuple[int, str]] = {
    State.DOWN: (40, "#ab221a"),
    State.DEGRADED: (26, "#b36b00"),
    State.UNKNOWN: (14, "#6b7785"),
    State.EXCLUDED: (6, "#8a84a6"),
}
"""Height and colour of a spell."""
_OK, _LINE, _PROOF = "#17663a", "#525c58", "#0b6b62"


def timeline(evidence: Evidence) -> str:
    """An SVG file: the line is time from the window's start to its end, with a tick each week; bars on it are spells,
    triangles under it proofs."""
    window = evidence.window
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f'<rect x="0" y="{_BASE - 3}" width="{WIDTH}" height="3" fill="{_OK if evidence.minutes.ok else _LINE}"/>',
    ]
    for spell in sorted(evidence.spells, key=lambda one: one.since):
        if spell.state in _LOOKS:
            height, colour = _LOOKS[spell.state]
            left, right = _x(spell.since, window), _x(spell.until or window.end, window)
            size = f'x="{left:.1f}" y="{_BASE - height}" width="{max(2.0, right - left):.1f}" height="{height}"'
            parts.append(f'<rect {size} fill="{colour}"/>')
    for proof in evidence.proofs:
        x = _x(proof.at, window)
        parts.append(f'<path d="M{x:.1f} {_BASE + 2}l5 9h-10z" fill="{_PROOF}"/>')
    parts += [
        f'<rect x="{WIDTH * 7 * week / max(window.days, 7):.1f}" y="{_BASE}" width="1" height="{HEIGHT - _BASE}" '
        f'fill="{_LINE}"/>'
        for week in range(int(window.days // 7) + 1)
    ]
    return "".join([*parts, "</svg>"])


def minutes_bar(evidence: Evidence) -> str:
    """An SVG file: the opening minutes by state, side by side; down is the tallest here, too."""
    service, left = max(1, evidence.minutes.service), 0.0
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 44" width="{WIDTH}" height="44">']
    for state, count in evidence.minutes.by_state():
        height, colour = _LOOKS.get(state, (20, _OK))
        width = WIDTH * count / service
        if count:
            size = f'x="{left:.1f}" y="{42 - height}" width="{width:.1f}" height="{height}"'
            parts.append(f'<rect {size} fill="{colour}"/>')
        left += width
    return "".join([*parts, f'<rect x="0" y="42" width="{WIDTH}" height="1" fill="{_LINE}"/>', "</svg>"])


def _x(at: datetime, window: Window) -> float:
    whole = (window.end - window.start).total_seconds() or 1.0
    return WIDTH * min(1.0, max(0.0, (at - window.start).total_seconds() / whole))
