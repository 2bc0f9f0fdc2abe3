"""Many wrong passwords from one address: slowed down, for a while, and never those who are at home there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session, select

from hub.accounts import store
from hub.accounts.spray import WRONG_PASSWORDS, place
from hub.accounts.store import Refused
from hub.accounts.tables import SourceRow, User
from tests.hub.pages.conftest import NOW, PASSWORD

HERE = "203.0.113.9"
MOST, FORGIVEN_EVERY = WRONG_PASSWORDS.most, WRONG_PASSWORDS.every


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("203.0.113.9", "203.0.113.9"), ("::ffff:203.0.113.9", "203.0.113.9"), ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"), ("2001:db8:0:1::1", "2001:db8:0:1::/64"), ("fe80::1%eth0", "fe80::/64"),
        (None, ""), ("", ""), ("testclient", "testclient"), ("x" * 500, "x" * 64),
    ],
)  # fmt: skip
def test_an_address_is_what_one_customer_has(address, said):
    assert place(address) == said


def test_the_bucket_is_full_after_so_many_and_leaks():
    at = 1000.0
    full = at + MOST * FORGIVEN_EVERY.total_seconds()
    assert WRONG_PASSWORDS.is_full(full, at)
    assert not WRONG_PASSWORDS.is_full(full, at + FORGIVEN_EVERY.total_seconds())


@pytest.fixture
def session(engine, monkeypatch) -> Iterator[Session]:
    """Thirty-one users whose passwords cost a thousandth of the usual to look at."""
    cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr(store, "PASSWORDS", cheap)
    with Session(engine) as session:
        for name in ("王芳", *(f"user{number}" for number in range(30))):
            session.add(User(name=name, password_hash=cheap.hash(PASSWORD), role="maintainer", created_at=NOW))
        session.commit()
        yield session


def test_one_password_over_many_names_is_soon_no_longer_looked_at(session):
    answers = [store.check_password(session, f"user{number}", "Spring2026!", NOW, HERE) for number in range(30)]
    assert answers.count(Refused.WRONG) == MOST
    assert answers[MOST:] == [Refused.BUSY] * 10
    # Names that do not exist weigh as much: nobody learns which do.
    assert store.check_password(session, "nobody", "x", NOW, HERE) is Refused.BUSY
    assert isinstance(store.check_password(session, "王芳", PASSWORD, NOW, "198.51.100.1"), User)


def test_whoever_else_is_behind_the_address_goes_on_within_seconds(session):
    for number in range(40):
        store.check_password(session, f"user{number % 30}", "Spring2026!", NOW, HERE)
    assert store.check_password(session, "王芳", PASSWORD, NOW, HERE) is Refused.BUSY
    assert isinstance(store.check_password(session, "王芳", PASSWORD, NOW + FORGIVEN_EVERY, HERE), User)
    # From now on she is at home there, and a stranger's tries do not keep her out at all.
    later = NOW + timedelta(hours=1)
    for number in range(40):
        store.check_password(session, f"user{number % 30}", "Summer2026!", later, HERE)
    assert store.check_password(session, "user3", "Summer2026!", later, HERE) is Refused.BUSY
    assert isinstance(store.check_password(session, "王芳", PASSWORD, later, HERE), User)


def test_what_is_forgiven_is_forgotten(session):
    for number in range(5):
        store.check_password(session, "nobody", "x", NOW, f"198.51.100.{number}")
    assert len(session.exec(select(SourceRow)).all()) == 5
    store.check_password(session, "nobody", "x", NOW + timedelta(minutes=5), HERE)
    assert [row.place for row in session.exec(select(SourceRow))] == [HERE]
