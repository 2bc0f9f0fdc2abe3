"""Tokens of programs in the database: made, found by their digest, revoked."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from hub.accounts.scopes import LONGEST_LIFE, Scope
from hub.accounts.store import BadUser, digest, identity, is_open
from hub.accounts.tables import TokenRow, User
from shared.text import Text

PREFIX = "wst_"
"""So that whoever finds one in a file knows what it is."""
USED_EVERY = timedelta(minutes=10)
MOST = 20
"""Tokens of one user that are open at a time."""


def make(
    session: Session, user: User, name: str, scopes: Collection[Scope], now: datetime, life: timedelta
) -> tuple[TokenRow, str]:
    """A new token and its row; the token itself is told once and kept nowhere.

    Raises BadUser: no name, no scope, a life of no time or over a year, or too many already.
    """
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise BadUser("name", Text("请写明令牌的用途，1 至 60 个字", "a token has a name of 1 to 60 characters"))
    if not scopes:
        raise BadUser("scopes", Text("请至少选择一个范围", "a token is good for something: choose a scope"))
    if not timedelta(0) < life <= LONGEST_LIFE:
        raise BadUser("days", Text(f"有效期 1 至 {LONGEST_LIFE.days} 天", f"it lives 1 to {LONGEST_LIFE.days} days"))
    if sum(is_live(row, now) for row in of_user(session, user)) >= MOST:
        raise BadUser("name", Text(f"最多 {MOST} 个令牌，请先撤销一个", f"{MOST} tokens are enough; revoke one first"))
    token = PREFIX + secrets.token_urlsafe(32)
    row = TokenRow(
        digest=digest(token), user=identity(user), name=name, scopes=" ".join(sorted(scopes)), created_at=now,
        expires_at=now + life,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row, token


def find(session: Session, token: str, now: datetime) -> tuple[User, TokenRow] | None:
    """Whose token this is. None: nobody's, expired, revoked, or of a user who may not sign in.

    It is looked up by its digest: how long that takes says nothing of how near a guess was.
    """
    query = select(User, TokenRow).join(TokenRow, col(TokenRow.user) == col(User.id))
    live = (TokenRow.digest == digest(token), TokenRow.expires_at > now, col(TokenRow.revoked_at).is_(None))
    found = session.exec(query.where(*live, is_open(now))).first()
    return None if found is None else (found[0], found[1])


def note_use(session: Session, row: TokenRow, now: datetime) -> None:
    """It was used; written now and then only."""
    if row.used_at is None or now - row.used_at >= USED_EVERY:
        row.used_at = now
        session.add(row)


def of_user(session: Session, user: User) -> Sequence[TokenRow]:
    """A user's tokens, the newest first."""
    return session.exec(select(TokenRow).where(TokenRow.user == user.id).order_by(col(TokenRow.id).desc())).all()


def is_live(row: TokenRow, now: datetime) -> bool:
    """Whether it opens anything."""
    return row.revoked_at is None and row.expires_at > now


def revoke(session: Session, user: User, token: int, now: datetime) -> TokenRow | None:
    """It opens nothing any more; twice is fine. None: the user has none of this number."""
    row = session.get(TokenRow, token)
    if row is None or row.user != user.id:
        return None
    row.revoked_at = row.revoked_at or now
    session.add(row)
    return row


def revoke_all(session: Session, user: User, now: datetime) -> None:
    """All of a user's tokens."""
    mine = (col(TokenRow.user) == user.id, col(TokenRow.revoked_at).is_(None))
    session.connection().execute(update(TokenRow).where(*mine).values(revoked_at=now))
    session.expire_all()
