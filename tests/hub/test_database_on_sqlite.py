"""What only the embedded database needs."""

from pathlib import Path

from hub.database import engine_for


def test_pages_read_while_ingest_writes(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'hub.db'}")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 1}
    engine.dispose()
