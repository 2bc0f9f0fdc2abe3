"""Users, their sessions and tokens, the stations named to them, as rows."""

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
    must_change: bool = False
    """Whether somebody else knows the password: until it is changed the account opens its own page and nothing else."""
    home: str | None = Field(default=None, max_length=64)
    """The address its last right password came from, as `hub.accounts.spray.place` says it. None: none yet."""


class SessionRow(SQLModel, table=True):
    """One browser that is signed in. Only the digest of its token is kept: the table opens no door."""

    __tablename__ = "account_session"

    token_hash: str = Field(primary_key=True)
    """SHA-256 of the token, hexadecimal."""
    user: int = Field(foreign_key="account.id", index=True)
    csrf: str
    """What every form of this session must bring back."""
    created_at: datetime = Field(sa_type=UtcTime)
    seen_at: datetime = Field(sa_type=UtcTime)
    """When a person last did something with it, to within `hub.accounts.store.SEEN_EVERY`."""
    expires_at: datetime = Field(sa_type=UtcTime, index=True)


class TokenRow(SQLModel, table=True):
    """What a program of a user's shows instead of a password. Only its digest is kept."""

    __tablename__ = "account_token"

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True, max_length=64)
    """SHA-256 of the token, hexadecimal."""
    user: int = Field(foreign_key="account.id", index=True)
    name: str = Field(max_length=60)
    """What it is for, as the user said."""
    scopes: str = Field(max_length=120)
    """`hub.accounts.scopes.Scope`, with spaces between."""
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """Last, to within `hub.accounts.token_store.USED_EVERY`. None: never."""
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    """None: it opens what it may."""


class SourceRow(SQLModel, table=True):
    """An address wrong passwords come from. It goes once it is forgiven: the table stays small."""

    __tablename__ = "sign_in_source"

    place: str = Field(primary_key=True, max_length=64)
    """`hub.accounts.spray.place`."""
    forgiven_at: float
    """When all its wrong passwords are forgiven, seconds since 1970: a number, so that one statement can raise it."""


class StationGrant(SQLModel, table=True):
    """A station named to one user: the head's own, a third party's sample, one more of a maintainer's."""

    __tablename__ = "account_station"

    user: int = Field(primary_key=True, foreign_key="account.id")
    station: str = Field(primary_key=True, foreign_key="station.id", index=True)
