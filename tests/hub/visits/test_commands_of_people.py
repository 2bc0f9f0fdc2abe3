"""What an operator deletes because somebody asked."""

from datetime import UTC, datetime

from sqlmodel import select
from typer.testing import CliRunner

from hub.__main__ import app
from hub.checkins.tables import CheckInRow
from hub.feedback.tables import FeedbackRow
from hub.settings import load
from hub.trail.tables import TrailRow
from tests.databases import session_at

AT = datetime(2026, 7, 15, 6, tzinfo=UTC)
STATION = "k3v9x2m7qa"


def run(folder, *words):
    return CliRunner().invoke(app, ["people", "forget", "--station", STATION, *words, "--folder", str(folder)])


def test_an_operator_forgets_a_visitor_and_what_somebody_wrote(tmp_path, databases, monkeypatch):
    (tmp_path / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\n")
    with databases.of_a_hub() as url:
        monkeypatch.setenv("WAYSTATION_HUB_DATABASE_URL", url)
        assert run(tmp_path, "--feedback", "f-1").exit_code != 0, "there is nothing yet"
        common = {"station": STATION, "at": AT, "received_at": AT, "undated": False}
        with session_at(load(tmp_path).url) as session:
            session.add(
                CheckInRow(id="c-1", occupation="unsaid", method="card", burst=False, visitor="a" * 32, **common)
            )
            session.add(FeedbackRow(id="f-1", score=2, text="请删除", **common))
            session.commit()
        assert run(tmp_path).exit_code != 0, "what?"
        assert run(tmp_path, "--visitor", "a" * 32).output.startswith("1 forgotten")
        assert run(tmp_path, "--feedback", "f-1").output.startswith("1 forgotten")
        assert run(tmp_path, "--feedback", "f-1").exit_code != 0
        with session_at(load(tmp_path).url) as session:
            assert session.exec(select(CheckInRow.visitor)).all() == [None]
            assert session.exec(select(FeedbackRow.text, FeedbackRow.score)).all() == [("", 2)]
            noted = session.exec(select(TrailRow.what, TrailRow.subject)).all()
            assert ("people.forget", "f-1") in noted
            assert "a" * 32 not in str(noted)
