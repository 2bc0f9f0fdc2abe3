"""Something to tap: what is recorded, and what is shown."""

from dataclasses import dataclass

from shared.text import Text

LONGEST = 64


@dataclass(frozen=True, slots=True)
class Choice:
    """`id` (of 1 to 64 characters) is recorded, `label` is shown."""

    id: str
    label: Text

    def __post_init__(self) -> None:
        """Raises ValueError."""
        if not 1 <= len(self.id) <= LONGEST:
            raise ValueError(f"the id of a choice has 1 to {LONGEST} characters")
