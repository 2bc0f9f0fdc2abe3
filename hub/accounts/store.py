"""Users and sessions in the database."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, delete, or_, select

from hub.accounts import source_store as sources
from hub.accounts.lockout import is_locked, locked_until
from hub.accounts.roles import TIME_LIMITED, Role
from hub.accounts.tables import SessionRow, StationGrant, User
from hub.upsert import insert_new
from shared.text import Language, Text

SHORTEST_PASSWORD = 10
IDLE = timedelta(hours=12)
"""A browser nobody uses for so long is signed out: a day's work at most lies between two uses."""
SEEN_EVERY = timedelta(minutes=10)
"""How often it is written that a session is used."""
PASSWORDS = PasswordHash.recommended()
AT_ONCE = BoundedSemaphore(2)
"""One argon2 hash takes 64 MiB: strangers who try many at once wait for each other, not for memory."""


class BadUser(ValueError):
    """What cannot be done to an account, with the field it is about and the reason."""

    def __init__(self, field: str, why: Text) -> None:
        super().__init__(why.en)
        self.field = field
        self.why = why


class Refused(Enum):
    """Why a sign-in failed. A stranger is told no more than this."""

    WRONG = "wrong"
    """Name or password; also an account that was disabled or has ended."""
    LOCKED = "locked"
    """Too many wrong ones for this name."""
    LOCKING = "locking"
    """The same, and it was this one that locked it."""
    BUSY = "busy"
    """Too many wrong ones from this address."""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Where a user is at work, and how long."""

    everywhere: bool = False
    union: int | None = None
    """None: of no union."""
    stations: tuple[str, ...] = ()
    """Named one by one."""
    expires_at: datetime | None = None
    """None: no end."""


NOWHERE = Jurisdiction()


def add_user(
    session: Session, name: str, password: str, role: str, now: datetime, where: Jurisdiction = NOWHERE
) -> User:
    """Add somebody who may sign in. Raises BadUser: name taken or empty, password short, role unknown, or a role whose
    account must end without an end.
    """
    name = name.strip()
    if not name or len(name) > 60:
        raise BadUser("name", Text("姓名为 1 至 60 个字", "a name has 1 to 60 characters"))
    if find_user(session, name) is not None:
        raise BadUser("name", Text(f"已有用户 {name}", f"there is already a user {name!r}"))
    if role not in set(Role):
        raise BadUser("role", Text("没有这个角色", f"{role!r} is not a role; there are {', '.join(Role)}"))
    user = User(name=name, password_hash=_hash(name, password), role=role, created_at=now)
    place(session, user, where)
    return user


def place(session: Session, user: User, where: Jurisdiction) -> None:
    """Where the user is at work from now on, instead of where they were. Raises BadUser."""
    if user.role in TIME_LIMITED and where.expires_at is None:
        raise BadUser("until", Text("第三方账户必须有截止日期", f"an account of a {user.role} has an end"))
    user.everywhere, user.union, user.expires_at = where.everywhere, where.union, where.expires_at
    session.add(user)
    session.flush()
    session.exec(delete(StationGrant).where(col(StationGrant.user) == user.id))
    session.add_all(StationGrant(user=identity(user), station=station) for station in sorted(set(where.stations)))
    session.flush()


def name_station(session: Session, user: User, station: str) -> bool:
    """One more station named to them. False: it was named before."""
    return insert_new(session, StationGrant, {"user": identity(user), "station": station})


def unname_station(session: Session, user: User, station: str) -> bool:
    """One less. False: it was not named."""
    mine = (col(StationGrant.user) == user.id, col(StationGrant.station) == station)
    return session.exec(delete(StationGrant).where(*mine)).rowcount > 0


def set_password(session: Session, name: str, password: str) -> None:
    """A new password; whoever was signed in as this user no longer is. Raises BadUser."""
    user = find_user(session, name)
    if user is None:
        raise BadUser("name", Text(f"没有用户 {name}", f"there is no user {name!r}"))
    user.password_hash = _hash(name, password)
    user.failures, user.locked_until, user.must_change = 0, None, False
    session.add(user)
    close_sessions(session, user)


def find_user(session: Session, name: str) -> User | None:
    """By name; None: there is no such user."""
    return session.exec(select(User).where(User.name == name.strip())).first()


def check_password(session: Session, name: str, password: str, now: datetime, place: str = "") -> User | Refused:
    """The user whose name and password these are. Counts a wrong one; locked names are not looked at.

    `place`: where it came from, as `hub.accounts.spray.place` says it. Whoever signed in from there last is not held
    up by what strangers try from behind the same address.
    """
    user = find_user(session, name)
    at_home = user is not None and place != "" and user.home == place
    counted = place != "" and not at_home
    if counted and sources.waits(session, place, now):
        return Refused.BUSY
    result = _checked(session, user, password, now)
    if isinstance(result, Refused):
        if counted:
            sources.note_wrong(session, place, now)
        return result
    result.home = place or result.home
    return result


def _checked(session: Session, user: User | None, password: str, now: datetime) -> User | Refused:
    if user is None:
        # As slow as for a name that exists: the time of the answer tells nothing.
        with AT_ONCE:
            PASSWORDS.verify(password, _nobodys_hash())
        return Refused.WRONG
    if is_locked(user.locked_until, now):
        return Refused.LOCKED
    with AT_ONCE:
        right, newer_hash = PASSWORDS.verify_and_update(password, user.password_hash)
    session.add(user)
    if not right:
        # Counted by the database: tries at the same time are all counted.
        user.failures = col(User.failures) + 1  # type: ignore[assignment]
        session.flush()
        session.refresh(user)
        user.locked_until = locked_until(user.failures, now)
        return Refused.LOCKING if user.locked_until else Refused.WRONG
    if user.disabled_at is not None or (user.expires_at is not None and user.expires_at <= now):
        return Refused.WRONG
    user.failures, user.locked_until = 0, None
    if newer_hash is not None:
        user.password_hash = newer_hash
    return user


def open_session(session: Session, user: User, token: str, csrf: str, now: datetime, life: timedelta) -> SessionRow:
    """A browser signed in. Sessions that have expired go with the same breath."""
    session.exec(delete(SessionRow).where(col(SessionRow.expires_at) <= now))
    row = SessionRow(
        token_hash=digest(token), user=identity(user), csrf=csrf, created_at=now, seen_at=now, expires_at=now + life
    )
    session.add(row)
    return row


def find_session(session: Session, token: str, now: datetime) -> tuple[User, SessionRow] | None:
    """Who has this token. None: nobody, no longer, unused for `IDLE`, or a user who was disabled."""
    found = session.exec(
        select(User, SessionRow)
        .join(SessionRow, col(SessionRow.user) == col(User.id))
        .where(
            SessionRow.token_hash == digest(token),
            SessionRow.expires_at > now,
            SessionRow.seen_at > now - IDLE,
            is_open(now),
        )
    ).first()
    return None if found is None else (found[0], found[1])


def is_open(now: datetime) -> ColumnElement[bool]:
    """Which rows of `User` open anything: neither disabled nor ended."""
    return and_(col(User.disabled_at).is_(None), or_(col(User.expires_at).is_(None), col(User.expires_at) > now))


def note_use(session: Session, row: SessionRow, now: datetime) -> None:
    """A person does something with it; written now and then only."""
    if now - row.seen_at >= SEEN_EVERY:
        row.seen_at = now
        session.add(row)


def close_sessions(session: Session, user: User, but: str | None = None) -> None:
    """All of a user's browsers are signed out; but the one of this token."""
    gone = delete(SessionRow).where(col(SessionRow.user) == user.id)
    session.exec(gone if but is None else gone.where(col(SessionRow.token_hash) != digest(but)))


def close_session(session: Session, token: str) -> None:
    """The browser is signed out; a token nobody has is fine."""
    session.exec(delete(SessionRow).where(col(SessionRow.token_hash) == digest(token)))


def identity(user: User) -> int:
    """The id of a user that has been saved. Raises LookupError for one that has not."""
    if user.id is None:
        raise LookupError(f"{user.name} has not been saved")
    return user.id


def choose_language(session: Session, user: User, language: Language) -> None:
    """Pages are in this language from now on, in every browser."""
    user.language = language
    session.add(user)


def digest(token: str) -> str:
    """What is kept of a token: SHA-256, hexadecimal. Tokens are long and random; stretching would add nothing."""
    return sha256(token.encode()).hexdigest()


def _hash(name: str, password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise BadUser(
            "password",
            Text(f"密码至少 {SHORTEST_PASSWORD} 个字符", f"a password has at least {SHORTEST_PASSWORD} characters"),
        )
    if password.casefold() == name.casefold():
        raise BadUser("password", Text("密码不能与姓名相同", "a password is not the name"))
    return PASSWORDS.hash(password)


@cache
def _nobodys_hash() -> str:
    return PASSWORDS.hash(secrets.token_urlsafe())
