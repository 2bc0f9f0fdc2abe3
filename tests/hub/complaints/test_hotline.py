"""12351 answers around the clock, and every page a worker may see says so (SH-45)."""

from tests.hub.complaints.told import GOOD, worker
from tests.hub.poster.test_poster import reachable


def test_the_hotline_is_on_every_page_a_worker_may_see(hub):
    reachable(hub)
    station, someone = hub.station(), worker(hub)
    for path in (f"/s/{station}", f"/complain/{station}", "/complain/answer"):
        for lang in ("", "?lang=en"):
            assert 'href="tel:12351"' in someone.http.get(path + lang).text, path
    sent = someone.form(f"/complain/{station}") | GOOD
    assert 'href="tel:12351"' in someone.http.post(f"/complain/{station}", data=sent).text
    assert "12351" in hub.browser("district").get(f"/stations/{station}/poster").text
