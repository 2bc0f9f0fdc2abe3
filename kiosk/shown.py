"""One facility, and one service, as they stand on the glass: shape, word, colour, value. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk import words
from shared.board import BoardFacility
from shared.quantities import UnknownQuantity, split
from shared.services import AVAILABILITY_SHAPES, SHORT_LABELS, ServiceNow
from shared.states import STATE_LABELS, STATE_SHAPES, State
from shared.text import Text

BUSY = "busy"
DANGER, REPORTED = "danger", "reported"
SAID: dict[str, tuple[str, Text]] = {DANGER: ("!", words.SAID_DANGER), REPORTED: ("?", words.SAID_BROKEN)}
"""What people say, in the place of a state: its shape and its word. It is no verdict: that stands beside it."""

DEGREE, PLAIN_DEGREE = "℃", "°C"
"""Where Latin fonts come first, the one sign is cut in half: it takes the room of two and is given one."""

_WORST = (DANGER, State.DOWN, State.DEGRADED, REPORTED, State.EXCLUDED, State.UNKNOWN)

SHOWN_VALUE: dict[str, str] = {
    "fridge": "cabinet_temperature",
    "air_conditioner": "room_temperature",
    "drinking_water": "hot_water_temperature",
    "room": "room_temperature",
}
"""The one quantity a worker cares about, by kind."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One facility as it stands on the glass: a word, a shape and a colour, each enough by itself."""

    id: str
    label: Text
    shape: str
    word: Text
    look: str
    """The colour's name in the style sheet: a state, `busy`, or what people say: `danger`, `reported`."""
    value: str | None
    note: Text | None
    """What is being done about it, or why it is so; of what people report also what the sensors say."""
    brief: Text | None = None
    """The same in fewer words."""


def worst_first(facilities: Sequence[Shown]) -> list[Shown]:
    """What does not work before what does, each in the board's order."""
    return sorted(facilities, key=lambda shown: _WORST.index(shown.look) if shown.look in _WORST else len(_WORST))


def service_lines(now: ServiceNow) -> Text:
    """One service on the glass: what it is, and below it the shape and the word."""
    shape, word = AVAILABILITY_SHAPES[now.availability], SHORT_LABELS[now.availability]
    short = now.service.short
    return Text(f"{short.zh}\n{shape} {word.zh}", f"{short.en}\n{shape} {word.en}")


def standing(facility: BoardFacility) -> tuple[Text, str, str]:
    """By the board: word, shape, colour."""
    if facility.busy and facility.state is State.OK:
        return words.IN_USE, STATE_SHAPES[State.OK], BUSY
    word = words.NOT_NOW if facility.state is State.EXCLUDED else STATE_LABELS[facility.state]
    return word, STATE_SHAPES[facility.state], facility.state.value


def value(facility: BoardFacility) -> str | None:
    """What is measured of it, with its unit. None: nothing a worker cares about."""
    name = SHOWN_VALUE.get(facility.kind)
    if name is None or name not in facility.values:
        return None
    try:
        quantity, _ = split(name)
    except UnknownQuantity:
        return None
    return f"{facility.values[name]:z.0f}{quantity.unit.replace(DEGREE, PLAIN_DEGREE)}"
