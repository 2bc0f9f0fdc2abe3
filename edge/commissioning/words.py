"""What was found, in a line each. Pure."""

from collections.abc import Mapping

from edge.commissioning.models import Guess
from edge.commissioning.search import Found, Talker
from edge.driver import TWO_STATE, Reading

MOST_VALUES = 4


def found_words(found: Found) -> str:
    """A device on a line."""
    where = f"address {found.address} at {found.baudrate} baud"
    if found.garbled:
        return f"{where}: answers that cannot be read: two devices with one address, noise, or another baud rate"
    if not found.guesses:
        return f"{where}: answers, and is none of the models known here"
    return f"{where}: " + ", or ".join(_guess_words(guess) for guess in found.guesses)


def talker_words(talker: Talker) -> str:
    """A device that talks unasked."""
    if talker.driver is None:
        return (
            "somebody talks unasked, and not as a radar does: a board with its automatic report on, an XY-MD02 in its "
            "upload mode, or another program's conversation"
        )
    values = _values(talker.reading, talker.driver.channels)
    return f"talks unasked at {talker.baudrate} baud: {talker.driver.model} ({values})"


def _guess_words(guess: Guess) -> str:
    values = _values(guess.reading, guess.driver.channels)
    sure = "" if guess.certain else ", by its readings only: its address register says something else"
    return f"{guess.driver.model} ({values}{sure})"


def _values(reading: Reading, channels: Mapping[str, str]) -> str:
    """The first few, as the device counts them."""
    said = [f"{channel} {value:g} {_unit(channels[channel])}".strip() for channel, value in reading.items()]
    more = f", {len(said) - MOST_VALUES} more" if len(said) > MOST_VALUES else ""
    return (", ".join(said[:MOST_VALUES]) or "no sensor on it") + more


def _unit(unit: str) -> str:
    return "" if unit == TWO_STATE else unit
