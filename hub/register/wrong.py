"""A value that cannot be filed, with the reason. Pure."""

from shared.text import Text


class Wrong(ValueError):
    """What a person typed cannot be filed; `why` says what would do."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


MISSING = Text("此项必填。", "This is required.")
"""Of a field that may not be empty."""
