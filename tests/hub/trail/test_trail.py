"""The audit trail: every row hangs on the one before; whoever changes, deletes or cuts off is found out."""

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from hub.trail import store
from hub.trail.append_only import AppendOnly
from hub.trail.tables import TrailRow
from tests.hub.said import NOW


@pytest.fixture
def written(engine: Engine) -> Engine:
    """A trail of five rows."""
    with Session(engine) as session:
        for number in range(5):
            store.note(session, "王芳", "maintainer", "alert.acknowledge", NOW, subject=f"alert {number}", new="她")
        session.commit()
    return engine


def test_an_empty_trail_is_whole_and_so_is_one_of_five_rows(engine: Engine, written: Engine) -> None:
    with Session(written) as session:
        assert store.verify(session) is None
        assert store.length(session) == 5
        assert [row.subject for row in store.newest(session, None, most=2)] == ["alert 4", "alert 3"]


@pytest.mark.parametrize(
    ("tampering", "row"),
    [
        ("UPDATE trail SET who = '李伟' WHERE id = 3", 3),
        ("DELETE FROM trail WHERE id = 3", 4),
        ("DELETE FROM trail WHERE id = 5", 4),
        ("DELETE FROM trail", 0),
        ("UPDATE trail SET hash = 'x' WHERE id = 2", 2),
    ],
)
def test_whoever_tampers_is_found_out_and_told_where(written: Engine, tampering: str, row: int) -> None:
    with Session(written) as session:
        session.connection().execute(text(tampering))
        session.commit()
        found = store.verify(session)
        assert found is not None
        assert found.row == row


def test_the_program_itself_cannot_change_a_row(written: Engine) -> None:
    with Session(written) as session:
        row = session.get_one(TrailRow, 1)
        row.who = "李伟"
        session.add(row)
        with pytest.raises(AppendOnly):
            session.flush()
