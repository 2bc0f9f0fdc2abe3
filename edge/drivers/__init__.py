"""The device models: one module each, with one constant `DRIVER`."""

import sys
from collections.abc import Mapping
from functools import cache

from edge.driver import Driver
from shared.discovery import collect


@cache
def drivers() -> Mapping[str, Driver]:
    """Every model by its name."""
    return collect(sys.modules[__name__], "DRIVER", Driver)
