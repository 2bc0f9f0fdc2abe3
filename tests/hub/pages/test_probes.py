"""What machines that watch the hub are told."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from sqlalchemy import text

from hub.ingest_pages import ingest_pages


class Ingest(BaseHTTPRequestHandler):
    """Stands where ingest shows its counters."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"waystation_hub_records_total 7\n")

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_health_is_ok_while_ingest_listens(hub, stranger):
    hub.listening()
    answer = stranger.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["ingest"] == "listening"


def test_health_is_degraded_when_ingest_has_not_listened_for_a_minute(hub, stranger, app):
    hub.listening()
    app.state.now = lambda: hub.now + timedelta(seconds=90)
    assert stranger.get("/health").json()["status"] == "degraded"


def test_health_fails_without_a_database(hub, stranger, app):
    hub.session.exec(text("DROP TABLE listening"))
    hub.session.commit()
    answer = stranger.get("/health")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"


def test_metrics_count_answers_and_open_alerts(furnished, stranger):
    stranger.get("/sign-in")
    page = stranger.get("/metrics").text
    assert 'waystation_hub_requests_total{method="GET",status="200"} 1.0' in page
    assert "waystation_hub_open_alerts 1.0" in page
    assert "waystation_hub_ingest_up 0.0" in page


def test_metrics_bring_those_of_ingest(stranger, tmp_path):
    server = HTTPServer(("127.0.0.1", 0), Ingest)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        (tmp_path / "ports.json").write_text(json.dumps({"web": 1, "mqtt": 1, "metrics": server.server_port}))
        page = stranger.get("/metrics").text
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert "waystation_hub_records_total 7" in page
    assert "waystation_hub_ingest_up 1.0" in page


def test_without_ingest_there_is_nothing_to_bring(tmp_path):
    assert ingest_pages(tmp_path) == (b"", False)
    (tmp_path / "ports.json").write_text("{}")
    assert ingest_pages(tmp_path) == (b"", False)
