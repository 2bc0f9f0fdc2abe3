"""Which stations a list or a map is asked for. Pure."""

from dataclasses import dataclass

from hub.stations.words import Standing
from shared.station_code import StationKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """All of it holds of a station that is wanted."""

    words: str = ""
    """All of them are in the name, address, numbers or id. Empty: every station."""
    union: int | None = None
    """It hangs in this union or below it, in either tree. None: wherever it hangs."""
    kind: StationKind | None = None
    standing: Standing | None = None

    @property
    def narrowed(self) -> bool:
        """Whether any station is left out."""
        return bool(self.words or self.union or self.kind or self.standing)

    @property
    def parts(self) -> dict[str, str]:
        """As they stand in the query of an address; what asks for nothing is absent."""
        parts = {"q": self.words, "union": self.union, "kind": self.kind, "standing": self.standing}
        return {name: str(value) for name, value in parts.items() if value}
