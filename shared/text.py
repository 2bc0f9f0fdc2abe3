"""A text for people, in the two languages of the product: Chinese first, English second."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in both languages; one language is shown at a time."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """The text in one language."""
        return self.en if language == "en" else self.zh
