"""A sensor that may repeat itself: what it says is what it felt when it got stuck."""

from collections.abc import Iterable

from simulators.appliance import Values


class Stuck:
    """Keeps some quantities of what is felt as they were, for as long as they are held."""

    def __init__(self, quantities: Iterable[str]) -> None:
        self._quantities = tuple(quantities)
        self._kept: Values | None = None

    def hold(self, felt: Values) -> None:
        """They stay as they were first felt since the last `free`; a sensor without mains is silent all the same."""
        if any(felt[name] is None for name in self._quantities):
            return
        if self._kept is None:
            self._kept = {name: felt[name] for name in self._quantities}
        felt.update(self._kept)

    def free(self) -> None:
        """It follows what it feels again."""
        self._kept = None
