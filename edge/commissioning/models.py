"""Which model a device is, by what it answers. Pure.

A model is plausible where its read has an answer that decodes, with some legal choice of its options; it is certain
where the register that would be its address holds the address it was asked at. Sister boards share readings and differ
in that register, so nothing is written to a device that is only plausible.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from edge.driver import BadFrame, Driver, HoldingRegisters, Options, Read, Reading

Heard = Mapping[Read, Sequence[int] | None]
"""What was asked of one address and what came: values, or None for anything that is no answer."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A model that a device may be."""

    driver: Driver
    reading: Reading
    options: Options
    """Those that differ from the default and without which the answer makes no sense."""
    certain: bool


def address_read(driver: Driver) -> HoldingRegisters | None:
    """The question for a device's own address; None where the model has none."""
    return None if driver.address is None else HoldingRegisters(driver.address.register, 1)


def questions(models: Iterable[Driver]) -> list[Read]:
    """Everything these models measure, each question once: whoever is there answers at least one."""
    return list(dict.fromkeys(read for driver in models for read in driver.reads))


def guesses(models: Iterable[Driver], address: int, heard: Heard) -> list[Guess]:
    """The models this device may be: those that are certain, or if there is none all that are plausible."""
    plausible = [guess for driver in models if (guess := _guess(driver, address, heard)) is not None]
    return [guess for guess in plausible if guess.certain] or plausible


def _guess(driver: Driver, address: int, heard: Heard) -> Guess | None:
    values: list[int] = []
    for read in driver.reads:
        answer = heard.get(read)
        if answer is None:
            return None
        values += answer
    question = address_read(driver)
    own = None if question is None else heard.get(question)
    certain = own is not None and list(own) == [address]
    for chosen in product(*driver.options.values()):
        options = dict(zip(driver.options, chosen, strict=True))
        try:
            reading = driver.set_up(options).decode(values)
        except BadFrame:
            continue
        unusual = {name: value for name, value in options.items() if value != driver.options[name][0]}
        return Guess(driver, reading, unusual, certain)
    return None
