"""Users, their sessions and the stations named to them, as rows."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class User(SQLModel, table=True):
    """Somebody who may sign in."""

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=60)
    password_hash: str
    """Argon2id, with its own salt and cost."""
    role: str
    """One of `hub.accounts.roles.Role`."""
    language: str = "zh"
    created_at: datetime = Field(sa_type=UtcTime)
    failures: int = 0
    """Wrong passwords since the last right one."""
    locked_until: datetime | None = Field(default=None, sa_type=UtcTime)
    """Until then no password is looked at. None: not locked."""
    disabled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: may sign in."""
    everywhere: bool = False
    """Whether all stations are within this user's jurisdiction; administrators' always are."""
    union: int | None = Field(default=None, foreign_key="union_node.id", index=True)
    """The union whose stations, and those of all unions below it, this user may see. None: of no union."""
    expires_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """From then on the account opens nothing. None: it has no end."""


class SessionRow(SQLModel, table=True):
    """One browser that is signed in. Only the digest of its token is kept: the table opens no door."""

    __tablename__ = "account_session"

    token_hash: str = Field(primary_key=True)
    """SHA-256 of the token, hexadecimal."""
    user: int = Field(foreign_key="account.id", index=True)
    csrf: str
    """What every form of this session must bring back."""
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)


class StationGrant(SQLModel, table=True):
    """A station named to one user: the head's own, a third party's sample, one more of a maintainer's."""

    __tablename__ = "account_station"

    user: int = Field(primary_key=True, foreign_key="account.id")
    station: str = Field(primary_key=True, foreign_key="station.id", index=True)
