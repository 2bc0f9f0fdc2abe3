"""How many complaints are taken, and how fast: from one address at one station, from one address, at one station. Pure.

Thousands of phones share one address of a mobile carrier; what one address may send over all stations is therefore far
more than one person would, and the hotline is named to whoever is refused.
"""

from datetime import timedelta

from hub.accounts.bucket import Bucket

AT_ONE_STATION = Bucket(5, timedelta(minutes=10))
OF_ONE_ADDRESS = Bucket(30, timedelta(minutes=1))
OF_ONE_STATION = Bucket(40, timedelta(minutes=3))
LONGEST_KEY = 96


def buckets(place: str, station: str) -> dict[str, Bucket]:
    """The ones a complaint counts in, by key. `place`: `hub.accounts.spray.place` of who sends it."""
    found = {f"station {station}": OF_ONE_STATION}
    if place:
        found |= {f"address {place}": OF_ONE_ADDRESS, f"{place} at {station}": AT_ONE_STATION}
    return found
