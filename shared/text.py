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

    def filled(self, **facts: object) -> "Text":
        """The text with its facts filled in; facts that are texts in the language of each."""
        return Text(
            *(
                self.say(language).format(
                    **{name: fact.say(language) if isinstance(fact, Text) else fact for name, fact in facts.items()}
                )
                for language in LANGUAGES
            )
        )
