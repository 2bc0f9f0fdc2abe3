"""The line of the form a finding is about. Pure."""

from hub.rulebook import Item, rulebooks


def item_of(rubric: str | None, key: str | None) -> Item | None:
    """The line with this key of that edition's form. None: it is about none, or there is none such."""
    book = None if rubric is None else rulebooks().get(rubric)
    return None if book is None or book.rubric is None or key is None else book.rubric.item(key)


def item_key(kind: str) -> str | None:
    """Of the line about this kind of facility. None: no form has one."""
    items = (item for book in rulebooks().values() if book.rubric for item in book.rubric.items())
    return next((item.key for item in items if item.kind == kind), None)
