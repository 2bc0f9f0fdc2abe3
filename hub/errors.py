"""What a user did wrong, and what stops the program at start."""

from shared.text import Text


class HubError(Exception):
    """A user's mistake: shown to them in their language, with its HTTP status."""

    def __init__(self, status: int, message: Text) -> None:
        super().__init__(message.en)
        self.status = status
        self.message = message


class WrongSchema(Exception):
    """The database is not of the schema this hub knows; says which it is and what to do."""


class BadSettings(Exception):
    """A settings or key file that cannot be used; names file and key."""
