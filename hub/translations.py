"""The words of the pages: templates are Chinese; `hub/locale/en/*.po` says each text in English.

A catalogue a concept, all read into one: whoever adds a page adds a file and touches no other.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from shared.text import Language

LOCALE = Path(__file__).parent / "locale"


class TwoTranslations(Exception):
    """Two catalogues translate one text differently."""


@cache
def english() -> dict[str, str]:
    """English by Chinese. Raises TwoTranslations, naming the text and the file."""
    found: dict[str, str] = {}
    for path in sorted((LOCALE / "en").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="en", abort_invalid=True)
        for message in catalogue:
            if not (message.id and message.string):
                continue
            chinese, text = str(message.id), str(message.string)
            if found.setdefault(chinese, text) != text:
                raise TwoTranslations(f"{path.name}: {chinese!r} is also {found[chinese]!r}")
    return found


def gettext_for(language: Language) -> Callable[[str], str]:
    """The function templates call as `_`. A text without translation stays as written; a test refuses it."""
    if language == "zh":
        return lambda text: text
    return lambda text: english().get(text, text)


def ngettext_for(language: Language) -> Callable[[str, str, int], str]:
    """Chinese has no plural: texts that count are worded so that English needs none either."""
    say = gettext_for(language)
    return lambda one, _many, _n: say(one)
