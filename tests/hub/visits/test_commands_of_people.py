"""What an operator deletes because somebody asked."""

from datetime import UTC, datetime

from sqlmodel import select
from typer.testing import CliRunner

from hub.__main__ import app
from hub.checkins.tables import CheckInRow
from hub.complaints.tables import Complaint
from hub.feedback.tables import FeedbackRow
from hub.keys import hub_keys
from hub.phone import visitors
from hub.settings import load
from hub.stations.tables import Station
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


def test_a_phone_is_forgotten_by_its_own_number_and_a_complaint_by_its(tmp_path, databases, monkeypatch):
    (tmp_path / "hub.toml").write_text("mqtt_port = 0\nweb_port = 0\n")
    phone, now = "5" * 32, datetime.now(UTC)
    with databases.of_a_hub() as url:
        monkeypatch.setenv("WAYSTATION_HUB_DATABASE_URL", url)
        assert run(tmp_path, "--phone", phone).exit_code != 0, "nobody was here with it"
        with session_at(load(tmp_path).url) as session:
            session.add(
                Station(
                    id=STATION, name="河边驿站", name_en="By the River", opening={}, commissioned_at=AT,
                    mqtt_hash="", mosquitto_hash="",
                    sealed_qr_key=b"",
                )
            )  # fmt: skip
            for number, own in enumerate((phone, "6" * 32)):
                session.add(
                    CheckInRow(
                        id=f"c-{number}", station=STATION, at=now, received_at=now, undated=False, burst=False,
                        occupation="courier", method="phone",
                        visitor=visitors.visitor(session, hub_keys(tmp_path), own, now),
                    )
                )  # fmt: skip
            session.flush()
            session.add(
                Complaint(
                    number="260715-7K2M", code_digest="c", once="o", station=STATION, rulebook="", kind="complaint",
                    category="other", text="不要外传", language="zh", stage="received", received_at=AT, due_at=AT,
                )
            )  # fmt: skip
            session.commit()
        assert run(tmp_path, "--phone", phone).output.startswith("1 forgotten")
        assert run(tmp_path, "--complaint", "260715 7k2m").output.startswith("1 forgotten")
        assert run(tmp_path, "--complaint", "260715-7K2M").exit_code != 0, "it is gone"
        assert run(tmp_path, "--complaint", "260715-7K2M", "--phone", phone).exit_code != 0, "which?"
        with session_at(load(tmp_path).url) as session:
            assert [one is None for one in session.exec(select(CheckInRow.visitor).order_by(CheckInRow.id))] == [
                True, False,
            ]  # fmt: skip
            assert session.exec(select(Complaint.text)).all() == [""]
            noted = str(session.exec(select(TrailRow.what, TrailRow.subject)).all())
            assert "complaint 260715-7K2M" in noted and phone not in noted
