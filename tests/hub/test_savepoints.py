"""What a savepoint kept is part of its transaction: gone when that is rolled back, whatever was written before it."""

from pathlib import Path

from sqlmodel import Session, select

from hub.database import engine_for
from hub.unions.tables import Union
from tests.databases import Databases, make_tables


def test_what_a_savepoint_kept_goes_with_its_transaction(databases: Databases, tmp_path: Path) -> None:
    with databases.fresh(tmp_path / "hub.db") as url:
        engine = engine_for(url)
        make_tables(engine)
        with Session(engine) as session:
            assert session.exec(select(Union)).all() == []
            with session.begin_nested():  # the first to write
                session.add(Union(tree="territory", level="city", name="市总工会"))
            session.rollback()
        with Session(engine) as session:
            assert session.exec(select(Union)).all() == []
            with session.begin_nested():
                session.add(Union(tree="territory", level="city", name="市总工会"))
            session.commit()
        with Session(engine) as session:
            assert [one.name for one in session.exec(select(Union))] == ["市总工会"]
        engine.dispose()
