"""The line of the form a finding is about. Pure."""

from hub.rulebook import Item, rulebooks


def item_of(rubric: str | None, key: str | None) -> Item | None:
    """The line with this key of that edition's form. None: it is about none, or there is none such."""
    book = None if rubric is None else rulebooks().get(rubric)
    return None if book is None or book.rubric is None or key is None else book.rubric.item(key)
