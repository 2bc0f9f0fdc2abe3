"""What a person typed in one of a page's forms, and what is wrong with it: the form comes back with both. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.text import Text


@dataclass(frozen=True, slots=True)
class Told:
    """Of the one form that was sent; every other form of the page shows what is stored."""

    form: str = ""
    """Empty: none was."""
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, Text] = field(default_factory=dict)

    def value(self, form: str, name: str, stored: str) -> str:
        """What a field shows."""
        return self.typed.get(name, "") if form == self.form else stored

    def why(self, form: str, name: str) -> Text | None:
        """What is wrong with a field. None: nothing."""
        return self.wrong.get(name) if form == self.form else None


NOTHING = Told()
