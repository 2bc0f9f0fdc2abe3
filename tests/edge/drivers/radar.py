"""A radar's stream as it comes off a wire: noise first, reports in pieces."""

from collections.abc import Sequence

from edge.driver import Driver, Reading
from edge.hilink import Reports


def listening(driver: Driver) -> Reports:
    """The driver's reader, from nothing."""
    assert driver.stream is not None
    reports = driver.stream()
    assert isinstance(reports, Reports)
    return reports


def heard(driver: Driver, data: bytes, pieces: Sequence[int]) -> list[Reading]:
    """What a stream says that arrives in pieces of these lengths, and the rest at once."""
    reports = listening(driver)
    readings: list[Reading] = []
    for piece in pieces:
        readings += reports.hear(data[:piece])
        data = data[piece:]
    return readings + reports.hear(data)
