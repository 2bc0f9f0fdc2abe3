"""What an administrator does to accounts: finds them, changes them, closes them. Nobody locks everybody out."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from hub.accounts import token_store
from hub.accounts.roles import Role
from hub.accounts.store import BadUser, Jurisdiction, close_sessions, is_open, place, set_password
from hub.accounts.tables import SessionRow, StationGrant, User
from shared.text import Text

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another when a password is read out."""
GROUPS, GROUP = 4, 4
"""Sixteen of 31 letters are 79 random bits."""
LAST = Text("这是最后一个管理员", "this is the last administrator")
ONESELF = Text("您不能停用自己的账户", "you cannot disable your own account")


@dataclass(frozen=True, slots=True)
class UserPage:
    """Some of the users that were asked for, by name."""

    users: Sequence[User]
    total: int
    page: int
    pages: int


def search(session: Session, words: str, role: Role | None, page: int, size: int) -> UserPage:
    """Those whose name has all the words, of the role where one is named."""
    wanted = [col(User.name).icontains(word, autoescape=True) for word in words.split()]
    if role is not None:
        wanted.append(col(User.role) == role)
    total = session.exec(select(func.count()).select_from(User).where(*wanted)).one()
    pages = max(1, -(-total // size))
    page = min(page, pages)
    query = select(User).where(*wanted).order_by(col(User.name), col(User.id)).offset((page - 1) * size).limit(size)
    return UserPage(session.exec(query).all(), total, page, pages)


def get(session: Session, user: int) -> User | None:
    """One user. None: there is none of this number."""
    return session.get(User, user)


def granted(session: Session, user: User) -> list[str]:
    """The stations named to them one by one, by id."""
    query = select(StationGrant.station).where(StationGrant.user == user.id).order_by(StationGrant.station)
    return list(session.exec(query))


def browsers(session: Session, user: User, now: datetime) -> int:
    """How many browsers are signed in as this user."""
    query = select(func.count()).select_from(SessionRow)
    return session.exec(query.where(SessionRow.user == user.id, SessionRow.expires_at > now)).one()


def change(session: Session, user: User, role: Role, where: Jurisdiction, now: datetime) -> None:
    """Another role, another place, another end; whoever is signed in as them signs in again where the role changed.

    Raises BadUser: the last administrator would be none, or a role whose account must end has no end.
    """
    ends = where.expires_at is not None
    if user.role == Role.ADMINISTRATOR and (role is not Role.ADMINISTRATOR or ends):
        _not_the_last(session, user, now, "role" if role is not Role.ADMINISTRATOR else "until")
    was = user.role
    user.role = role
    try:
        place(session, user, where)
    except BadUser:
        user.role = was
        raise
    if was != role:
        close_sessions(session, user)


def disable(session: Session, user: User, by: User, now: datetime) -> None:
    """They may not sign in, and are signed out everywhere. Raises BadUser for oneself and the last administrator."""
    if user.id == by.id:
        raise BadUser("disabled", ONESELF)
    if user.role == Role.ADMINISTRATOR:
        _not_the_last(session, user, now, "disabled")
    user.disabled_at = user.disabled_at or now
    session.add(user)
    close_sessions(session, user)


def enable(session: Session, user: User) -> None:
    """They may sign in again; wrong passwords of before are forgotten."""
    user.disabled_at, user.failures, user.locked_until = None, 0, None
    session.add(user)


def give_password(session: Session, user: User, now: datetime) -> str:
    """A password made up for them, told once; they change it at the first sign-in. Sessions and tokens end."""
    password = made_up()
    set_password(session, user.name, password)
    token_store.revoke_all(session, user, now)
    user.must_change = True
    session.add(user)
    return password


def made_up() -> str:
    """A password nobody chose, to be read out: `k3vx-9m2q-7abc-defg`."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _not_the_last(session: Session, user: User, now: datetime, field: str) -> None:
    """Raises BadUser. The rows are locked: two administrators who remove each other at once do not both succeed."""
    others = select(User).where(User.role == Role.ADMINISTRATOR, is_open(now)).with_for_update()
    if not any(one.id != user.id and one.expires_at is None for one in session.exec(others)):
        raise BadUser(field, LAST)
