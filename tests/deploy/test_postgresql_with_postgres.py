"""PostgreSQL's settings as they are shipped, in a real server."""

import re
from pathlib import Path

from tests.postgres import Postgres

SHIPPED = Path(__file__).parents[2] / "deploy" / "postgresql" / "waystation.conf"
SETTINGS = dict(re.findall(r"^(\w+) = (\S+)$", SHIPPED.read_text(), re.MULTILINE))


def test_a_server_takes_every_setting(tmp_path: Path) -> None:
    assert len(SETTINGS) > 15
    here = SETTINGS | {"shared_buffers": "64MB"}  # the machine of a test has less to give
    with Postgres(tmp_path / "postgres", here) as server, server.connection() as connection:
        rows = connection.execute("SELECT name FROM pg_settings WHERE source = 'command line'").fetchall()
    taken = {name for (name,) in rows if name in SETTINGS}
    assert taken == SETTINGS.keys()


def test_what_is_acknowledged_is_on_disk() -> None:
    assert [SETTINGS[name] for name in ("fsync", "synchronous_commit", "full_page_writes")] == ["on"] * 3
